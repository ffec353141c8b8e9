"""A roster and others at work: stopped halfway, overtaken, between two chunks."""

from datetime import date
from uuid import UUID

import pytest

from oasis.children.actions.files import revise
from oasis.children.models import Child
from oasis.intake import actions, commit
from oasis.intake.models import Batch
from oasis.intake.queries import batch_in_reach
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.scope import Scope
from tests.intake.acts import HEAD, NEW_ID, ROW, said, sent, states
from tests.world import World, demo_id


def test_what_changed_after_the_preview_is_not_overwritten(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    batch = sent(li, ["林晓晓", lin.id_number, "新村8号"], [ROW[0], NEW_ID, ""], head=["姓名", "身份证号", "家庭住址"])
    batch = actions.choose(li, batch, columns={}, klass=world.klasses["三1"].pk)
    batch = actions.preview(li, batch)
    revise(li, lin, address="老街1号")
    batch = commit.commit(li, batch)
    assert states(batch) == ["refused", "new"]
    assert "有人改过" in said(batch)
    lin.refresh_from_db()
    assert lin.address == "老街1号"
    assert batch.counts["refused"] == 1


def test_a_commit_begun_meanwhile_stops_a_preview(li: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = sent(li, ROW)

    def looked_up_just_before(scope: Scope, pk: UUID) -> Batch:
        seen = batch_in_reach(scope, pk)
        commit.begin(scope, batch)
        return seen

    monkeypatch.setattr(actions, "batch_in_reach", looked_up_just_before)
    with pytest.raises(Refused) as refused:
        actions.preview(li, batch)
    assert refused.value.code == "too-late"
    assert states(batch) == ["new"]


def told(batch: Batch) -> int:
    """Count the children of a batch that are on the trail."""
    return Trail.objects.everywhere(why="a test counts").filter(deed="roster.child", subject=str(batch.pk)).count()


def test_a_commit_stopped_halfway_goes_on(li: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ["方小" + sign, "男", demo_id(date(2017, 4, 2), "1", at), "三1"] for at, sign in enumerate("一二三四五", 20)
    ]
    batch = sent(li, *rows, head=HEAD[:4])
    monkeypatch.setattr(commit, "CHUNK", 2)
    commit.begin(li, batch)
    assert commit.commit_chunk(li, batch, commit.KlassKeys(li, batch), 2) == 2
    assert told(batch) == 2  # what is done is on the trail, whatever comes after
    assert commit.commit(li, batch).counts["new"] == told(batch) == 5
    assert Child.objects.within(li).filter(name__startswith="方小").count() == 5
    with pytest.raises(Refused):
        commit.commit(li, batch)


def test_others_work_between_the_chunks(li: Scope, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ["方小" + sign, "男", demo_id(date(2017, 4, 2), "1", at), "三1"] for at, sign in enumerate("一二三四五", 20)
    ]
    batch = sent(li, *rows, ["杨帆", "男", world.children["yang"].id_number, "三2"], head=HEAD[:4])
    monkeypatch.setattr(commit, "CHUNK", 2)
    monkeypatch.setattr(commit, "SMALL", 0)
    written: list[int] = []

    def somebody_writes(_batch: Batch) -> None:
        written.append(len(written))
        revise(world.scope("zhao"), world.children["lin"], address=f"老街{len(written)}号")

    monkeypatch.setattr(commit, "breathe", somebody_writes)
    assert commit.commit(li, batch).counts["new"] == 5
    assert len(written) >= 3
    world.children["lin"].refresh_from_db()
    assert world.children["lin"].address == f"老街{len(written)}号"


def test_a_child_opened_by_somebody_after_the_preview_is_not_doubled(li: Scope) -> None:
    first, second = sent(li, ROW), sent(li, ROW)
    commit.commit(li, first)
    assert states(commit.commit(li, second)) == ["refused"]


def test_a_child_of_the_own_class_opened_since_is_not_said_to_be_of_another(zhao: Scope, world: World) -> None:
    other = ["方小帆", *ROW[1:4]]
    first, second, third = (sent(zhao, row, head=HEAD[:4]) for row in (ROW[:4], ROW[:4], other))
    commit.commit(zhao, first)
    assert said(commit.commit(zhao, second)).startswith("核对以后，这个孩子已经建了档")
    assert "在“方小舟”的档案里" in said(commit.commit(zhao, third))
    lines = Trail.objects.everywhere(why="a test counts").filter(deed="child.refused-second")
    assert not lines.exists()  # nobody looked beyond the own class
    commit.commit(zhao, strange := sent(zhao, ["何静怡", "女", world.children["he"].id_number, "三1"], head=HEAD[:4]))
    assert "孩子是从别的班" in said(strange)
    assert lines.count() == 1


def test_a_child_without_a_number_gets_no_second_file_from_an_older_preview(li: Scope) -> None:
    old, newer = (
        sent(li, ["方小一", "男", "", "三1"], head=HEAD[:4]),
        sent(li, ["方小一", "男", "", "三1"], head=HEAD[:4]),
    )
    commit.commit(li, newer)
    old = commit.commit(li, old)
    assert states(old) == ["refused"]
    assert "同名" in said(old)
    assert Child.objects.within(li).filter(name="方小一").count() == 1
