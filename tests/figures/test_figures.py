"""A number opens its list, and the two agree (design.md 7.4)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from oasis.campus.models import HealthCheck, House, Illness, Meeting, NightCheck, Resolution
from oasis.children.models import Child, ChildStatus, Enrolment
from oasis.figures.behind import behind, behind_in
from oasis.figures.catalogue import FIGURES
from oasis.figures.queries import book, figure, periods, table
from oasis.figures.where import klass_place, place_in_reach, school_place
from oasis.kit.dates import CHINA, now
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.places.models import Klass
from oasis.records.actions import write_record
from oasis.records.models import Record
from tests.figures.chance import SPRING, fill, spring
from tests.world import TODAY, World

CODES = ("t2026-1", "t2025-2", "m2026-10", "y2026", "t2026-1v2", "m2026-11")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("who", ["li", "zhao"])
def test_every_number_equals_its_list(who: str, seed: int, world: World) -> None:
    spring(world)
    fill(world, seed)
    scope = world.scope(who)
    place = (
        school_place(world.schools["青河县"])
        if who == "li"
        else klass_place(world.klasses["三1"], world.schools["青河县"], TODAY)
    )
    for code in CODES:
        period = periods(place, TODAY).period(code)
        opened = book(scope, place, period)
        numbers = opened.table().numbers
        for entry in FIGURES:
            found = behind_in(scope, opened, entry.code, {})
            assert found.number == numbers[entry.code].value, (code, entry.code)
            assert len(found) == (found.number or 0), (code, entry.code)


@pytest.mark.parametrize("seed", range(3))
def test_classes_and_unplaced_children_make_up_the_school(seed: int, world: World) -> None:
    fill(world, seed)
    place = school_place(world.schools["青河县"])
    opened = book(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    made = opened.table()
    for code in ("pupils", "left", "talk-parts", "lacking-visit", "confirmed"):
        unplaced = opened.row(
            place, [f for f in opened.facts if f.klass is None or f.klass not in {r.place.id for r in made.rows}], {}
        )
        assert made[code].value == sum(row[code].value or 0 for row in made.rows) + (unplaced[code].value or 0)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_and_what_came_and_went_make_what_is(seed: int, world: World) -> None:
    spring(world)
    fill(world, seed)
    place = school_place(world.schools["青河县"])
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    now, before, new, begun, ended, gone = (
        made[code].value for code in ("left", "before", "new", "begun", "ended", "gone")
    )
    assert None not in (before, new, begun, ended, gone)
    assert now == before + new + begun - ended - gone  # type: ignore[operator]
    assert made["left"].change == now - made["left"].before  # type: ignore[operator]


def test_a_first_term_does_not_pretend_to_know_the_one_before(world: World) -> None:
    place = school_place(world.schools["青河县"])
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    assert (made["left"].value, made["left"].before, made["before"].value, made["new"].value) == (3, None, None, None)
    assert (
        made["begun"].value
        == len(behind(world.scope("li"), "begun", place, periods(place, TODAY).period("t2026-1")))
        == 3
    )


@pytest.mark.parametrize(("entered", "code"), [(2024, "begun"), (2026, "new")])
def test_a_class_first_in_the_files_begins_and_only_one_made_since_is_new(
    entered: int, code: str, world: World
) -> None:
    spring(world)
    school, klass = world.schools["青河县"], world.klasses["三1"]
    Klass.objects.filter(pk=klass.pk).update(entry_year=entered, number=9)
    klass.refresh_from_db()
    Enrolment.objects.everywhere(why="a test").exclude(child__klass=klass).filter(school=school).update(from_on=SPRING)
    scope, place = world.scope("li"), klass_place(klass, school, TODAY)
    period = periods(place, TODAY).period("t2026-1")
    row = next(row for row in table(scope, school_place(school), period).rows if row.place == place)
    own = table(scope, place, period)
    for one, number in (("new", 2 * (code == "new")), ("begun", 2 * (code == "begun"))):
        found = behind(scope, one, place, period)
        assert (row[one].value, found.number, len(found), own[one].value) == (number, number, number, number)
    assert (row["left"].before, own["left"].before) == (None, None)


def test_who_was_never_asked_before_is_no_increase(world: World) -> None:
    spring(world)
    school, lin, chen = world.schools["青河县"], world.children["lin"], world.children["chenhao"]
    Enrolment.objects.everywhere(why="a test").filter(school=school).update(from_on=SPRING)
    statuses = ChildStatus.objects.everywhere(why="a test").filter(child__in=(lin, chen))
    statuses.delete()
    for child, source in ((lin, ChildStatus.UNTOLD), (chen, "census")):
        for day, left, of in ((SPRING, 0, source), (date(2026, 9, 10), 2, "census")):
            ChildStatus.objects.create(school=school, child=child, from_on=day, left_behind=left, source=of)
    place = klass_place(world.klasses["三1"], school, TODAY)
    found = {
        code: {
            child.pk
            for child in behind(world.scope("li"), code, place, periods(place, TODAY).period("t2026-1")).children
        }
        for code in ("new", "begun")
    }
    assert found == {"new": {chen.pk}, "begun": {lin.pk}}


def test_the_world_is_counted_as_a_teacher_would(world: World) -> None:
    place = klass_place(world.klasses["三1"], world.schools["青河县"], TODAY)
    scope, lin = world.scope("zhao"), world.children["lin"]
    fields = {"happened_on": str(TODAY), "summary": "聊了聊最近的学习", "reason": "daily"}
    pair = [lin, world.children["chenhao"]]
    write_record(scope, id=new_id(), kind="talk", children=pair, fields=fields)
    write_record(scope, id=new_id(), kind="talk", children=[lin], fields=fields)
    made = table(scope, place, periods(place, TODAY).period("t2026-1"))
    told = {
        code: made[code].value for code in ("pupils", "left", "left-both", "civil", "key", "left-boarding", "paired")
    }
    assert told == {"pupils": 3, "left": 2, "left-both": 1, "civil": 1, "key": 1, "left-boarding": 1, "paired": 1}
    assert [made[f"talk-{end}"].value for end in ("acts", "parts", "children")] == [2, 3, 2]
    assert made["covered-key-talk"].share == 1.0
    assert {
        child.name for child in behind(scope, "lacking-visit", place, periods(place, TODAY).period("t2026-1")).children
    } == {"林晓晓", "陈浩"}


def test_a_failed_attempt_covers_nobody(world: World) -> None:
    lin, place = world.children["lin"], school_place(world.schools["青河县"])
    Record.objects.create(
        school=lin.school, child=lin, kind="visit", happened_on=TODAY, by=world.users["zhao"], outcome="no-answer"
    )
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    assert [made[code].value for code in ("covered-visit", "failed", "failed-children", "visit-acts")] == [0, 1, 1, 0]


def test_today_the_figures_agree_with_the_files(world: World) -> None:
    fill(world, 7)
    place, scope = school_place(world.schools["青河县"]), world.scope("li")
    made = table(scope, place, periods(place, TODAY).period("t2026-1"))
    here = Child.objects.within(scope, Need.FIGURES).filter(school=place.id, state="here")
    assert made["pupils"].value == here.count()
    assert made["left"].value == here.filter(left_behind__gt=0).count()
    assert made["key"].value == here.filter(left_behind__gt=0, key=True).count()


def test_a_past_term_is_counted_as_it_stood(world: World) -> None:
    spring(world)
    place, scope = school_place(world.schools["青河县"]), world.scope("li")
    fill(world, 5)
    before = figure(scope, "left", place, periods(place, TODAY).period("t2025-2")).value
    Child.objects.within(scope).update(left_behind=0)
    assert figure(scope, "left", place, periods(place, TODAY).period("t2025-2")).value == before


@pytest.mark.parametrize("who", ["sun", "zheng", "wang", "zhou", "wei", "feng", "chen", "shen", "chu"])
def test_nobody_else_counts_this_school(who: str, world: World) -> None:
    for place in (
        school_place(world.schools["青河县"]),
        klass_place(world.klasses["三1"], world.schools["青河县"], TODAY),
    ):
        with pytest.raises(Refused):
            table(world.scope(who), place, periods(place, TODAY).period("t2026-1"))


def test_a_homeroom_teacher_does_not_pass_her_class_for_the_school(world: World) -> None:
    with pytest.raises(Refused):
        place_in_reach(world.scope("zhao"), school_place(world.schools["青河县"]).code)


def test_a_school_without_classes_knows_since_when_its_files_reach(world: World) -> None:
    place, scope = school_place(world.schools["青河县"]), world.scope("li")
    period = periods(place, TODAY).period("t2026-1")
    first = book(scope, place, period).sources.first
    assert first is not None
    Enrolment.objects.everywhere(why="no class of the school is left").update(klass=None)
    gone = {"school": world.schools["柳溪"], "number": F("number") + 50}
    Klass.objects.filter(school=world.schools["青河县"]).update(**gone)
    assert book(scope, place, period).sources.first == first


def test_a_table_costs_the_same_questions_at_any_size(world: World) -> None:
    place, scope = school_place(world.schools["青河县"]), world.scope("li")
    counts = []
    for seed in (1, 2):
        fill(world, seed, count=30)
        with CaptureQueriesContext(
            connection,
        ) as told:
            table(scope, place, periods(place, TODAY).period("t2026-1"))
        counts.append(len(told))
    assert counts[0] == counts[1] <= 10


@pytest.mark.parametrize("code", ["t2031-1", "x", "m2026-13", "t2026-1v4", "y", ""])
def test_a_period_nobody_has_is_refused(code: str, world: World) -> None:
    with pytest.raises(Refused):
        periods(school_place(world.schools["青河县"]), TODAY).period(code)


def test_the_visit_windows_and_months_of_a_term(world: World) -> None:
    calendar = periods(school_place(world.schools["青河县"]), TODAY)
    term = calendar.period("t2026-1")
    assert [month.code for month in calendar.months(term)] == ["m2026-9", "m2026-10", "m2026-11"]
    assert [window.code for window in calendar.windows(term)] == ["t2026-1v1", "t2026-1v2"]
    assert (term.as_at, term.ref, term.running) == (TODAY, date(2026, 8, 31), True)


@pytest.mark.parametrize("seed", range(2))
def test_a_number_of_any_kind_is_the_sum_of_its_division(seed: int, world: World) -> None:
    fill(world, seed)
    place = school_place(world.schools["青河县"])
    opened = book(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    numbers = opened.table().numbers
    for entry in FIGURES:
        if entry.counts not in ("acts", "own") and numbers[entry.code].value is not None:
            for cut in ("grade", "sex", "boarding", "care"):
                divided = opened.simple(entry.code, cut)
                assert sum(count for _, _, count in divided) == numbers[entry.code].value, (entry.code, cut)


def test_left_behind_children_are_a_part_of_all(world: World) -> None:
    fill(world, 3)
    place = school_place(world.schools["青河县"])
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    for one in made.numbers.values():
        if one.code.endswith("-left"):
            assert (one.value or 0) <= (one.among or 0), one.code
    assert sum(bool(one.value) for code, one in made.numbers.items() if code.endswith("-left")) > 12


def test_money_is_counted_to_the_cent_and_what_is_repaid_is_not_owed(world: World) -> None:
    lin, school = world.children["lin"], world.schools["青河县"]
    base = {"school": school, "child": lin, "seen": "发热", "advanced_by": world.users["zhao"]}
    for money, repaid in (("12.10", None), ("0.29", None), ("50", TODAY)):
        Illness.objects.create(
            **base, seen_at=datetime(2026, 11, 3, 23, 30, tzinfo=CHINA), advanced=money, repaid_on=repaid
        )
    place = school_place(school)
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    assert [made[code].shown for code in ("advance-sum", "advance-owed-sum")] == ["62.39", "12.39"]
    assert [made[code].value for code in ("advance-times", "advance-owed-times", "ill-open")] == [3, 2, 1]


def test_two_houses_in_one_night_are_one_night(world: World) -> None:
    school, user = world.schools["青河县"], world.users["zheng"]
    for name, turn in (("一号楼", "first"), ("二号楼", "first"), ("三号楼", "second")):
        house = House.objects.create(school=school, name=name)
        NightCheck.objects.create(school=school, house=house, on=TODAY, turn=turn, by=user, closed_at=now())
    place = school_place(school)
    found = behind(world.scope("li"), "nights-round", place, periods(place, TODAY).period("t2026-1"))
    assert (found.number, len(found.deeds)) == (1, 3)


def test_a_resolution_is_late_from_the_day_after_it_is_due(world: World) -> None:
    school, li, place = world.schools["青河县"], world.users["li"], school_place(world.schools["青河县"])
    held = {"kind": "group", "on": TODAY - timedelta(days=5), "place": "会议室", "chair": li}
    meeting = Meeting.objects.create(school=school, by=li, **held)
    for days in (0, 1):
        due = TODAY - timedelta(days=days)
        Resolution.objects.create(school=school, by=li, meeting=meeting, words="补栏杆", owner=li, due_on=due)
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    assert made["resolutions-late"].value == 1


def test_a_class_reads_its_own_checks_and_not_the_schools_nights(world: World) -> None:
    school, user = world.schools["青河县"], world.users["zhao"]
    for key in ("三1", "三2"):
        HealthCheck.objects.create(
            school=school, klass=world.klasses[key], on=TODAY, turn="morning", expected=3, present=3, by=user
        )
    place = klass_place(world.klasses["三1"], school, TODAY)
    made = table(world.scope("zhao"), place, periods(place, TODAY).period("t2026-1"))
    assert (made["checks-morning"].value, made["nights-round"].value) == (1, None)
    whole = table(world.scope("li"), school_place(school), periods(place, TODAY).period("t2026-1"))
    assert (whole["checks-morning"].value, whole["nights-round"].value) == (2, 0)


def test_a_first_term_of_daily_life_is_compared_with_nothing(world: World) -> None:
    """Files reach back to spring, but no night, illness or activity of it was written down: that is not nought."""
    term = spring(world)
    Child.objects.everywhere(why="a test").update(opened_on=term.starts_on)
    Enrolment.objects.everywhere(why="a test").update(from_on=term.starts_on)
    lin, zhao = world.children["lin"], world.users["zhao"]
    base = {"school": lin.school, "child": lin, "sort": "ill", "seen": "发热", "by": zhao}
    Illness.objects.create(**base, seen_at=datetime(2026, 11, 20, 9, tzinfo=CHINA))
    scope, place = world.scope("li"), school_place(lin.school)
    period = periods(place, TODAY).period("t2026-1")
    first = table(scope, place, period).numbers
    assert first["left"].before is not None
    assert (first["ill-times"].value, first["ill-times"].before, first["took-part"].before) == (1, None, None)
    Illness.objects.create(**base, seen_at=datetime(2026, 5, 20, 9, tzinfo=CHINA))
    second = table(scope, place, period).numbers
    assert (second["ill-times"].before, second["hurt-times"].before) == (1, 0)
    assert (second["took-part"].before, second["boarders"].before) == (None, 1), "activities began in autumn"
