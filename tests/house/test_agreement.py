"""What is owed and what is counted say the same: neighbours on one floor, so the house looks at both."""

from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus import schooling
from oasis.campus.actions.health import open_illness
from oasis.campus.actions.incidents import revise_incident, tell_of
from oasis.campus.models import Dropout, Incident
from oasis.children.actions.status import set_risk, set_status
from oasis.children.models import Enrolment
from oasis.duties.calling import call_queue
from oasis.duties.grounds import ground
from oasis.duties.judging import PENDING, State
from oasis.duties.matrix import Matrix, matrix
from oasis.duties.queries import children_of, owed
from oasis.figures.behind import behind
from oasis.figures.evidence import EVIDENCE, counted
from oasis.figures.queries import periods, table
from oasis.figures.where import Period, Place, klass_place, school_place
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.papers.models import Paragraph
from oasis.papers.places import place_of
from oasis.papers.summary.contacting import contact
from oasis.papers.summary.drafting import begin
from oasis.papers.summary.facts import open_facts
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Term
from oasis.records.actions.incidents import close_incident, open_incident
from oasis.records.models import Record
from tests.figures.chance import SPRING, fill, spring
from tests.world import TODAY, World

PAIRS = (
    ("guardian-confirmed", "unconfirmed", "t2026-1"),
    ("pairing", "unpaired", "t2026-1"),
    ("visit-2", "lacking-visit", "t2026-1v2"),
    ("carer-contact", "lacking-carer", "m2026-11"),
    ("family-contact", "lacking-parents", "m2026-11"),
)


@pytest.mark.parametrize(("duty", "figure", "period"), PAIRS)
@pytest.mark.parametrize("seed", range(2))
def test_who_is_still_owed_is_who_is_lacking(duty: str, figure: str, period: str, seed: int, world: World) -> None:
    fill(world, seed)
    scope, place = world.scope("li"), school_place(world.schools["青河县"])
    lines = owed(scope, TODAY, codes=(duty,), need=Need.FIGURES).lines
    states = {line.pupil.id: line.state for line in lines}
    lacking = {child.pk for child in behind(scope, figure, place, periods(place, TODAY).period(period)).children}
    assert {child for child, state in states.items() if state in (*PENDING, State.MISSED)} <= lacking
    assert lacking.isdisjoint(child for child, state in states.items() if state == State.DONE)


def numbers(world: World, what: str, period: str) -> list[int | None]:
    place = school_place(world.schools["青河县"])
    made = table(world.scope("li"), place, periods(place, TODAY).period(period))
    return [made[f"{part}-{what}"].value for part in ("owed", "covered", "lacking")]


def test_a_key_child_since_today_lacks_no_talk_yet_and_counts_once_it_is_done(world: World) -> None:
    yang, zhao = world.children["yang"], world.scope("zhao")
    set_status(zhao, yang, on=date(2026, 9, 1), left_behind=2, civil=False)
    before, plain = numbers(world, "key-talk", "m2026-11"), numbers(world, "talk", "m2026-11")
    set_risk(zhao, yang, on=TODAY, level="key", reasons="父母刚离异")
    lines = [one for one in owed(zhao, TODAY, codes=("talk-key",)).lines if one.pupil.id == yang.pk]
    assert not [one for one in lines if one.state in (State.DUE, State.OVERDUE)]
    assert (numbers(world, "key-talk", "m2026-11"), numbers(world, "talk", "m2026-11")) == (before, plain)
    Record.objects.create(school=yang.school, child=yang, kind="talk", happened_on=TODAY, by=world.users["zhao"])
    owed_before, covered, lacking = before
    assert numbers(world, "key-talk", "m2026-11") == [(owed_before or 0) + 1, (covered or 0) + 1, lacking]


@pytest.mark.parametrize(("figure", "period"), [(figure, period) for _duty, figure, period in PAIRS[2:]])
def test_a_child_left_behind_since_today_lacks_nothing_yet_and_counts_once_it_is_done(
    figure: str, period: str, world: World
) -> None:
    yang, what = world.children["yang"], figure.removeprefix("lacking-")
    before = numbers(world, what, period)
    set_status(world.scope("zhao"), yang, on=TODAY, left_behind=2, civil=False)
    assert numbers(world, what, period) == before
    kind = {"visit": "visit", "carer": "carer-contact", "parents": "family-call"}[what]
    Record.objects.create(school=yang.school, child=yang, kind=kind, happened_on=TODAY, by=world.users["zhao"])
    owed_before, covered, lacking = before
    assert numbers(world, what, period) == [(owed_before or 0) + 1, (covered or 0) + 1, lacking]


@pytest.mark.parametrize(
    ("came", "due", "term"), [(date(2026, 9, 1), "12", 1), (date(2026, 10, 5), "2", 1), (date(2026, 11, 15), "2", 1), (date(2026, 11, 22), "", 0)],
)  # fmt: skip
@pytest.mark.parametrize("short", [False, True])
def test_a_child_who_came_after_a_visit_owes_none_of_it_in_the_due_list_the_figures_and_the_summary(
    came: date, due: str, term: int, short: bool, world: World
) -> None:
    scope, school, yang = world.scope("li"), world.schools["青河县"], world.children["yang"]
    if short:  # a visit of one week: who came a few days before it has no time for it either
        Term.objects.filter(school=school, year=2026, half=1).update(
            visit2_from=date(2026, 11, 20), visit2_until=date(2026, 11, 26)
        )
        due, term = ("", 0) if came == date(2026, 11, 15) else (due, term)
    place, calendar = school_place(school), periods(school_place(school), TODAY)
    before = [number(scope, place, calendar.period(code)) for code in ("t2026-1v1", "t2026-1v2", "t2026-1")]
    set_status(scope, yang, on=came, left_behind=2, civil=False)
    after = [number(scope, place, calendar.period(code)) for code in ("t2026-1v1", "t2026-1v2", "t2026-1")]
    assert [now - then for now, then in zip(after, before, strict=True)] == ["1" in due, "2" in due, term]
    owes = [line for line in owed(scope, TODAY, codes=("visit-2",)).lines if line.pupil.id == yang.pk]
    assert bool(owes) == ("2" in due)
    facts = open_facts(scope, place, "t2026-1")
    assert [one.due.value for one in facts.visits()] == after[:2]


def number(scope: Scope, place: Place, period: Period) -> int:
    return table(scope, place, period)["owed-visit"].value or 0


@pytest.mark.parametrize("known", [False, True])
def test_the_summary_says_of_a_first_import_what_the_statistics_say(known: bool, world: World) -> None:
    spring(world)
    scope, school, klass = world.scope("li"), world.schools["青河县"], world.klasses["三1"]
    if known:  # another class was in the files last term, this one comes in now
        entries = Enrolment.objects.everywhere(why="a test").filter(school=school)
        entries.exclude(child__klass=klass).update(from_on=SPRING)
    place = klass_place(klass, school, TODAY)
    made = table(scope, place, periods(place, TODAY).period("t2026-1"))
    assert (made["begun"].value, made["new"].value) == (2, 0 if known else None)
    draft = begin(scope, place=place_of(school, klass, TODAY), period="t2026-1")
    said = {row.key: row.text for row in Paragraph.objects.within(scope, Need.SUMMARY).filter(draft=draft)}
    assert said["basics.change"].startswith("本学期首次登记留守儿童2人")
    assert "新增" not in said["basics.change"]
    assert "增加" not in said["basics.people"]


def test_a_class_was_in_the_files_for_the_leader_and_for_its_teacher_alike(world: World) -> None:
    """All who were in 三1 last spring are in 三2 now, out of the sight of the teacher of 三1."""
    spring(world)
    school, klass, moved = world.schools["青河县"], world.klasses["三1"], world.children["he"]
    Enrolment.objects.create(school=school, child=moved, klass=klass, from_on=SPRING, to_on=date(2026, 8, 31))
    place = klass_place(klass, school, TODAY)
    period = periods(place, TODAY).period("t2026-1")
    seen = [table(world.scope(who), place, period) for who in ("li", "zhao")]
    assert [(made["begun"].value, made["new"].value) for made in seen] == [(0, 2), (0, 2)]
    (row,) = [one for one in table(world.scope("li"), school_place(school), period).rows if one.place.id == klass.pk]
    assert (row["begun"].value, row["new"].value) == (0, 2)


@pytest.mark.parametrize("seed", range(3))
def test_the_months_report_of_children_away_says_what_the_figures_say(seed: int, world: World) -> None:
    fill(world, seed)
    # Figures are of who is or was here in the period; a report also carries the open case of a child long gone.
    Dropout.objects.everywhere(why="a test").exclude(child__state="here").delete()
    scope, school = world.scope("li"), world.schools["青河县"]
    place = school_place(school)
    for month in (10, 11):
        told = schooling.numbers(scope, school, date(2026, month, 1))
        made = table(scope, place, periods(place, TODAY).period(f"m2026-{month}"))
        away, opened, back = (made[f"{code}-times"].value for code in ("dropout-open", "dropout", "returned"))
        assert (told.suspected + told.out, told.opened, told.back) == (away, opened, back)


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ({}, True), ({"channel": "face"}, True), ({"channel": "phone"}, False), ({"with_whom": "father"}, False),
        ({"outcome": "no-answer"}, False),
    ],
)  # fmt: skip
def test_a_visit_that_met_the_carer_is_the_months_contact_for_everybody_who_asks(
    more: dict[str, str], counts: bool, world: World
) -> None:
    lin, zhao, place = (
        world.children["lin"],
        world.scope("zhao"),
        klass_place(world.klasses["三1"], world.schools["青河县"], TODAY),
    )
    told = {"kind": "visit", "with_whom": "carer", "channel": "visit", "outcome": "done"} | more
    Record.objects.create(school=lin.school, child=lin, happened_on=TODAY, by=world.users["zhao"], **told)
    (line,) = [one for one in owed(zhao, TODAY, codes=("carer-contact",)).lines if one.pupil.id == lin.pk]
    assert (line.state == State.DONE) == counts
    klass = str(lin.klass_id)
    queue = call_queue(zhao, "carer-contact", klass)
    assert (lin.pk in {turn.child.pk for turn in queue.resting}) == counts
    (turn,) = [one for one in queue.turns if one.child.pk == lin.pk]
    assert ((turn.done.kind if turn.done else ""), turn.last) == ("visit" if counts else "", None)
    period = periods(place, TODAY).period("m2026-11")
    assert (lin.pk in {child.pk for child in behind(zhao, "covered-carer", place, period).children}) == counts
    made = table(zhao, place, period)
    assert [made[f"carer-contact-{part}"].value for part in ("acts", "parts", "children")] == [0, 0, 0]
    cells = {
        pupil.id: dict(zip(grid.columns, cells, strict=True))
        for grid in [month_of(zhao, world)]
        for pupil, cells in grid.rows
    }
    (cell,) = [one for column, one in cells[lin.pk].items() if column.duty.code == "carer-contact"]
    assert (cell.state == State.DONE) == counts


def month_of(scope: Scope, world: World) -> Matrix:
    known = ground(world.schools["青河县"].pk, TODAY)
    assert known
    return matrix(known, children_of(scope, Need.RECORD_READ, world.klasses["三1"].pk), TODAY, TODAY.replace(day=1))


def incident(world: World, sort: str) -> Incident:
    """Open a case as a teacher does; its line goes on the timeline."""
    told = {"sort": sort, "place": "操场", "course": "课间", "on_spot": "处置了", "harm": "slight"}
    at = {"happened_at": now() - timedelta(hours=2), "found_at": now() - timedelta(hours=1)}
    return open_incident(world.scope("zhao"), world.children["lin"], id=new_id(), **told, **at)


def test_a_case_is_one_however_many_lines_it_left(world: World, login: Callable[[str], Client]) -> None:
    """Found and closed leave two lines; work and daily life tell one, with one list, and of what may shame a child nothing."""
    zhao, li, row, place = (
        world.scope("zhao"),
        world.scope("li"),
        incident(world, "fall"),
        school_place(world.schools["青河县"]),
    )
    tell_of(zhao, row, id=new_id(), step="guardian", told_at=now(), whom="奶奶", way="phone", heard=True)
    revise_incident(zhao, row, cause="地面不平", mended="补平了")
    close_incident(li, row, on=TODAY)
    incident(world, "bullying")
    assert Record.objects.within(li, Need.RECORD_READ).filter(kind="incident").count() == 3
    period = periods(place, TODAY).period("t2026-1")
    made = table(li, place, period)
    told = {code for code, one in made.numbers.items() if "安全事件" in one.label and one.value}
    assert told == {f"incident-{what}-{end}" for what in ("case", "told") for end in ("times", "left", "children")}
    assert (made["incident-case-left"].value, made["parts"].value) == (1, 0)
    assert len(behind(li, "incident-case-left", place, period)) == 1
    client, query = login("li"), {"place": place.code, "period": period.code}
    way = escape(f"{reverse('figure', kwargs={'code': 'incident-case-left'})}?{urlencode(query)}")
    for route in ("school-work", "school-daily"):
        assert way in client.get(reverse(route), query | {"all": "1"}).text, route


def test_evidence_of_a_plan_from_cases_counts_cases(world: World) -> None:
    incident(world, "fall")
    found = counted(world.scope("li"), world.schools["青河县"], 2026, {"incident-parts", "talk-parts"})
    assert {code: (one.value, one.figure) for code, one in found.items()} == {
        "incident-parts": (1, "incident-case-times"), "talk-parts": (0, "talk-parts"),
    }  # fmt: skip


def test_evidence_from_several_ledgers_is_their_sum_and_leads_where_each_stands(
    world: World, login: Callable[[str], Client]
) -> None:
    told = EVIDENCE.get("illness-parts")
    assert (told.figures, told.route) == (("ill-times", "hurt-times"), "school-daily")
    for sort in ("ill", "accident"):
        open_illness(world.scope("zhao"), world.children["lin"], sort=sort, seen_at=now(), seen="头疼")
    found = counted(world.scope("li"), world.schools["青河县"], 2026, {"illness-parts"})["illness-parts"]
    assert (found.value, found.figure) == (2, "")
    page = login("li").get(reverse(told.route), {"place": found.place, "period": found.period})
    assert page.status_code == 200


@pytest.mark.parametrize("met", [True, False])
def test_a_summary_tells_of_carers_met_on_visits_alone(met: bool, world: World) -> None:
    lin, place = world.children["lin"], klass_place(world.klasses["三1"], world.schools["青河县"], TODAY)
    if met:
        Record.objects.create(
            school=lin.school, child=lin, happened_on=TODAY, by=world.users["zhao"], kind="visit", with_whom="carer",
            channel="visit", outcome="done",
        )  # fmt: skip
    facts = open_facts(world.scope("zhao"), place, "t2026-1")
    said = dict(contact(facts))["contact.carers"].text
    assert ("还没有与监护人" in said) != met
    assert ("家访时与监护人（照护人）当面沟通" in said) == met
