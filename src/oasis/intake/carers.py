"""Who cares for the child by what a row says: the carer it names or only describes, else a parent who is at home."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from oasis.children.models.care import NAMELESS as UNNAMED
from oasis.children.rosters import Kin, nameless_twin, same_kin
from oasis.intake.cleaning.kin import Named, clean_of, named
from oasis.intake.cleaning.places import place
from oasis.kit.codes import ELDER_KIN, GRANDPARENTS, OPEN_KIN, PARENTS, SIBLINGS, Care, LeftBehind, Relation

Values = dict[str, Any]
Say = Callable[[str], None]
NOBODY = re.compile(r"(?!)")
KINDS = frozenset(Relation.values) - PARENTS
CALLED = {Relation.FATHER.value: re.compile("父亲|爸"), Relation.MOTHER.value: re.compile("母亲|妈")}
PARENT = {"father": Relation.FATHER.value, "mother": Relation.MOTHER.value}
OF_GROUP = {
    Care.GRANDPARENTS.value: GRANDPARENTS,
    Care.SIBLINGS.value: SIBLINGS,
    Care.PARENTS.value: PARENTS,
}
OPEN = {
    Care.GRANDPARENTS.value: "祖辈，没有写明是爷爷、奶奶还是外公、外婆",
    Care.SIBLINGS.value: "兄弟姐妹，没有写明是哥哥还是姐姐",
    Care.PARENTS.value: "父母，没有写明是父亲还是母亲",
}


def lived_with(values: Values, lives: str) -> None:
    """Take the carer from the cell that says with whom the child lives, where no column tells of one: 奶奶, 跟外婆孙秀兰.

    A parent is left to `stays`, a brother or sister cares for nobody; a name without a relation, a neighbour without a name, or
    several people tell too little.
    """
    if not lives or any(key.startswith("carer.") for key in values):
        return
    several: list[str] = []
    found = clean_of(named, lives, several)
    if (
        not several
        and isinstance(found, Named)
        and found.relation in KINDS - SIBLINGS
        and (found.name or found.relation not in OPEN_KIN)
    ):
        values["carer.name"] = found


def only_relation(told: Values) -> bool:
    """Tell whether of a party nothing is told but what it is to the child."""
    return not told.keys() - {"relation", "group", "spoken", "guardian", "home"}


def one_of_several(told: Values) -> bool:
    """Tell whether a party is somebody without a name of whom even the relation is open: 祖孙, 父母."""
    return only_relation(told) and told.get("relation") == Relation.OTHER_KIN and bool(told.get("group"))


def known(kin: Kin) -> bool:
    """Tell whether one knows who it is: by name, or by what only one person is to the child: 姐姐, 大伯."""
    return UNNAMED not in kin.name or kin.relation not in OPEN_KIN


def waits_for_name(kin: Kin, told: Values) -> bool:
    """Tell whether one is the carer of whom a row tells the relation and nobody knows the name."""
    return kin.carer and UNNAMED in kin.name and bool(told.get("relation"))


def without_name(kin: Kin) -> str:
    """Say of a carer that a name is to come."""
    mark = "" if known(kin) else "，并勾选日常照护人"
    return f"照护人没有写姓名，先记“{kin.name}”；问到姓名，请在家庭成员里补上{mark}。"


def unsure(known: Sequence[Kin], told: Sequence[Kin], say: Say) -> None:
    """Say of whom the file has a name and the row none, or the other way round, and who cannot be told apart."""
    found = same_kin(known, told)
    old = [one for one in known if not any(one is taken for taken in found)]
    new = [kin for kin, one in zip(told, found, strict=True) if one is None]
    doubted = dict.fromkeys(kin.relation for kin in new if any(nameless_twin(one, kin) for one in old))
    for relation in doubted:
        has, writes = ("、".join(one.name for one in some if one.relation == relation) for some in (old, new))
        say(
            f"{Relation(relation).label}：档案里有{has}，这一行写的是{writes}，分不清是不是同一位，没有合在一起，请核对。"
        )


def stays(kin: list[Kin], parties: dict[str, Values], left_behind: int | None, care: str, lives: str) -> list[Kin]:
    """Give the parents who care by what the row says: at home, nobody away, or the one named, not away or guardian."""
    parents = [one for one in kin if one.relation in PARENTS]
    near = [one for one in parents if not one.away and one.facts.get("alive", True)]
    if home := [one for one in near if one.relation in told_of(parties, at_home)]:
        return home
    if care == Care.PARENTS or (not care and left_behind == 0):
        return near
    if care == Care.ONE_PARENT or (not care and left_behind == 1):
        named = [one for one in near if CALLED.get(one.relation, NOBODY).search(lives)]
        guardians = [one for one in near if one.relation in told_of(parties, lambda told: bool(told.get("guardian")))]
        sure = len(near) < len(parents) or care == Care.ONE_PARENT
        return next((found for found in (named, guardians, near if sure else []) if len(found) == 1), [])
    return []


def told_of(parties: dict[str, Values], claim: Callable[[Values], bool]) -> set[str]:
    """Give the relations of the parties of which the row claims something."""
    return {PARENT.get(party) or str(told.get("relation")) for party, told in parties.items() if claim(told)}


def at_home(told: Values) -> bool:
    """Tell whether a party is said to be at home: 没有外出, or a place that is none away."""
    where = told.get("place")
    return bool(told.get("home")) or bool(where and place(where) == ("", ""))


def compared(told: Values, kin: Kin, say: Say, who: str) -> None:
    """Say what was taken of a relation that leaves open who it is, or that is written twice and differs."""
    group, both = told.get("group", ""), {told.get("spoken"), told.get("relation")} - {None, Relation.OTHER_KIN.value}
    if kin.relation == Relation.OTHER_KIN and group:
        say(f"{who}与学生的关系只写到{OPEN[group]}，暂记为其他亲属，请核对。")
    elif (group and kin.relation not in OF_GROUP[group]) or both - {kin.relation}:
        say(f"{who}与学生的关系，两处写的不一样，按“{Relation(kin.relation).label}”登记，请核对。")


def described(kin: list[Kin], told: Values, say: Say, left_behind: int | None) -> str:
    """Give the kind of care that the carer's relation tells, and say so where nobody knows which carer is meant."""
    carer, group = next((one for one in kin if one.carer), None), str(told.get("group", ""))
    if group == Care.PARENTS and left_behind == LeftBehind.BOTH:
        say("照护人写的是父母，又写了双方外出：平时谁照顾还不知道，请补上。")
        return ""
    one = Care.ONE_PARENT.value if group == Care.PARENTS and left_behind else group
    care = (care_of(carer.relation, kin, left_behind) if carer else "") or one
    if not carer and group:
        say(f"照护人只写到{OPEN[group]}，没有登记是哪一位；问到了，请在家庭成员里登记。")
    return care


def care_of(relation: str, kin: list[Kin], left_behind: int | None) -> str:
    """Say who in fact cares for the child, from the relation of the carer; nothing when it leaves that open."""
    if relation == Relation.OTHER_KIN:
        return ""
    if relation in PARENTS:
        far = any(one.relation in PARENTS and one.away for one in kin)
        return Care.ONE_PARENT.value if left_behind or far else Care.PARENTS.value
    if relation in GRANDPARENTS:
        return Care.GRANDPARENTS.value
    if relation in ELDER_KIN:
        return Care.ELDER_KIN.value
    return Care.SIBLINGS.value if relation in SIBLINGS else Care.OTHERS.value
