"""Which single words of a remark say something of the child, and which may be of somebody else or be a no."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from oasis.intake.absence import who_is_away
from oasis.intake.cleaning.choices import BOARDS, DAY, DISABILITIES
from oasis.intake.whose import ALONE, NOT, NUMBERED, PIECES, SOMEBODY, about_one_parent, clauses_of, pieces
from oasis.kit.codes import Hardship, Health

Value = str | bool | int
BEFORE = re.compile(r"^(?:该生|该学生|学生|孩子|本人|家庭|家里|系|属于|属|是|为|享受|纳入|已)+")
TAIL = "(?:家庭|户|儿童|学生|生|对象)"
AFTER = re.compile(f"{TAIL}+$")
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
GLUED, FIRST = (
    re.compile(f"({'|'.join(sorted(SAYS, key=len, reverse=True))}){TAIL}?"),
    frozenset(word[:2] for word in SAYS),
)
FAMILY, OF_ONE = re.compile("[家户]"), (Hardship.ILL.value, Hardship.SEVERELY_DISABLED.value, Hardship.ORPHAN.value)


class Heard(NamedTuple):
    """A word of the remark and what it says: the key of a difference, and its value."""

    word: str
    key: str
    value: Value


def hear(remark: str) -> list[Heard]:
    """Give what single words of a remark say of the child; nothing where it may be said of somebody else, or be a no.

    A clause or a piece that is only 父亲 or 已取消 may belong to any of its neighbours: then the whole remark is left to a person.
    """
    if not any(remark[at : at + 2] in FIRST for at in range(len(remark) - 1)):  # most remarks hold no such word
        return []
    sentences = clauses_of(NUMBERED.sub(",", remark))
    if any(ALONE.fullmatch(one) for clauses in sentences for clause in clauses for one in {clause, *pieces(clause)}):
        return []
    of_child = [[without_parents(clause) for clause in clauses] for clauses in sentences]
    heard = [one for clauses in of_child for one in of_sentence(clauses)]
    return list(dict.fromkeys(one for one in heard if of_child == sentences or not personal(one)))


def without_parents(clause: str) -> str:
    """Give a clause without 双亲在外: that silences no 低保 beside it, and an illness beside it may be a parent's."""
    if "外" not in clause and "在" not in clause:
        return clause
    kept = [one for one in pieces(clause) if who_is_away(one) not in ("both", "one")]
    return clause if len(kept) == len(pieces(clause)) else " ".join(kept)


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


def of_clause(clause: str) -> list[Heard]:
    """Give what a clause says that is one word, or a list of several."""
    words = pieces(clause)
    found = [of_word(word) for word in words]
    if len(words) > 1 and any(some and about_one_parent(word) for word, some in zip(words, found, strict=True)):
        return []
    return settled([one for some in found for one in some] if all(found) else beside_others(words, found))


def settled(said: list[Heard]) -> list[Heard]:
    """Leave out what is said in two ways: 住校/走读 is a choice of which nobody struck one out."""
    values = {key: {one.value for one in said if one.key == key} for key in {one.key for one in said}}
    return [one for one in said if one.key == "hardship" or len(values[one.key]) == 1]


def beside_others(words: Sequence[str], found: Sequence[Sequence[Heard]]) -> list[Heard]:
    """Give what a list with unknown words says up to the first about somebody else: nothing of one person's health, or with a no."""
    strange = [word for word, some in zip(words, found, strict=True) if not some]
    if any(NOT.search(word) for word in strange):
        return []
    end = next((at for at, word in enumerate(words) if word in strange and SOMEBODY.search(word)), len(words))
    return [one for some in found[:end] for one in some if not personal(one)]


def personal(one: Heard) -> bool:
    """Tell whether a thing is so of one person, and not of a household or of where a child sleeps."""
    return one.value in OF_ONE or one.key.startswith("child.")


@lru_cache(maxsize=1024)
def of_word(word: str) -> tuple[Heard, ...]:
    """Give what a word says; a family or household that is ill or disabled may be so for anybody in it."""
    bare = AFTER.sub("", BEFORE.sub("", word))
    said = [Heard(word, *one) for one in SAYS.get(word) or SAYS.get(bare, ())] or together(word)
    anybody = FAMILY.search(word) and any(personal(one) for one in said)
    return () if anybody else tuple(said)


def together(word: str) -> list[Heard]:
    """Give what several known words written together say: 低保住校, 单亲家庭低保户."""
    if word[:2] not in FIRST or about_one_parent(word):
        return []
    known = list(GLUED.finditer(word))
    whole = "".join(one[0] for one in known) == word
    return [Heard(found[0], *one) for found in known for one in SAYS[found[1]]] if whole else []


def begins_known(clause: str) -> bool:
    """Tell whether a clause begins with a word that would be heard: 低保:否, 残疾(父), 低保已取消."""
    first = BEFORE.sub("", PIECES.split(clause)[0])
    return first.startswith(tuple(SAYS))
