"""The parents and carers a row speaks of, brought together from its columns: each person once."""

import re
from collections.abc import Callable
from typing import Any

from oasis.children.models.care import NAMELESS as UNNAMED
from oasis.children.rosters import Kin
from oasis.intake.cleaning.kin import Named
from oasis.intake.cleaning.places import Whereabouts, place
from oasis.kit.codes import ELDER_KIN, GRANDPARENTS, PARENTS, SIBLINGS, AwayReason, Care, Relation

Values = dict[str, Any]
Say = Callable[[str], None]
OF_PERSON = {
    "id_number": "id_number",
    "birth_on": "birth_on",
    "work": "occupation",
    "unit": "workplace",
    "address": "address",
    "health": "health",
}
NOBODY = re.compile(r"(?!)")
CALLED = {Relation.FATHER.value: re.compile("父亲|爸"), Relation.MOTHER.value: re.compile("母亲|妈")}
PARENT = {"father": Relation.FATHER.value, "mother": Relation.MOTHER.value}


def family(
    values: Values, say: Say, left_behind: int | None = None, care: str = "", lives: str = ""
) -> tuple[list[Kin], bool]:
    """Take the family out of a row's values: father, mother, carer, members of the national template, the bare phone.

    Also tell whether who cares was only concluded, from a parent who stays at home; `lives` is the cell that says with whom.
    """
    parties = taken(values)
    kin = together(parties, say)
    staying = [] if "carer" in parties else stays(kin, parties, left_behind, care, lives)
    for one in staying:
        one.carer = True
    lone_phone(values, kin)
    for one in kin:
        one.carer = one.carer and known(one)
    return kin, any(one.carer for one in staying)


def together(parties: dict[str, Values], say: Say) -> list[Kin]:
    """Bring together what the columns of all parties say, each person once."""
    kin: list[Kin] = []
    for party, relation in PARENT.items():
        if told := parties.get(party):
            kin.append(person(told, relation, f"{Relation(relation).label}{UNNAMED}"))
    for party in ("member1", "member2"):
        if told := parties.get(party):
            relation = told.get("relation") or Relation.OTHER_KIN.value
            merged(kin, person(told, relation, f"家长{UNNAMED}", carer=False))
    for party, who in (("contact", "家长"), ("carer", "照护人")):
        if told := parties.get(party):
            outside(kin, told, say, who, carer=party == "carer")
    return kin


def known(kin: Kin) -> bool:
    """Tell whether one knows who it is: by name, or a parent who can be rung up."""
    return UNNAMED not in kin.name or (kin.relation in PARENTS and bool(kin.phones))


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


def outside(kin: list[Kin], told: Values, say: Say, who: str, *, carer: bool) -> None:
    """Take a carer, or one whom the roster only calls 家长: whose relation is told, or known by name or phone, or said."""
    known = told.get("relation") or relation_by_name(kin, told)
    if known is None and told.get("name"):
        say(f"没有写{who}与学生的关系，暂记为其他亲属，请核对。")
    merged(kin, person(told, known or Relation.OTHER_KIN.value, f"家长{UNNAMED}", carer=carer))


def taken(values: Values) -> dict[str, Values]:
    """Take the values of all parties out of the row; a party of which only relation or a yes was written is none."""
    parties: dict[str, Values] = {}
    for key in [key for key in values if "." in key]:
        party, _, name = key.partition(".")
        parties.setdefault(party, {})[name] = values.pop(key)
    for told in parties.values():
        if isinstance(both := told.pop("name", None), Named):
            if both.relation and told.get("relation") in (None, Relation.OTHER_KIN.value):  # 爷爷 says more than 祖孙
                told["relation"] = both.relation
            both = both.name
        told.update({"name": both} if both else {})
        said: Whereabouts | None = told.get("away")
        if said is not None and not (said.away or said.dead):
            told["home"] = told.pop("away") is not None
    return {party: told for party, told in parties.items() if told.keys() - {"relation", "guardian", "home"}}


def person(told: Values, relation: str, unnamed: str, *, carer: bool = False) -> Kin:
    """Make one parent or carer of what the columns of a party say."""
    facts = {OF_PERSON[key]: value for key, value in told.items() if key in OF_PERSON}
    kin = Kin(relation, told.get("name") or unnamed, tuple(told.get("phone") or ()), facts, carer)
    if (said := told.get("away")) and said.dead:
        facts["alive"] = False
    elif relation in PARENTS:
        kin.away = away(told)
    elif told.get("place"):
        facts.setdefault("address", told["place"])
    return kin


def away(told: Values) -> dict[str, Any]:
    """Give a parent's absence; nothing when the roster says neither that there is one, nor a place, nor a day."""
    said: Whereabouts | None = told.get("away")
    where = told.get("place") or (said.place if said else "")
    province, city = place(where) if where else ("", "")
    if not (province or city or told.get("since_on")):
        return {"reason": AwayReason.WORK.value} if said else {}
    found = {"province": province, "city": city, "since_on": told.get("since_on"), "work": told.get("work")}
    return {key: value for key, value in found.items() if value}


def parents_away(values: Values) -> set[str]:
    """Give the relations of the parents whom a row tells to be away; the values stay in the row."""
    parties = taken(dict(values))
    away_of = {PARENT.get(party) or str(told.get("relation")): told for party, told in parties.items() if is_away(told)}
    return away_of.keys() & PARENTS


def is_away(told: Values) -> bool:
    """Tell whether a party is said to be away, and alive."""
    said: Whereabouts | None = told.get("away")
    return bool(away(told)) and not (said and said.dead)


def relation_by_name(kin: list[Kin], told: Values) -> str | None:
    """Find the relation of a carer by a name that stands in the row already, or by a phone alone."""
    for one in kin:
        if told.get("name") == one.name or (not told.get("name") and set(told.get("phone") or ()) & set(one.phones)):
            return one.relation
    return None


def merged(kin: list[Kin], new: Kin) -> None:
    """Add a person, or bring what is said twice of the same one together."""
    for one in kin:
        same_parent = new.relation in PARENTS and one.relation == new.relation
        if one.name == new.name or (same_parent and (UNNAMED in one.name or UNNAMED in new.name)):
            one.name = new.name if UNNAMED in one.name else one.name
            one.phones = tuple(dict.fromkeys((*one.phones, *new.phones)))
            one.facts = {**new.facts, **one.facts}
            one.away = {**new.away, **one.away}
            one.carer = one.carer or new.carer
            return
    if new.relation in PARENTS and any(one.relation == new.relation for one in kin):
        new.relation = Relation.OTHER_KIN.value
    kin.append(new)


def lone_phone(values: Values, kin: list[Kin]) -> None:
    """Give the family's phone to the carer, else to a parent without one, else to a parent yet to be named."""
    numbers = tuple(values.pop("phone", ()) or ())
    said = {number for one in kin for number in one.phones}
    numbers = tuple(number for number in numbers if number not in said)
    if not numbers:
        return
    for one in sorted(kin, key=lambda one: (not one.carer, bool(one.phones))):
        if one.carer or not one.phones:
            one.phones = (*one.phones, *numbers)
            return
    kin.append(Kin(Relation.OTHER_KIN.value, f"家长{UNNAMED}", numbers))


def care_by(kin: list[Kin], left_behind: int | None) -> str:
    """Say who in fact cares for the child, from the relation of the carer."""
    relation = next((one.relation for one in kin if one.carer), None)
    if relation is None or relation == Relation.OTHER_KIN:
        return ""
    if relation in PARENTS:
        far = any(one.relation in PARENTS and one.away for one in kin)
        return Care.ONE_PARENT.value if left_behind or far else Care.PARENTS.value
    if relation in GRANDPARENTS:
        return Care.GRANDPARENTS.value
    if relation in ELDER_KIN:
        return Care.ELDER_KIN.value
    return Care.SIBLINGS.value if relation in SIBLINGS else Care.OTHERS.value
