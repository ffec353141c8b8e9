"""强制报告的内容: opened with a reason, corrected, printed; records gathered. Named people only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.kit.refused import Refused
from oasis.papers.reporting import export_report
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.reporting.actions import correct
from oasis.records.reporting.knowing import Opened, gather, link_child, open_text
from oasis.records.reporting.models import MandatoryReport
from oasis.records.reporting.queries import copies, gatherable, gathered, namesakes, own
from oasis.records.reporting.starting import Clash, Invalid, report_form
from oasis.records.reporting.wording import facts_of, history_of, steps_told
from oasis.records.wording import copied, line


def open_it(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Open the text for a reason."""
    report = _mine(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("report-show", kwargs={"pk": pk}))
    try:
        opened = open_text(
            request.scope, report=pk, reason=request.POST.get("reason", ""), words=request.POST.get("words", "")
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return _back(report)
    return _shown(request, opened)


def _shown(request: DeskRequest, opened: Opened) -> HttpResponse:
    content = opened.content
    known, more = gathered(request.scope, opened.report)
    gone = copies(request.scope, opened.report)
    child = content["child"].get("id")
    offered = gatherable(request.scope, UUID(child) if child else None, known)
    return page(
        request, "desk/report_text.html", report=opened.report, content=content, facts_told=facts_of(content),
        steps=steps_told(content), history=history_of(opened.wordings), known=known, more=more - len(gone),
        gone=[(one, copied(one)) for one in gone], offered=offered, line=line,
        child=child, namesakes=namesakes(request.scope, opened.report, content["child"]),
    )  # fmt: skip


def amend(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Correct the case; who comes second sees both wordings."""
    report = _mine(request, pk)
    opened = open_text(request.scope, report=pk, reason="correct")
    known = "id" in opened.content["child"]
    if request.method != "POST":
        first = opened.content["case"] | {"suspects": opened.content["suspects"]} | _named_child(opened.content)
        form: forms.Form = report_form(
            request.scope,
            report.school,
            child=known,
            kept=opened.content["suspects"],
            starter=report.by_id,
            begun=True,
            initial=_for_inputs(first),
        )
        return _amending(request, opened, form, report.version)
    based_on = _number(request.POST.get("based_on", ""))
    try:
        correct(request.scope, report=pk, based_on=based_on, fields=request.POST, reason=request.POST.get("why", ""))
    except Invalid as refused:
        return _amending(request, opened, refused.form, based_on, status=422)
    except Clash as refused:
        return _amending(request, opened, refused.form, opened.report.version, clash=refused.message, status=409)
    except Refused as refused:
        form = report_form(
            request.scope,
            report.school,
            request.POST,
            child=known,
            kept=opened.content["suspects"],
            starter=report.by_id,
            begun=True,
        )
        form.add_error(None, refused.message)
        return _amending(request, opened, form, based_on, status=422)
    messages.success(request, "已更正，原来写的留在历史里")
    return _back(report)


def _amending(
    request: DeskRequest, opened: Opened, form: forms.Form, based_on: int, *, clash: str = "", status: int = 200
) -> HttpResponse:
    return page(
        request, "desk/report_correct.html", report=opened.report, form=form, based_on=based_on, clash=clash,
        facts_told=facts_of(opened.content), child=opened.content["child"], why=request.POST.get("why", ""), status=status,
    )  # fmt: skip


def _named_child(content: dict[str, Any]) -> dict[str, Any]:
    return {"child_name": content["child"].get("name", ""), "child_class": content["child"].get("klass", "")}


def _for_inputs(first: dict[str, Any]) -> dict[str, Any]:
    """Give a stored moment as an input for it reads."""
    return {name: value[:16] if name == "found_at" else value for name, value in first.items()}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def records(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Gather records of the child."""
    report = _mine(request, pk)
    asked = [UUID(one) for one in request.POST.getlist("record") if _is_uuid(one)]
    return _do(request, report, lambda: gather(request.scope, report=pk, records=asked), "相关记录已收进报告。")


def file_of(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say which file the typed name belongs to."""
    report = _mine(request, pk)
    asked = request.POST.get("child", "")
    if request.method == "POST" and not _is_uuid(asked):
        messages.error(request, "请选择是哪个孩子")
        return _back(report)
    return _do(request, report, lambda: link_child(request.scope, report=pk, child=UUID(asked)), "已对上孩子的档案。")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def printed(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Send the filled form as .docx, for a reason."""
    report = _mine(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    try:
        return sent(export_report(request.scope, report=pk, reason=reason, words=words))
    except Refused as refused:
        messages.error(request, refused.message)
        return _back(report)


def _do(request: DeskRequest, report: MandatoryReport, act: Callable[[], object], said: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refused.message)
    return _back(report)


def _mine(request: DeskRequest, pk: UUID) -> MandatoryReport:
    found: MandatoryReport = get_object_or_404(own(request.scope), pk=pk)
    return found


def _back(report: MandatoryReport) -> HttpResponse:
    return HttpResponseRedirect(reverse("report-show", kwargs={"pk": report.pk}))


ROUTES = (
    screen("reports/<uuid:pk>/open/", open_it, needs=Need.DESK, name="report-open"),
    screen("reports/<uuid:pk>/correct/", amend, needs=Need.DESK, name="report-correct"),
    screen("reports/<uuid:pk>/records/", records, needs=Need.DESK, name="report-records"),
    screen("reports/<uuid:pk>/child/", file_of, needs=Need.DESK, name="report-child"),
    screen("reports/<uuid:pk>/print/", printed, needs=Need.DESK, name="report-print"),
)
