"""转学交接: a child goes to another school with its file, or comes from one."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.census import classes_of
from oasis.children.models import Child
from oasis.desk.filing import child_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import ask, attempt, school_of
from oasis.kit import envelope
from oasis.kit.refused import Refused
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people.gate import led, screen, stale
from oasis.people.roles import ArmKind, Need
from oasis.places.models import Klass, School
from oasis.records.handover import actions, queries
from oasis.records.models import HandOver

NO_FILE = "请选择对方给的转学包文件（扩展名 .oasis-child），不超过16 MB"


class OutForm(forms.Form):
    """Where the child goes: a school here, or an installation with its card."""

    to = forms.ChoiceField(label="转到本系统内的学校", required=False, help_text="对方学校也用这个系统时，直接选")
    other = forms.CharField(
        label="不在本系统内的学校", max_length=60, required=False, help_text="写学校全称，并填下面的接收码"
    )
    card = forms.CharField(
        label="对方的接收码", max_length=200, required=False, widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text="对方在“转学交接”一页可以看到，以 OASIS1- 开头，整行复制过来",
    )  # fmt: skip
    on = forms.DateField(label="转出日期", widget=forms.DateInput(attrs={"type": "date"}))
    told = forms.CharField(
        label="怎样告知家长的", max_length=120, help_text="如：11月20日当面告知父亲，档案随孩子转到新学校"
    )

    def __init__(self, *args: Any, schools: list[School], **kwargs: Any) -> None:
        """Offer the other schools."""
        super().__init__(*args, **kwargs)
        self.schools = {str(school.pk): school for school in schools}
        self.fields["to"].choices = [("", "不在本系统内"), *((pk, one.name) for pk, one in self.schools.items())]  # type: ignore[attr-defined]


class InForm(forms.Form):
    """Into which class, from when."""

    klass = forms.ChoiceField(label="编入班级")
    on = forms.DateField(label="转入日期", widget=forms.DateInput(attrs={"type": "date"}))
    compared = forms.BooleanField(label="已打电话给原学校，核对过发送方的指纹，一致")


def out(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand a child over to another school."""
    child = child_of(request, pk, Need.LAW)
    form = OutForm(request.POST or None, schools=queries.schools_beside(child), initial={"on": request.scope.on})
    row = attempt(form, lambda: _out(request, child, form)) if form.is_bound else None
    if row:
        messages.success(request, "已办理转出，档案已封存。")
        return HttpResponseRedirect(reverse("handover", kwargs={"pk": row.pk}))
    return page(
        request, "desk/handover_out.html", child=child, may=frozenset(Need), tab="file", deeper=True, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _out(request: DeskRequest, child: Child, form: OutForm) -> HandOver:
    told = form.cleaned_data
    if to := form.schools.get(told["to"]):
        return actions.offer(request.scope, child, to=to, on=told["on"], told=told["told"])
    return actions.send(
        request.scope, child, card=told["card"], other=told["other"], on=told["on"], told=told["told"]
    )  # fmt: skip


def index(request: DeskRequest) -> HttpResponse:
    """Show one's own card, what waits, what was handed over; take a package in."""
    wrong = ""
    if request.method == "POST":
        try:
            row = actions.receive(request.scope, school=school_of(request, Need.LAW), data=_file(request))
            return HttpResponseRedirect(reverse("handover", kwargs={"pk": row.pk}))
        except Refused as refused:
            wrong = refused.message
    return page(
        request, "desk/handovers.html", own=actions.keys().card, waiting=queries.waiting(request.scope),
        past=queries.past(request.scope), wrong=wrong, status=422 if wrong else 200,
    )  # fmt: skip


def _file(request: DeskRequest) -> bytes:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or (file.size or 0) > settings.OASIS_LETTER_LIMIT:
        raise Refused("no-file", NO_FILE)
    return bytes(file.read())


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a hand-over; one that waits is looked at and taken in here."""
    row = _row(request, pk)
    if row.outgoing or row.state != HandOver.State.WAITING:
        return page(request, "desk/handover_done.html", row=row)
    form = InForm(request.POST or None, initial={"on": request.scope.on})
    here = {str(k.pk): (k, name) for k, name in classes_of(request.scope, Need.LAW) if k.school_id == row.school_id}
    form.fields["klass"].choices = [(key, name) for key, (_, name) in here.items()]  # type: ignore[attr-defined]
    if row.way == HandOver.Way.INSIDE:
        del form.fields["compared"]
    child = attempt(form, lambda: _accept(request, row, form, here)) if form.is_bound else None
    if child:
        messages.success(request, f"已接收{child.name}。请核对留守情况，重新征求家长同意，安排结对。")
        return HttpResponseRedirect(reverse("child", kwargs={"pk": child.pk}))
    if elsewhere := stale(request):  # its past records stand on the page
        return led(request, elsewhere)
    try:
        told = actions.seen(request.scope, row)
    except Refused as refused:
        messages.error(request, refused.message)
        return page(request, "desk/handover_done.html", row=row)
    return page(
        request, "desk/handover_in.html", row=row, told=told, form=form, status=422 if form.errors else 200,
        fingerprint=envelope.Card.read(row.card).fingerprint if row.card else "", package=actions.print_of(row),
    )  # fmt: skip


def _accept(request: DeskRequest, row: HandOver, form: InForm, here: dict[str, tuple[Klass, str]]) -> Child:
    told = form.cleaned_data
    return actions.accept(
        request.scope, row, klass=here[told["klass"]][0], on=told["on"], compared=request.POST.get("package", "")
    )


def act(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Decline what waits, or give the package of a child who was sent off."""
    row = _row(request, pk)
    if what not in ("decline", "file"):
        raise Http404
    if request.method != "POST":  # where a second factor leads back to
        return HttpResponseRedirect(reverse("handover", kwargs={"pk": pk}))
    if what == "file" and (elsewhere := stale(request)):  # the past goes out with the child
        return led(request, elsewhere)
    if what == "decline":
        ask(request, lambda: actions.decline(request.scope, row), "没有接收。")
        return HttpResponseRedirect(reverse("handovers"))
    try:
        data = actions.package(request.scope, row)
    except Refused as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("handover", kwargs={"pk": pk}))
    name = file_name("转学包", str(row.package)[-6:], ending="oasis-child")
    return sent(Export(name, "application/octet-stream", data))


def _row(request: DeskRequest, pk: UUID) -> HandOver:
    row = queries.one(request.scope, pk)
    if row is None or row.school_id not in request.scope.ids(ArmKind.SCHOOL, Need.LAW):
        raise Http404
    return row


ROUTES = (
    screen("handover/", index, needs=Need.LAW, name="handovers", files="OASIS_LETTER_LIMIT"),
    screen("children/<uuid:pk>/handover/", out, needs=Need.LAW, name="child-handover"),
    screen("handover/<uuid:pk>/", show, needs=Need.LAW, name="handover"),
    screen("handover/<uuid:pk>/<slug:what>/", act, needs=Need.LAW, name="handover-act"),
)
