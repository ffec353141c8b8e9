"""The school as a whole through the browser's eyes: group, rules, meetings, plan, gaps."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from oasis.campus.actions.organisation import finish, issue, read_version, seat
from oasis.campus.models import Meeting, MeetingPresence, Resolution, RuleReading, RuleVersion, Seat, WorkItem
from oasis.campus.organisation import owed_by, unread
from oasis.figures.evidence import EVIDENCE, counted
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.readiness import gaps
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from tests.forms import fill
from tests.house.samples.organisation import a_resolution, a_version, rule_version
from tests.world import BEGAN, TODAY, World

Login = Callable[[str], Client]
WHY = "a test looks"
DAY = str(TODAY)


def at(name: str, pk: object) -> str:
    return reverse(name, kwargs={"pk": pk})


def test_a_group_has_one_head_and_everybody_at_school_reads_it(world: World, login: Login) -> None:
    wu, sun, li = login("wu"), login("sun"), str(world.users["li"].pk)
    head = {"rank": "head", "post": "校长", "duties": "负总责", "from_on": "2026-09-01"}
    assert wu.post(reverse("org-seat-new"), head | {"user": li}).status_code == 302
    answer = wu.post(reverse("org-seat-new"), head | {"user": str(world.users["wu"].pk)})
    assert answer.status_code == 422
    assert "组长任期还没有结束" in answer.text
    assert wu.post(reverse("org-seat-new"), head | {"rank": "member"}).status_code == 422
    assert (
        wu.post(reverse("org-seat-new"), head | {"rank": "member", "outsider": "鲁永福", "post": "村干部"}).status_code
        == 302
    )
    told = sun.get(reverse("org")).text
    assert "李建国" in told
    assert "鲁永福" in told
    assert "添加成员" not in told
    first = Seat.objects.everywhere(why=WHY).get(rank="head")
    wu.post(at("org-seat", first.pk), head | {"to_on": "2026-11-20"})
    assert (
        wu.post(reverse("org-seat-new"), head | {"user": str(world.users["wu"].pk), "from_on": DAY}).status_code == 302
    )
    assert "以往成员" in sun.get(reverse("org")).text


def test_who_leads_another_school_seats_nobody_here(world: World) -> None:
    with pytest.raises(Refused):
        seat(world.scope("feng"), id=new_id(), school=world.schools["青河县"].pk, user=None, outsider="某人", rank="member", post="x", duties="",
             paper_no="", from_on=BEGAN, to_on=None)  # fmt: skip
    with pytest.raises(Refused):
        seat(world.scope("wu"), id=new_id(), school=world.schools["青河县"].pk, user=world.users["chen"].pk, outsider="", rank="member", post="x",
             duties="", paper_no="", from_on=BEGAN, to_on=None)  # fmt: skip


def test_a_rule_is_issued_read_revised_and_read_again(world: World, login: Login) -> None:
    wu, zhao = login("wu"), login("zhao")
    sent = {
        "kind": "rule",
        "topic": "visits",
        "title": "家访制度",
        "issued_on": DAY,
        "in_force_on": DAY,
        "text": "每学期三次。",
    }
    assert wu.post(reverse("org-rule-new"), sent | {"text": ""}).status_code == 422
    assert wu.post(reverse("org-rule-new"), sent).status_code == 302
    first = RuleVersion.objects.everywhere(why=WHY).get()
    assert "家访制度" in zhao.get(reverse("today-around")).text
    zhao.post(at("org-rule-read", first.pk))
    zhao.post(at("org-rule-read", first.pk))
    assert RuleReading.objects.everywhere(why=WHY).count() == 1
    assert "家访制度" not in zhao.get(reverse("today-around")).text
    page = wu.get(at("org-rule", first.rule_id)).text
    assert "已读：赵明霞" in page
    assert "未读" not in zhao.get(at("org-rule", first.rule_id)).text.replace("还没有读", "")
    picture = BytesIO()
    Image.new("RGB", (30, 30)).save(picture, "PNG")
    again = sent | {"change": "加了夜访", "file": SimpleUploadedFile("a.png", picture.getvalue())}
    assert wu.post(at("org-rule-next", first.rule_id), again).status_code == 302
    second = RuleVersion.objects.everywhere(why=WHY).get(number=2)
    assert unread(world.scope("zhao")) == [second]
    scan = zhao.get(at("org-rule-scan", second.pk))
    assert (scan["Content-Type"], scan["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "每学期三次" in zhao.get(at("org-rule", first.rule_id), {"v": "1"}).text
    wu.post(at("org-rule-end", first.rule_id))
    assert unread(world.scope("zhao")) == []
    assert wu.post(at("org-rule-next", first.rule_id), sent | {"change": "x"}).status_code == 422


def test_a_rule_to_come_need_not_be_read_yet_and_no_stranger_reads_it(world: World) -> None:
    wu = world.scope("wu")
    issue(wu, id=new_id(), school=world.schools["青河县"].pk, kind="rule", topic="room", title="活动室", text="x", largest=9, paper_no="", issued_on=TODAY,
          in_force_on=TODAY + timedelta(days=9), change="")  # fmt: skip
    assert unread(world.scope("zhao")) == []
    version = rule_version(world)
    with pytest.raises(Refused):
        read_version(world.scope("feng"), version)


def test_a_meeting_tells_who_missed_it_and_its_resolution_is_owed(world: World, login: Login) -> None:
    wu, zhao, qian = login("wu"), login("zhao"), login("qian")
    li, teacher = world.users["li"].pk, world.users["zhao"].pk
    for who in ("li", "zhao", "qian"):
        wu.post(
            reverse("org-seat-new"),
            {"rank": "member", "post": "x", "from_on": "2026-09-01", "user": str(world.users[who].pk)},
        )
    sent = {
        "kind": "group",
        "on": DAY,
        "topic": "期中小结",
        "chair": str(li),
        "came": [str(li), str(teacher)],
        "minutes": "补齐档案",
    }
    assert wu.post(reverse("org-meeting-new"), sent | {"on": "2026-11-24"}).status_code == 422
    assert wu.post(reverse("org-meeting-new"), sent).status_code == 302
    row = Meeting.objects.everywhere(why=WHY).get()
    states = dict(MeetingPresence.objects.everywhere(why=WHY).values_list("user__username", "state"))
    assert states == {"li": "came", "zhao": "came", "qian": "missed"}
    made = {"words": "补齐三份档案", "due_on": "2026-11-25", "owner": str(teacher)}
    assert wu.post(at("org-resolution-new", row.pk), made | {"due_on": "2026-11-01"}).status_code == 422
    wu.post(at("org-resolution-new", row.pk), made)
    assert "补齐三份档案" in zhao.get(reverse("today-around")).text
    assert "补齐三份档案" not in qian.get(reverse("today-around")).text
    one = Resolution.objects.everywhere(why=WHY).get()
    where = reverse("org-task", kwargs={"kind": "resolution", "pk": one.pk})
    assert qian.post(where, {"done_words": "x"}).status_code == 422
    assert zhao.post(where, {"done_words": "都补齐了"}).status_code == 302
    assert "补齐三份档案" not in zhao.get(reverse("today-around")).text
    assert "都补齐了" in qian.get(at("org-meeting", row.pk)).text
    assert zhao.get(reverse("org-task", kwargs={"kind": "x", "pk": one.pk})).status_code == 404


def test_a_plan_takes_its_evidence_from_records_and_opens_their_list(world: World, login: Login) -> None:
    wu = login("wu")
    item = {
        "year": "2026",
        "area": "help",
        "words": "每月谈心",
        "owner": str(world.users["wu"].pk),
        "due_on": "2026-12-20",
        "target": "8",
    }
    assert wu.post(reverse("org-item-new"), item | {"evidence": "talk-parts"}).status_code == 302
    words = KINDS.get("talk").sample | {"happened_on": DAY}
    write_record(world.scope("zhao"), id=new_id(), kind="talk", children=[world.children["lin"]], fields=words)
    page = wu.get(reverse("org-plan")).text
    assert "1人次</a> / 计划8" in page
    assert "/school/figure/talk-parts/?" in page.replace("&amp;", "&")
    school = world.schools["青河县"]
    codes = set(EVIDENCE.codes)
    assert set(counted(world.scope("wu"), school, 2026, codes)) == codes
    assert "talk-parts" not in counted(world.scope("zhao"), school, 2026, codes), (
        "a class teacher does not count the school"
    )
    row = WorkItem.objects.everywhere(why=WHY).get()
    fill(wu, at("org-item", row.pk), item | {"evidence": "", "words": "每周谈心"})
    row.refresh_from_db(from_queryset=WorkItem.objects.everywhere(why=WHY))
    assert (row.words, row.evidence) == ("每周谈心", "")


def test_gaps_name_what_is_missing_and_where_to_mend_it(world: World, login: Login) -> None:
    school, li = world.schools["青河县"], world.scope("li")
    words = [gap.words for gap in gaps(li, school)]
    assert "领导小组没有组长" in words
    assert "没有强制报告方面的制度" in words
    assert "本学年还没有年度工作计划" in words
    before = len(words)
    a_version(world)
    a_resolution(world)
    assert "没有家访方面的制度" not in [gap.words for gap in gaps(li, school)]
    page = login("li").get(reverse("org-gaps")).text
    assert "名孩子没有结对教师" in page
    assert before > 20


def test_an_owner_is_reminded_two_weeks_ahead_and_ends_it_once(world: World) -> None:
    pk = a_resolution(world)["pk"]
    row, zhao = Resolution.objects.everywhere(why=WHY).get(pk=pk), world.scope("zhao")
    assert [one.pk for one in owed_by(zhao)] == [pk]
    Resolution.objects.everywhere(why=WHY).filter(pk=pk).update(due_on=TODAY + timedelta(days=15))
    assert owed_by(zhao) == []
    with pytest.raises(Refused):
        finish(zhao, row, done_words=" ")
    finish(zhao, row, done_words="好了")
    with pytest.raises(Refused):
        finish(zhao, row, done_words="又好了")
