"""A row whose ID number cannot be right: it waits, goes in without the number when a person says so, and is filled later."""

import io

import pytest
import python_calamine

from oasis.children.alarms import ALARMS, raised_asked
from oasis.children.models import Child
from oasis.children.search import Wanted, find
from oasis.intake import actions, commit, files, picking
from oasis.intake.models import Batch
from oasis.intake.reading import unpacked
from oasis.intake.wording import shown_rows
from oasis.people.scope import Scope
from oasis.places.models import School
from tests.intake import ugly
from tests.intake.acts import NEW_ID, WHY, everything, said, sent, states
from tests.world import World

HEAD = ["姓名", "身份证号", "班级", "家庭住址"]
WRONG = NEW_ID[:-1] + ("1" if NEW_ID[-1] != "1" else "2")
BAD = ["方小舟", WRONG, "三1", "柳树村3组"]
GOOD = ["方小舟", NEW_ID, "三1", "柳树村3组"]


def taken(scope: Scope, *rows: list[str]) -> Batch:
    return commit.commit(scope, picking.take_unnumbered(scope, sent(scope, *rows, head=HEAD), take=True))


def handed(scope: Scope, batch: Batch) -> list[list[str]]:
    data = files.refused_rows(scope, batch)
    return python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()  # type: ignore[return-value]


def test_a_wrong_number_waits_for_a_persons_word(li: Scope) -> None:
    batch = sent(li, BAD, head=HEAD)
    assert (states(batch), batch.counts["waits"], batch.counts["out-new"]) == (["new"], 1, 1)
    (shown,) = shown_rows(li, batch, state="unnumbered", after=-1, limit=5)
    assert (shown.ticked, shown.unnumbered) == (False, True)
    assert "校验位不对" in said(batch)
    assert commit.commit(li, batch).counts["left"] == 1
    assert not Child.objects.everywhere(why=WHY).filter(name="方小舟").exists()


def test_taken_without_it_the_child_lacks_the_number_until_a_right_file_comes(li: Scope) -> None:
    taken(li, BAD)
    child = Child.objects.within(li).get(name="方小舟")
    assert (child.id_number, child.address) == ("", "柳树村3组")
    lacking, wanted = ALARMS.get("no-id-number"), Wanted(marks=("alarm-no-id-number",))
    assert child in find(li, wanted).rows
    assert lacking in dict(raised_asked(li, "file").answer())
    before = everything()
    assert states(sent(li, BAD, head=HEAD)) == ["same"]
    assert (states(commit.commit(li, sent(li, BAD, head=HEAD))), everything()) == (["same"], before)
    commit.commit(li, sent(li, GOOD, head=HEAD))
    child.refresh_from_db()
    assert child.id_number == NEW_ID
    assert child not in find(li, wanted).rows
    assert states(sent(li, GOOD, head=HEAD)) == ["same"]


def test_one_row_is_ticked_by_itself_and_all_can_be_left_again(li: Scope) -> None:
    other = ["周一飞", "12345", "三1", "柳树村1组"]
    batch = sent(li, BAD, other, head=HEAD)
    batch = picking.pick(li, batch, shown={0, 1}, rows={1}, fields={})
    assert (batch.counts["out-new"], batch.counts["taken"]) == (1, 1)
    batch = picking.take_unnumbered(li, batch, take=False)
    assert (batch.counts["out-new"], batch.counts["taken"]) == (2, 0)
    batch = commit.commit(li, picking.pick(li, batch, shown={0, 1}, rows={1}, fields={}))
    assert Child.objects.within(li).filter(name__in=["方小舟", "周一飞"]).get().name == "周一飞"


def test_a_number_in_the_file_stays_when_the_roster_writes_it_wrong(li: Scope, world: World) -> None:
    lin = world.children["lin"]
    number = lin.id_number
    batch = taken(li, [lin.name, number[:-1] + ("1" if number[-1] != "1" else "2"), "三1", "新村8号"])
    lin.refresh_from_db()
    assert (batch.counts["changed"], lin.id_number, lin.address) == (1, number, "新村8号")
    assert "档案里已有身份证号" in said(batch)


def test_rows_left_out_and_rows_without_number_are_handed_back_with_the_reason(li: Scope) -> None:
    other = ["周一飞", "", "三1", "柳树村1组"]
    batch = sent(li, BAD, other, ["", "", "三1", "柳树村2组"], head=HEAD)
    batch = commit.commit(li, picking.pick(li, batch, shown={0, 1}, rows={0}, fields={}))
    rows = handed(li, batch)
    assert [row[1] for row in rows[1:]] == ["方小舟", "周一飞", ""]
    assert "校验位不对" in rows[1][0]
    assert rows[2][0] == files.UNTICKED
    assert states(sent(li, BAD, other, head=HEAD)) == ["same", "new"]


def test_a_number_of_the_demo_waits_too_in_a_real_school(li: Scope, world: World) -> None:
    School.objects.filter(pk=world.schools["青河县"].pk).update(demo=False)
    batch = sent(li, GOOD, head=HEAD)
    assert "演示用的号码" in said(batch)
    assert batch.counts["waits"] == 1


@pytest.mark.parametrize("number", ["1.10101E+17", "110101201001010000", "4401"])
def test_every_kind_of_wrong_number_waits(li: Scope, number: str) -> None:
    assert sent(li, ["方小舟", number, "三1", ""], head=HEAD).counts["waits"] == 1


def doubts(batch: Batch) -> list[bool]:
    return list(batch.rows.everywhere(why=WHY).order_by("number").values_list("doubt", flat=True))


@pytest.mark.parametrize(("rows", "judged"), [((GOOD, BAD), ["new", "refused"]), ((BAD, GOOD), ["refused", "new"])])
def test_a_child_twice_in_one_file_opens_one_file(li: Scope, rows: list[list[str]], judged: list[str]) -> None:
    batch = sent(li, *rows, head=HEAD)
    assert states(batch) == judged
    assert "同名同班，分不清是不是同一个孩子" in said(batch)
    commit.commit(li, picking.take_unnumbered(li, batch, take=True))
    assert Child.objects.within(li).get(name="方小舟").id_number == NEW_ID
    assert states(sent(li, BAD, head=HEAD)) == ["same"]


@pytest.mark.parametrize(
    ("first", "second", "judged"),
    [(GOOD, BAD, [("new", False), ("refused", False)]), (BAD, GOOD, [("new", False), ("new", True)])],
)
def test_a_child_on_two_sheets_is_refused_or_doubted(
    li: Scope, first: list[str], second: list[str], judged: list[tuple[str, bool]]
) -> None:
    data = ugly.xlsx(("名单", [HEAD, first]), ("补充", [HEAD, second]))
    batch = actions.preview(li, actions.receive(li, name="名册.xlsx", data=data))
    assert list(zip(states(batch), doubts(batch), strict=True)) == judged
    assert "“名单”第 2 行同名同班" in said(batch)


def test_two_children_of_one_name_and_class_are_doubted_when_only_a_birthday_parts_them(li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "出生日期"]
    batch = sent(li, [*GOOD[:3], ""], [*BAD[:3], "2017-05-05"], head=head)
    assert (states(batch), doubts(batch)) == (["new", "new"], [False, True])


def test_two_rows_of_one_name_in_two_classes_are_doubted_when_one_has_a_wrong_number(li: Scope) -> None:
    batch = sent(li, GOOD, ["方小舟", WRONG, "三2", ""], head=HEAD)
    assert (states(batch), doubts(batch)) == (["new", "new"], [False, True])


def test_a_right_row_of_another_class_is_doubted_beside_a_file_without_number(li: Scope) -> None:
    taken(li, BAD)
    batch = sent(li, ["方小舟", NEW_ID, "三2", "柳树村3组"], head=HEAD)
    assert (states(batch), doubts(batch)) == (["new"], [True])
    assert "同名、在别的班的档案" in said(batch)


def test_a_wrong_row_of_another_class_is_doubted_beside_a_file_with_number(li: Scope) -> None:
    commit.commit(li, sent(li, GOOD, head=HEAD))
    batch = sent(li, ["方小舟", WRONG, "三2", "柳树村3组"], head=HEAD)
    assert (states(batch), doubts(batch), batch.counts["waits"]) == (["new"], [True], 0)


def test_a_number_that_contradicts_the_files_birthday_is_doubted_with_the_reason(li: Scope) -> None:
    head = ["姓名", "身份证号", "班级", "出生日期"]
    commit.commit(li, picking.take_unnumbered(li, sent(li, [*BAD[:3], "2017-05-05"], head=head), take=True))
    batch = sent(li, GOOD, head=HEAD)
    assert (states(batch), doubts(batch)) == (["new"], [True])
    assert "同名同班、出生日期对不上" in said(batch)


def test_a_changed_row_whose_file_has_its_number_does_not_wait(li: Scope) -> None:
    commit.commit(li, sent(li, GOOD, head=HEAD))
    batch = sent(li, [*BAD[:3], "新村8号"], head=HEAD)
    assert (states(batch), batch.counts["waits"], batch.counts["unnumbered"]) == (["changed"], 0, 0)
    batch = commit.commit(li, batch)
    assert Child.objects.within(li).get(name="方小舟").address == "新村8号"
    assert handed(li, batch) == []
    assert not batch.pages.everywhere(why=WHY).exists()


def test_only_the_cells_of_rows_handed_back_are_kept(li: Scope) -> None:
    other = ["周一飞", "", "三1", "柳树村1组"]
    batch = taken(li, other, BAD)
    kept = [line.cells for page in batch.pages.everywhere(why=WHY) for line in unpacked(bytes(page.body))]
    assert kept == [BAD]
    assert [row[1:] for row in handed(li, batch)[1:]] == [BAD]


def test_asking_for_the_same_preview_again_forgets_what_was_taken(li: Scope) -> None:
    batch = picking.take_unnumbered(li, sent(li, BAD, head=HEAD), take=True)
    assert actions.preview(li, batch).counts["out-new"] == 1
