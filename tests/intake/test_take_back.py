"""A roster taken back, as long as nobody has built on it."""

from datetime import UTC, date, datetime

import pytest

from oasis.children.actions.phones import add_phone
from oasis.children.actions.roster_undo import first_id
from oasis.children.models import Child, Enrolment, Pairing, Person
from oasis.intake import commit, undo
from oasis.kit.refused import Refused
from oasis.papers.models import CardIssue
from oasis.people.scope import Scope
from oasis.places.models import Klass
from oasis.records.models import Record
from tests.intake.acts import ROW, WHY, everything, sent
from tests.world import World


def test_a_batch_is_taken_back_as_if_it_had_never_been(li: Scope, world: World) -> None:
    before = everything()
    lin = world.children["lin"]
    changed = [
        "林晓晓",
        "女",
        lin.id_number,
        "三2",
        "住校",
        "单亲留守儿童",
        "林国平",
        "江苏苏州",
        "19900000009",
        "李叔叔",
        "叔叔",
        "19900000008",
        "低保",
        "新村8号",
    ]
    batch = commit.commit(li, sent(li, [*ROW[:3], "四（3）班", *ROW[4:]], changed))
    assert batch.counts["new"] == batch.counts["changed"] == 1
    undo.take_back(li, batch)
    assert everything() == before
    assert not Klass.objects.filter(number=3).exists()
    now = Child.objects.everywhere(why=WHY).get(pk=lin.pk)
    for name in ("klass_id", "boarding", "left_behind", "civil", "care", "address", "pinyin"):
        assert getattr(now, name) == getattr(lin, name), name
    assert Enrolment.objects.within(li).filter(child=lin, to_on__isnull=True).get().klass == lin.klass


def test_a_batch_that_somebody_built_on_stays(li: Scope, world: World) -> None:
    import time_machine as clock

    batch = commit.commit(li, sent(li, ROW))
    child = Child.objects.everywhere(why=WHY).get(name="方小舟")
    with clock.travel("2026-11-23T05:00:00+00:00", tick=False):
        Record.objects.create(school=child.school, child=child, kind="talk", happened_on=li.on, by=world.users["li"])
        with pytest.raises(Refused) as refused:
            undo.take_back(li, batch)
    assert refused.value.code == "built-on"
    assert "方小舟" in refused.value.message
    assert Child.objects.everywhere(why=WHY).filter(pk=child.pk).exists()


def test_a_number_added_by_hand_keeps_a_batch(li: Scope) -> None:
    import time_machine as clock

    batch = commit.commit(li, sent(li, ROW))
    child = Child.objects.everywhere(why=WHY).get(name="方小舟")
    father = Person.objects.everywhere(why=WHY).get(name="方大江")
    with clock.travel("2026-11-23T05:00:00+00:00", tick=False):
        add_phone(li, child, father, number="19911110077", on=li.on)
        with pytest.raises(Refused) as refused:
            undo.take_back(li, batch)
    assert refused.value.code == "built-on"
    assert "方小舟" in refused.value.message


def test_a_classmate_of_the_old_class_stops_helping_until_it_is_taken_back(li: Scope, world: World) -> None:
    lin, yang = world.children["lin"], world.children["yang"]
    pair = Pairing.objects.create(
        school=lin.school, child=lin, classmate=yang, role="classmate", from_on=date(2026, 9, 2)
    )
    Pairing.objects.within(li).filter(pk=pair.pk).update(at="2026-09-02T00:00:00+00:00")
    batch = commit.commit(li, sent(li, ["林晓晓", lin.id_number, "三2"], head=["姓名", "身份证号", "班级"]))
    pair.refresh_from_db()
    assert pair.to_on == li.on
    undo.take_back(li, batch)
    pair.refresh_from_db()
    assert (pair.to_on, pair.end_reason) == (None, "")


def test_a_card_issued_before_the_roster_does_not_keep_it(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    CardIssue.objects.create(
        id=first_id(datetime(2026, 9, 2, tzinfo=UTC)), school=lin.school, child=lin, issued_on=date(2026, 9, 2),
        issued_by=world.users["li"],
    )  # fmt: skip
    batch = commit.commit(li, sent(li, ["林晓晓", lin.id_number, "新村"], head=["姓名", "身份证号", "家庭住址"]))
    assert undo.take_back(li, batch).state == "taken-back"
