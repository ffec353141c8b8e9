"""Helpers from outside, the net of care, one's own part, and what of the school's own work the papers say."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.organisation import hold_meeting
from oasis.campus.actions.outside import did, enrol
from oasis.campus.models import Outsider, OutsiderDeed
from oasis.children.network import net
from oasis.figures.where import school_place
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.models import Draft
from oasis.papers.summary.facts import open_facts
from oasis.papers.summary.outline import compose
from oasis.people.vetting import record_check
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from tests.house.samples.organisation import a_meeting, group_seat, rule_version
from tests.house.samples.work import an_activity, an_opening
from tests.world import BEGAN, TODAY, World

Login = Callable[[str], Client]
WHY = "a test looks"


def test_who_meets_children_is_checked_before_a_deed_is_written_down(world: World, login: Login) -> None:
    zhou, school = login("zhou"), world.schools["青河县"]
    zhou.post(
        reverse("org-outsider-new"), {"name": "邬小满", "kind": "volunteer", "meets": "on", "from_on": "2026-09-01"}
    )
    row = Outsider.objects.everywhere(why=WHY).get()
    where = reverse("org-outsider-deed", kwargs={"pk": row.pk})
    sent = {"on": str(TODAY), "what": "教画画", "children": "8"}
    answer = zhou.post(where, sent)
    assert answer.status_code == 422
    assert "这一天还没有有效的违法犯罪记录查询" in answer.text
    assert "邬小满" in login("wang").get(reverse("settings-checks")).text
    record_check(world.scope("li"), school=school, done_on=BEGAN, result="clear", outsider="邬小满")
    assert zhou.post(where, sent | {"on": "2026-11-24"}).status_code == 422
    assert zhou.post(where, sent | {"on": str(BEGAN - timedelta(days=1))}).status_code == 422, "not checked by then"
    assert zhou.post(where, sent).status_code == 302
    deed = OutsiderDeed.objects.everywhere(why=WHY).get()
    thanks = reverse("org-outsider-thanks", kwargs={"pk": deed.pk})
    assert zhou.post(thanks, {"thanked_on": "2026-11-01", "thanks": "感谢信"}).status_code == 422
    zhou.post(thanks, {"thanked_on": str(TODAY), "thanks": "感谢信"})
    assert "感谢信" in login("sun").get(reverse("org-outside")).text
    with pytest.raises(Refused):
        did(world.scope("feng"), row, id=new_id(), on=TODAY, what="x", children=None, worth=None)
    with pytest.raises(Refused):
        enrol(
            world.scope("zhao"),
            id=new_id(),
            school=school.pk,
            name="某人",
            kind="other",
            unit="",
            phone="",
            meets=False,
            from_on=BEGAN,
            to_on=None,
        )


def test_the_net_shows_who_stands_by_whom_and_who_alone(world: World, login: Login) -> None:
    found = net(world.scope("li"), world.schools["青河县"].pk)
    assert {knot.name: [child.name for child in knot.children] for knot in found.knots} == {
        "孙丽": ["林晓晓"],
        "许安": ["林晓晓"],
    }
    assert [child.name for child in found.alone] == ["陈浩", "何静怡"]
    told = login("li").get(reverse("org-net")).text.partition('id="net-data">')[2].partition("</script>")[0]
    drawn = json.loads(told)
    assert {star["name"]: [(one["name"], one["again"]) for one in star["children"]] for star in drawn["stars"]} == {
        "孙丽": [("林晓晓", True)],
        "许安": [("林晓晓", True)],
    }
    page = login("qian").get(reverse("org-net")).text
    assert "何静怡" in page
    assert "林晓晓" not in page
    assert login("sun").get(reverse("org-net")).status_code == 404


def test_one_sees_ones_own_part_and_nobody_elses(world: World, login: Login) -> None:
    words = KINDS.get("talk").sample | {"happened_on": TODAY}
    write_record(world.scope("zhao"), id=new_id(), kind="talk", children=[world.children["lin"]], fields=words)
    an_opening(world)
    staff = {who: world.users[who].pk for who in ("li", "zhao", "qian")}
    hold_meeting(
        world.scope("wu"), id=new_id(), school=world.schools["青河县"].pk, chair=staff["li"], came={staff["zhao"]}, leave=set(),
        asked={staff["qian"]}, kind="training", on=TODAY, topic="师德学习", place="", hours=Decimal("2.5"), agenda="", minutes="", guests="",
    )  # fmt: skip
    mine = login("zhao").get(reverse("mine")).text
    assert "谈心" in mine
    assert "师德学习、培训" in mine
    assert "2.5学时" in mine
    other = login("qian").get(reverse("mine")).text
    assert "谈心" not in other
    assert "学时" not in other, "asked, but did not come"
    assert "活动室值班" in login("zhou").get(reverse("mine")).text
    assert "活动室值班" not in login("zhao").get(reverse("mine")).text
    assert "我做的关爱工作" not in login("wei").get(reverse("mine")).text


def test_a_summary_tells_the_school_s_own_work_and_marks_what_is_missing(world: World) -> None:
    place = school_place(world.schools["青河县"])

    def told() -> str:
        draft = Draft(school=world.schools["青河县"], period="t2026-1")
        return "".join(one.told.text for one in compose(draft, open_facts(world.scope("li"), place, "t2026-1")))

    assert "【待补：领导小组的组成和分工" in told()
    group_seat(world)
    rule_version(world)
    a_meeting(world)
    an_opening(world)
    an_activity(world)
    text = told()
    assert "成立由校长任组长的领导小组" in text
    assert "召开领导小组会议1次" in text
    assert "活动室开放1次，到室1人次" in text
    assert "【待补：领导小组的组成和分工" not in text
