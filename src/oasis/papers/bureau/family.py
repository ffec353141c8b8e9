"""What a file says of each person of the family to the fields of a form; None where nothing is on file."""

from collections.abc import Callable

from oasis.kit.dates import age_on
from oasis.papers.bureau.facts import About, Says, day, text, yes
from oasis.papers.bureau.saying import Said
from oasis.papers.files import ChildFile, Relative

# What a form asks of a person of the family.
Of = Callable[[Relative, About], Said | None]


def _away(one: Relative, about: About) -> Said | None:
    if one.away is None:
        return None if about.one.unasked else Said("在家", yes=False, also=("在家务农",))
    return Said("外出", yes=True, also=("务工", "在外", "外出务工"))


def _place(one: Relative, about: About) -> Said | None:
    if one.away is None:
        return None if about.one.unasked else Said("在家", yes=False)
    return text(one.place)


def _since(one: Relative, about: About) -> Said | None:
    if one.away is None:
        return None if about.one.unasked else Said("—")
    return day(one.away.since_on) or Said("不详")


def _address(one: Relative, about: About) -> Said | None:
    return text(one.tie.person.address or (about.one.child.address if one.tie.lives_with else ""))


def _age(one: Relative, about: About) -> Said | None:
    born = one.tie.person.birth_on
    return Said(number=age_on(born, about.on)) if born else None


OF_PERSON: dict[str, Of] = {
    "name": lambda one, _: None if one.tie.person.nameless else text(one.name),
    "relation": lambda one, _: text(one.relation),
    "phone": lambda one, _: text(one.reachable or one.phone),
    "id_number": lambda one, _: text(one.tie.person.id_number),
    "birth_on": lambda one, _: day(one.tie.person.birth_on),
    "place": _place,
    "away": _away,
    "since_on": _since,
    "work": lambda one, _: text((one.away.work if one.away else "") or one.tie.person.occupation),
    "unit": lambda one, _: text(one.tie.person.workplace),
    "address": _address,
    "guardian": lambda one, _: yes(one.tie.standing == "legal"),
    "health": lambda one, _: text(one.tie.person.health),
    "age": _age,
    "education": lambda one, _: text(one.tie.person.education),
    "sex": lambda one, _: text(one.tie.person.get_sex_display()),
    "home": lambda one, _: text(one.away.get_home_every_display()) if one.away else Said("—"),
    "wechat": lambda one, _: text(one.tie.person.wechat),
}


def _member(n: int) -> Callable[[ChildFile], Relative | None]:
    return lambda file: file.relatives[n] if n < len(file.relatives) else None


def _kin(relation: str) -> Callable[[ChildFile], Relative | None]:
    return lambda file: file.parent({relation})


PERSONS: dict[str, tuple[str, Callable[[ChildFile], Relative | None]]] = {
    "father": ("父亲", lambda file: file.father),
    "mother": ("母亲", lambda file: file.mother),
    "carer": ("照护人", lambda file: file.carer),
    "contact": ("联系人", lambda file: next((one for one in file.relatives if one.reachable), None)),
    **{f"member{n}": (f"家庭成员{n}", _member(n - 1)) for n in range(1, 6)},
    "grandfather": ("祖父", _kin("61")),
    "grandmother": ("祖母", _kin("62")),
    "mothers-father": ("外祖父", _kin("63")),
    "mothers-mother": ("外祖母", _kin("64")),
}


def of_person(party: str, tail: str) -> Says:
    """Say a fact of a person of the family; nothing when there is no such person."""

    def says(about: About) -> Said | None:
        one = PERSONS[party][1](about.one)
        if one is None:
            return Said("—") if party.startswith("member") else None
        return OF_PERSON[tail](one, about)

    return says
