"""Family members, numbers and absences: work, refused by rule, refused by scope."""

from datetime import date

import pytest

from oasis.children.actions import absence, family, phones
from oasis.children.history import history
from oasis.children.models import Away, Change, Person, Phone, Tie
from oasis.children.past import as_of
from oasis.children.queries import same_number
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from tests.world import TODAY, World


def granny_tie(world: World) -> Tie:
    return (
        Tie.objects.within(world.scope("zhao"))
        .select_related("person")
        .get(person=world.persons["lin_granny"])
    )  # fmt: skip


def granny_phone(world: World) -> Phone:
    return Phone.objects.within(world.scope("zhao")).get(person=world.persons["lin_granny"])


def fields_changed(world: World, child: str) -> list[str]:
    rows = Change.objects.within(world.scope("li"), Need.CHILD_READ).filter(child=world.children[child])
    return [f"{row.table}.{row.field}" for row in rows.order_by("table", "field")]


def test_a_new_family_member_comes_with_a_number(world: World) -> None:
    scope, yang = world.scope("zhao"), world.children["yang"]
    tie = family.add_person(
        scope, yang, relation="52", from_on=TODAY, name="许静", number="１３９ 0000-0001", carer=True
    )
    assert tie.person.sex == "2"
    assert Phone.objects.within(scope).get(person=tie.person).number == "13900000001"


def test_a_known_parent_is_one_person_for_both_children(world: World) -> None:
    scope = world.scope("zhao")
    father = world.persons["lin_father"]
    family.add_person(scope, world.children["yang"], relation="51", from_on=TODAY, person=father)
    family.revise_person(scope, world.children["yang"], father, workplace="东莞鞋厂")
    assert fields_changed(world, "lin") == fields_changed(world, "yang") == ["person.workplace"]
    with pytest.raises(Refused) as caught:
        family.add_person(scope, world.children["yang"], relation="51", from_on=TODAY, person=father)
    assert caught.value.code == "tied"


def test_a_person_of_another_class_cannot_be_taken_over(world: World) -> None:
    with pytest.raises(Refused):
        family.add_person(
            world.scope("qian"), world.children["he"], relation="51", from_on=TODAY, person=world.persons["lin_father"]
        )


def test_a_helper_changes_nothing_in_the_family(world: World) -> None:
    with pytest.raises(Refused):
        family.revise_tie(world.scope("sun"), world.children["lin"], granny_tie(world), call_order=3)


def test_a_carer_is_not_kept_from_picking_the_child_up(world: World) -> None:
    with pytest.raises(Refused) as caught:
        family.revise_tie(world.scope("zhao"), world.children["lin"], granny_tie(world), no_pickup=True)
    assert caught.value.code == "pickup"


def test_a_tie_ends_with_a_reason_and_stays_on_file(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    with pytest.raises(Refused):
        family.end_tie(scope, lin, granny_tie(world), on=TODAY, reason="")
    tie = family.end_tie(scope, lin, granny_tie(world), on=TODAY, reason="改由姑姑照顾")
    assert (tie.to_on, tie.reason) == (TODAY, "改由姑姑照顾")
    with pytest.raises(Refused):
        family.revise_tie(scope, lin, tie, call_order=1)


def test_a_number_ages_with_every_call(world: World) -> None:
    scope, phone = world.scope("sun"), granny_phone(world)
    assert not phones.failed(scope, phone, date(2026, 11, 1)).dead
    assert phones.failed(scope, phone, date(2026, 11, 2)).dead
    assert not phones.worked(scope, phone, date(2026, 11, 3)).dead
    assert phones.failed(scope, phone, date(2026, 10, 1)).failed_times == 0  # written late, older than the success
    assert phones.wrong(scope, phone, date(2026, 11, 4)).dead


def test_a_number_out_of_reach_does_not_age(world: World) -> None:
    with pytest.raises(Refused):
        phones.failed(world.scope("qian"), granny_phone(world), TODAY)


def test_a_number_is_known_once_and_ends(world: World) -> None:
    scope, lin, granny = world.scope("zhao"), world.children["lin"], world.persons["lin_granny"]
    for number in ("19900000003", "123", ""):
        with pytest.raises(Refused):
            phones.add_phone(scope, lin, granny, number=number, on=TODAY)
    phones.end_phone(scope, lin, granny_phone(world), on=TODAY)
    phones.add_phone(scope, lin, granny, number="19900000003", on=TODAY)
    assert Phone.objects.within(scope).filter(person=granny, to_on=None).count() == 1


def test_a_number_added_stands_in_the_history_and_in_the_file_of_its_day(world: World) -> None:
    scope, lin, granny = world.scope("zhao"), world.children["lin"], world.persons["lin_granny"]
    phones.add_phone(scope, lin, granny, number="19900000077", on=date(2026, 10, 1))
    assert ("电话：电话号码", "未填 → 199****0077") in [(event.title, event.words) for event in history(scope, lin)]
    numbers = {phone.number for member in as_of(scope, lin, date(2026, 10, 2)).family for phone in member.phones}
    assert "19900000077" in numbers


def test_an_absence_runs_once_and_ends_with_the_return(world: World) -> None:
    scope, lin, father = world.scope("zhao"), world.children["lin"], world.persons["lin_father"]
    away = absence.went_away(scope, lin, father, since_on=date(2026, 2, 20), province="广东", city="东莞", work="制鞋")
    with pytest.raises(Refused):
        absence.went_away(scope, lin, father, since_on=TODAY)
    absence.revise_absence(scope, lin, away, next_return_on=date(2027, 1, 20))
    with pytest.raises(Refused):
        absence.came_home(scope, lin, away, on=date(2026, 1, 1))
    absence.came_home(scope, lin, away, on=TODAY)
    row = Away.objects.within(scope).get(pk=away.pk)
    assert (row.to_on, row.last_seen_on, row.next_return_on) == (TODAY, TODAY, None)
    with pytest.raises(Refused):
        absence.revise_absence(scope, lin, away, city="深圳")


def test_nobody_goes_away_in_the_future(world: World) -> None:
    with pytest.raises(Refused):
        absence.went_away(
            world.scope("zhao"), world.children["lin"], world.persons["lin_father"], since_on=date(2026, 12, 1)
        )


def test_a_stranger_to_the_family_is_refused(world: World) -> None:
    stranger = Person.objects.create(school=world.schools["青河县"], name="路人")
    with pytest.raises(Refused):
        absence.went_away(world.scope("zhao"), world.children["lin"], stranger, since_on=TODAY)


def test_a_person_whose_tie_has_ended_is_out_of_reach_of_the_class(world: World) -> None:
    scope, tie = world.scope("zhao"), granny_tie(world)
    person, lin = tie.person, world.children["lin"]
    absence.went_away(scope, lin, person, since_on=TODAY)
    family.end_tie(scope, lin, tie, on=TODAY, reason="搬走")
    for rows, key in ((Person.objects, "pk"), (Phone.objects, "person"), (Away.objects, "person")):
        assert not rows.within(scope).filter(**{key: person.pk}).exists()
        assert rows.within(world.scope("li")).filter(**{key: person.pk}).exists()
    with pytest.raises(Refused):
        family.add_person(scope, world.children["yang"], relation="62", from_on=TODAY, person=person)
    before = as_of(scope, lin, date(2026, 11, 1)).family
    assert {member.person.name: len(member.phones) for member in before}["黄桂英"] == 1


def test_a_number_typed_by_hand_offers_nobody_of_another_class(world: World) -> None:
    assert same_number(world.scope("qian"), world.children["he"], "19900000001") == []
    (offered,) = same_number(world.scope("zhao"), world.children["yang"], "19900000001")
    assert offered.person == world.persons["lin_father"]
