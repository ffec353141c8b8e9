"""A child of whom nobody has ever asked whether the parents are away: said so, and asked one by one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from oasis.children import census as told
from oasis.children.actions import census, family, files
from oasis.children.actions.rosters import open_files
from oasis.children.models import CensusEntry, Child
from oasis.children.rosters import Told
from oasis.figures.behind import behind
from oasis.figures.queries import periods
from oasis.figures.where import klass_place
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.files import files_of
from oasis.papers.forms.roster import row
from oasis.records.numbers import numbers
from tests.world import TODAY, World

Login = Callable[[str], Client]


@pytest.fixture
def fang(world: World) -> Child:
    klass = world.klasses["三1"]
    return files.open_file(world.scope("zhao"), klass=klass, school=klass.school, on=TODAY, name="方小舟")


def test_nobody_asked_is_said_and_the_bulk_leaves_the_child_out(world: World, login: Login, fang: Child) -> None:
    client, klass = login("zhao"), world.klasses["三1"]
    page = client.get(reverse("klass-census-list", kwargs={"pk": klass.pk})).content.decode()
    assert "外出情况还没有问" in page
    assert "其余1名父母在家的没有变化" in page
    client.post(reverse("klass-census-rest", kwargs={"pk": klass.pk}))
    entered = CensusEntry.objects.within(world.scope("zhao"))
    assert entered.filter(child=world.children["yang"]).exists()
    assert not entered.filter(child=fang).exists()


def test_every_page_and_paper_says_that_nobody_asked(world: World, login: Login, fang: Child) -> None:
    zhao, said = login("zhao"), "外出情况还没有问"
    for name in ("child-file", "child-past", "klass-assess-child"):
        page = zhao.get(reverse(name, kwargs={"pk": fang.pk})).text
        assert said in page, name
        assert "非留守" not in page, name
        assert said not in zhao.get(reverse(name, kwargs={"pk": world.children["yang"].pk})).text, name
    only = zhao.get(reverse("children"), {"mark": "unasked"}).text
    assert "方小舟" in only
    assert world.children["yang"].name not in only
    scope, klass = world.scope("zhao"), world.klasses["三1"]
    file = files_of(scope, [fang], TODAY)[0]
    assert file.unasked
    assert "还没有问" in row(file)
    assert "非留守" not in row(file)
    place = klass_place(klass, klass.school, TODAY)
    assert [
        child.pk for child in behind(scope, "unasked", place, periods(place, TODAY).period("t2026-1")).children
    ] == [fang.pk]
    zhao.post(reverse("klass-census-child", kwargs={"pk": fang.pk}), {"answer": "none"})
    assert said not in zhao.get(reverse("child-file", kwargs={"pk": fang.pk})).text
    assert not behind(scope, "unasked", place, periods(place, TODAY).period("t2026-1")).children


def test_unchanged_is_no_answer_where_nobody_asked(world: World, login: Login, fang: Child) -> None:
    client, where = login("zhao"), reverse("klass-census-child", kwargs={"pk": fang.pk})
    shown = client.get(where).content.decode()
    assert "现在登记：外出情况还没有问" in shown
    assert 'value="same"' not in shown
    refused = client.post(where, {"answer": "same"})
    assert refused.status_code == 422
    assert "还没有问过" in refused.content.decode()
    client.post(where, {"answer": "none"})
    assert told.not_asked(world.scope("zhao"), world.klasses["三1"]) == set()


@pytest.mark.parametrize(("left_behind", "unasked"), [(None, True), (0, False)])
def test_a_roster_that_says_nothing_leaves_the_child_unasked(
    world: World, left_behind: int | None, unasked: bool
) -> None:
    scope, klass, child = world.scope("li"), world.klasses["三1"], new_id()
    row = Told({"name": "方小舟"}, klass=klass.pk, left_behind=left_behind)
    open_files(scope, school=klass.school, on=TODAY, files=[(child, row)])
    assert (child in told.not_asked(scope, klass)) is unasked


def test_a_beginning_that_lies_ahead_is_refused(world: World, login: Login) -> None:
    where = reverse("klass-census-child", kwargs={"pk": world.children["yang"].pk})
    refused = login("zhao").post(where, {"answer": "both", "care": "grandparents", "since_on": "2027-03-01"})
    assert refused.status_code == 422
    assert "不能晚于今天" in refused.content.decode()
    with pytest.raises(Refused):
        census.enter(
            world.scope("zhao"), world.children["yang"], term=world.terms["青河县"], on=TODAY, left_behind=1,
            since_on=TODAY.replace(year=2027),
        )  # fmt: skip


def test_somebody_nobody_has_named_is_no_carer_on_paper_and_the_last_to_be_called(world: World, fang: Child) -> None:
    scope = world.scope("zhao")
    family.add_person(
        scope, fang, relation="97", from_on=TODAY, name="家长（待补姓名）", number="19911110001", carer=True,
        lives_with=True, call_order=1,
    )  # fmt: skip
    (file,) = files_of(scope, [fang], TODAY)
    assert file.carer is None
    (only,) = numbers(scope, [fang], "carer-contact")[fang.pk]
    assert (only.nameless, only.whom) == (True, "other")
    family.add_person(scope, fang, relation="62", from_on=TODAY, name="吴桂花", number="19911110002")
    assert [number.person for number in numbers(scope, [fang], "carer-contact")[fang.pk]] == [
        "吴桂花",
        "家长（待补姓名）",
    ]
