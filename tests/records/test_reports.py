"""强制报告 begins once, its steps have clocks, its text is for named people, nothing deletes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.models import Post, Trail
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from oasis.records.models import MandatoryReport, ReportWording
from oasis.records.reporting import actions, knowing, queries, starting, text
from tests.world import TODAY, World

MARK = "左臂三处圆形新伤"
POLICE = {"at": "2026-11-23T09:40", "unit": "石桥派出所", "how": "110", "receipt": "受2026-118"}


def fields(**more: Any) -> dict[str, Any]:
    """What a teacher types."""
    return {
        "child_name": "林晓晓", "child_class": "三（1）班", "situations": ["body"], "seen": MARK, "found_at": "2026-11-23T09:00",
        "found_how": "seen", "staffed": "no",
    } | more  # fmt: skip


def begun(world: World, who: str = "shen", **more: Any) -> MandatoryReport:
    """A report about a child whose name is typed."""
    return starting.start(world.scope(who), id=new_id(), school=world.schools["青河县"].pk, fields=fields(**more))


def suspecting(world: World, whom: str = "li", who: str = "shen") -> MandatoryReport:
    """A report that suspects somebody of the staff."""
    return begun(world, who, staffed="yes", suspects=[str(world.users[whom].pk)])


def told(world: World, report: MandatoryReport) -> set[str]:
    """Who of the cast finds the report."""
    return {who for who in world.users if queries.own(world.scope(who)).filter(pk=report.pk).exists()}


def test_a_subject_teacher_starts_one_and_the_principal_learns_of_it(world: World) -> None:
    assert told(world, begun(world)) == {"shen", "li"}


def test_unsure_who_it_is_tells_no_leader_by_itself(world: World) -> None:
    assert told(world, begun(world, staffed="unsure")) == {"shen"}
    assert told(world, begun(world, staffed="unsure", named=[str(world.users["xu"].pk)])) == {"shen", "xu"}
    assert told(world, begun(world, staffed="yes", suspects=[])) == {"shen"}


def test_only_the_child_what_was_seen_and_whether_it_is_staff_are_asked(world: World) -> None:
    report = begun(world, situations=[], found_at="", found_how="", child_class="")
    assert text.read(report)["case"] == {"seen": MARK}
    with pytest.raises(starting.Invalid):
        begun(world, staffed="")


@pytest.mark.parametrize("words", ["校长", "教导主任", "徐老师", "李建国"])
def test_words_that_point_to_the_staff_are_asked_about(words: str, world: World) -> None:
    school = world.schools["青河县"].pk
    for typed in (fields(suspect=words), fields(seen=f"{MARK}，孩子说是{words}")):
        assert starting.foresee(world.scope("shen"), school=school, fields=typed)[1].doubts
    plain = fields(suspect="邻居")
    assert not starting.foresee(world.scope("shen"), school=school, fields=plain)[1].doubts


def test_chosen_people_learn_of_it_too(world: World) -> None:
    assert told(world, begun(world, named=[str(world.users["xu"].pk)])) == {"shen", "li", "xu"}


def test_a_suspected_principal_does_not(world: World) -> None:
    report = suspecting(world)
    assert told(world, report) == {"shen"}
    with pytest.raises(Refused, match="out-of-reach"):
        knowing.open_text(world.scope("li"), report=report.pk, reason="handle")


def test_a_suspect_is_never_named_even_when_ticked(world: World) -> None:
    li = str(world.users["li"].pk)
    report = begun(world, staffed="yes", suspects=[li], named=[li, str(world.users["wu"].pk)])
    assert told(world, report) == {"shen", "wu"}
    with pytest.raises(Refused, match="suspect"):
        knowing.name_person(world.scope("wu"), report=report.pk, user=world.users["li"].pk, reason="校长")


def test_who_is_suspected_later_knows_no_more(world: World) -> None:
    report = begun(world)
    more = fields(suspects=[str(world.users["li"].pk)])
    actions.correct(world.scope("shen"), report=report.pk, based_on=1, fields=more, reason="孩子说了是谁")
    assert told(world, report) == {"shen"}


def test_a_double_press_makes_one(world: World) -> None:
    pk, school = new_id(), world.schools["青河县"].pk
    first, again = (starting.start(world.scope("shen"), id=pk, school=school, fields=fields()) for _n in range(2))
    assert first.pk == again.pk
    assert MandatoryReport.objects.everywhere(why="test").count() == 1
    with pytest.raises(starting.Clash, match="clash"):
        starting.start(world.scope("shen"), id=pk, school=school, fields=fields(seen="另外的话"))


def test_the_id_of_anothers_report_tells_nothing_and_makes_nothing(world: World) -> None:
    report = suspecting(world)
    with pytest.raises(Refused, match="id"):
        starting.start(world.scope("li"), id=report.pk, school=world.schools["青河县"].pk, fields=fields())


def test_only_where_one_works(world: World) -> None:
    with pytest.raises(Refused, match="other-school"):
        starting.start(world.scope("chen"), id=new_id(), school=world.schools["青河县"].pk, fields=fields())


def test_a_child_out_of_reach_is_typed_not_chosen(world: World) -> None:
    school, he = world.schools["青河县"].pk, world.children["he"].pk
    with pytest.raises(Refused, match="out-of-reach"):
        starting.start(world.scope("zhao"), id=new_id(), school=school, fields=fields(), child=he)


def test_a_chosen_child_is_not_asked_for_again(world: World) -> None:
    typed = {name: value for name, value in fields().items() if not name.startswith("child")}
    school, lin = world.schools["青河县"].pk, world.children["lin"].pk
    report = starting.start(world.scope("zhao"), id=new_id(), school=school, fields=typed, child=lin)
    child = text.read(report)["child"]
    assert (child["name"], child["klass"], child["birth"]) == ("林晓晓", "三（1）班", "2017-03-05")


def test_the_police_are_due_at_once_the_bureau_within_the_schools_hours(world: World) -> None:
    actions.set_deadline(world.scope("li"), school=world.schools["青河县"], step="education", on=True, hours=2)
    report = begun(world)
    clocks = {one.taken.step.code: one.taken for one in queries.pending(world.scope("shen"), now())}
    assert clocks.keys() == {"police", "education", "guardian"}
    assert clocks["police"].state == "late"
    assert clocks["education"].row.due_at == report.at + timedelta(hours=2)
    assert queries.pending(world.scope("zhao"), now()) == []


def test_the_law_leaves_no_choice_about_the_police(world: World) -> None:
    with pytest.raises(Refused, match="by-law"):
        actions.set_deadline(world.scope("li"), school=world.schools["青河县"], step="police", on=False, hours=9)
    with pytest.raises(Refused, match="other-school"):
        actions.set_deadline(world.scope("feng"), school=world.schools["青河县"], step="education", on=True, hours=9)


def test_a_step_stops_its_clock_and_starts_the_next(world: World) -> None:
    report = begun(world)
    for _n in range(2):
        actions.fill_step(world.scope("shen"), report=report.pk, step="police", based_on=1, fields=POLICE)
    steps = {one.step.code: one for one in queries.steps_of([report], now())[report.pk]}
    assert steps["police"].state == "done"
    assert steps["feedback"].row.due_at == steps["police"].row.done_at + timedelta(hours=72)  # type: ignore[operator]
    assert text.read(report)["steps"]["police"]["told"]["receipt"] == "受2026-118"
    assert len(text.wordings(report)) == 2


def test_two_people_take_the_same_step_and_the_second_sees_it(world: World) -> None:
    report = begun(world)
    actions.fill_step(world.scope("shen"), report=report.pk, step="police", based_on=1, fields=POLICE)
    with pytest.raises(starting.Clash, match="clash") as refused:
        actions.fill_step(
            world.scope("li"), report=report.pk, step="police", based_on=1, fields=POLICE | {"receipt": "无"}
        )
    assert "沈静" in refused.value.message


def test_a_guardian_who_is_not_told_needs_a_reason(world: World) -> None:
    report = begun(world)
    silent = {"told_how": "not", "at": "2026-11-23T09:50"}
    with pytest.raises(starting.Invalid):
        actions.fill_step(world.scope("shen"), report=report.pk, step="guardian", based_on=1, fields=silent)
    silent["words"] = "监护人有嫌疑"
    actions.fill_step(world.scope("shen"), report=report.pk, step="guardian", based_on=1, fields=silent)


@pytest.mark.parametrize("moment", ["2026-11-24T09:00", "0001-01-01T00:00", "9999-12-31T23:59", "昨天"])
def test_a_moment_that_cannot_be_is_refused(moment: str, world: World) -> None:
    with pytest.raises(starting.Invalid):
        begun(world, found_at=moment)


def test_a_correction_keeps_what_stood_there(world: World) -> None:
    report = begun(world)
    other = fields(seen="左臂四处")
    with pytest.raises(Refused, match="reason"):
        actions.correct(world.scope("li"), report=report.pk, based_on=1, fields=other, reason=" ")
    actions.correct(world.scope("li"), report=report.pk, based_on=1, fields=other, reason="数错了")
    with pytest.raises(starting.Clash):
        actions.correct(world.scope("shen"), report=report.pk, based_on=1, fields=fields(seen="右臂"), reason="写错")
    assert [row.content["case"]["seen"] for row in text.wordings(report)] == ["左臂四处", MARK]


def test_every_opening_asks_why_and_is_on_its_own_trail(world: World) -> None:
    report = begun(world)
    with pytest.raises(Refused, match="reason"):
        knowing.open_text(world.scope("li"), report=report.pk, reason="")
    with pytest.raises(Refused, match="words"):
        knowing.open_text(world.scope("li"), report=report.pk, reason="other")
    knowing.open_text(world.scope("li"), report=report.pk, reason="police", words="民警来校")
    assert (queries.lines(report)[0].deed, queries.lines(report)[0].actor_name) == ("report.open", "李建国")
    assert queries.lines(report)[0].detail == "police"
    said = [words for _row, words in queries.told(queries.lines(report), named=True)]
    assert "公安、检察机关询问：民警来校" in said
    assert "民警来校" not in str(queries.told(queries.lines(report), named=False))
    chain = Trail.objects.everywhere(why="test").filter(school_key=trail.apart(report.school_id))
    assert list(trail.broken(chain)) == []


def test_the_schools_own_trail_has_no_line_of_it(world: World) -> None:
    rows = Trail.objects.within(world.scope("li"), Need.TRAIL)
    before = rows.count()
    report = suspecting(world)
    actions.fill_step(world.scope("shen"), report=report.pk, step="police", based_on=1, fields=POLICE)
    knowing.open_text(world.scope("shen"), report=report.pk, reason="handle")
    assert Trail.objects.within(world.scope("li"), Need.TRAIL).count() == before


def test_the_bureau_sees_that_it_went_out_and_no_text(world: World) -> None:
    report = suspecting(world)
    assert list(queries.overseen(world.scope("wei"))) == [report]
    with pytest.raises(Refused):
        knowing.open_text(world.scope("wei"), report=report.pk, reason="above")
    for who in world.users.keys() - {"wei"}:
        assert list(queries.overseen(world.scope(who))) == []


def test_an_officer_who_is_named_may_open_it(world: World) -> None:
    report = suspecting(world)
    knowing.name_person(world.scope("shen"), report=report.pk, user=world.users["wei"].pk, reason="校长有嫌疑")
    assert knowing.open_text(world.scope("wei"), report=report.pk, reason="above").content["case"]["seen"] == MARK


def test_a_named_person_who_leaves_knows_no_more(world: World) -> None:
    report = begun(world)
    Post.objects.filter(user=world.users["shen"]).update(to_on=TODAY - timedelta(days=1))
    assert told(world, report) == {"li"}


def test_taking_a_person_back_needs_a_reason_and_another_person(world: World) -> None:
    report = begun(world)
    mine, his = queries.named_in(report)
    with pytest.raises(Refused, match="reason"):
        knowing.unname(world.scope("shen"), report=report.pk, named=his.pk, reason="")
    with pytest.raises(Refused, match="oneself"):
        knowing.unname(world.scope("shen"), report=report.pk, named=mine.pk, reason="不想")
    knowing.unname(world.scope("shen"), report=report.pk, named=his.pk, reason="有嫌疑")
    assert told(world, report) == {"shen"}


def test_the_starter_keeps_the_sight_of_what_she_began(world: World) -> None:
    report = begun(world)
    hers = queries.named_in(report)[0]
    with pytest.raises(Refused, match="starter"):
        knowing.unname(world.scope("li"), report=report.pk, named=hers.pk, reason="不必知道")
    accused = fields(suspects=[str(world.users["shen"].pk)])
    with pytest.raises(starting.Invalid):
        actions.correct(world.scope("li"), report=report.pk, based_on=1, fields=accused, reason="反说她")
    assert told(world, report) == {"shen", "li"}


def test_a_typed_name_is_joined_with_its_file_by_who_may_read_it(world: World) -> None:
    report, lin = begun(world), world.children["lin"]
    with pytest.raises(Refused, match="out-of-reach"):
        knowing.link_child(world.scope("shen"), report=report.pk, child=lin.pk)
    with pytest.raises(Refused, match="out-of-reach"):
        knowing.link_child(world.scope("li"), report=report.pk, child=world.children["he"].pk)
    knowing.link_child(world.scope("li"), report=report.pk, child=lin.pk)
    assert text.read(report)["child"] == {"id": str(lin.pk), "name": "林晓晓", "klass": "三（1）班"}
    assert text.read(report)["case"]["seen"] == MARK
    assert [row.act for row in text.wordings(report)] == ["child", "start"]


def test_records_are_gathered_and_do_not_know(world: World) -> None:
    typed = {"happened_on": str(TODAY), **KINDS.get("talk").sample}
    lin = world.children["lin"]
    row = write_record(world.scope("zhao"), id=new_id(), kind="talk", children=[lin], fields=typed)[0]
    report = begun(world)
    assert knowing.gather(world.scope("shen"), report=report.pk, records=[row.pk]) == 0
    assert knowing.gather(world.scope("li"), report=report.pk, records=[row.pk, row.pk]) == 1
    assert [one.pk for one in queries.gathered(world.scope("li"), report)[0]] == [row.pk]
    assert queries.gathered(world.scope("shen"), report) == ([], 1)


def test_it_is_closed_only_after_the_police_were_told_and_stays(world: World) -> None:
    report = begun(world)
    with pytest.raises(Refused, match="police"):
        actions.close(world.scope("shen"), report=report.pk, words="已处理")
    actions.fill_step(world.scope("shen"), report=report.pk, step="police", based_on=1, fields=POLICE)
    actions.close(world.scope("shen"), report=report.pk, words="已立案")
    assert queries.pending(world.scope("shen"), now()) == []
    assert text.read(report)["result"] == "已立案"


def closed(world: World) -> MandatoryReport:
    """A report that the police were told of and that is closed."""
    report = begun(world)
    actions.fill_step(world.scope("shen"), report=report.pk, step="police", based_on=1, fields=POLICE)
    return actions.close(world.scope("shen"), report=report.pk, words="已立案")


def test_the_same_closing_twice_is_one_and_another_is_told(world: World) -> None:
    report = closed(world)
    assert actions.close(world.scope("li"), report=report.pk, words=" 已立案 ").version == report.version
    with pytest.raises(starting.Clash) as refused:
        actions.close(world.scope("li"), report=report.pk, words="不予立案")
    assert "沈静" in refused.value.message
    assert refused.value.form.data["words"] == "不予立案"


def test_a_closed_report_takes_no_step_and_no_correction(world: World) -> None:
    report = closed(world)
    with pytest.raises(Refused, match="closed"):
        actions.fill_step(
            world.scope("li"), report=report.pk, step="police", based_on=9, fields=POLICE | {"receipt": "无"}
        )
    with pytest.raises(Refused, match="closed"):
        actions.correct(
            world.scope("li"), report=report.pk, based_on=report.version, fields=fields(seen="左臂四处"), reason="数错"
        )


def test_a_corrected_time_of_the_police_moves_the_deadline_of_their_answer(world: World) -> None:
    report = begun(world)
    for version, at in ((1, "2026-11-23T09:40"), (2, "2026-11-23T09:10")):
        actions.fill_step(
            world.scope("shen"), report=report.pk, step="police", based_on=version, fields=POLICE | {"at": at}
        )
    steps = {one.step.code: one for one in queries.steps_of([report], now())[report.pk]}
    assert steps["feedback"].row.due_at == steps["police"].row.done_at + timedelta(hours=72)  # type: ignore[operator]


def test_words_typed_about_a_named_person_stand_on_no_trail(world: World) -> None:
    report = begun(world)
    wu, reason = world.users["wu"], "林晓晓的班级由她联系"
    made = knowing.name_person(world.scope("shen"), report=report.pk, user=wu.pk, reason=reason)
    knowing.unname(world.scope("shen"), report=report.pk, named=made.pk, reason=reason)
    rows = queries.lines(report)
    assert [row.detail for row in rows[:2]] == [str(wu.pk)] * 2
    assert queries.told(rows, named=True)[0][1] == f"吴秀英：{reason}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM records_reportwords")
        assert reason not in str(cursor.fetchall())


def test_the_schools_under_a_bureau_cost_no_query_of_their_own(world: World) -> None:
    suspecting(world)
    for who in ("wei", "zhao"):
        scope = world.scope(who)
        with CaptureQueriesContext(connection) as caught:
            list(queries.own(scope))
        assert len(caught) == 1


def test_a_report_cannot_be_deleted(world: World) -> None:
    report = begun(world)
    with pytest.raises(ProtectedError):
        report.delete()
    assert ReportWording.objects.everywhere(why="test").filter(report=report).exists()


def test_deleting_the_child_leaves_the_report(world: World) -> None:
    typed = {name: value for name, value in fields().items() if not name.startswith("child")}
    yang = world.children["yang"]
    report = starting.start(world.scope("zhao"), id=new_id(), school=yang.school_id, fields=typed, child=yang.pk)
    yang.delete()
    assert text.read(report)["child"]["name"] == "杨帆"


def test_who_comes_back_as_an_inspector_knows_no_more_either(world: World) -> None:
    report = begun(world)
    posts = Post.objects.filter(user=world.users["shen"])
    posts.update(role="inspector", to_on=TODAY + timedelta(days=9))
    assert told(world, report) == {"li"}
    assert queries.workplaces(world.scope("shen")) == []
