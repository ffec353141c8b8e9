"""Start a mandatory report, take its steps, correct it, close it. Nothing here deletes."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db import IntegrityError, transaction

from oasis.children.access import needs_over
from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.ids import is_client_id
from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.models import User
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.reporting import text
from oasis.records.reporting.audience import Audience, audience, hearers
from oasis.records.reporting.forms import CloseForm, ReportForm, form_of
from oasis.records.reporting.models import MandatoryReport, ReportDeadline, ReportNamed, ReportStep
from oasis.records.reporting.queries import deadlines, officers, own, reportable, staff, workplaces
from oasis.records.reporting.steps import STEPS

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
APART = frozenset({"suspects", "staffed", "named", "child_name", "child_class"})  # of the form, kept elsewhere


class Invalid(Refused):
    """The form refused the fields; `form` holds the errors beside what was typed."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__("invalid", "有几项需要改一改，请看标红的地方")
        self.form = form


class Clash(Refused):
    """What came now differs from what is kept already; `report` is the kept one, `form` what was typed."""

    def __init__(self, report: MandatoryReport, form: forms.Form, message: str) -> None:
        super().__init__("clash", message)
        self.report = report
        self.form = form


def report_form(
    scope: Scope,
    school: School,
    fields: Mapping[str, Any] | None = None,
    *,
    child: bool,
    kept: Sequence[str] = (),
    starter: UUID | None = None,
    **more: Any,
) -> ReportForm:
    """Give the form of a report for one school's people; `kept` are suspects who may have left since.

    The starter is never offered as a suspect: nobody can take from her the sight of what she began.
    """
    people = [one for one in staff(school, scope) if one[0] != str(starter)]
    known = {pk for pk, _words in people}
    gone = User.objects.filter(pk__in=[pk for pk in kept if pk not in known])
    people += [(str(user.pk), f"{user.name}（已不在岗）") for user in gone]
    return ReportForm(fields, staff=people, others=officers(school, scope), child=child, **more)


def start(
    scope: Scope, *, id: UUID, school: UUID, fields: Mapping[str, Any], child: UUID | None = None
) -> MandatoryReport:
    """Start a report; the same id and words twice are one. Any member of the staff may, about any pupil of the school.

    Raises Invalid, Clash when the id stands for other words, Refused elsewhere than where one works.
    """
    if not is_client_id(id):
        raise Refused("id", "页面已过期，请再按一次保存")
    place, pupil, form = _asked(scope, school, fields, child)
    content = text.EMPTY | _told(form) | {"child": _child(scope, pupil, form)}
    try:
        with transaction.atomic():
            return _same(scope, id, form, content) or _new(scope, id, place, form, content)
    except IntegrityError:  # the same press came twice at the same moment: the other one was first
        if found := _same(scope, id, form, content):
            return found
        raise


def foresee(
    scope: Scope, *, school: UUID, fields: Mapping[str, Any], child: UUID | None = None
) -> tuple[ReportForm, Audience]:
    """Give the form and who would learn of the report, before anything is kept. Raises as `start` does."""
    place, _pupil, form = _asked(scope, school, fields, child)
    return form, audience(scope, place, form)


def _asked(
    scope: Scope, school: UUID, fields: Mapping[str, Any], child: UUID | None
) -> tuple[School, Child | None, ReportForm]:
    place = next((one for one in workplaces(scope) if one.pk == school), None)
    if place is None:
        raise Refused("other-school", "只能在自己工作的学校发起，请重新选择学校")
    pupil = reportable(scope, child) if child else None
    if child and (pupil is None or pupil.school_id != place.pk):
        raise Refused("out-of-reach", "没有找到这个孩子，请直接填写姓名和班级")
    form = report_form(scope, place, fields, child=pupil is not None)
    if not form.is_valid():
        raise Invalid(form)
    return place, pupil, form


def _told(form: ReportForm) -> dict[str, Any]:
    told = form.told()
    case = {name: value for name, value in told.items() if name not in APART}
    return {"case": case, "suspects": told.get("suspects", [])}


def _child(scope: Scope, pupil: Child | None, form: ReportForm) -> dict[str, Any]:
    """Say who it is: from the file as far as these eyes reach, else as typed."""
    if pupil is None:
        return {"name": form.cleaned_data["child_name"], "klass": form.cleaned_data["child_class"]}
    found = {"id": str(pupil.pk), "name": pupil.name}
    if pupil.klass:
        found["klass"] = pupil.klass.name(scope.on, pupil.school.primary_years)
    if Need.CHILD_READ in needs_over(scope, pupil):
        found |= {"sex": pupil.get_sex_display(), "birth": pupil.birth_on.isoformat() if pupil.birth_on else ""}
    return found


def _same(scope: Scope, id: UUID, form: ReportForm, content: dict[str, Any]) -> MandatoryReport | None:
    found = own(scope).filter(pk=id, by_id=scope.actor).first()
    if found is None:
        if MandatoryReport.objects.filter(pk=id).exists():
            raise Refused("id", "页面已过期，请再按一次保存")
        return None
    kept = text.wordings(found)[-1].content
    if any(kept[part] != content[part] for part in ("child", "case", "suspects")):
        raise Clash(found, form, "这份报告刚才已经发起，后来改的内容还没有保存。请打开报告更正。")
    return found


def _new(scope: Scope, id: UUID, place: School, form: ReportForm, content: dict[str, Any]) -> MandatoryReport:
    drawn = "".join(secrets.choice(LETTERS) for _ in range(4))
    report = MandatoryReport(id=id, school=place, number=f"{scope.on:%Y%m%d}-{drawn}", by_id=scope.person)
    report.save(force_insert=True)
    text.keep(scope, report, content, act="start")
    ReportStep.objects.bulk_create(_steps(scope, report))
    told = [scope.person, *hearers(scope, place, form.cleaned_data)]
    ReportNamed.objects.bulk_create(
        ReportNamed(report=report, school=place, user_id=user, by_id=scope.person) for user in told
    )
    trail.note(scope, "report.start", school=place.pk, subject=str(report.pk), detail=f"{len(told)}人知情")
    return report


def _steps(scope: Scope, report: MandatoryReport) -> list[ReportStep]:
    ways = deadlines(report.school_id)
    made = []
    for step in STEPS:
        on, hours = ways[step.code]
        due = report.at + timedelta(hours=hours) if on and not step.after else None
        made.append(
            ReportStep(report=report, school_id=report.school_id, step=step.code, due_at=due, by_id=scope.person)
        )
    return made


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
        told = _told(form)
        child = content["child"] if known else _child(scope, None, form)
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
