"""组织 · 制度与方案: written, versioned, in force from a day, read by whom (D2)."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.organisation import end_rule, issue, read_version
from oasis.campus.models import Rule, RuleVersion
from oasis.campus.organisation import readers, rule_of, rules, scan_of, version_of
from oasis.desk.filing import form_of, row_of
from oasis.desk.own_work import asked, found, group_tabs, leads, sent_file, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, made_id, school_of
from oasis.kit.scans import JPEG
from oasis.people.gate import screen
from oasis.people.roles import Need

FIELDS = ("paper_no", "issued_on", "in_force_on", "text", "change")
GUARDED = {  # what comes from outside is never run, framed or guessed at
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def index(request: DeskRequest) -> HttpResponse:
    """List the papers with the version in force and who has read it."""
    school = workplace(request)
    papers = rules(request.scope, school)
    held = {paper.rule.topic for paper in papers if not paper.rule.ended_on and paper.rule.kind == Rule.Kind.RULE}
    missing = [label for code, label in Rule.Topic.choices if code != Rule.Topic.WHOLE and code not in held]
    return page(
        request, "desk/org_rules.html", tab="org-rules", tabs_shown=group_tabs(request.scope), lead="点名称看正文；看完点“我已读”。", papers=papers,
        missing=missing, on=request.scope.on, leads=leads(request.scope, school.pk, Need.GUIDE),
    )  # fmt: skip


def _form(*first: str) -> type[forms.Form]:
    scan = forms.FileField(
        label="盖章扫描件（照片或 PDF）", required=False, widget=forms.FileInput(attrs={"accept": "image/*,.pdf"})
    )
    made = form_of(RuleVersion, FIELDS, file=scan)
    if first:
        made.base_fields = {**form_of(Rule, first).base_fields, **made.base_fields}
        made.base_fields.pop("change")
    return made


def new(request: DeskRequest) -> HttpResponse:
    """Issue a new paper."""
    school = school_of(request, Need.GUIDE)
    first = {"issued_on": request.scope.on, "in_force_on": request.scope.on}
    form = _form("kind", "topic", "title")(request.POST or None, request.FILES or None, initial=first)
    return asked(
        request,
        form,
        lambda held: _issue(request, school.pk, held),
        title="发布制度、方案",
        back=reverse("org-rules"),
        save="发布",
    )


def version(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Issue the next version of a paper."""
    rule = row_of(request, Rule, Need.GUIDE, pk=pk)
    _rule, before = found(rule_of(request.scope, pk))
    first = {"issued_on": request.scope.on, "in_force_on": request.scope.on, "text": before[0].text if before else ""}
    form = _form()(request.POST or None, request.FILES or None, initial=first)
    form.fields["change"].required = True
    back = reverse("org-rule", kwargs={"pk": pk})
    return asked(
        request, form, lambda held: _issue(request, rule.school_id, held, rule), title=f"{rule.title} · 修订", back=back, save="发布新的一版",
        lead="原来的版本留着，还能看；新的一版发布后，教职工要重新阅读。",
    )  # fmt: skip


def _issue(request: DeskRequest, school: UUID, held: dict[str, Any], rule: Rule | None = None) -> object:
    data = sent_file(held.pop("file"))
    return issue(
        request.scope,
        id=made_id(request),
        school=school,
        rule=rule,
        data=data,
        largest=settings.OASIS_PAPER_LIMIT,
        **held,
    )


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a paper: the chosen version, the others, who has read it."""
    rule, versions = found(rule_of(request.scope, pk))
    chosen = next((one for one in versions if str(one.number) == request.GET.get("v")), None)
    now = next((one for one in versions if one.in_force_on <= request.scope.on), None)
    shown = chosen or now or found(versions[0] if versions else None)
    may = leads(request.scope, rule.school_id, Need.GUIDE)
    read, unread = readers(request.scope, shown)
    return page(
        request, "desk/org_rule.html", tab="org-rules", tabs_shown=group_tabs(request.scope), rule=rule, versions=versions, shown=shown, now=now,
        lead=f"{rule.get_kind_display()} · {rule.get_topic_display()}", read=read, unread=unread, leads=may, on=request.scope.on,
        mine=any(row.by_id == request.scope.actor for row in read), picture=shown.media == JPEG,
    )  # fmt: skip


def read(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that one has read a version."""
    row: RuleVersion = found(version_of(request.scope, pk))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, lambda: read_version(request.scope, row), "已登记：您已阅读。")
    return HttpResponseRedirect(reverse("org-rule", kwargs={"pk": row.rule_id}))


def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that a paper no longer holds."""
    rule = row_of(request, Rule, Need.GUIDE, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    end_rule(request.scope, rule)
    messages.success(request, "已废止，正文仍然可以查看。")
    return HttpResponseRedirect(reverse("org-rules"))


def scan(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a version's scan: a picture to look at, a PDF to be saved."""
    row, data = found(scan_of(request.scope, pk))
    answer = HttpResponse(data, content_type=row.media, headers=GUARDED)
    way, ending = ("inline", "jpg") if row.media == JPEG else ("attachment", "pdf")
    answer["Content-Disposition"] = f'{way}; filename="rule-{row.in_force_on:%Y%m%d}.{ending}"'
    return answer


ROUTES = (
    screen("org/rules/", index, needs=Need.DESK, name="org-rules"),
    screen("org/rules/new/", new, needs=Need.GUIDE, name="org-rule-new", files="OASIS_PAPER_LIMIT"),
    screen("org/rules/<uuid:pk>/", show, needs=Need.DESK, name="org-rule"),
    screen("org/rules/<uuid:pk>/next/", version, needs=Need.GUIDE, name="org-rule-next", files="OASIS_PAPER_LIMIT"),
    screen("org/rules/<uuid:pk>/end/", end, needs=Need.GUIDE, name="org-rule-end"),
    screen("org/versions/<uuid:pk>/read/", read, needs=Need.DESK, name="org-rule-read"),
    screen("org/versions/<uuid:pk>/scan/", scan, needs=Need.DESK, name="org-rule-scan"),
)
