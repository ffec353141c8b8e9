"""强制报告: what to do now, start a report, see how one's own stand; the education bureau sees that they stand."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children.models import Child
from oasis.desk.page import DeskRequest, page
from oasis.kit.dates import CHINA, now
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.deeds import worded
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import School
from oasis.records.queries import readable, reads
from oasis.records.reporting.audience import Audience
from oasis.records.reporting.knowing import gather, look_at, note_child
from oasis.records.reporting.models import MandatoryReport
from oasis.records.reporting.queries import (
    lines,
    named_in,
    named_in_one,
    overseen,
    own,
    reportable,
    steps_of,
    still_open,
    told,
    workplaces,
)
from oasis.records.reporting.starting import Clash, Invalid, foresee, report_form, start
from oasis.records.reporting.steps import REASONS, SITUATIONS

LATEST = 50


class ReasonForm(forms.Form):
    """Why a report's text is opened or printed."""

    reason = forms.ChoiceField(label="打开的原因", choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(label="说明", max_length=60, required=False, help_text="不要写孩子的姓名")


def index(request: DeskRequest) -> HttpResponse:
    """Say what to do now; list the reports one knows of, and those one oversees."""
    mine, above = (
        list(own(request.scope).order_by("-at")[:LATEST]),
        list(overseen(request.scope).order_by("-at")[:LATEST]),
    )
    return page(
        request, "desk/reports.html", mine=mine, above=[one for one in above if one not in mine],
        steps=steps_of([*mine, *above], now()), may_start=bool(workplaces(request.scope)), situations=SITUATIONS,
        query={name: request.GET[name] for name in ("child", "record") if name in request.GET},
    )  # fmt: skip


def new(request: DeskRequest) -> HttpResponse:
    """Show the form of a report and take it."""
    places = workplaces(request.scope)
    if not places:
        messages.info(request, "您的账号不属于某一所学校。请直接打110报警，并告诉孩子所在的学校。")
        return HttpResponseRedirect(reverse("reports"))
    record = _record(request)
    child = _child(request, record)
    asked = request.POST.get("school") or request.GET.get("school")
    school = next((one for one in places if str(one.pk) == asked or (child and child.school_id == one.pk)), places[0])
    if request.method == "POST":
        return _start(request, places, school, child, record)
    if child:
        note_child(request.scope, school.pk, child.pk)
    first = {"found_at": now().astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")}
    form = report_form(request.scope, school, child=child is not None, initial=first)
    return _form(request, places, school, form, child, record, str(new_id()))


def _start(
    request: DeskRequest, places: list[School], school: School, child: Child | None, record: UUID | None
) -> HttpResponse:
    made = _uuid(request.POST.get("id", "")) or new_id()
    kept: MandatoryReport | None = None
    about = child.pk if child else None
    try:
        seen, told = foresee(request.scope, school=school.pk, fields=request.POST, child=about)
        if request.POST.get("sure") != told.mark:
            return _form(request, places, school, seen, child, record, str(made), told=told)
        report = start(request.scope, id=made, school=school.pk, fields=request.POST, child=about)
    except Invalid as refused:
        form = refused.form
    except Clash as refused:
        form, kept = refused.form, refused.report
        form.add_error(None, refused.message)
    except Refused as refused:
        form, made = report_form(request.scope, school, request.POST, child=child is not None), new_id()
        form.add_error(None, refused.message)
    else:
        if record:
            gather(request.scope, report=report.pk, records=[record])
        messages.success(request, "报告已发起并保存。现在请立即打110，再登记报警情况。")
        return HttpResponseRedirect(reverse("report-show", kwargs={"pk": report.pk}))
    return _form(request, places, school, form, child, record, str(made), kept=kept, status=422)


def _form(
    request: DeskRequest, places: list[School], school: School, form: forms.Form, child: Child | None, record: UUID | None,
    made: str, *, kept: MandatoryReport | None = None, told: Audience | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    others = still_open(request.scope, school)[:5] if record else []
    return page(
        request, "desk/report_new.html", form=form, places=places, school=school, child=child, record=record, made=made,
        kept=kept, others=others, told=told, status=status,
    )  # fmt: skip


def _record(request: DeskRequest) -> UUID | None:
    """Give the record a report starts from; one out of reach is 404."""
    asked = request.POST.get("record") or request.GET.get("record")
    if not asked:
        return None
    pk = _uuid(asked)
    if pk is None or not reads(request.scope, pk):
        raise Http404
    return pk


def _child(request: DeskRequest, record: UUID | None) -> Child | None:
    asked = request.POST.get("child") or request.GET.get("child")
    pk = _uuid(asked) if asked else None
    if record and pk is None:
        pk = readable(request.scope).get(pk=record).child_id
    if pk is None:
        return None
    found = reportable(request.scope, pk)
    if found is None:
        raise Http404
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show how a report stands: its steps, its people, its trail; the text stays closed."""
    named = named_in_one(request.scope, pk)
    report = named or get_object_or_404(overseen(request.scope), pk=pk)
    look_at(request.scope, report)
    return page(
        request, "desk/report_show.html", report=report, steps=steps_of([report], now())[report.pk], named=named is not None,
        people=named_in(report), trail=told(lines(report)[:LATEST], named=named is not None), worded=worded, form=ReasonForm(),
    )  # fmt: skip


ROUTES = (
    screen("reports/", index, needs=Need.DESK, name="reports"),
    screen("reports/new/", new, needs=Need.DESK, name="report-new"),
    screen("reports/<uuid:pk>/", show, needs=Need.DESK, name="report-show"),
)
