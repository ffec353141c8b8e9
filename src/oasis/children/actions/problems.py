"""Problems: found with evidence, followed step by step, closed with a result (requirements.md A5)."""

from datetime import date

from django.db import transaction

from oasis.children.actions.files import hold
from oasis.children.models import Child, Problem, ProblemNote
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope


def find_problem(
    scope: Scope, child: Child, *, kind: str, what: str, evidence: str, lack: str = "", since_on: date | None = None
) -> Problem:
    """Put a problem on file; raises Refused without evidence, out of reach, or with a beginning that has not come."""
    if not what.strip() or not evidence.strip():
        raise Refused("evidence", "请写明具体情况和依据", field="what" if not what.strip() else "evidence")
    if since_on and since_on > scope.on:
        raise Refused("since", "开始的日期不能晚于今天", field="since_on")
    with transaction.atomic():
        held = hold(scope, child, Need.RECORD_WRITE)
        row = Problem.objects.create(
            school_id=held.school_id, child=held, kind=kind, lack=lack, what=what.strip(), evidence=evidence.strip(),
            since_on=since_on, found_on=scope.on, by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "problem.find", school=held.school_id, child=held.pk, subject=str(row.pk), detail=kind)
    return row


def follow_problem(scope: Scope, problem: Problem, *, words: str) -> ProblemNote:
    """Write down a step; raises Refused for a closed problem."""
    if not words.strip():
        raise Refused("words", "请写跟进情况", field="words")
    with transaction.atomic():
        held = _open(scope, problem, Need.RECORD_WRITE)
        note = ProblemNote.objects.create(
            school_id=held.school_id, child_id=held.child_id, problem=held, on=scope.on, words=words.strip(), by_id=scope.actor
        )  # fmt: skip
        trail.note(scope, "problem.follow", school=held.school_id, child=held.child_id, subject=str(held.pk))
    return note


def close_problem(scope: Scope, problem: Problem, *, result: str) -> Problem:
    """Close a problem with what came of it; the homeroom teacher or a leader does."""
    if not result.strip():
        raise Refused("result", "请写结果：怎样解决的，现在怎样", field="result")
    with transaction.atomic():
        held = _open(scope, problem, Need.CHILD_WRITE)
        told = {"closed_on": scope.on, "closed_by_id": scope.actor, "result": result.strip()}
        Problem.objects.within(scope, Need.CHILD_WRITE).filter(pk=held.pk).update(**tied(Problem, held.pk, told))
        trail.note(scope, "problem.close", school=held.school_id, child=held.child_id, subject=str(held.pk))
    return held


def _open(scope: Scope, problem: Problem, need: Need) -> Problem:
    held = Problem.objects.within(scope, need).select_for_update(of=("self",)).filter(pk=problem.pk).first()
    if held is None:
        raise Refused("out-of-reach", "没有处理这个问题的权限")
    if held.closed_on:
        raise Refused("closed", "这个问题已经解决，请刷新页面")
    return held
