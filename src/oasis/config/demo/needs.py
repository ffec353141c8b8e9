"""The demo's needs: assessments of three terms, levels decided, problems with evidence, plans of key children."""

from datetime import date, timedelta

from oasis.children.lacks import LACKS
from oasis.children.models import (
    Assessment,
    Child,
    Hardship,
    Plan,
    PlanAction,
    PlanGoal,
    PlanReview,
    Problem,
    ProblemNote,
    RiskLevel,
)
from oasis.children.risks import Case, Level, Weights, propose
from oasis.config.demo import texts
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.people.models import User
from oasis.places.models import Term


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Give every left-behind child assessments and a level, every key child a problem or a plan, mostly both."""
    for one in kept:
        if one.child.left_behind or one.child.key:
            last = _assess(stage, one.child)
            _level(stage, one.child, last)
            if one.child.key:
                problem = _problem(stage, one)
                if stage.random.random() < 0.75:
                    _plan(stage, one, problem)


def _assess(stage: Stage, child: Child) -> Assessment | None:
    """Score the last three terms; what is lacking mostly stays, sometimes gets better. One in eight waits this term."""
    random, last = stage.random, None
    scores = {code: _score(stage, child.key) for code in LACKS.codes}
    for term in stage.terms[:3]:
        waits = term.holds(stage.on) and random.random() < 0.125
        if term.starts_on > stage.on or term.ends_on < child.opened_on or waits:
            continue
        scores = {
            code: max(0, score - (random.random() < 0.3)) if score else int(random.random() < 0.12)
            for code, score in scores.items()
        }
        lacking = [code for code, score in scores.items() if score]
        note = random.choice(texts.LACKING[random.choice(lacking)]) if lacking and random.random() < 0.4 else ""
        day = min(stage.on, max(child.opened_on, term.starts_on) + timedelta(days=9 + random.randrange(20)))
        last = Assessment(
            school=stage.school, child=child, term=term, on=day, note=note, by=stage.homeroom[child.klass_id], **scores
        )  # fmt: skip
        stage.rows.add(last)
    return last


def _score(stage: Stage, key: bool) -> int:
    return stage.random.choices([0, 1, 2], weights=[35, 40, 25] if key else [68, 27, 5])[0]


def _level(stage: Stage, child: Child, last: Assessment | None) -> None:
    """Most teachers followed the proposal or kept their own mind; some children still wait for a decision."""
    hard = {row.kind for row in stage.rows.tables[Hardship] if isinstance(row, Hardship) and row.child_id == child.pk}
    told = propose(Case(child, stage.on, frozenset(hard), last), Weights())
    if child.key:
        for row in stage.rows.tables[RiskLevel]:
            if isinstance(row, RiskLevel) and row.child_id == child.pk:
                row.proposed, row.points = told.level, told.points
                row.level = Level.HIGH if told.level == Level.HIGH else Level.KEY
        return
    if told.level in (Level.HIGH, Level.KEY) or stage.random.random() < 0.1:
        return
    stage.rows.add(
        RiskLevel(
            school=stage.school,
            child=child,
            on=_begun(stage, child, 25),
            level=told.level,
            proposed=told.level,
            points=told.points,
            reasons=told.words or "家里照护得好，情况平稳",
            by=stage.homeroom[child.klass_id],
        )
    )


def _begun(stage: Stage, child: Child, days: int) -> date:
    """Give a day some days into the running term, never one that has not come."""
    return min(stage.on, max(child.opened_on, _now(stage).starts_on) + timedelta(days=days))


def _now(stage: Stage) -> Term:
    return [term for term in stage.terms if term.starts_on <= stage.on][-1]


def _problem(stage: Stage, one: Kept) -> Problem:
    kind, lack, what, evidence, step = stage.random.choice(texts.PROBLEMS)
    by = _helper(stage, one)
    found = _begun(stage, one.child, 15 + stage.random.randrange(30))
    row = Problem(
        school=stage.school, child=one.child, kind=kind, lack=lack, what=what, evidence=evidence, found_on=found,
        since_on=found - timedelta(days=30), by=by,
    )  # fmt: skip
    stage.rows.add(row)
    day = min(stage.on, found + timedelta(days=8))
    stage.rows.add(ProblemNote(school=stage.school, child=one.child, problem=row, on=day, words=step, by=by))
    if stage.random.random() < 0.25:
        row.closed_on, row.closed_by = min(stage.on, day + timedelta(days=10)), stage.homeroom[one.child.klass_id]
        row.result = "照护人配合，情况已经好转，继续留意"
    return row


def _helper(stage: Stage, one: Kept) -> User:
    return one.helper if isinstance(one.helper, User) else stage.homeroom[one.child.klass_id]


def _plan(stage: Stage, one: Kept, problem: Problem) -> None:
    term, child, lead = _now(stage), one.child, stage.homeroom[one.child.klass_id]
    made = min(stage.on, problem.found_on + timedelta(days=5))
    mid = max(made, term.visit2_until - timedelta(days=stage.random.randrange(14)))
    plan = Plan(
        school=stage.school, child=child, term=term, from_on=made, lead=lead, situation=f"{problem.what}。{child.get_care_display()}",
        causes=stage.random.choice(texts.CAUSES), child_view=stage.random.choice(texts.CHILD_VIEWS),
        carer_view=stage.random.choice(texts.CARER_VIEWS), mid_on=mid, end_on=max(term.ends_on - timedelta(days=7), mid + timedelta(days=1)),
        by=lead,
    )  # fmt: skip
    stage.rows.add(plan)
    aim = texts.AIMS[problem.lack]
    stage.rows.add(
        PlanGoal(
            school=stage.school, child=child, plan=plan, lack=problem.lack, words=aim, until_on=plan.end_on, by=lead
        )
    )
    _actions(stage, one, plan)
    if mid < stage.on:
        stage.rows.add(
            PlanReview(
                school=stage.school,
                child=child,
                plan=plan,
                part="mid",
                on=mid,
                progress=stage.random.choice(["some", "good", "little"]),
                words="按计划做了，孩子愿意开口说了，家里也配合一些",
                change="下半学期多安排一次家访",
                by=lead,
            )
        )


def _actions(stage: Stage, one: Kept, plan: Plan) -> None:
    """One measure done, one due soon, sometimes one late."""
    chosen = stage.random.sample(texts.MEASURES, 3)
    for (area, words), days in zip(chosen, (-12, 4, -3 if stage.random.random() < 0.2 else 18), strict=True):
        owner = _helper(stage, one) if stage.random.random() < 0.5 else plan.lead
        row = PlanAction(
            school=stage.school, child=one.child, plan=plan, area=area, words=words, owner=owner,
            due_on=max(plan.from_on, stage.on + timedelta(days=days)), by=plan.lead,
        )  # fmt: skip
        if days == -12:
            row.outcome, row.done_on, row.done_by = PlanAction.Outcome.DONE, min(stage.on, row.due_on), owner
            row.done_words = "已经做了，孩子挺高兴"
        stage.rows.add(row)
