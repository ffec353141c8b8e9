"""What a remark says of the parents: both away, one of them, or nothing sure."""

import re

from oasis.intake.cleaning.places import START
from oasis.intake.whose import ALONE, SOMEBODY, clauses_of, pieces

WHO = {
    "both": "双亲|(?:父母)?双方|父母亲?|爸妈|爸爸妈妈|爸爸和妈妈|父亲母亲|父亲和母亲",
    "one": "父母一方|一方|单亲|单方",
    "father": "父亲?|爸爸?",
    "mother": "母亲?|妈妈?",
}
HOW = "(?:现在?|目前|均|都|同时|全部?|双双|二人|两人|一起|共同|已|又)*(?:长期|常年|一直)?"
WORKS = "(?:务工|打工|上班|经商|做工|工作|做生意)"
# A place away is a province or a large city by its name: of any other word one cannot tell whether it is near.
CITIES = (
    "东莞|深圳|广州|佛山|中山|珠海|惠州|汕头|江门|杭州|宁波|温州|台州|义乌|金华|绍兴|嘉兴|苏州|无锡|常州|南京|昆山|南通|扬州|厦门|福州|泉州|"
    "晋江|石狮|莆田|青岛|济南|烟台|武汉|郑州|成都|长沙|合肥|南昌|西安|昆明|贵阳|南宁|海口|三亚|大连|沈阳|拉萨|乌鲁木齐"
)
WHERE = rf"(?:在|去|到|赴)(?:{START.pattern}|{CITIES})[\u4e00-\u9fff]{{0,12}}?"
AWAY = re.compile(
    rf"(?:该生|学生|孩子|其)?(?:的)?(?:{'|'.join(f'(?P<{who}>{words})' for who, words in WHO.items())}){HOW}"
    rf"(?:(?:外出|在外地?|出外|在外省|去外地|到外地){WORKS}?|{WHERE}{WORKS})中?"
)
SINCE = re.compile(r"(?:自|从)?\d{2,4}年(?:\d{1,2}月)?(?:份|起|以来|开始|至今)*")
# How often they come is no coming home for good.
OFTEN = re.compile(
    r"(?:每?[半一二两三四五六几\d]*个?[年月周]|过年|春节|[寒暑]假|节假日|每逢|偶尔|很少|不常|经常|逢年过节|才|都|会|能|左右|时)+"
    r"(?:返|回)(?:来|家|乡)?(?:[一二两三四几\d]+[次趟])?"
)
RETURNED = re.compile("[返回]")
STAYS = re.compile(r"[该生孩子现在目前都均双方亲父母爸妈]*(?:在家|在本地|[未没不无]有?(?:在外|外出)).*")


def away_in(remark: str) -> tuple[str, int]:
    """Give the words of a remark that tell how many parents are away, and how many; nothing where they contradict."""
    if not ("外" in remark or "在" in remark):
        return "", 0
    said = [one for clauses in clauses_of(OFTEN.sub(",", remark)) for clause in clauses for one in pieces(clause)]
    found = {one: who for one in said if (who := who_is_away(one))}
    told = set(found.values())
    if not told or {"both", "one"} <= told or any(ALONE.fullmatch(one) or RETURNED.search(one) for one in said):
        return "", 0
    kind = 2 if "both" in told or {"father", "mother"} <= told else 1
    if any(contradicts(one, told, kind) for one in said):
        return "", 0
    return "、".join(found), kind


def who_is_away(piece: str) -> str:
    """Tell which parents a piece says to be away: both, one, father or mother; empty where it says it of none, or of others."""
    label, _, words = piece.rpartition(":")
    found = None if SOMEBODY.search(label) else AWAY.fullmatch(SINCE.sub("", words))
    return next((who for who in WHO if found and found[who]), "")


def contradicts(piece: str, who: set[str], kind: int) -> bool:
    """Tell whether a piece says of a parent told to be away that he is at home: 现在家, 父母未外出; 母亲在家 agrees with 父亲在外."""
    if not STAYS.fullmatch(piece):
        return False
    other = {"father": "母妈", "mother": "父爸", "one": "父爸母妈"}["".join(who)] if kind == 1 and len(who) == 1 else ""
    return piece[0] not in other or piece.startswith(("父母", "爸妈"))
