"""Start a mandatory report: who may, what is asked, who would learn of it. The same press twice is one report."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db import IntegrityError, transaction

from oasis.children.access import needs_over
from oasis.children.models import Child
from oasis.kit.ids import is_client_id
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.reporting import text
from oasis.records.reporting.audience import Audience, audience, hearers
from oasis.records.reporting.forms import ReportForm
from oasis.records.reporting.models import MandatoryReport, ReportNamed, ReportStep
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
    content = text.EMPTY | told_in(form) | {"child": child_of(scope, pupil, form)}
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


def told_in(form: ReportForm) -> dict[str, Any]:
    """Give what the form tells of the case and whom it suspects."""
    told = form.told()
    case = {name: value for name, value in told.items() if name not in APART}
    return {"case": case, "suspects": told.get("suspects", [])}


def child_of(scope: Scope, pupil: Child | None, form: ReportForm) -> dict[str, Any]:
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
