"""Sample arguments of children's files."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from oasis.campus.actions.growth import keep_growth, open_exam
from oasis.campus.models import Exam
from oasis.children.actions import care, merging
from oasis.children.actions.papers import keep_paper
from oasis.children.actions.petitions import receive
from oasis.children.actions.plans import add_action, make_plan
from oasis.children.actions.problems import find_problem
from oasis.children.actions.status import add_hardship
from oasis.children.models import Pairing, Person, Plan, Tie
from oasis.duties.actions import waive
from tests.house.samples.cast import (
    CENSUS,
    LEADERS,
    NAMED,
    OWN,
    READERS,
    WRITERS,
    Samples,
    klass_31,
    lin,
    lin_and,
    nothing,
    stone_bridge,
)
from tests.world import BEGAN, TODAY, World


def study_of_31(world: World) -> dict[str, Any]:
    """Who lacks help with study in class 3(1)."""
    return klass_31(world) | {"lack": "study", "size": "any"}


def problem_of_lin(world: World) -> dict[str, Any]:
    """A problem of lin."""
    return {"pk": find_problem(world.scope("sun"), world.children["lin"], kind="mood", what="话少", evidence="谈心").pk}


def plan_of_lin(world: World) -> dict[str, Any]:
    """The plan for lin."""
    made = Plan.objects.everywhere(why="a sample").filter(child=world.children["lin"]).first() or make_plan(
        world.scope("zhao"), world.children["lin"], term=world.terms["青河县"], lead=world.users["sun"].pk,
        mid_on=TODAY + timedelta(days=7), end_on=TODAY + timedelta(days=50), situation="作业没人看", causes="奶奶不识字",
    )  # fmt: skip
    return {"pk": made.pk}


def growth_of_lin(world: World) -> dict[str, Any]:
    """A book lin read."""
    fields = {"on": TODAY, "title": "西游记", "giver": "", "words": ""}
    (row,) = keep_growth(world.scope("sun"), [world.children["lin"]], matter="book", fields=fields)
    return {"pk": row.pk}


def exam_of_31(world: World) -> dict[str, Any]:
    """The mid-term exam, as class 3(1) sits it."""
    school, term = world.schools["青河县"], world.terms["青河县"]
    made = Exam.objects.everywhere(why="a sample").filter(school=school).first() or open_exam(
        world.scope("zhao"), school=school, term=term, name="期中考试", on=TODAY, full=100
    )
    return klass_31(world) | {"exam": made.pk}


def action_of_lin(world: World) -> dict[str, Any]:
    """A measure of that plan, owed by sun."""
    plan = Plan.objects.everywhere(why="a sample").get(pk=plan_of_lin(world)["pk"])
    sun, due = world.users["sun"].pk, TODAY + timedelta(days=2)
    return {"pk": add_action(world.scope("zhao"), plan, area="study", words="每周辅导", owner=sun, due_on=due).pk}


def lin_waiver(world: World) -> dict[str, Any]:
    """An exception of lin."""
    lin = world.children["lin"]
    given = waive(world.scope("zhao"), child=lin, duty="visit-2", reason="父亲回家", until_on=None)
    return {"pk": lin.pk, "waiver": given.pk}


def lin_petition(world: World) -> dict[str, Any]:
    """What lin's father asked for."""
    father = str(world.persons["lin_father"].pk)
    asked: dict[str, Any] = {"wish": "copy", "how": "face", "proof": "card", "received_on": TODAY}
    return {"pk": receive(world.scope("zhao"), world.children["lin"], guardian=father, **asked).pk}


def merged_of_li(world: World) -> dict[str, Any]:
    """Two entries of lin's father, brought together by the principal."""
    second = Person.objects.create(school=world.schools["青河县"], name="林国平")
    chenhao = world.children["chenhao"]
    Tie.objects.create(school=chenhao.school, child=chenhao, person=second, relation="51", from_on=BEGAN)
    made = merging.merge(world.scope("li"), kept=world.persons["lin_father"].pk, gone=second.pk)
    return {"pk": made.pk}


def granny(world: World, **more: str) -> dict[str, Any]:
    """The tie of lin's grandmother."""
    return {"pk": Tie.objects.within(world.scope("li")).get(person=world.persons["lin_granny"]).pk, **more}


def lin_care(world: World) -> dict[str, Any]:
    """An arrangement for lin."""
    said: dict[str, Any] = {"kind": "notice", "signed": "paper", "signer": "林国平", "on": BEGAN, "from_on": BEGAN}
    made = care.arrange(
        world.scope("li"),
        world.children["lin"],
        carer=world.persons["lin_granny"],
        child_heard=True,
        checked=True,
        **said,
    )
    return {"pk": made.pk, "what": "receive"}


def lin_hardship(world: World) -> dict[str, Any]:
    """A hardship of lin."""
    return {"pk": add_hardship(world.scope("li"), world.children["lin"], kind="single", from_on=BEGAN).pk}


def lin_pair(world: World) -> dict[str, Any]:
    """The pairing of lin and sun."""
    return {
        "pk": Pairing.objects.within(world.scope("li")).get(child=world.children["lin"], staff=world.users["sun"]).pk
    }


def paper_of_lin(world: World) -> dict[str, Any]:
    """A certificate kept in lin's file."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "olive").save(out, "PNG")
    paper = keep_paper(world.scope("zhao"), world.children["lin"], kind="certificate", data=out.getvalue(), on=TODAY)
    return {"pk": paper.pk}


SAMPLES: Samples = {
    "children": (nothing, NAMED),
    "child": (lin, READERS),
    "child-file": (lin, READERS),
    "child-records": (lin, READERS),
    "child-eyes": (lin, READERS),
    "child-numbers": (lin_and(what="phones"), OWN | {"sun"}),
    "child-history": (lin, OWN),
    "child-past": (lin, OWN),
    "child-new": (nothing, CENSUS),
    "child-edit": (lin_and(group="identity"), OWN),
    "child-doubles": (nothing, LEADERS | {"feng"}),
    "child-doubles-join": (nothing, LEADERS | {"feng"}),
    "child-doubles-part": (merged_of_li, LEADERS),
    "child-status": (lin, OWN),
    "child-place": (lin, OWN),
    "child-hardship-end": (lin_hardship, OWN),
    "child-person-new": (lin, OWN),
    "child-person": (granny, OWN),
    "child-person-away": (granny, OWN),
    "child-person-act": (lambda world: granny(world, what="phone-add"), OWN),
    "child-care": (lin, OWN),
    "child-care-act": (lin_care, OWN),
    "child-pair": (lin, OWN),
    "child-pair-change": (lin_pair, OWN),
    "klass-pairing": (nothing, CENSUS),
    "klass-census": (nothing, CENSUS),
    "klass-census-list": (klass_31, OWN),
    "klass-census-rest": (klass_31, OWN),
    "klass-census-child": (lin, OWN),
    "klass-census-cell": (lambda world: stone_bridge(world) | {"column": "total"}, frozenset({"li", "wu"})),
    "klass-census-table": (stone_bridge, frozenset({"li", "wu"})),
    "klass-consent": (nothing, CENSUS),
    "klass-consent-list": (klass_31, OWN),
    "klass-consent-child": (lin, OWN),
    "child-consent": (lin, OWN),
    "child-consent-withdraw": (lin, OWN),
    "petitions": (nothing, CENSUS),
    "child-petitions": (lin, OWN),
    "petition": (lin_petition, OWN),
    "petition-act": (lambda world: lin_petition(world) | {"what": "package"}, LEADERS),
    "child-waivers": (lin, frozenset({"zhao", "li", "wu"})),
    "child-waiver-end": (lin_waiver, frozenset({"zhao", "li", "wu"})),
    "klass-assess": (nothing, WRITERS),
    "klass-assess-list": (klass_31, LEADERS | {"zhao"}),
    "klass-assess-child": (lin, LEADERS | {"zhao"}),
    "klass-assess-picture": (klass_31, LEADERS | {"zhao"}),
    "klass-assess-behind": (study_of_31, LEADERS | {"zhao"}),
    "child-help": (lin, READERS),
    "child-papers": (lin, READERS),
    "child-paper": (paper_of_lin, OWN),
    "child-paper-small": (paper_of_lin, OWN),
    "child-paper-withdraw": (paper_of_lin, OWN),
    "klass-levels": (nothing, WRITERS),
    "child-level": (lin, LEADERS | {"zhao"}),
    "settings-levels": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "child-growth": (lin, READERS),
    "child-growth-add": (lin_and(code="honour"), READERS),
    "klass-growth": (lambda world: klass_31(world) | {"code": "absence"}, OWN),
    "child-growth-drop": (growth_of_lin, READERS),
    "klass-exams": (klass_31, OWN),
    "klass-exam": (exam_of_31, OWN),
    "klass-exam-import": (exam_of_31, OWN),
    "holidays": (nothing, CENSUS),
    "holiday": (lin, OWN),
    "child-problem-new": (lin, READERS),
    "child-problem": (problem_of_lin, READERS),
    "child-plan-new": (lin, LEADERS | {"zhao"}),
    "child-plan-now": (lin, READERS),
    "child-plan": (plan_of_lin, READERS),
    "child-plan-edit": (plan_of_lin, LEADERS | {"zhao"}),
    "child-plan-action": (action_of_lin, READERS),
}
