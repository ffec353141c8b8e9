"""A screening held, a child's result put down, made whole, followed, ended: the counsellor's acts."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.models import ScreenFollow, Screening, ScreenResult, ScreenVersion
from oasis.campus.screening import NEED, counselled, mark_of, screening_of
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.meanwhile import as_seen
from oasis.people.school import save_checked
from oasis.people.scope import Scope

DAYS = ("reviewed_on", "told_on", "referral_on")


def hold_screening(scope: Scope, *, id: UUID, school: UUID, **told: Any) -> Screening:
    """Write down a screening: the scale, whom it reached, how many under each grade."""
    if not counselled(scope).filter(pk=school).exists():
        raise Refused("out-of-reach", "筛查由本校的心理教师登记")
    if told["on"] > scope.on:
        raise Refused("day", "日期不能晚于今天", field="on")
    with transaction.atomic():
        if (same := screening_of(scope, id)) is not None:
            return same
        row = Screening(id=id, school_id=school, by_id=scope.person, **told)
        save_checked(row)
        trail.note(scope, "screening.hold", school=school, subject=str(row.pk))
    return row


def add_result(scope: Scope, screening: Screening, child: Child, **told: Any) -> ScreenResult:
    """Put down what was found of a child. Call inside a transaction: the timeline says that there is something."""
    held = hold(scope, child, NEED)
    if held.school_id != screening.school_id or screening_of(scope, screening.pk) is None:
        raise Refused("out-of-reach", "没有登记的权限")
    if ScreenResult.objects.within(scope, NEED).filter(screening=screening, child=held).exists():
        raise Refused("twice", "这次筛查已经登记过这个孩子", field="child")
    row = ScreenResult.objects.create(
        school_id=held.school_id, child=held, screening=screening, by_id=scope.actor, **told
    )
    _note(scope, row)
    return row


def revise_result(scope: Scope, result: ScreenResult, **told: Any) -> ScreenResult:
    """Add the review, who was told, the referral, when to look again."""
    wrong = [name for name in DAYS if told.get(name) and told[name] > scope.on]
    if wrong:
        raise Refused("day", "日期不能晚于今天", field=wrong[0])
    if bool(told.get("reviewed_on")) != bool(told.get("reviewer", "").strip()):
        raise Refused("reviewer", "复核日期和复核的人要一起填", field="reviewer")
    with transaction.atomic():
        return _write(scope, _held(scope, result), told)


def correct_result(
    scope: Scope, result: ScreenResult, *, based_on: int, grade: str, score: str, why: str
) -> ScreenResult:
    """Put another grade or score; what stood there stays as a version. `based_on` counts the versions the page showed."""
    if not why.strip():
        raise Refused("why", "请写明为什么更正", field="why")
    with transaction.atomic():
        held = _held(scope, result)
        kept = ScreenVersion.objects.within(scope, NEED).filter(result=held).count()
        if kept != based_on:
            raise Refused("meanwhile", "刚才已经更正过，请看过现在的等级再改")
        if (grade, score.strip()) == (held.grade, held.score):
            raise Refused("same", "等级和得分都没有变")
        ScreenVersion.objects.create(
            school_id=held.school_id, child_id=held.child_id, result=held, number=kept + 1, grade=held.grade, score=held.score,
            why=why.strip(), by_id=scope.actor,
        )  # fmt: skip
        return _write(scope, held, {"grade": grade, "score": score.strip()})


def follow(
    scope: Scope, result: ScreenResult, *, id: UUID, on: date, words: str, next_on: date | None = None,
    seen: str | None = None,
) -> ScreenFollow:  # fmt: skip
    """Write down how the child is, and when to look again; pressed twice, it is one.

    `seen` is the mark of the following that the person saw: raises Refused where another wrote meanwhile.
    """
    if on > scope.on:
        raise Refused("day", "日期不能晚于今天", field="on")
    if next_on and next_on <= on:
        raise Refused("next", "下次追踪要在这一次以后", field="next_on")
    with transaction.atomic():
        held = _held(scope, result)
        rows = ScreenFollow.objects.within(scope, NEED)
        if known := rows.filter(pk=id, result=held, by_id=scope.actor).first():
            return known
        _as_seen(scope, held, seen)
        row = ScreenFollow.objects.create(
            id=id, school_id=held.school_id, child_id=held.child_id, result=held, on=on, words=words.strip(), by_id=scope.actor
        )  # fmt: skip
        _write(scope, held, {"next_on": next_on})
    return row


def end_result(scope: Scope, result: ScreenResult, *, on: date, seen: str | None = None) -> ScreenResult:
    """End the following: after the review and after the parents were told; `seen` as when a later look is written."""
    with transaction.atomic():
        held = _held(scope, result)
        if not (held.reviewed_on and held.told_on):
            raise Refused("open", "复核过、告知家长以后才能解除")
        if on > scope.on:
            raise Refused("day", "日期不能晚于今天", field="on")
        _as_seen(scope, held, seen)
        return _write(scope, held, {"closed_on": on, "next_on": None})


def _as_seen(scope: Scope, held: ScreenResult, seen: str | None) -> None:
    if seen is not None:
        due = zh_full(held.next_on) if held.next_on else "没有定"
        as_seen(seen, mark_of(scope, held), lambda: f"有人记过追踪，或者改过下次追踪日期（现在是{due}）")


def _held(scope: Scope, result: ScreenResult) -> ScreenResult:
    rows = ScreenResult.objects.within(scope, NEED).select_for_update(of=("self",)).filter(pk=result.pk)
    held: ScreenResult | None = rows.first()
    if held is None:
        raise Refused("out-of-reach", "没有处理的权限")
    if held.closed_on:
        raise Refused("closed", "已经解除，不再改动")
    return held


def _write(scope: Scope, held: ScreenResult, told: dict[str, Any]) -> ScreenResult:
    ScreenResult.objects.within(scope, NEED).filter(pk=held.pk).update(**tied(ScreenResult, held.pk, told))
    _note(scope, held)
    for name, value in told.items():
        setattr(held, name, value)
    return held


def _note(scope: Scope, row: ScreenResult) -> None:
    trail.note(scope, "screening.result", school=row.school_id, child=row.child_id, subject=str(row.pk))
