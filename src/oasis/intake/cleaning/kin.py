"""A name and a relation in one cell: 刘德福 爷爷, 王桂英（奶奶）, 奶奶：王桂英, 外婆孙秀兰."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from oasis.kit.codes import GRANDPARENTS, SIBLINGS, Care, Relation
from oasis.kit.text import plain

from .names import HAN, name
from .relations import ANYBODY, KNOWN, SEVERAL, relation
from .text import Unclear

Cleaner = Callable[[str], object]

BREAKS = re.compile(r"[()\[\]【】〔〕<>:、,;/|+_—-]+")
ABOUT = re.compile(r"^(?:与|系|是|为|其|学生|孩子|儿童|本人|该生|之|关系)+")
SAYS_NOTHING = {"无", "其他"}
# 跟姐姐住, 奶奶带: whom the child lives with, and no name.
LIVES = re.compile(
    r"^(?:跟着?|和|与|随|由|同|靠)?(.+?)(?:一起|共同)?(?:居住|住|生活|过|照顾|照看|照料|照护|看管|带|抚养|监护|管|家)$"
)
# The same without a word for living: 妈妈在家, 爷爷奶奶轮流, 和妈妈; a word of one sign may be part of a name here.
ABOUT_LIFE = r"一起|共同|轮流|轮着|在家|家里|家中|一个人|一人|两个人|两人|二人"
STAYS = re.compile(rf"^(?:跟着?|和|与|随|由|同|靠)?(.{{2,}}?)(?:{ABOUT_LIFE})*(?:带|照顾|照看|照料|照护|看管|管)?$")
AND, AGE = re.compile("[和与及跟]"), re.compile(r"[\s(\[,、]*(?:今年|现年)?\d{1,3}周?岁[)\]]?")
WORDS = frozenset(word for word in {*KNOWN, *SEVERAL, ANYBODY} if not (word.isdigit() or word in SAYS_NOTHING))
ALIKE = (
    (Care.GRANDPARENTS.value, GRANDPARENTS),
    (Care.SIBLINGS.value, SIBLINGS),
    (Care.PARENTS.value, frozenset({Relation.FATHER.value, Relation.MOTHER.value})),
)
# Longer first: 外祖父 is no 祖父.
GLUED = tuple(sorted((word for word in WORDS if len(word) >= 2), key=len, reverse=True))


# A death told beside a name: (去世), (因病去世), (亡), 已故.
FATAL = re.compile("去世|[亡故殁]|病逝|逝世|离世|过世|不在世|不在了")
PLAIN = "去世|已故|亡故|病故|身故|病逝|逝世|死亡|身亡|离世|过世|不在世|不在了"
WHEN = r"(?:已经?|早已|因病|因故|意外|车祸|工伤|于|\d{2,4}年|\d{1,2}月)*"
DEATH = re.compile(
    rf"[(\[【〔]\s*{WHEN}(?:{PLAIN}|亡|故|殁)(?:多年)?\s*[)\]】〕]?|[\s,、:;/—–-]*{WHEN}(?:{PLAIN})[)\]】〕]?$|^已故\s*"
)


class Named(NamedTuple):
    """Who it is, and the relation as its column gives it; either may be empty."""

    name: str
    relation: str = ""


class Deceased(Named):
    """The same of somebody who is told to be dead."""


def living(clean: Cleaner) -> Cleaner:
    """Read a cell of a name that may also tell a death: 赵军（去世）, 赵军（亡）, 已故赵军."""

    def read(text: str) -> object:
        whole = plain(text)
        bare = DEATH.sub("", whole).strip() if FATAL.search(whole) else whole
        if bare == whole or len(bare) < 2:
            return clean(text)
        reasons = [f"“{whole[:20]}”写明已去世，按已去世登记，请核对。"]
        found = clean_of(clean, bare, reasons)
        who = found if isinstance(found, Named) else Named(str(found or ""))
        raise Unclear("".join(reasons), Deceased(*who) if any(who) else None)

    return read


def clean_of(clean: Cleaner, said: str, reasons: list[str]) -> object:
    """Clean a part, and keep what is to be said about it."""
    try:
        return clean(said)
    except Unclear as unclear:
        reasons.append(unclear.reason)
        return unclear.value


def named(text: str) -> Named:
    """Take name and relation apart; a name alone stays a name, a relation alone is nobody's name."""
    whole = plain(text)
    bare = AGE.sub("", whole).strip()
    reasons = [f"“{whole[:20]}”里的年龄没有导入。"] if bare and bare != whole else []
    who, said, rest = apart(bare or whole)
    if said and not who:
        found = Named("", heard(unnamed, said, reasons))
    else:
        kind = heard(relation, said, reasons) if said and said != ANYBODY else ""
        found = Named(heard(name, who or bare or text, reasons), kind)
    if rest and found.name:
        reasons.append(f"“{plain(text)[:20]}”里只取了“{found.name}”，其余没有导入。")
    if reasons:
        raise Unclear("".join(reasons), found if any(found) else None)
    return found


def unnamed(words: str) -> str:
    """Give the relation of a cell without a name; 爷爷、奶奶 leaves open which of them it is."""
    said = words.split("、")
    kinds = dict.fromkeys(relation(one) for one in said)
    first = next(iter(kinds))
    if len(kinds) > 1:
        alike = next((kind for kind, codes in ALIKE if kinds.keys() <= {kind, *codes}), "")
        if not alike:
            raise Unclear(f"“{words}”不止一位，只取了“{said[0]}”，其余没有导入。", first)
        return alike
    return first


def apart(whole: str) -> tuple[str, str, str]:
    """Give name, word for the relation and what is left over; all words for relations, with 、, where there is no name."""
    parts = [part for piece in BREAKS.split(whole) if piece.strip() for part in both(piece.strip())]
    marked = [(at, said) for at, part in enumerate(parts) if (said := word(part))]
    if len(marked) == len(parts):
        return "", "、".join(said for _at, said in marked), ""
    if marked:
        at, said = marked[0]
        before, after = parts[:at], parts[at + 1 :]
        who, rest = (before[0], [*before[1:], *after]) if before else (after[0], after[1:])
        return who, said, "".join(rest)
    found = (blanks(parts[0].split(" ")) or glued(parts[0].replace(" ", ""))) if parts else None
    return (*found, "".join(parts[1:])) if found else ("", "", "")


def both(part: str) -> list[str]:
    """Part 爷爷和奶奶; 和小妹 is a name, and stays whole."""
    pieces = AND.split(part)
    return pieces if len(pieces) > 1 and all(word(one) for one in pieces) else [part]


def blanks(parts: Sequence[str]) -> tuple[str, str] | None:
    """Find a relation before or after a name, apart by blanks; 李 小 妹 is a name spread out, and no 妹."""
    for said, who in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
        long = any(len(one) >= 2 for one in who) or len(word(said)) >= 2
        if word(said) and long and len("".join(who)) >= 2:
            return " ".join(who), word(said)
    return None


def glued(part: str) -> tuple[str, str] | None:
    """Find a relation written without a blank before or after a whole name; 李奶奶 has no whole name to be taken."""
    if not part.startswith(GLUED) and not part.endswith(GLUED):
        return None
    for said in GLUED:
        for who in (part.removesuffix(said), part.removeprefix(said)):
            if who != part:
                return (who, said) if len(who) >= 2 and HAN.search(who) else None
    return None


def word(part: str) -> str:
    """Give the word for a relation that a part is: 系学生奶奶 and 跟奶奶住 are 奶奶; empty when it is none."""
    kept = part.replace(" ", "")
    bare = ABOUT.sub("", kept.rpartition("的")[2]).removesuffix("关系")
    lives = [found[1] for shape in (LIVES, STAYS) if (found := shape.match(kept))]
    return next((one for one in (kept, bare, *lives) if one in WORDS), "")


def heard(clean: Cleaner, said: str, reasons: list[str]) -> str:
    """Clean a part to a word, and keep what is to be said about it."""
    return str(clean_of(clean, said, reasons) or "")
