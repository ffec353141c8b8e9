"""What a remark says that the file has a field for: 低保, 住校, 残疾; proposed to a person, and never over a column of its own."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from oasis.children.rosters import Difference, Told
from oasis.intake.cleaning.choices import BOARDS, DAY, DISABILITIES
from oasis.kit.codes import Hardship, Health

Value = str | bool
SENTENCES, CLAUSES, PIECES = re.compile(r"[。;\n]+"), re.compile("[,、]+"), re.compile(r"[\s:/|+()\[\]【】]+")
# Who is not the child, and what says that something is not, no longer or not yet so: also inside a longer phrase.
SOMEBODY = re.compile("[父母爸妈爷奶婆姥祖兄弟姐妹哥叔伯姑舅姨婶嫂]|外公|双亲|家长|家人|监护人|照护人|照顾人|亲属|亲戚")
NOT = re.compile("[否无不没未非曾原停退疑拟愈]|取消|注销|申请|待|可能|康复")
ALONE = re.compile(
    rf"(?:(?:{SOMEBODY.pattern}|[亲子人方系的和及与])+|(?:[现已经被了有是过均都]|{NOT.pattern})*(?:{NOT.pattern})(?:[止出办理了过有是]|享受)*)"
)
BEFORE = re.compile(r"^(?:该生|该学生|学生|孩子|本人|家庭|家里|系|属于|属|是|为|享受|纳入|已)+")
AFTER = re.compile(r"(?:家庭|户|儿童|学生|生|对象)+$")
HARD = {
    Hardship.ORPHAN: "孤儿",
    Hardship.DE_FACTO: "事实孤儿 事实无人抚养 无人抚养",
    Hardship.SEVERELY_DISABLED: "重残 重度残疾 一级残疾 二级残疾",
    Hardship.WARD: "兜底监护",
    Hardship.LOW_INCOME: "低保 农村低保 城市低保 最低生活保障",
    Hardship.EXTREME: "特困 五保 特困供养",
    Hardship.LIFTED: "脱贫 建档立卡 建档立卡贫困 建档立卡脱贫 已脱贫",
    Hardship.WATCHED: "监测 防返贫监测 防贫监测 三类 脱贫不稳定 边缘易致贫 突发严重困难",
    Hardship.ILL: "重病 大病 患重病 患大病",
    Hardship.SINGLE: "单亲 离异 父母离异 父母离婚",
    Hardship.PRISON: "父母服刑 父亲服刑 母亲服刑 父服刑 母服刑",
    Hardship.OTHER: "家庭困难 家庭经济困难 经济困难 困难 贫困",
}
PLACES = ((True, BOARDS), (False, DAY - {"回家", "校外"}))
DISABLED: tuple[tuple[str, Value], ...] = (("child.health", Health.DISABLED.value),)
SAYS: dict[str, tuple[tuple[str, Value], ...]] = {
    **{word: (("boarding", boards),) for boards, said in PLACES for word in said if len(word) > 1},
    **{word: (("hardship", kind.value),) for kind, said in HARD.items() for word in said.split()},
    "残疾": DISABLED,
    **{f"{label}残疾": (*DISABLED, ("child.disability", choice.value)) for label, choice in DISABILITIES.items()},
}
FAMILY, OF_ONE = re.compile("[家户]"), (Hardship.ILL.value, Hardship.SEVERELY_DISABLED.value, Hardship.ORPHAN.value)
COLUMNS = {"boarding": "寄宿", "child.health": "健康状况", "child.disability": "残疾类别", "hardship": "是否孤儿"}


BOTH, RETURNED, WORDS = re.compile("双亲|双方|父母"), re.compile("[返回]"), re.compile(r"[^\u4e00-\u9fff]+")
AWAY = re.compile(
    "(?:双亲|(?:父母)?双方|父母|父母一方|一方|单亲|单方)(?:均|都|同时|全)?(?:长期|常年)?(?:外出|在外)(?:务工|打工)?"
)


class Heard(NamedTuple):
    """A word of the remark and what it says: the key of a difference, and its value."""

    word: str
    key: str
    value: Value


def away_in(remark: str) -> tuple[str, int]:
    """Give the words of a remark that tell how many parents are away, and how many; nothing where they contradict."""
    if NOT.search(remark) or RETURNED.search(remark):
        return "", 0
    said = [one for one in WORDS.split(remark) if AWAY.fullmatch(one)]
    kinds = {2 if BOTH.match(one) and "一方" not in one else 1 for one in said}
    return (said[0], kinds.pop()) if len(kinds) == 1 else ("", 0)


def hear(remark: str) -> list[Heard]:
    """Give what single words of a remark say of the child; nothing where it may be said of somebody else, or be a no.

    A clause that is only 父亲 or 已取消 may belong to any of its neighbours: then the whole remark is left to a person.
    """
    sentences = [[one.strip() for one in CLAUSES.split(sentence)] for sentence in SENTENCES.split(remark)]
    if any(ALONE.fullmatch(clause) for clauses in sentences for clause in clauses):
        return []
    return list(dict.fromkeys(one for clauses in sentences for one in of_sentence(clauses)))


def of_sentence(clauses: Sequence[str]) -> list[Heard]:
    """Give what the clauses say up to the first about somebody else, or with a no; 残疾(父) and 低保:否 silence those before too."""
    heard: list[Heard] = []
    for clause in clauses:
        if found := of_clause(clause):
            heard += found
            if about_one_parent(clause):
                break
        elif SOMEBODY.search(clause) or NOT.search(clause):
            return [] if begins_known(clause) else heard
    return heard


def about_one_parent(clause: str) -> bool:
    """Tell whether a clause, as 父亲服刑, is of one parent: what follows may be so too, as it may not after 父母离异."""
    return bool(SOMEBODY.search(clause.replace("父母", "")))


def of_clause(clause: str) -> list[Heard]:
    """Give what a clause says that is one word, or several with blanks between and each of them known."""
    words = clause.split()
    found = [of_word(word) for word in words]
    heard = all(found) and not (len(words) > 1 and about_one_parent(clause))
    return [one for some in found for one in some] if heard else []


def of_word(word: str) -> list[Heard]:
    """Give what a word says; a family or household that is ill or disabled may be so for anybody in it."""
    bare = AFTER.sub("", BEFORE.sub("", word))
    said = [Heard(word, *one) for one in SAYS.get(word) or SAYS.get(bare, ())]
    anybody = FAMILY.search(word) and any(one.value in OF_ONE or one.key.startswith("child.") for one in said)
    return [] if anybody else said


def begins_known(clause: str) -> bool:
    """Tell whether a clause begins with a word that would be heard: 低保:否, 残疾(父), 低保已取消."""
    first = BEFORE.sub("", PIECES.split(clause)[0])
    return first.startswith(tuple(SAYS))


def propose(told: Told, *, no_orphan: bool, notices: list[str]) -> list[Heard]:
    """Add what the remark says to what the row tells; where a column of its own says otherwise, that is said instead."""
    taken: list[Heard] = []
    for one in hear(told.fields.get("remark") or ""):
        said = by_column(told, one, no_orphan=no_orphan)
        if one.key != "hardship" and any(one.key == before.key for before in taken):
            continue
        if said is None:
            add(told, one)
            taken.append(one)
        elif said != one.value:
            notices.append(f"备注写“{one.word}”，和“{COLUMNS[one.key]}”一列不一样，按那一列登记，请核对。")
    return taken


def by_column(told: Told, heard: Heard, *, no_orphan: bool) -> Value | None:
    """Give what the row tells already of the same thing; nothing where it tells nothing."""
    if heard.key == "hardship":
        no = no_orphan and heard.value == Hardship.ORPHAN
        return False if no else heard.value if heard.value in told.hardships else None
    return told.boarding if heard.key == "boarding" else told.fields.get(heard.key.removeprefix("child."))


def add(told: Told, heard: Heard) -> None:
    """Let the row tell what the remark says."""
    if heard.key == "hardship":
        told.hardships += (str(heard.value),)
    elif heard.key == "boarding":
        told.boarding = bool(heard.value)
    else:
        told.fields[heard.key.removeprefix("child.")] = heard.value


def drop(told: Told, keys: set[tuple[str, object]]) -> Told:
    """Take single things out of what a row tells: those a person left out of a new file, those of a remark known before."""
    told.hardships = tuple(kind for kind in told.hardships if ("hardship", kind) not in keys)
    told.boarding = None if {key for key, _value in keys} & {"boarding"} else told.boarding
    gone = {key.removeprefix("child.") for key, _value in keys if key.startswith("child.")}
    told.fields = {name: value for name, value in told.fields.items() if name not in gone}
    return told


def unheard(told: Told, known: Told, proposed: list[Heard]) -> list[Heard]:
    """Give what is still to be proposed of a child with a file: a remark the file has was taken or left before."""
    if told.fields.get("remark") != known.fields["remark"]:
        return proposed
    drop(told, {(one.key, one.value) for one in proposed})
    return []


def of_remark(proposed: list[Heard]) -> list[Difference]:
    """Give what a remark says of a child without a file as differences, each to be left out on its own; 走读 a new file says anyhow."""
    return [Difference(one.key, None, one.value) for one in proposed if one.value is not False]


def raised(proposed: list[Heard], found: list[Difference]) -> str:
    """Say which words of the remark are proposed, as far as they differ from the file."""
    keys = {(one.key, one.new) for one in found}
    words = dict.fromkeys(one.word for one in proposed if (one.key, one.value) in keys)
    return f"备注里写了“{'、'.join(words)}”，将照此登记：不对的，去掉下面那一项的勾；备注照原样保留。" if words else ""
