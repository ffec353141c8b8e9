"""Children kept at school, dangers, accidents, screenings in figures: what is counted, and what is counted nowhere."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oasis.campus.models import Dropout, Hazard, Incident, IncidentNotice, Persuasion, Screening, ScreenResult
from oasis.figures.behind import behind
from oasis.figures.catalogue import FIGURES
from oasis.figures.numbers import Row
from oasis.figures.queries import periods, table
from oasis.figures.where import klass_place, school_place
from oasis.kit.dates import CHINA
from oasis.papers.bureau.fields import FORM_FIELDS
from oasis.records.models import Record
from tests.world import TODAY, World

AT = datetime(2026, 11, 3, 23, 30, tzinfo=CHINA)


def base(world: World, child: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"school": world.schools["青河县"], "by": world.users["zhao"]}
    return {**found, "child": world.children[child]} if child else found


def hazard(world: World, child: str = "", **told: Any) -> Hazard:
    usual = {"found_on": date(2026, 11, 2), "sort": "water", "where": "池塘", "due_on": TODAY + timedelta(days=3)}
    row: Hazard = Hazard.objects.create(**base(world, child), owner=world.users["li"], **{**usual, **told})
    return row


def numbers(world: World, who: str = "li") -> Row:
    school = world.schools["青河县"]
    place = school_place(school) if who == "li" else klass_place(world.klasses["三1"], school, TODAY)
    return table(world.scope(who), place, periods(place, TODAY).period("t2026-1"))


@pytest.mark.parametrize("who", ["li", "zhao"])
def test_what_may_shame_a_child_is_counted_nowhere(who: str, world: World) -> None:
    for sort in Hazard.DELICATE:
        hazard(world, "lin", sort=sort)
    for place, sort in enumerate(Incident.DELICATE):
        row = Incident.objects.create(**base(world, "lin"), number=str(place), sort=sort, happened_at=AT, found_at=AT)
        IncidentNotice.objects.create(**base(world, "lin"), incident=row, step="guardian", told_at=AT)
    held = Screening.objects.create(
        **base(world), on=TODAY, scale="量表", about="三年级", organiser="冯", took=40, red=1
    )
    ScreenResult.objects.create(**base(world, "lin"), screening=held, grade="red")
    made = numbers(world, who)
    told = {
        code for code, one in made.numbers.items() if FIGURES.get(code).group in ("safety", "schooling") and one.value
    }
    assert told == set()
    school = (1, 40) if who == "li" else (None, None)
    assert (made["screenings"].value, made["screened"].value) == school, "a class is not told of a screening"


@pytest.mark.parametrize("who", ["li", "zhao"])
def test_how_many_a_screening_found_is_told_by_no_figure_and_no_form(who: str, world: World) -> None:
    before = {code: one.value for code, one in numbers(world, who).numbers.items()}
    Record.objects.create(**base(world, "lin"), kind="screening", happened_on=TODAY, outcome="done", confidential=True)
    assert {code: one.value for code, one in numbers(world, who).numbers.items()} == before
    assert not [code for code in FIGURES.codes if code.startswith("screening-")]
    assert "times.screening" not in FORM_FIELDS.codes


def test_dangers_of_places_are_the_schools_and_those_at_home_the_childs(world: World) -> None:
    hazard(world)
    hazard(world, "lin", sort="alone")
    whole, klass = numbers(world), numbers(world, "zhao")
    assert [whole[code].value for code in ("hazards", "hazards-open", "home-hazard-times", "home-hazard-left")] == [
        1,
        1,
        1,
        1,
    ]
    assert [klass[code].value for code in ("hazards", "home-hazard-times", "home-hazard-open-times")] == [None, 1, 1]


def test_a_danger_is_late_from_the_day_after_and_mended_is_not_yet_closed(world: World) -> None:
    for days in (0, 1):
        hazard(world, due_on=TODAY - timedelta(days=days))
    hazard(world, due_on=TODAY - timedelta(days=9), fixed_on=TODAY)
    hazard(world, due_on=TODAY, fixed_on=TODAY, closed_on=TODAY)
    made = numbers(world)
    assert [made[f"hazards{end}"].value for end in ("", "-late", "-open", "-closed")] == [4, 1, 3, 1]


def test_who_came_back_is_not_away(world: World) -> None:
    for child, state, ended in (("lin", "out", None), ("chenhao", "back", TODAY), ("he", "cleared", TODAY)):
        since = date(2026, 11, 2)
        case = Dropout.objects.create(
            **base(world, child), state=state, absent_from=since, opened_on=since, reason="weary", ended_on=ended
        )
        Persuasion.objects.create(**base(world, child), dropout=case, on=since, who="赵明霞", result="agreed")
    made = numbers(world)
    codes = ("dropout-times", "persuaded-times", "returned-times", "dropout-open-times")
    assert [made[code].value for code in codes] == [3, 3, 1, 1]
    place = school_place(world.schools["青河县"])
    found = behind(world.scope("li"), "dropout-open-times", place, periods(place, TODAY).period("t2026-1"))
    assert [one.child.name for one in found.times] == ["林晓晓"]


def test_an_accident_is_told_to_a_guardian_when_one_was_reached(world: World) -> None:
    for number, heard in (("1", True), ("2", False)):
        row = Incident.objects.create(
            **base(world, "lin"), number=number, sort="fall", happened_at=AT, found_at=AT, closed_on=TODAY if heard else None
        )  # fmt: skip
        IncidentNotice.objects.create(**base(world, "lin"), incident=row, step="guardian", told_at=AT, heard=heard)
    made = numbers(world, "zhao")
    assert [made[f"incident-{end}-times"].value for end in ("case", "told", "open")] == [2, 1, 1]
