"""What a heading means: the words of schools for our fields, alone, under a group heading, or after a parent's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from oasis.kit.headings import CARED_BY, GROUPS, HEADINGS, LEFT_OUT, PARTIES, PARTY
from oasis.kit.text import plain

NOTE = re.compile(r"[(\[【<].*?[)\]】>]")
SIGNS = re.compile(r"[\s*★☆※:：、,，。.·/_\-—“”\"'?？()]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A guess what a column holds: the field's code or None, how sure from 0 to 1, and why, in words."""

    field: str | None
    confidence: float
    why: str


UNKNOWN = Meaning(None, 0.0, "没有认出这一列")


def normal(head: str) -> str:
    """Reduce a heading to what it says: no blanks, signs or remarks in brackets."""
    bare = SIGNS.sub("", NOTE.sub("", plain(head))).upper()
    return bare or SIGNS.sub("", plain(head)).upper()


def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for heading in HEADINGS:
        for head in heading.heads:
            known.setdefault(normal(head), heading.code)
    return known


KNOWN = _known()
TAILS = {normal(head): field.code for field in reversed(PARTY) for head in field.heads if head not in ("备注",)}
PARTY_HEADS = {normal(group): party for party, groups in GROUPS.items() for group in groups}
PARTY_HEADS |= dict.fromkeys(CARED_BY, "carer")
OUT = frozenset(normal(head) for head in LEFT_OUT)
# Longer words first, so that 家庭住址 is not read as 住址 of somebody; one sign alone says too little.
PARTS = sorted((head for head in KNOWN if len(head) >= 2), key=len, reverse=True)
# The words by their first two signs: few cells hold any, and the first rows of a sheet are all asked.
STARTS: dict[str, list[int]] = {}
for _place, _word in enumerate(PARTS):
    STARTS.setdefault(_word[:2], []).append(_place)
LONG_OUT = tuple(word for word in OUT if len(word) >= 3)
# One column for both parents is neither's; a grandparent or a member of staff is no pupil.
ELDERS = re.compile("爷|奶|外公|外婆|姥|伯|叔|姑|舅|姨")
BOTH, NOT_PUPIL = re.compile("父母|爸妈|爸爸妈妈|双亲"), re.compile("爷|奶|外公|外婆|姥|祖[父母]|老师|教师|干部|书记")

WHOLE = frozenset({"name", "low_income", "lifted", "single"})  # asked only where their word ends the heading


@lru_cache(maxsize=4096)
def meaning(head: str, group: str = "") -> Meaning:
    """Say what a heading means, read together with the group heading above it."""
    own, over = normal(head), normal(group)
    if not own and not over:
        return UNKNOWN
    if over and over != own:
        if found := KNOWN.get(over + own):
            return Meaning(found, 1.0, f"标题“{plain(group)}—{plain(head)}”")
        if (party := party_in(over)) and (tail := TAILS.get(own)):
            return Meaning(f"{party}.{tail}", 0.95, f"标题“{plain(group)}”下的“{plain(head)}”")
    if own in OUT:
        return Meaning(None, 1.0, "这一列不用导入")
    if found := KNOWN.get(own):
        return Meaning(found, 1.0, f"标题“{plain(head)}”")
    return partly(own, plain(head))


def partly(own: str, shown: str) -> Meaning:
    """Look for a known word inside a longer heading."""
    if any(word in own for word in LONG_OUT):
        return UNKNOWN
    places = {place for at in range(len(own) - 1) for place in STARTS.get(own[at : at + 2], ())}
    for place in sorted(places):
        word = PARTS[place]
        if word in own and (len(word) >= 3 or len(own) <= 6 or own.endswith(word)) and fits(own, word):
            sure = 0.8 if len(word) * 2 >= len(own) else 0.6
            return Meaning(KNOWN[word], sure, f"标题“{shown}”里有“{word}”")
    return UNKNOWN


def fits(own: str, word: str) -> bool:
    """Tell whether a word inside a longer heading is what the heading asks for: 父亲年龄 asks for no name, 父母务工地 for no mother."""
    field = KNOWN[word]
    if field.startswith(("father.", "mother.")) and BOTH.search(own):
        return False
    if field == "name" and (NOT_PUPIL.search(own) or BOTH.search(own) or "户主" in own):
        return False
    if field == "phone" and ELDERS.search(own):
        return False
    if field == "single" and "留守" in own:
        return False
    return not (field in WHOLE or field.endswith(".name")) or own.rstrip("0123456789").endswith(word)


def party_in(over: str) -> str | None:
    """Tell which parent or carer a group heading is about."""
    if over in PARTY_HEADS:
        return PARTY_HEADS[over]
    for group in sorted(PARTY_HEADS, key=len, reverse=True):
        if len(group) >= 2 and group in over:
            return PARTY_HEADS[group]
    return None


def meanings(heads: Sequence[str], groups: Sequence[str]) -> list[Meaning]:
    """Give the meaning of a whole row of headings; bare words after a parent's name belong to that parent."""
    found: list[Meaning] = []
    taken: set[str] = set()
    party: str | None = None
    for at, (head, group) in enumerate(zip(heads, groups, strict=True)):
        guess = meaning(head, group)
        if group == "" or normal(group) == normal(head) or party_in(normal(group)) is None:
            guess, party = in_row(heads, at, guess, party, taken)
        else:
            party = None
        if guess.field and guess.field in taken:
            guess = Meaning(None, 0.5, f"与前面的“{HEADINGS.get(guess.field).label}”重复")
        elif guess.field:
            taken.add(guess.field)
        found.append(guess)
    return found


def in_row(
    heads: Sequence[str], at: int, guess: Meaning, party: str | None, taken: set[str]
) -> tuple[Meaning, str | None]:
    """Read a heading by its neighbours: 父亲姓名, 联系电话 means the father's phone."""
    own = normal(heads[at])
    if guess.field == "name" and "name" in taken:
        following = normal(heads[at + 1]) if at + 1 < len(heads) else ""
        if TAILS.get(following) == "relation":
            party = "member2" if "member1.name" in taken else "member1"
            return Meaning(f"{party}.name", 0.8, "后面是“关系”，应是家庭成员"), party
    if guess.field and guess.field.endswith(".name"):
        return guess, guess.field.split(".")[0]
    tail = TAILS.get(own)
    if party and tail and f"{party}.{tail}" not in taken and (guess.field is None or follows(guess.field, tail, taken)):
        label = HEADINGS.get(f"{party}.{tail}").label
        return Meaning(f"{party}.{tail}", 0.85, f"紧跟在{PARTIES[party][0]}之后，应是{label}"), party
    if guess.field and "." in guess.field:
        return guess, guess.field.split(".")[0]
    return guess, party if guess.field is None and own in OUT else None


def follows(field: str, tail: str, taken: set[str]) -> bool:
    """Tell whether a word that could be the child's own is rather the parent's just named."""
    return "." not in field and (field in taken or tail in ("phone", "relation", "id_number"))
