"""摸底排查, 结对, 照护约定 through the screens."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from oasis.children import census_table
from oasis.children.actions.files import revise
from oasis.children.actions.status import set_status
from oasis.children.census import roll
from oasis.children.models import CareArrangement, CensusEntry, Child, Pairing
from oasis.people.roles import Need
from tests.forms import drawn
from tests.world import TODAY, World

Login = Callable[[str], Client]


def answer(client: Client, world: World, child: str, code: str, **more: str) -> object:
    where = reverse("klass-census-child", kwargs={"pk": world.children[child].pk})
    return client.post(where, {"answer": code, **more})


def told(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_a_class_is_gone_through_one_by_one(world: World, login: Login) -> None:
    client = login("zhao")
    assert "0</strong> / 3" in told(client.get(reverse("klass-census")))
    onward = answer(client, world, "lin", "same", care="grandparents")
    assert str(world.children["chenhao"].pk) in onward["Location"]  # type: ignore[index]
    back = f'href="{reverse("klass-census-child", kwargs={"pk": world.children["lin"].pk})}">'
    assert "回去改" in told(client.get(onward["Location"])).partition(back)[2][:400]  # type: ignore[index]
    answer(client, world, "chenhao", "home", care="one-parent")
    last = answer(client, world, "yang", "none", care="parents")
    assert "class" in last["Location"]  # type: ignore[index]
    rows = CensusEntry.objects.within(world.scope("zhao")).order_by("child__pinyin")
    assert [row.finding for row in rows] == ["ended", "same", "none"]
    chenhao = Child.objects.within(world.scope("zhao")).get(pk=world.children["chenhao"].pk)
    assert (chenhao.left_behind, chenhao.care) == (0, "parents")


def test_a_foster_child_at_home_keeps_the_carer(world: World, login: Login) -> None:
    client, yang = login("zhao"), Child.objects.within(world.scope("zhao")).filter(pk=world.children["yang"].pk)
    yang.update(care="foster")
    answer(client, world, "yang", "none", care="foster")
    assert yang.get().care == "foster"
    answer(client, world, "yang", "both", care="foster")
    answer(client, world, "yang", "home", care="foster")  # a slip undone
    assert yang.get().care == "foster"


def test_a_slip_undone_brings_back_who_cared(world: World, login: Login) -> None:
    client, lin = login("zhao"), Child.objects.within(world.scope("zhao")).filter(pk=world.children["lin"].pk)
    answer(client, world, "lin", "home", care="grandparents")
    assert lin.get().care == "parents"
    answer(client, world, "lin", "both", care="parents")
    assert (lin.get().left_behind, lin.get().care) == (2, "grandparents")


def test_who_cares_is_asked_before_the_buttons_that_save(world: World, login: Login) -> None:
    page = told(login("zhao").get(reverse("klass-census-child", kwargs={"pk": world.children["lin"].pk})))
    assert page.index('name="care"') < page.index('name="answer"')


def test_both_parents_away_asks_who_cares(world: World, login: Login) -> None:
    client = login("zhao")
    asked = answer(client, world, "yang", "both", care="parents")
    assert asked.status_code == 422  # type: ignore[attr-defined]
    assert answer(client, world, "yang", "both", care="grandparents").status_code == 302  # type: ignore[attr-defined]
    assert Child.objects.within(world.scope("zhao")).get(pk=world.children["yang"].pk).civil


def test_the_rest_is_entered_at_once(world: World, login: Login) -> None:
    where = reverse("klass-census-rest", kwargs={"pk": world.klasses["三1"].pk})
    assert login("zhao").post(where).status_code == 302
    assert CensusEntry.objects.within(world.scope("zhao")).get().child_id == world.children["yang"].pk


def test_the_table_names_the_column_that_does_not_add_up(world: World, login: Login) -> None:
    where = reverse("klass-census-table", kwargs={"pk": world.schools["青河县"].pk})
    assert "照护评级未填" in told(login("li").get(where))
    for child in ("lin", "chenhao", "he"):
        revise(world.scope("li"), world.children[child], care_rating="good")
    assert "各项合计互相对得上" in told(login("li").get(where))
    assert login("li").get(where, {"by": "civil"}).status_code == 200


def test_every_number_of_the_table_opens_a_list_that_agrees(world: World, login: Login) -> None:
    scope, school = world.scope("li"), world.schools["青河县"]
    for civil in (False, True):
        counted = census_table.table(scope, school, TODAY, civil=civil)
        for grade, _, sums in counted.rows:
            for column, number in sums.items():
                found = census_table.behind(scope, school, TODAY, civil=civil, column=column, grade=grade)[1]
                assert len(found) == number, column
        for wrong in counted.failed:
            lost = census_table.behind(scope, school, TODAY, civil=civil, column=wrong.code)[1]
            assert len(lost) == wrong.whole - wrong.parts
    where = reverse("klass-census-cell", kwargs={"pk": school.pk, "column": "boards"})
    assert "陈浩" in told(login("li").get(where))
    unknown = reverse("klass-census-cell", kwargs={"pk": school.pk, "column": "nothing"})
    assert login("li").get(unknown).status_code == 404


def test_pairing_proposes_the_least_loaded_and_keeps_the_change(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    assert "林晓晓" in told(client.get(reverse("klass-pairing")))
    where = reverse("child-pair", kwargs={"pk": lin.pk})
    page = told(client.get(where))
    assert "孙丽" not in page.split('id="id_staff"')[1]  # helps already
    yang = str(world.children["yang"].pk)
    client.post(where + "?sort=classmate", {"role": "classmate", "classmate": yang, "on": "2026-11-23"})
    scope = world.scope("zhao")
    mate = Pairing.objects.within(scope, Need.PAIR).get(child=lin, classmate=yang)
    change = reverse("child-pair-change", kwargs={"pk": mate.pk})
    chenhao = str(world.children["chenhao"].pk)
    assert client.post(change, {"form": "change", "classmate": chenhao, "on": "2026-11-23"}).status_code == 422
    client.post(change, {"form": "change", "classmate": chenhao, "on": "2026-11-23", "reason": "座位调整"})
    new = Pairing.objects.within(scope, Need.PAIR).get(child=lin, classmate=chenhao)
    client.post(reverse("child-pair-change", kwargs={"pk": new.pk}), {"form": "end", "reason": "转学"})
    assert not Pairing.objects.within(scope, Need.PAIR).filter(child=lin, role="classmate", to_on=None).exists()
    assert client.get(change).status_code == 404


def test_an_arrangement_is_recorded_received_and_ended(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    where = reverse("child-care", kwargs={"pk": lin.pk})
    said = {
        "kind": "notice", "carer": str(world.persons["lin_granny"].pk), "signed": "phone", "signer": "林国平", "on": "2026-11-20",
        "from_on": "2026-11-20", "child_heard": "on", "checked": "on",
    }  # fmt: skip
    assert "见证" in told(client.post(where, said))
    assert client.post(where, said | {"witness": "吴秀英"}).status_code == 302
    row = CareArrangement.objects.within(world.scope("zhao")).get()
    for what, sent in (("receive", {}), ("unfit", {"unfit": "addiction"}), ("end", {"on": "2026-11-22"})):
        client.post(reverse("child-care-act", kwargs={"pk": row.pk, "what": what}), sent)
    row.refresh_from_db(from_queryset=CareArrangement.objects.within(world.scope("zhao")))
    assert (row.received_on, row.unfit, row.to_on) == (date(2026, 11, 23), "addiction", date(2026, 11, 22))
    assert client.post(reverse("child-care-act", kwargs={"pk": row.pk, "what": "x"})).status_code == 404


def test_a_skipped_child_comes_back_last_not_at_once(world: World, login: Login) -> None:
    client, klass = login("zhao"), world.klasses["三1"]
    first, second, third = roll(world.scope("zhao"), klass)
    page = client.get(reverse("klass-census-child", kwargs={"pk": first.pk})).content.decode()
    assert f"先跳过，下一个：{second.name}" in page
    answer = client.post(reverse("klass-census-child", kwargs={"pk": second.pk}), {"answer": "home"})
    assert str(third.pk) in answer["Location"]
    answer = client.post(reverse("klass-census-child", kwargs={"pk": third.pk}), {"answer": "none"})
    assert str(first.pk) in answer["Location"]


def test_anothers_answer_is_not_undone_from_an_older_page(world: World, login: Login) -> None:
    where = reverse("klass-census-child", kwargs={"pk": world.children["yang"].pk})
    zhao, li = login("zhao"), login("li")
    (old,) = drawn(li.get(where), where)
    answer(zhao, world, "yang", "both", care="grandparents")
    late = li.post(where, old.sent() | {"answer": ["home"]})
    assert late.status_code == 422
    assert "赵明霞登记：父母新外出" in told(late)
    row = CensusEntry.objects.within(world.scope("li"))
    assert row.get().finding == "new"
    (again,) = drawn(li.get(where), where)
    assert li.post(where, again.sent() | {"answer": ["home"]}).status_code == 302  # seen, and decided
    assert row.get().finding == "none"
    assert answer(zhao, world, "yang", "both", care="grandparents").status_code == 422  # type: ignore[attr-defined]


def test_a_status_changed_meanwhile_is_shown_before_the_census_changes_it(world: World, login: Login) -> None:
    where = reverse("klass-census-child", kwargs={"pk": world.children["yang"].pk})
    (old,) = drawn(login("li").get(where), where)
    set_status(world.scope("zhao"), world.children["yang"], on=TODAY, left_behind=1, civil=False)
    late = login("li").post(where, old.sent() | {"answer": ["none"]})
    assert late.status_code == 422
    assert "现在是：一方外出" in told(late)
