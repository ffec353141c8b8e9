"""Problems and plans: evidence, aims, measures on the owner's due list, reviews, closing by a leader."""

from datetime import date
from typing import Any

import pytest

from oasis.children.actions import plans as act
from oasis.children.actions.problems import close_problem, find_problem, follow_problem
from oasis.children.history import history
from oasis.children.levels import standing_of
from oasis.children.models import Plan
from oasis.children.past import as_of
from oasis.children.plans import notes, plans, problems, sheet
from oasis.duties.judging import PENDING
from oasis.duties.queries import owed
from oasis.kit.refused import Refused
from oasis.papers.package import gather
from tests.children.test_petitions import asked
from tests.world import TODAY, World

DUE = date(2026, 11, 25)


def made(world: World, **change: Any) -> Plan:
    asked: dict[str, Any] = {
        "term": world.terms["青河县"], "lead": world.users["zhao"].pk, "mid_on": date(2026, 11, 30),
        "end_on": date(2027, 1, 15), "situation": "作业没人看", "causes": "奶奶不识字",
    } | change  # fmt: skip
    return act.make_plan(world.scope("zhao"), world.children["lin"], **asked)


def lines(world: World, who: str, on: date = TODAY) -> list[tuple[str, str]]:
    board = owed(world.scope(who, on), on)
    return [(line.duty.code, line.reason) for line in board.mine() if line.duty.code.startswith("plan")]


def test_a_problem_is_followed_until_it_is_closed(world: World) -> None:
    sun, lin = world.scope("sun"), world.children["lin"]
    row = find_problem(sun, lin, kind="nobody", what="作业常缺", evidence="11月缺交6次", lack="study")
    assert "有还没解决的问题" in standing_of(world.scope("zhao"), lin).proposal.words
    follow_problem(sun, row, words="和奶奶商量，放学留校做")
    assert [note.words for note in notes(sun, row)] == ["和奶奶商量，放学留校做"]
    with pytest.raises(Refused):
        close_problem(sun, row, result="好了")
    close_problem(world.scope("zhao"), row, result="作业按时交了")
    (now,) = problems(sun, lin)
    assert (now.result, now.closed_on) == ("作业按时交了", TODAY)
    with pytest.raises(Refused):
        follow_problem(sun, row, words="再看看")
    assert any("发现问题" in event.title for event in history(world.scope("zhao"), lin))


@pytest.mark.parametrize("change", [{"what": " "}, {"evidence": ""}, {"since_on": date(2026, 12, 1)}])
def test_a_problem_without_evidence_is_refused(world: World, change: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"kind": "mood", "what": "话少", "evidence": "谈心时"} | change
    with pytest.raises(Refused):
        find_problem(world.scope("zhao"), world.children["lin"], **asked)


def test_only_those_in_reach_find_problems(world: World) -> None:
    for who in ("qian", "feng", "zheng"):
        with pytest.raises(Refused):
            find_problem(world.scope(who), world.children["lin"], kind="mood", what="话少", evidence="谈心时")


def test_a_plan_is_for_a_key_child_and_only_one_runs(world: World) -> None:
    assert ("plan", "重点帮扶对象还没有本学期的计划，应在10月16日前完成") in lines(world, "zhao")
    plan = made(world)
    assert "plan" not in dict(lines(world, "zhao"))
    with pytest.raises(Refused, match="running"):
        made(world)
    he = world.children["he"]
    with pytest.raises(Refused, match="not-key"):
        act.make_plan(
            world.scope("qian"), he, term=plan.term, lead=world.users["qian"].pk, mid_on=DUE, end_on=TODAY.replace(month=12)
        )  # fmt: skip
    was = as_of(world.scope("zhao"), world.children["lin"], TODAY).plan
    assert was == plan


def test_a_lead_who_may_not_see_the_file_is_refused(world: World) -> None:
    for change in ({"lead": world.users["qian"].pk}, {"end_on": date(2026, 11, 1)}):
        with pytest.raises(Refused):
            made(world, **change)


def test_a_measure_is_on_its_owners_list_until_it_is_done(world: World) -> None:
    plan = made(world)
    sun = world.users["sun"].pk
    done = act.add_action(world.scope("zhao"), plan, area="study", words="每周二辅导", owner=sun, due_on=DUE)
    assert ("plan-action", "学习方面的帮扶措施，请在11月25日前完成") in lines(world, "sun")
    assert "plan-action" not in dict(lines(world, "zhao"))
    assert "plan-action" in dict(lines(world, "zhao", date(2026, 12, 1)))
    with pytest.raises(Refused):
        act.finish_action(world.scope("xu"), done, outcome="done", words="")
    act.finish_action(world.scope("sun"), done, outcome="done", words="辅导了三次")
    assert "plan-action" not in dict(lines(world, "sun"))
    with pytest.raises(Refused):
        act.finish_action(world.scope("sun"), done, outcome="done", words="")


def test_a_measure_for_a_stranger_or_for_yesterday_is_refused(world: World) -> None:
    plan = made(world)
    for who, due in (("qian", DUE), ("sun", date(2026, 11, 22))):
        with pytest.raises(Refused):
            act.add_action(world.scope("zhao"), plan, area="study", words="x", owner=world.users[who].pk, due_on=due)


def test_a_plan_is_reviewed_and_closed_by_a_leader(world: World) -> None:
    plan = made(world)
    zhao, wu = world.scope("zhao"), world.scope("wu")
    assert ("plan-review", "帮扶计划的中期评估，请在11月30日前完成") in lines(world, "zhao")
    act.review_plan(zhao, plan, part="mid", progress="some", words="作业有人看了")
    assert all("中期评估" not in reason for _code, reason in lines(world, "zhao"))
    with pytest.raises(Refused, match="review"):
        act.close_plan(wu, plan, closing="达到目标")
    with pytest.raises(Refused):
        act.review_plan(world.scope("xu"), plan, part="end", progress="good", words="好")
    act.review_plan(zhao, plan, part="end", progress="good", words="成绩上来了")
    with pytest.raises(Refused, match="leader"):
        act.close_plan(zhao, plan, closing="达到目标")
    act.close_plan(wu, plan, closing="达到目标")
    with pytest.raises(Refused):
        act.add_goal(zhao, plan, lack="study", words="x", until_on=DUE)
    assert not [line for line in owed(zhao, TODAY).lines if line.duty.dated and line.state in PENDING]


def test_what_is_changed_in_a_plan_stays_in_the_history(world: World) -> None:
    plan = made(world)
    act.revise_plan(world.scope("zhao"), plan, causes="父母长年不在家")
    act.add_goal(world.scope("zhao"), plan, lack="study", words="作业按时交", until_on=date(2027, 1, 10))
    told = {event.title: event.words for event in history(world.scope("zhao"), world.children["lin"])}
    assert told["帮扶计划：原因分析"] == "奶奶不识字 → 父母长年不在家"
    assert [goal.words for goal in sheet(world.scope("sun"), plan).goals] == ["作业按时交"]
    assert plans(world.scope("qian"), world.children["lin"]) == []


def test_a_guardian_reads_what_is_planned_but_no_other_childs_name(world: World) -> None:
    plan = made(world)
    zhao = world.scope("zhao")
    act.add_goal(zhao, plan, lack="study", words="作业按时交", until_on=date(2027, 1, 10))
    helper = world.users["sun"].pk
    act.add_action(zhao, plan, area="study", words="和陈浩互助学习", owner=helper, due_on=DUE)
    package = gather(world.scope("li"), asked(world))
    told = str(dict(package.sections)["帮扶计划"])
    assert "作业按时交" in told
    assert "孙丽负责" in told
    assert "陈浩" not in told
    assert "奶奶不识字" not in str(package)
