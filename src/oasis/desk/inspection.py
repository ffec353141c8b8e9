"""迎检资料包: order it, watch it being made, take it out."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.leaving import LeavingForm
from oasis.desk.page import DeskRequest, page
from oasis.desk.sending import sent
from oasis.desk.setting import ask, done, school_of
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.papers.inspection.building import SILENT, dossiers, order_dossier, take_out
from oasis.papers.inspection.showing import hide, show, shown_until
from oasis.papers.models import Dossier
from oasis.people.gate import screen
from oasis.people.roles import Need


class OrderForm(forms.Form):
    """For whom, masked or not, how many sample files."""

    purpose = forms.CharField(label="给谁看、做什么用", max_length=80, help_text="如：县教育局某年秋季督导检查")
    masked = forms.BooleanField(
        label="遮住学生和家人的姓名、号码、住址",
        required=False,
        initial=True,
        help_text="检查组一般不需要看全名；确实要看的再取消",
    )
    samples = forms.IntegerField(label="一人一档抽几份", min_value=0, max_value=30, initial=6)


class ShownForm(forms.Form):
    """Until when the inspectors read it."""

    until_on = forms.DateField(label="看到哪一天")


def index(request: DeskRequest) -> HttpResponse:
    """Show the packages and order one."""
    school = school_of(request, Need.LAW)
    form = OrderForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: order_dossier(request.scope, school=school, **form.cleaned_data)
    ):
        messages.success(request, "开始整理了。可以离开这个页面，做好以后在这里下载。")
        return HttpResponseRedirect(reverse("paper-inspection"))
    return _page(request, form=form, status=422 if form.errors else 200)


def take(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Send the PDF or the archive."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("paper-inspection"))
    form = LeavingForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        return sent(form.closed(take_out(request.scope, dossier=pk, ending=request.POST.get("ending", "pdf"))))
    except Refused as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("paper-inspection"))


def put_out(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Put a package before the school's inspectors until a day, or take it away."""
    form = ShownForm(request.POST or None)
    if request.method == "POST" and request.POST.get("hide"):
        ask(request, lambda: hide(request.scope, dossier=pk), "督导已经看不到这一份。")
    elif form.is_valid():
        until_on = form.cleaned_data["until_on"]
        ask(request, lambda: show(request.scope, dossier=pk, until_on=until_on), "督导登录后可以看这一份。")
    elif request.method == "POST":
        messages.error(request, "请填写给督导看到哪一天。")
    return HttpResponseRedirect(reverse("paper-inspection"))


def _page(request: DeskRequest, **told: Any) -> HttpResponse:
    rows = dossiers(request.scope)
    busy = any(row.state in (Dossier.State.WAITING, Dossier.State.WORKING) for row in rows)
    return page(
        request, "desk/inspection.html", fragment="desk/_inspection.html", rows=rows, busy=busy, leaving=LeavingForm(),
        stale=now() - SILENT, shown=shown_until(request.scope), today=request.scope.on, **told,
    )  # fmt: skip


ROUTES = (
    screen("papers/inspection/", index, needs=Need.LAW, name="paper-inspection"),
    screen("papers/inspection/<uuid:pk>/show/", put_out, needs=Need.LAW, name="paper-inspection-show"),
    screen("papers/inspection/<uuid:pk>/take/", take, needs=Need.LAW, name="paper-inspection-take", history=True),
)
