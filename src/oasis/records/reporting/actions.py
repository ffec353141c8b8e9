"""Take the steps of a mandatory report, correct it, close it. Nothing here deletes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction

from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.reporting import text
from oasis.records.reporting.forms import CloseForm, form_of
from oasis.records.reporting.models import MandatoryReport, ReportDeadline, ReportNamed, ReportStep
from oasis.records.reporting.queries import deadlines, own
from oasis.records.reporting.starting import Clash, Invalid, child_of, report_form, told_in
from oasis.records.reporting.steps import STEPS


def held(scope: Scope, report: UUID) -> MandatoryReport:
    """Give one's own report, locked; raises Refused."""
    row = own(scope).select_for_update(of=("self",)).filter(pk=report).first()
    if row is None:
        raise Refused("out-of-reach", "没有这份报告，或者您不是知情人")
    return row


def fill_step(scope: Scope, *, report: UUID, step: str, based_on: int, fields: Mapping[str, Any]) -> MandatoryReport:
    """Take a step, or give a taken one new wording. The same words twice are one.

    Raises Invalid, and Clash when somebody took the step since the page was opened.
    """
    if step not in STEPS:
        raise Refused("step", "没有这一步，请刷新页面")
    entry = STEPS.get(step)
    form = form_of(entry)(fields)
    if not form.is_valid():
        raise Invalid(form)
    with transaction.atomic():
        row = held(scope, report)
        content = text.read(row)
        before, told = content["steps"].get(step), form.told()
        if before and before["told"] == told:
            return row
        _must_be_open(row)
        if before and before["version"] > based_on:
            raise Clash(row, form, f"这一步刚才已由{before['by']}登记。请打开内容看过以后，再决定要不要改。")
        row.version += 1
        content["steps"][step] = {"told": told, "by": scope.name, "version": row.version}
        _keep(scope, row, content, step)
        _done(row, step, form)
        trail.note(scope, "report.step", school=row.school_id, subject=str(row.pk), detail=entry.label)
    return row


def _must_be_open(row: MandatoryReport) -> None:
    if row.closed_at:
        raise Refused("closed", "这份报告已经办结，内容不能再改；有新的情况，请另外发起一份报告")


def _keep(scope: Scope, row: MandatoryReport, content: dict[str, Any], act: str, reason: str = "") -> None:
    row.save(update_fields=["version", "closed_at"])
    text.keep(scope, row, content, act=act, reason=reason)


def _done(row: MandatoryReport, step: str, form: forms.Form) -> None:
    """Stop the clock of a step; start those that run from it."""
    mine = ReportStep.objects.everywhere(why="the steps of a report held for one of its named people").filter(
        report=row
    )
    mine.filter(step=step).update(done_at=form.cleaned_data["at"])
    ways = deadlines(row.school_id)
    for later in STEPS:
        on, hours = ways[later.code]
        if later.after == step and on:
            due = form.cleaned_data["at"] + timedelta(hours=hours)
            mine.filter(step=later.code, done_at=None).update(due_at=due)


def correct(scope: Scope, *, report: UUID, based_on: int, fields: Mapping[str, Any], reason: str) -> MandatoryReport:
    """Give the case new wording, with a reason; who is suspected now knows no more of it.

    Raises Invalid, Clash when another wording came between, Refused without a reason.
    """
    with transaction.atomic():
        row = held(scope, report)
        content = text.read(row)
        known = "id" in content["child"]
        form = report_form(
            scope, row.school, fields, child=known, kept=content["suspects"], starter=row.by_id, begun=True
        )
        if not form.is_valid():
            raise Invalid(form)
        told = told_in(form)
        child = content["child"] if known else child_of(scope, None, form)
        if (told["case"], told["suspects"], child) == (content["case"], content["suspects"], content["child"]):
            return row
        _must_be_open(row)
        if row.version != based_on:
            raise Clash(row, form, "您打开以后，这份报告被改过了。请对照两边，再决定怎样保存。")
        if not reason.strip():
            raise Refused("reason", "请写明为什么更正", field="reason")
        row.version += 1
        _keep(
            scope, row, content | told | {"child": child}, "correct", fitting(reason, 120, "更正的原因", field="reason")
        )
        named = ReportNamed.objects.everywhere(why="whom a report suspects may not read it")
        named.filter(report=row, user__in=told["suspects"], until_at=None).update(until_at=now())
        trail.note(scope, "report.correct", school=row.school_id, subject=str(row.pk))
    return row


def close(scope: Scope, *, report: UUID, words: str) -> MandatoryReport:
    """Close a report with what came of it; only once the police have been told. The same words twice are once, others raise Clash."""
    if not words.strip():
        raise Refused("words", "请写明办结情况", field="words")
    with transaction.atomic():
        row = held(scope, report)
        content, result = text.read(row), fitting(words, 1000, "办结情况", field="words")
        if row.closed_at and content["result"] == result:
            return row
        if row.closed_at:
            by = text.wordings(row)[0].by.name
            raise Clash(
                row, CloseForm({"words": words}), f"这份报告刚才已由{by}办结。您写的没有保存，请先看看办结情况。"
            )
        if "police" not in content["steps"]:
            raise Refused("police", "还没有登记报公安机关，不能办结")
        row.closed_at, row.version = now(), row.version + 1
        _keep(scope, row, content | {"result": result}, "close")
        trail.note(scope, "report.close", school=row.school_id, subject=str(row.pk))
    return row


def set_deadline(scope: Scope, *, school: School, step: str, on: bool, hours: int) -> ReportDeadline:
    """Set a school's own deadline of a step, for reports to come. The police are told at once: the law leaves no choice."""
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.CADENCES):
        raise Refused("other-school", "只能设定本校的期限")
    if step not in STEPS or STEPS.get(step).by_law:
        raise Refused("by-law", "立即报警是法律规定，不能修改")
    if not 1 <= hours <= 24 * 60:
        raise Refused("hours", "请填1到1440之间的小时数", field="hours")
    with transaction.atomic():
        rows = ReportDeadline.objects.within(scope, Need.CADENCES)
        row, _made = rows.update_or_create(
            school=school, step=step, defaults={"on": on, "hours": hours, "by_id": scope.person}
        )
        trail.note(scope, "report.deadline", school=school.pk, subject=step, detail=f"{on} {hours}")
    return row
