"""FIELDS: what a roster can tell about a child and the family: the words of HEADINGS, each with its cleaner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from oasis.intake.cleaning import choices, dates, ids, kin, klasses, names, phones, places, relations
from oasis.intake.cleaning.text import words
from oasis.kit.catalogue import Catalogue
from oasis.kit.headings import HARDSHIPS, HEADINGS

Cleaner = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Field:
    """A target of a column. `must`: a cell that cannot be read stops the row; else the row goes on without it."""

    code: str
    label: str
    clean: Cleaner
    heads: tuple[str, ...] = ()
    must: bool = False

    @property
    def answers(self) -> bool:
        """Tell whether 无, 0 and / are answers in this column and not blanks; of a phone the cleaner knows which are."""
        return self.code in ANSWERS or self.code.endswith((".guardian", ".away", "phone"))


ANSWERS = frozenset({"boarding", "left_behind", "both_away", "one_unable", "only_child", *HARDSHIPS})


def free(most: int) -> Cleaner:
    """Make the cleaner of a free text of so many signs."""
    return partial(words, most=most)


OF_CHILD: dict[str, Cleaner] = {
    "name": names.name,
    "sex": choices.sex,
    "birth_on": dates.birthday,
    "id_number": ids.id_number,
    "student_no": ids.student_code,
    "class_no": free(10),
    "ethnic": choices.ethnic,
    "klass": klasses.klass,
    "grade": klasses.grade,
    "former_name": names.name,
    "boarding": choices.boarding,
    "left_behind": choices.left_behind,
    "since_on": dates.day,
    "both_away": choices.claim("父母双方同时外出"),
    "one_unable": choices.claim("一方外出另一方无监护能力"),
    "care": choices.care,
    "care_rating": choices.rating,
    "health": choices.health,
    "health_note": free(300),
    "allergies": free(120),
    "disability": choices.disability,
    "hardship": choices.hardship,
    "orphan": choices.claim("是否孤儿"),
    "low_income": choices.claim("是否低保", "低保"),
    "lifted": choices.claim("是否脱贫户", "脱贫", "建档立卡"),
    "single": choices.claim("是否单亲家庭", "单亲", "离异"),
    "household": choices.household,
    "household_place": free(120),
    "native_place": free(60),
    "address": free(160),
    "village": free(40),
    "commute": choices.commute,
    "distance_km": choices.distance,
    "only_child": choices.claim("独生子女"),
    "entered_on": dates.day,
    "aid": free(80),
    "income": free(80),
    "interests": free(200),
    "character": free(200),
    "remark": free(300),
    "helper": names.several,
    "proxy": names.several,
    "phone": phones.phones,
}
OF_PARTY: dict[str, Cleaner] = {
    "name": names.name,
    "relation": relations.relation,
    "phone": phones.phones,
    "id_number": ids.carer_id,
    "birth_on": dates.day,
    "place": free(60),
    "away": places.whereabouts,
    "since_on": dates.day,
    "work": free(40),
    "unit": free(80),
    "address": free(160),
    "guardian": choices.claim("是否监护人"),
    "health": free(60),
}
MUST = frozenset({"name", "klass", "grade"})


def cleaner(code: str) -> Cleaner:
    """Give the cleaner of a field: beside a name a death may stand, and but for father and mother the relation."""
    party, dot, told = code.partition(".")
    if not dot:
        return OF_CHILD[code]
    if told != "name":
        return OF_PARTY[told]
    return kin.living(names.name if party in ("father", "mother") else kin.named)


FIELDS = Catalogue(*(Field(one.code, one.label, cleaner(one.code), one.heads, one.code in MUST) for one in HEADINGS))
