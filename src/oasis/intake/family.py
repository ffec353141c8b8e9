"""The parents and carers a row speaks of, brought together from its columns: each person once."""

from typing import Any, NamedTuple

from oasis.children.models.care import NAMELESS as UNNAMED
from oasis.children.rosters import Kin, nameless_twin
from oasis.intake.carers import (
    PARENT,
    Say,
    Values,
    compared,
    described,
    known,
    one_of_several,
    only_relation,
    stays,
    waits_for_name,
    without_name,
)
from oasis.intake.cleaning.kin import Deceased, Named
from oasis.intake.cleaning.places import Whereabouts, place
from oasis.kit.codes import OPEN_KIN, PARENTS, AwayReason, Care, Relation

OF_PERSON = {
    "id_number": "id_number",
    "birth_on": "birth_on",
    "work": "occupation",
    "unit": "workplace",
    "address": "address",
    "health": "health",
}
OTHERS = {"member1": "家庭成员1", "member2": "家庭成员2", "contact": "家长", "carer": "照护人"}
CARES, RELATIONS = frozenset(Care.values), frozenset(Relation.values)  # Django gathers .values anew at each touch


class Family(NamedTuple):
    """What a row tells of the family.

    `concluded`: who cares stands in no cell, a parent stays at home. `unnamed`: the carer of whom only the relation is told.
    """

    kin: list[Kin]
    care: str
    concluded: bool
    unnamed: Kin | None


def family(values: Values, say: Say, left_behind: int | None = None, care: str = "", lives: str = "") -> Family:
    """Take the family out of a row's values: father, mother, members of the national template, carer, the bare phone.

    `care` is what the row says of the kind of care in a column of its own, `lives` the cell that says with whom.
    """
    parties = taken(values)
    kin = together(parties, say)
    told = parties.get("carer", {})
    parents = told.get("group") == Care.PARENTS and one_of_several(told)
    near = care or (Care.PARENTS.value if parents and not left_behind else "")
    staying = stays(kin, parties, left_behind, near, lives) if parents or not told else []
    for one in staying:
        one.carer = True
    lone_phone(values, kin)
    for one in kin:
        if one.carer and not one.facts.get("alive", True):
            one.carer = False
            say("写的照护人已经去世，没有登记为日常照护人；现在由谁照护，请问清补上。")
    kind = described(kin, told, say, left_behind)
    unnamed = next((one for one in kin if waits_for_name(one, told)), None)
    if unnamed:
        say(without_name(unnamed))
    for one in kin:
        one.carer = one.carer and known(one)
    return Family(kin, care or kind, any(one.carer for one in staying), unnamed)


def together(parties: dict[str, Values], say: Say) -> list[Kin]:
    """Bring together what the columns of all parties say, each person once."""
    kin: list[Kin] = []
    for party, relation in PARENT.items():
        if told := parties.get(party):
            kin.append(person(told, relation))
    for party in OTHERS:
        if told := parties.get(party):
            other(kin, party, told, say)
    return joined(kin, say)


def joined(kin: list[Kin], say: Say) -> list[Kin]:
    """Take who has no name as the only one of the relation who has one; where there are several, as none of them."""
    for new in [one for one in kin if UNNAMED in one.name and one.relation not in PARENTS]:
        twins = [one for one in kin if one is not new and nameless_twin(one, new)]
        if len(twins) == 1:
            first, second = (one for one in kin if one is new or one is twins[0])
            absorbed(first, second)
            kin = [one for one in kin if one is not second]
        elif twins:
            who, names = Relation(new.relation).label, "、".join(one.name for one in twins)
            say(f"{who}：这一行有{names}，分不清“{new.name}”是哪一位，没有合在一起，请核对。")
    return kin


def other(kin: list[Kin], party: str, told: Values, say: Say) -> None:
    """Take a member, a carer, or one only called 家长: the relation is told, known by name or phone, or said to lack."""
    who, carer, member = OTHERS[party], party == "carer", party.startswith("member")
    if only_relation(told) and not carer:
        say(f"{who}只写了与学生的关系，没有写姓名和电话，这一位没有导入，请补上。")
    if one_of_several(told) if carer else only_relation(told):
        return
    relation = told.get("relation") or (None if member else relation_by_name(kin, told))
    if relation is None and told.get("name") and not member:
        say(f"没有写{who}与学生的关系，暂记为其他亲属，请核对。")
    one = merged(kin, person(told, relation or Relation.OTHER_KIN.value, carer=carer))
    compared(told, one, say, who)


def taken(values: Values) -> dict[str, Values]:
    """Take the values of all parties out of the row; a party of which only a yes was written is none."""
    parties: dict[str, Values] = {}
    for key in [key for key in values if "." in key]:
        party, _, name = key.partition(".")
        parties.setdefault(party, {})[name] = values.pop(key)
    for told in parties.values():
        if isinstance(both := told.pop("name", None), Named):
            name_and_relation(told, both)
        elif both:
            told["name"] = both
        if told.get("relation") in CARES:  # 祖孙 leaves open who it is
            told["group"], told["relation"] = told["relation"], Relation.OTHER_KIN.value
        said: Whereabouts | None = told.get("away")
        if said is not None and not (said.away or said.dead):
            told["home"] = told.pop("away") is not None
    return {party: told for party, told in parties.items() if told.keys() - {"guardian", "home"}}


def name_and_relation(told: Values, both: Named) -> None:
    """Take a cell that may hold a relation beside the name; 爷爷 says more than 祖孙 in a column of its own."""
    told.update({"name": both.name} if both.name else {})
    if isinstance(both, Deceased):
        told["away"] = Whereabouts(dead=True)
    if both.relation in RELATIONS:
        told["spoken"] = both.relation
    if told.get("relation") in CARES and both.relation in RELATIONS:
        told["group"], told["relation"] = told["relation"], both.relation
    elif both.relation and told.get("relation") in (None, Relation.OTHER_KIN.value):
        told["relation"] = both.relation


def person(told: Values, relation: str, *, carer: bool = False) -> Kin:
    """Make one parent or carer of what the columns of a party say."""
    unnamed = f"{'家长' if relation in OPEN_KIN else Relation(relation).label}{UNNAMED}"
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


def merged(kin: list[Kin], new: Kin) -> Kin:
    """Add a person, or bring what is said twice of the same one together; give the one it is now."""
    for one in kin:
        if one.name == new.name or (one.relation in PARENTS and nameless_twin(one, new)):
            absorbed(one, new)
            return one
    if new.relation in PARENTS and any(one.relation == new.relation for one in kin):
        new.relation = Relation.OTHER_KIN.value
    kin.append(new)
    return new


def absorbed(one: Kin, new: Kin) -> None:
    """Let one person be told what is said of the same one elsewhere."""
    one.name = new.name if UNNAMED in one.name else one.name
    one.phones = tuple(dict.fromkeys((*one.phones, *new.phones)))
    one.facts = {**new.facts, **one.facts}
    one.away = {**new.away, **one.away}
    one.carer = one.carer or new.carer


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
