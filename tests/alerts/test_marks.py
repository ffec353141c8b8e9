"""Marks are weighed against the class: the work grows with the marks, not with their square."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oasis.alerts.facts import gather
from oasis.campus.models import Exam, Mark
from oasis.campus.models.growth import Subject
from oasis.children.models import Child
from tests.world import BEGAN, TODAY, World

EXAMS, SUBJECTS = 8, list(Subject)[:5]


def grown(world: World, number: int) -> list[Any]:
    """Give so many children of one class, each with forty marks."""
    klass, school = world.klasses["三1"], world.schools["青河县"]
    children = Child.objects.bulk_create(
        Child(school=school, klass=klass, name=f"新生{n}", opened_on=BEGAN) for n in range(number)
    )
    exams = [
        Exam(school=school, term=world.terms["青河县"], name=f"{number}人{n}", on=TODAY - timedelta(days=n))
        for n in range(EXAMS)
    ]
    Exam.objects.bulk_create(exams)
    Mark.objects.bulk_create(
        Mark(school=school, child=child, exam=exam, subject=subject, points=Decimal(60) + n % 2)
        for n, child in enumerate(children)
        for exam in exams
        for subject in SUBJECTS
    )
    return [SimpleNamespace(id=child.pk, klass_id=klass.pk, opened_on=BEGAN) for child in children]


def worked(world: World, kids: list[Any]) -> tuple[int, int]:
    """Count the queries, and the steps of the database, of judging these children."""
    steps, school = [0], world.schools["青河县"].pk
    gather(kids, school, TODAY)
    raw = connection.connection
    raw.set_progress_handler(lambda: steps.__setitem__(0, steps[0] + 1), 1000)
    with CaptureQueriesContext(connection) as seen:
        found, _ways = gather(kids, school, TODAY)
    raw.set_progress_handler(None, 0)
    assert all(len(found[kid.id].marks) == len(SUBJECTS) for kid in kids)
    return len(seen), steps[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite counts its steps")
def test_four_times_the_children_take_no_more_queries_and_about_four_times_the_work(world: World) -> None:
    few, many = worked(world, grown(world, 100)), worked(world, grown(world, 400))
    assert few[0] == many[0] == 2
    assert many[1] < 7 * few[1], "500 children are of the school by then"


def test_a_mark_is_weighed_in_thousandths_to_the_nearest(world: World) -> None:
    first, second, third = grown(world, 3)
    Mark.objects.everywhere(why="a test").filter(child=third.id).update(points=Decimal(90))
    found, _ways = gather([first, second], world.schools["青河县"].pk, TODAY)
    assert {over for _day, over in found[first.id].marks["maths"]} == {-103}, "60 under a mean of 70.33 are -103.3"
    assert {over for _day, over in found[second.id].marks["maths"]} == {-93}
