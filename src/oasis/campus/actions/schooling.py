"""A child who stays away from school: the case opened, attempts, written reports, the end; and the month's report."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.models import Dropout, Persuasion, SchoolingMonth
from oasis.campus.schooling import numbers, report_schools, reported
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.dates import month_start, now, zh_month
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.meanwhile import as_seen, mark
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School

WRITES = Need.CHILD_WRITE
State = Dropout.State


def open_case(scope: Scope, child: Child, *, absent_from: date, reason: str, words: str) -> Dropout:
    """Put a child who stays away on the ledger. Call inside a transaction: the timeline takes its line with it."""
    if absent_from > scope.on:
        raise Refused("absent_from", "缺勤的日子还没有到", field="absent_from")
    held = hold(scope, child, WRITES)
    if Dropout.objects.within(scope, WRITES).filter(child=held, ended_on__isnull=True).exists():
        raise Refused("running", "这个孩子已经登记，还没有了结")
    row = Dropout.objects.create(
        school_id=held.school_id, child=held, absent_from=absent_from, reason=reason, words=words.strip(),
        opened_on=scope.on, by_id=scope.actor,
    )  # fmt: skip
    _note(scope, row, State.SUSPECTED.value)
    return row


def persuade(scope: Scope, case: Dropout, *, id: UUID, on: date, words: str, **told: Any) -> Persuasion:
    """Write down one attempt to bring the child back. Call inside a transaction: the timeline takes its line with it."""
    held = hold_case(scope, case)
    if not held.absent_from <= on <= scope.on:
        raise Refused("day", "日期要在缺勤起日以后，不晚于今天", field="on")
    row = Persuasion.objects.create(
        id=id, school_id=held.school_id, child_id=held.child_id, dropout=held, on=on, words=words.strip(), by_id=scope.actor,
        **{name: value.strip() for name, value in told.items()},
    )  # fmt: skip
    _note(scope, held, row.result)
    return row


def report_case(scope: Scope, case: Dropout, **told: Any) -> Dropout:
    """Write down the written reports and the mark in the pupil register: who leads the school does that."""
    late = [name for name, day in told.items() if name.endswith("_on") and day and day > scope.on]
    if late:
        raise Refused("day", "日期不能晚于今天", field=late[0])
    with transaction.atomic():
        held = hold_case(scope, case)
        _must_lead(scope, held.school_id)
        early = [name for name, day in told.items() if name.endswith("_on") and day and day < held.absent_from]
        if early:
            raise Refused("day", "报告的日期在缺勤起日以前，请核对", field=early[0])
        return _write(scope, held, told, "")


def confirm_out(scope: Scope, case: Dropout) -> Dropout:
    """Say that the child has left school: from suspected to dropped out."""
    with transaction.atomic():
        held = hold_case(scope, case)
        _must_lead(scope, held.school_id)
        if held.state != State.SUSPECTED:
            raise Refused("state", "已经认定过了")
        return _write(scope, held, {"state": State.OUT, "out_on": scope.on}, State.OUT.value)


def end_case(scope: Scope, case: Dropout, *, how: str, on: date, words: str, seen: str | None = None) -> Dropout:
    """End a case: the child is back, or it was no dropping out. Call inside a transaction, as `open_case`.

    `seen` is the mark of the state that the person saw: raises Refused where it was declared meanwhile.
    """
    if how not in (State.BACK, State.CLEARED):
        raise Refused("how", "请选择复学，还是排除", field="how")
    held = hold_case(scope, case)
    as_seen(seen, mark(held.state), lambda: f"这个孩子已经登记为“{held.get_state_display()}”")
    if not held.absent_from <= on <= scope.on:
        raise Refused("day", "日期要在缺勤起日以后，不晚于今天", field="on")
    if not words.strip():
        raise Refused("words", "请写复学以后怎样安排，或者为什么排除", field="words")
    return _write(scope, held, {"state": how, "ended_on": on, "ended_words": words.strip()}, how)


def report_month(
    scope: Scope, *, school: UUID, month: date, on: date, words: str = "", seen: str = ""
) -> SchoolingMonth:
    """Hand in a month's report; its numbers are counted, not typed. Reported again, it takes the place of the first.

    What somebody else reported is replaced only by who has `seen` it: its mark, as the page showed it.
    """
    found: School | None = next((one for one in report_schools(scope) if one.pk == school), None)
    if found is None:
        raise Refused("out-of-reach", "月报由校长或德育主任报")
    month = month_start(month)
    if not month <= on <= scope.on:
        raise Refused("day", f"报出的日期要在{zh_month(month)}里或以后，不晚于今天", field="on")
    with transaction.atomic():
        School.objects.select_for_update().get(pk=found.pk)  # of two at once the second finds the first's
        told = vars(numbers(scope, found, month)) | {"on": on, "by_id": scope.actor, "at": now()}
        row = reported(scope, found, month)
        if row and row.by_id != scope.actor:
            as_seen(seen, mark(row.at), partial("{}已经报了这个月，内容在下面".format, row.by or "别人"))
        row = row or SchoolingMonth(school=found, month=month)
        for name, value in (told | {"words": words.strip()}).items():
            setattr(row, name, value)
        row.save()
        trail.note(scope, "schooling.month", school=found.pk, subject=str(row.pk), detail=f"m{month:%Y-%m}")
    return row


def _must_lead(scope: Scope, school: UUID) -> None:
    if school not in {one.pk for one in report_schools(scope)}:
        raise Refused("lead", "认定和书面报告由校长或德育主任登记")


def hold_case(scope: Scope, case: Dropout) -> Dropout:
    """Lock a running case in reach, or raise Refused. Call inside a transaction."""
    rows = Dropout.objects.within(scope, WRITES).select_for_update(of=("self",)).filter(pk=case.pk)
    held: Dropout | None = rows.first()
    if held is None:
        raise Refused("out-of-reach", "没有处理的权限")
    if not held.running:
        raise Refused("ended", "已经了结，不再改动")
    return held


def _write(scope: Scope, held: Dropout, told: dict[str, Any], what: str) -> Dropout:
    Dropout.objects.within(scope, WRITES).filter(pk=held.pk).update(**tied(Dropout, held.pk, told))
    _note(scope, held, what)
    for name, value in told.items():
        setattr(held, name, value)
    return held


def _note(scope: Scope, row: Dropout, what: str) -> None:
    trail.note(scope, "schooling.case", school=row.school_id, child=row.child_id, subject=str(row.pk), detail=what)
