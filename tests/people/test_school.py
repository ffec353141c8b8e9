"""What an administrator sets: details, terms, classes, special days."""

from datetime import date

import pytest

from oasis.kit.refused import Refused
from oasis.people import school as settings
from oasis.places.models import Klass, School, Term
from oasis.places.queries import classes_on
from tests.world import TODAY, World

SPRING = {
    "year": 2026, "half": 2, "starts_on": date(2027, 2, 24), "ends_on": date(2027, 7, 5), "visit1_until": date(2027, 3, 20),
    "visit2_from": date(2027, 4, 15), "visit2_until": date(2027, 5, 10), "visit3_from": date(2027, 6, 10),
}  # fmt: skip


def test_the_administrator_changes_the_details(world: World) -> None:
    school = world.schools["青河县"]
    settings.edit_school(world.scope("wang"), school=school, duty_phone="0000-7654321")
    school.refresh_from_db()
    assert school.duty_phone == "0000-7654321"


@pytest.mark.parametrize("who", ["zhao", "li", "feng"])
def test_nobody_else_changes_the_details(who: str, world: World) -> None:
    with pytest.raises(Refused) as refused:
        settings.edit_school(world.scope(who), school=world.schools["青河县"], duty_phone="1")
    assert refused.value.code == "other-school"


def test_a_name_that_is_taken_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(Refused) as refused:
        settings.edit_school(world.scope("wang"), school=world.schools["青河县"], name="青河县柳溪中心小学")
    assert (refused.value.code, refused.value.field) == ("not-valid", "name")


def test_a_term_is_opened_and_changed(world: World) -> None:
    scope, school = world.scope("wang"), world.schools["青河县"]
    term = settings.set_term(scope, school=school, **SPRING)
    settings.set_term(scope, school=school, term=term, ends_on=date(2027, 7, 9))
    assert Term.objects.get(pk=term.pk).ends_on == date(2027, 7, 9)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"visit1_until": date(2027, 6, 30)}, "not-valid"),
        ({"starts_on": date(2027, 1, 10)}, "terms-overlap"),
        ({"half": 1}, "not-valid"),
    ],
)
def test_a_term_out_of_order_is_refused(change: dict, code: str, world: World) -> None:
    with pytest.raises(Refused) as refused:
        settings.set_term(world.scope("wang"), school=world.schools["青河县"], **(SPRING | change))
    assert refused.value.code == code


def test_a_closed_term_stays_as_it_was(world: World) -> None:
    term = world.terms["青河县"]
    Term.objects.filter(pk=term.pk).update(closed_at="2027-01-25T00:00:00Z")  # after the page was read
    with pytest.raises(Refused) as refused:
        settings.set_term(world.scope("wang"), school=term.school, term=term, ends_on=date(2027, 1, 23))
    assert refused.value.code == "term-closed"
    assert Term.objects.get(pk=term.pk).closed_at


def test_a_page_read_before_writes_only_its_own_columns(world: World) -> None:
    school = world.schools["青河县"]
    School.objects.filter(pk=school.pk).update(helplines="12355")
    settings.edit_school(world.scope("wang"), school=school, duty_phone="0000-7654321")
    school.refresh_from_db()
    assert (school.duty_phone, school.helplines) == ("0000-7654321", "12355")


def test_many_classes_are_made_at_once_and_none_twice(world: World) -> None:
    scope, school = world.scope("wang"), world.schools["青河县"]
    new = settings.open_classes(scope, school=school, counts={1: 2, 3: 3, 7: 1}, on=TODAY)
    names = [klass.name(TODAY) for klass in new]
    assert names == ["一（1）班", "一（2）班", "三（3）班", "七（1）班"]
    assert len(classes_on(school.pk, TODAY)) == 7
    with pytest.raises(Refused) as refused:
        settings.open_classes(scope, school=school, counts={1: 2}, on=TODAY)
    assert refused.value.code == "nothing-new"


def test_a_class_made_by_mistake_is_removed(world: World) -> None:
    scope, school = world.scope("wang"), world.schools["青河县"]
    (klass,) = settings.open_classes(scope, school=school, counts={6: 1}, on=TODAY)
    settings.remove_class(scope, klass=klass)
    assert not Klass.objects.filter(school=school, entry_year=2021).exists()


def test_a_class_with_children_stays(world: World) -> None:
    with pytest.raises(Refused) as refused:
        settings.remove_class(world.scope("wang"), klass=world.klasses["三1"])
    assert refused.value.code == "class-in-use"
    assert Klass.objects.filter(pk=world.klasses["三1"].pk).exists()


def test_a_special_day_is_marked_once_and_taken_back(world: World) -> None:
    scope, school = world.scope("wang"), world.schools["青河县"]
    day = settings.mark_day(scope, school=school, on=date(2026, 11, 28), open_=True, note="补课")
    with pytest.raises(Refused):
        settings.mark_day(scope, school=school, on=date(2026, 11, 28), open_=False)
    settings.unmark_day(scope, day=day)
    settings.mark_day(scope, school=school, on=date(2026, 11, 28), open_=False)


def test_another_school_s_days_are_out_of_reach(world: World) -> None:
    day = settings.mark_day(world.scope("wang"), school=world.schools["青河县"], on=TODAY, open_=False)
    with pytest.raises(Refused):
        settings.unmark_day(world.scope("feng"), day=day)
