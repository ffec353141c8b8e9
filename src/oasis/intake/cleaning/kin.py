"""A name and a relation in one cell: 刘德福 爷爷, 王桂英（奶奶）, 奶奶：王桂英, 外婆孙秀兰."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from oasis.kit.text import plain

from .names import HAN, name
from .relations import BROTHERS_SISTERS, GRANDPARENTS, KNOWN, PARENTS, relation
from .text import Unclear

BREAKS = re.compile(r"[()\[\]【】〔〕<>:、,;/|+_—-]+")
ABOUT = re.compile(r"^(?:与|系|是|为|其|学生|孩子|儿童|本人|该生|之|关系)+")
SAYS_NOTHING = {"无", "其他"}
WORDS = frozenset(
    word
    for word in {*KNOWN, *GRANDPARENTS, *BROTHERS_SISTERS, *PARENTS}
    if not (word.isdigit() or word in SAYS_NOTHING)
)
# Longer first: 外祖父 is no 祖父.
GLUED = tuple(sorted((word for word in WORDS if len(word) >= 2), key=len, reverse=True))


class Named(NamedTuple):
    """Who it is, and the two digits of the relation; either may be empty."""

    name: str
    relation: str = ""


def named(text: str) -> Named:
    """Take name and relation apart; a name alone stays a name, a relation alone is nobody's name."""
    who, said, rest = apart(plain(text))
    reasons: list[str] = []
    kind = heard(relation, said, reasons) if said and said not in PARENTS else ""
    if said and not who:
        raise Unclear(f"“{plain(text)[:20]}”只写了关系，没有写姓名，请补上。", Named("", kind))
    found = Named(heard(name, who or text, reasons), kind)
    if rest and found.name:
        reasons.append(f"“{plain(text)[:20]}”里只取了“{found.name}”，其余没有导入。")
    if reasons:
        raise Unclear("".join(reasons), found if any(found) else None)
    return found


def apart(whole: str) -> tuple[str, str, str]:
    """Give name, word for the relation and what is left over; the last two are empty when no relation is written."""
    parts = [part for piece in BREAKS.split(whole) if (part := piece.strip())]
    marked = [(at, said) for at, part in enumerate(parts) if (said := word(part))]
    if len(marked) == len(parts):
        return "", marked[0][1] if marked else "", ""
    if marked:
        at, said = marked[0]
        before, after = parts[:at], parts[at + 1 :]
        who, rest = (before[0], [*before[1:], *after]) if before else (after[0], after[1:])
        return who, said, "".join(rest)
    found = (blanks(parts[0].split(" ")) or glued(parts[0].replace(" ", ""))) if parts else None
    return (*found, "".join(parts[1:])) if found else ("", "", "")


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
    """Give the word for a relation that a part is: 系学生奶奶 is 奶奶; empty when it is none."""
    kept = part.replace(" ", "")
    bare = ABOUT.sub("", kept.rpartition("的")[2]).removesuffix("关系")
    return next((one for one in (kept, bare) if one in WORDS), "")


def heard(clean: Callable[[str], str], said: str, reasons: list[str]) -> str:
    """Clean a part, and keep what is to be said about it."""
    try:
        return str(clean(said))
    except Unclear as unclear:
        reasons.append(unclear.reason)
        return str(unclear.value or "")
