"""A place written shorter than the file has it does not take the fuller one's place, unless a person says so."""

import pytest

from oasis.children.models import Child
from oasis.children.rosters import Difference
from oasis.intake import commit, picking
from oasis.intake.models import Batch
from oasis.intake.vaguer import vaguer
from oasis.intake.wording import ShownDifference, shown_rows
from oasis.people.scope import Scope
from tests.intake.acts import NEW_ID, sent, states

HEAD = ["姓名", "身份证号", "班级", "家庭住址", "爱好特长"]
FULL, SHORT = "安徽省青河县石桥镇柳树村3组12号", "柳树村三组"


def roster(scope: Scope, address: str, interests: str = "") -> Batch:
    return sent(scope, ["方小舟", NEW_ID, "三1", address, interests], head=HEAD)


def address(scope: Scope) -> str:
    return str(Child.objects.within(scope).get(name="方小舟").address)


def shown(scope: Scope, batch: Batch) -> list[ShownDifference]:
    (row,) = shown_rows(scope, batch, state="look", after=-1, limit=5)
    return row.differences


@pytest.mark.parametrize(
    "new", ["柳树村", "柳树", "柳树村3组", "柳树村 三组", "石桥镇", "安徽青河县柳树村", "安徽省", "3组", "青河县石桥镇柳树村3组"]
)  # fmt: skip
def test_a_part_of_a_place_is_vaguer(new: str) -> None:
    assert vaguer(Difference("child.address", FULL, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [("柳树村3组11号", "柳树村1号"), ("柳树村3组11号", "柳树村3组1号"), ("柳树镇大河村3组", "柳树村3组"), ("大柳树村3组", "柳树村3组"), ("柳树村十一组", "柳树村一组"),
     ("柳树村", "柳树村3组"), ("柳树村3组", "柳树村 3组"), (FULL, "杨树村3组"), (FULL, "新村8号"), ("", "柳树村"), ("3组柳树村", "柳树村3组")],
)  # fmt: skip
def test_another_place_and_a_fuller_one_are_news(old: str, new: str) -> None:
    assert not vaguer(Difference("child.address", old, new))


def test_what_is_no_place_is_never_vaguer() -> None:
    assert not vaguer(Difference("child.interests", "画画，唱歌", "画画"))
    assert vaguer(Difference("kin.0.away.city", "宁波市鄞州区", "宁波市"))


def test_the_fuller_address_stays_and_both_are_shown(li: Scope) -> None:
    commit.commit(li, roster(li, FULL))
    batch = roster(li, SHORT, "画画")
    assert [(one.label, one.old, one.new, one.ticked, one.fuller) for one in shown(li, batch)] == [
        ("现住址", FULL, SHORT, False, True),
        ("爱好特长", "", "画画", True, False),
    ]
    assert batch.counts["partly"] == 1
    commit.commit(li, batch)
    child = Child.objects.within(li).get(name="方小舟")
    assert (child.address, child.interests) == (FULL, "画画")


def test_the_shorter_address_is_taken_when_a_person_ticks_it(li: Scope) -> None:
    commit.commit(li, roster(li, FULL))
    commit.commit(li, picking.pick(li, roster(li, SHORT), shown=[0], rows=[0], fields={0: [0]}))
    assert address(li) == SHORT


def test_a_row_that_tells_only_less_changes_nothing(li: Scope) -> None:
    commit.commit(li, roster(li, FULL))
    batch = commit.commit(li, roster(li, SHORT))
    assert (states(batch), address(li)) == (["left"], FULL)


def test_a_fuller_address_takes_the_place_of_a_shorter(li: Scope) -> None:
    commit.commit(li, roster(li, SHORT))
    commit.commit(li, roster(li, FULL))
    assert address(li) == FULL
