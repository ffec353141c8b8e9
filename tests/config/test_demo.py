"""The demo reads like a school, is the same in every run, and goes without a trace."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.db import transaction

from oasis.children.access import scope_of
from oasis.children.models import Assessment, Away, CensusEntry, Child, Phone, Plan, PlanAction, Problem, RiskLevel, Tie
from oasis.children.models.paper import PaperBody
from oasis.config import demo
from oasis.config.demo import families
from oasis.figures.queries import book
from oasis.figures.where import Calendar, school_place
from oasis.kit import idcard
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedQuerySet
from oasis.people.models import Post, Trail
from oasis.people.roles import Need
from oasis.places.models import Klass, School
from oasis.records.handover.actions import accept, print_of, seen
from oasis.records.kinds import KINDS
from oasis.records.models import HandOver, MandatoryReport, Record, ReportNamed, ReportRecord, ReportStep, ReportWording
from oasis.records.reporting.starting import start
from tests.world import NOW, TODAY, World

WHY = "the test looks at the whole demo"


def counts() -> dict[str, int]:
    found = {}
    for model in apps.get_models():
        rows = model._default_manager.all()
        found[model.__name__] = (rows.everywhere(why=WHY) if isinstance(rows, ScopedQuerySet) else rows).count()
    return found


def pupils() -> list[tuple[str, date | None, int]]:
    rows = Child.objects.everywhere(why=WHY).filter(demo=True)
    return sorted(rows.values_list("name", "birth_on", "left_behind"))


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The village, built once for the tests of this file, each of which is rolled back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            demo.build("village", on=TODAY)
        yield
        transaction.set_rollback(True)


def test_a_village_school_has_its_numbers_and_leaves_nothing(world: World) -> None:
    before = counts()
    demo.build("village", on=TODAY)
    drawn = pupils()
    assert (len(drawn), sum(1 for row in drawn if row[2])) == (90, 49)
    entered = CensusEntry.objects.everywhere(why=WHY).exclude(child__left_behind=0)
    assert not entered.filter(child__demo=True, was_left_behind=0).exists()
    assert {"banzhuren", "bangfu", "xiaozhang", "guanli"} <= {login.username for login in demo.logins()}
    demo.clear()
    assert counts() == before
    demo.build("village", on=TODAY)
    assert pupils() == drawn


def test_the_demo_draws_no_mandatory_report(built: None, world: World) -> None:
    for model in (MandatoryReport, ReportWording, ReportStep, ReportNamed, ReportRecord):
        assert not model.objects.everywhere(why=WHY).exists(), model.__name__


def test_the_demo_takes_its_reports_out_with_it(built: None, world: World) -> None:
    school = School.objects.get(demo=True)
    post = Post.objects.filter(school=school, role="principal").select_related("user").get()
    typed = {
        "child_name": "某某",
        "situations": ["other"],
        "seen": "演练",
        "found_at": "2026-11-23T09:00",
        "staffed": "no",
    }
    start(scope_of(post.user, TODAY), id=new_id(), school=school.pk, fields=typed)
    demo.clear()
    assert not MandatoryReport.objects.everywhere(why=WHY).exists()
    assert not Trail.objects.everywhere(why=WHY).filter(deed="report.start").exists()


def test_two_demos_are_refused(built: None, world: World) -> None:
    with pytest.raises(Refused):
        demo.build("village", on=TODAY)


def test_every_record_would_pass_its_own_form(built: None, world: World) -> None:
    every = Record.objects.everywhere(why=WHY).filter(school__demo=True)
    assert {row.kind for row in every} == set(KINDS.codes)
    rows = every.filter(confidential=False)
    assert not any(row.happened_on > TODAY for row in rows)
    for row in {(row.kind, str(row.details), row.outcome): row for row in rows}.values():
        columns = {name: getattr(row, name) for name in ("happened_on", "with_whom", "channel", "outcome", "summary")}
        form = KINDS.get(row.kind).Form(row.details | columns)
        assert form.is_valid(), (row.kind, form.errors)
    outcomes = Counter(row.outcome for row in rows)
    assert outcomes["no-answer"] > 20
    assert outcomes["wrong-number"] > 2


def test_numbers_belong_to_nobody(built: None, world: World) -> None:
    assert School.objects.filter(demo=True).get().name.endswith("（演示）")
    for child in Child.objects.everywhere(why=WHY).filter(demo=True):
        assert idcard.is_demo(child.id_number)
        assert idcard.problem(child.id_number) is None


def test_twenty_schools_never_share_an_id_number() -> None:
    born = date(2018, 3, 5)
    numbers = {families.demo_id(born, "1", serial) for serial in range(0, 20 * demo.SERIALS, 7)}
    assert len(numbers) == len(range(0, 20 * demo.SERIALS, 7))


def test_only_parents_who_are_away_are_rung_up_and_their_words_fit(built: None, world: World) -> None:
    away: dict[tuple[UUID, str], list[tuple[date | None, date | None]]] = {}
    ties = Tie.objects.everywhere(why=WHY).filter(child__demo=True, relation__in=("51", "52"))
    gone = Away.objects.everywhere(why=WHY).filter(person__in=ties.values("person"))
    spans: dict[UUID, list[tuple[date | None, date | None]]] = {}
    for person, since, until in gone.values_list("person_id", "since_on", "to_on"):
        spans.setdefault(person, []).append((since, until))
    for child, relation, person in ties.values_list("child_id", "relation", "person_id"):
        away[child, "father" if relation == "51" else "mother"] = spans.get(person, [])
    rows = Record.objects.everywhere(why=WHY).filter(child__demo=True, kind__in=("family-call", "family-letter"))
    told = list(rows.values_list("child_id", "with_whom", "happened_on", "summary"))
    assert len(told) > 100
    for child, whom, on, summary in told:
        held = away.get((child, whom), [])
        assert any((since is None or since <= on) and (until is None or on <= until) for since, until in held), (
            whom,
            on,
        )
        assert not (whom == "father" and "妈妈" in summary), on


def test_a_number_did_not_work_after_the_last_call_that_was_answered(built: None, world: World) -> None:
    done = Record.objects.everywhere(why=WHY).filter(child__demo=True, kind="family-call", outcome="done")
    last: dict[tuple[UUID, str], date] = {}
    for child, whom, on in done.order_by("happened_on").values_list("child_id", "with_whom", "happened_on"):
        last[child, whom] = on
    rows = Phone.objects.everywhere(why=WHY).filter(person__tie__child__demo=True, person__tie__relation="51")
    worked = rows.filter(person__tie__carer=False).values_list("person__tie__child_id", "person_id", "last_worked_on")
    best: dict[UUID, list[date]] = {}
    told: dict[UUID, date | None] = {}
    for child, person, on in worked:
        told[person] = on
        best.setdefault(person, []).extend([last[child, "father"]] if (child, "father") in last else [])
    for person, on in told.items():
        assert on is None or on <= max(best[person], default=date.min), on


def test_key_children_have_problems_and_plans_that_are_due(built: None, world: World) -> None:
    key = Child.objects.everywhere(why=WHY).filter(demo=True, key=True)
    planned = Plan.objects.everywhere(why=WHY).filter(child__in=key, closed_on__isnull=True)
    assert planned.count() >= 4
    assert PlanAction.objects.everywhere(why=WHY).filter(due_on__lt=TODAY, done_on__isnull=False).exists()
    assert not Problem.objects.everywhere(why=WHY).filter(found_on__gt=TODAY).exists()
    assert Assessment.objects.everywhere(why=WHY).filter(child__demo=True).values("term").distinct().count() == 3
    levels = RiskLevel.objects.everywhere(why=WHY).filter(child__demo=True)
    assert {row.child_id for row in levels if row.key} == set(key.values_list("pk", flat=True))


def test_papers_a_child_on_its_way_and_a_closed_term_are_there_to_be_seen(built: None, world: World) -> None:
    school = School.objects.get(demo=True)
    body = PaperBody.objects.everywhere(why=WHY).filter(paper__child__school=school)
    assert body.count() == 15
    assert all(row.data.startswith(b"\xff\xd8") and row.thumb for row in body)
    dean = scope_of(Post.objects.get(school=school, role="dean").user, TODAY)
    assert HandOver.objects.within(dean, Need.LAW).filter(state="accepted").count() == 2
    waiting = HandOver.objects.within(dean, Need.LAW).get(outgoing=False, state="waiting")
    told = seen(dean, waiting)
    assert (told.name, len(told.family), len(told.past)) == ("骆小禾", 3, 4)
    klass = Klass.objects.filter(school=school).order_by("-entry_year")[3]
    child = accept(dean, waiting, klass=klass, on=TODAY, compared=print_of(waiting))
    assert child.left_behind == 2
    place = school_place(school)
    closed = book(dean, place, Calendar(school.pk, TODAY).period("t2025-2"))
    assert closed.kept is not None
    assert (closed.table()["pupils"].value or 0) > 60
    assert (closed.table()["parts"].value or 0) > 200
