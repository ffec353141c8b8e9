"""What a guardian asks for: sure who asks, on the clock, approved, answered, refused only with reasons."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from oasis.children.actions.care import arrange
from oasis.children.actions.family import add_person
from oasis.children.actions.merging import merge, unmerge
from oasis.children.actions.petitions import answer, approve, receive, refuse
from oasis.children.models import Child, Enrolment, Petition, Tie
from oasis.children.petitions import open_ones
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.answering import letter
from oasis.papers.package import export_package, gather
from oasis.people import consenting
from oasis.people.closed import ScopedQuerySet
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from tests.world import BEGAN, TODAY, World


def asked(world: World, wish: str = "copy", who: str = "zhao", **more: object) -> Petition:
    fields = {"how": "face", "proof": "card", "received_on": TODAY, "guardian": str(world.persons["lin_father"].pk)}
    return receive(world.scope(who), world.children["lin"], wish=wish, **{**fields, **more})  # type: ignore[arg-type]


def test_the_clock_counts_working_days_as_the_school_says(world: World) -> None:
    assert asked(world).due_on == date(2026, 12, 14)
    consenting.set_law(world.scope("li"), school=world.schools["青河县"], answer_days=5)
    row = asked(world)
    assert row.due_on == date(2026, 11, 30)
    assert [one.days for one in open_ones(world.scope("li"))] == [7, 21]
    assert open_ones(world.scope("feng")) == []


def test_nothing_is_received_before_it_is_sure_who_asks(world: World) -> None:
    granny = str(world.persons["lin_granny"].pk)
    for code, more in (
        ("proof", {"proof": ""}),
        ("not-guardian", {"guardian": granny}),
        ("words", {"wish": "delete"}),
        ("future", {"received_on": date(2026, 12, 1)}),
        ("out-of-reach", {"who": "qian"}),
    ):
        with pytest.raises(Refused) as refused:
            asked(world, **more)  # type: ignore[arg-type]
        assert refused.value.code == code


def test_only_a_leader_answers_and_a_refusal_has_reasons(world: World) -> None:
    row = asked(world, wish="correct", words="生日写错了")
    with pytest.raises(Refused):
        answer(world.scope("zhao"), row, answer="已更正", on=TODAY)
    with pytest.raises(Refused) as refused:
        refuse(world.scope("li"), row, reasons="不行", on=TODAY)
    assert refused.value.code == "reasons"
    with pytest.raises(Refused):
        letter(world.scope("li"), petition=row)
    done = answer(world.scope("li"), row, answer="生日已按户口本更正", on=TODAY)
    assert done.state == "done"
    with pytest.raises(Refused) as refused:
        refuse(world.scope("li"), row, reasons="理由理由理由理由理由理由", on=TODAY)
    assert refused.value.code == "closed"
    assert letter(world.scope("li"), petition=done).data.startswith(b"PK")


def note(world: World, kind: str, text: str, **more: str) -> None:
    fields = {"happened_on": str(TODAY), **KINDS.get(kind).sample, "summary": text, **more}
    write_record(world.scope("zhao"), id=new_id(), kind=kind, children=[world.children["lin"]], fields=fields)


def package(world: World, row: Petition) -> str:
    told = ZipFile(BytesIO(export_package(world.scope("li"), petition=row).data))
    assert set(told.namelist()) == {"档案.docx", "档案.html", "记录.csv"}
    return told.read("档案.html").decode() + told.read("记录.csv").decode()


def test_a_package_waits_for_a_leader_and_leaves_out_what_is_others(world: World) -> None:
    note(world, "talk", "和陈浩闹别扭，已经和好")
    note(world, "talk", "说了心里话", confidential="on")
    note(world, "concern", "手臂有淤青")
    row = asked(world)
    with pytest.raises(Refused) as refused:
        export_package(world.scope("li"), petition=row)
    assert refused.value.code == "not-approved"
    with pytest.raises(Refused):
        approve(world.scope("zhao"), row)
    text = package(world, approve(world.scope("li"), row))
    assert "林晓晓" in text
    assert "19900000001" in text  # his own number
    assert "已经和好" in text
    for kept in ("陈浩", "心里话", "淤青", "19900000002", "19900000003", "保密", "关注"):
        assert kept not in text, kept
    assert any("2条" in words for words in gather(world.scope("li"), row).kept_back)
    deeds = Trail.objects.within(world.scope("li"), Need.TRAIL).filter(child=world.children["lin"].pk)
    assert {"petition.receive", "petition.approve", "export.petition"} <= set(deeds.values_list("deed", flat=True))


def test_who_must_not_fetch_the_child_does_not_learn_where_it_lives(world: World) -> None:
    lin = Child.objects.within(world.scope("li")).get(pk=world.children["lin"].pk)
    lin.address = "石桥村三组7号"
    lin.save()
    row = asked(world)
    assert "石桥村" in package(world, approve(world.scope("li"), row))
    Tie.objects.within(world.scope("li")).filter(person=world.persons["lin_father"]).update(no_pickup=True)
    text = package(world, Petition.objects.within(world.scope("li")).select_related("child").get(pk=row.pk))
    assert "石桥村" not in text
    assert "黄桂英" not in text


def housed(world: World) -> Petition:
    """Lin has an address and boards; her grandmother cares for her; her father asks for a copy."""
    scope, lin = world.scope("li"), world.children["lin"]
    arrange(
        world.scope("zhao"), lin, kind="notice", carer=world.persons["lin_granny"], signed="paper", signer="周玉兰", on=BEGAN,
        from_on=BEGAN, checked=True, child_heard=True,
    )  # fmt: skip
    Enrolment.objects.within(scope).filter(child=lin).update(boarding=True)
    held = Child.objects.within(scope).get(pk=lin.pk)
    held.address, held.boarding = "石桥村三组7号", True
    held.save()
    return asked(world)


def told(world: World, row: Petition) -> str:
    fresh = Petition.objects.within(world.scope("li")).select_related("child").get(pk=row.pk)
    return str(gather(world.scope("li"), fresh).sections)


def ties_of(world: World, who: str) -> ScopedQuerySet[Tie]:
    return Tie.objects.within(world.scope("li")).filter(person=world.persons[who])


HOME_WORDS = ("石桥村", "寄宿", "周玉兰手写", "祖父母", "黄桂英")


def test_a_barred_parent_learns_nothing_of_boarding_or_who_cares(world: World) -> None:
    row = housed(world)
    assert "寄宿" in told(world, row)
    ties_of(world, "lin_father").update(no_pickup=True)
    text = told(world, row)
    for words in HOME_WORDS:
        assert words not in text, words
    assert "委托" not in text


@pytest.mark.parametrize("no_pickup", [True, False])
def test_who_is_no_longer_of_the_family_is_guarded(world: World, no_pickup: bool) -> None:
    row = housed(world)
    ties_of(world, "lin_father").update(no_pickup=no_pickup, to_on=TODAY)
    text = told(world, row)
    for words in HOME_WORDS:
        assert words not in text, words


def test_a_bar_on_an_ended_tie_still_counts(world: World) -> None:
    row = housed(world)
    (old,) = ties_of(world, "lin_father")
    Tie.objects.within(world.scope("li")).filter(pk=old.pk).update(no_pickup=True, to_on=TODAY)
    Tie.objects.create(
        school=old.school, child=old.child, person=old.person, relation=old.relation, standing="legal", from_on=TODAY
    )
    assert "石桥村" not in told(world, row)


def test_a_petition_follows_a_merger_with_its_bar_and_back(world: World) -> None:
    scope, lin, father = world.scope("li"), world.children["lin"], world.persons["lin_father"]
    row = housed(world)
    second = add_person(scope, lin, relation="51", from_on=BEGAN, name="林平", no_pickup=True)
    done = merge(scope, kept=second.person_id, gone=father.pk)
    assert Petition.objects.within(scope).get(pk=row.pk).guardian_id == second.person_id
    assert "石桥村" not in told(world, row)
    assert "申请人自己的信息" in told(world, row)
    unmerge(scope, done)
    assert Petition.objects.within(scope).get(pk=row.pk).guardian_id == father.pk


def test_a_bar_ended_on_the_entry_that_went_in_a_merger_counts(world: World) -> None:
    scope, lin, father = world.scope("li"), world.children["lin"], world.persons["lin_father"]
    row = housed(world)
    second = add_person(scope, lin, relation="51", from_on=BEGAN, name="林平", no_pickup=True)
    Tie.objects.within(scope).filter(pk=second.pk).update(to_on=TODAY)
    add_person(scope, world.children["chenhao"], relation="51", from_on=BEGAN, id=second.person_id, name="林平")
    Tie.objects.within(scope).filter(child=world.children["chenhao"]).update(person=second.person_id)
    merge(scope, kept=father.pk, gone=second.person_id)
    assert "石桥村" not in told(world, row)


def test_a_child_of_fourteen_reads_its_own_address(world: World) -> None:
    row = housed(world)
    Child.objects.within(world.scope("li")).filter(pk=row.child_id).update(birth_on=date(2012, 1, 1))
    own = asked(world, guardian="self")
    assert "石桥村" in told(world, own)
