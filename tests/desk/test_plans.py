"""A plan from the child's page to the printed form, through the browser's eyes."""

import re
from collections.abc import Callable
from io import BytesIO

import docx
from django.test import Client
from django.urls import reverse

from oasis.children.models import Plan, PlanAction, Problem
from tests.world import World

Login = Callable[[str], Client]
WHY = "a test looks"
PLAN = {"mid_on": "2026-11-30", "end_on": "2027-01-15", "situation": "作业没人看", "causes": "奶奶不识字"}


def at(name: str, pk: object) -> str:
    return reverse(name, kwargs={"pk": pk})


def test_a_problem_becomes_a_plan_that_is_carried_out_and_printed(world: World, login: Login) -> None:
    zhao, sun, wu, lin = login("zhao"), login("sun"), login("wu"), world.children["lin"]
    sun.post(at("child-problem-new", lin.pk), {"kind": "nobody", "what": "作业常缺", "evidence": "十一月缺六次"})
    row = Problem.objects.everywhere(why=WHY).get()
    sun.post(at("child-problem", row.pk), {"form": "note", "words": "留校写作业"})
    assert "留校写作业" in zhao.get(at("child-problem", row.pk)).content.decode()
    assert "作业常缺" in zhao.get(at("child-plan-new", lin.pk)).content.decode()
    zhao.post(at("child-plan-new", lin.pk), {**PLAN, "lead": str(world.users["zhao"].pk)})
    plan = Plan.objects.everywhere(why=WHY).get()
    where = at("child-plan", plan.pk)
    zhao.post(where, {"form": "goal", "lack": "study", "words": "作业按时交", "until_on": "2027-01-10"})
    owner = str(world.users["sun"].pk)
    zhao.post(where, {"form": "action", "area": "study", "words": "每周二辅导", "owner": owner, "due_on": "2026-11-25"})
    today = sun.get(reverse("today")).content.decode()
    assert "学习方面的帮扶措施" in today
    assert at("child-plan-now", lin.pk) in today
    assert sun.get(at("child-plan-now", lin.pk))["Location"] == where
    action = PlanAction.objects.everywhere(why=WHY).get()
    assert at("child-plan-action", action.pk) in sun.get(where).content.decode()
    assert sun.post(at("child-plan-action", action.pk), {"outcome": "dropped", "done_words": ""}).status_code == 422
    sun.post(at("child-plan-action", action.pk), {"outcome": "done", "done_words": "辅导三次"})
    zhao.post(where, {"form": "review", "part": "end", "progress": "good", "words": "进步了"})
    assert "结案（" not in zhao.get(where).content.decode()
    wu.post(where, {"form": "close", "closing": "达到目标"})
    assert "达到目标" in zhao.get(where).content.decode()
    paper = zhao.post(reverse("papers-child", kwargs={"pk": lin.pk, "paper": "plan"}))
    document = docx.Document(BytesIO(paper.content))
    text = "".join(node.text or "" for node in document.tables[0]._tbl.iter() if node.tag.endswith("}t"))
    for words in ("林晓晓", "作业按时交", "每周二辅导", "辅导三次", "作业常缺", "达到目标"):
        assert words in text
    assert "%E7%95%99%E5%AE%88" not in paper["Content-Disposition"]


def test_what_is_left_out_is_asked_again(world: World, login: Login) -> None:
    zhao, lin = login("zhao"), world.children["lin"]
    assert zhao.post(at("child-problem-new", lin.pk), {"kind": "nobody", "what": "x"}).status_code == 422
    wrong = {**PLAN, "lead": str(world.users["qian"].pk)}
    assert zhao.post(at("child-plan-new", lin.pk), wrong).status_code == 422
    assert (
        "还没有帮扶计划"
        in zhao.post(
            reverse("papers-order", kwargs={"paper": "plan"}),
            {"place": str(world.klasses["三1"].pk), "whom": "cared", "purpose": "archive"},
        ).content.decode()
    )


def test_two_who_change_a_plan_are_shown_both_values(world: World, login: Login) -> None:
    zhao, wu, lin = login("zhao"), login("wu"), world.children["lin"]
    zhao.post(at("child-plan-new", lin.pk), {**PLAN, "lead": str(world.users["zhao"].pk)})
    plan = Plan.objects.everywhere(why=WHY).get()
    where, seal = at("child-plan-edit", plan.pk), re.compile(r'name="drawn" value="([^"]+)"')
    (seen,) = seal.findall(zhao.get(where).content.decode())
    sent = {**PLAN, "lead_id": str(world.users["zhao"].pk), "drawn": seen}
    assert wu.post(where, sent | {"situation": "常缺作业"}).status_code == 302
    answer = zhao.post(where, sent | {"situation": "没地方写作业"})
    assert answer.status_code == 422
    assert "常缺作业" in answer.content.decode()
    (seen,) = seal.findall(answer.content.decode())
    again = sent | {
        "situation": "没地方写作业",
        "drawn": seen,
        "keep-situation": "theirs",
        "lead_id": str(world.users["sun"].pk),
    }
    assert zhao.post(where, again).status_code == 302
    plan = Plan.objects.everywhere(why=WHY).get()
    assert (plan.situation, plan.lead_id) == ("常缺作业", world.users["sun"].pk)
