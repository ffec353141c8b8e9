"""健康 · 生病受伤: one illness or accident from being seen to being over and paid back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.campus import health as ask
from oasis.campus.actions.health import repay, revise_illness, tell
from oasis.campus.models import Illness, IllnessTold
from oasis.desk.filing import child_of, form_of, initial_of, which_child
from oasis.desk.meanwhile import over
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import attempt, done
from oasis.kit.dates import CHINA, now, today
from oasis.kit.ids import ids_in
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.actions.illness import back_in_class, open_illness

MOMENT = "%Y-%m-%dT%H:%M"
NEW = ("sort", "seen_at", "place", "seen", "first_care")
MORE = ("went_along", "clinic", "diagnosis", "cost", "advanced")


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


NewForm = form_of(
    Illness, NEW, seen_at=_moment("发现时间"),
    sort=forms.ChoiceField(label="是什么", choices=Illness.Sort.choices, widget=forms.RadioSelect, initial="ill"),
)  # fmt: skip


class ToldForm(forms.Form):
    """Whom the school told."""

    whom = forms.ChoiceField(
        label="告诉了谁", choices=IllnessTold.Whom.choices, widget=forms.RadioSelect, initial="carer"
    )
    told_at = _moment("什么时候")
    heard = forms.BooleanField(label="联系上了", required=False, initial=True)
    answer = forms.CharField(label="对方怎么说", max_length=120, required=False)


class BackForm(forms.Form):
    """The child is well again."""

    on = forms.DateField(label="回班日期", widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label="回班情况", max_length=120, required=False, help_text="如：有医生的证明、家长确认好了"
    )


class RepaidForm(forms.Form):
    """The money came back."""

    how = forms.CharField(label="怎样归还", max_length=60, help_text="如：家长微信转账、保险报销")


def new(request: DeskRequest) -> HttpResponse:
    """Put an illness or accident on file: choose the child, say what was seen."""
    rows = ask.children_for(request.scope)
    asked = ids_in([request.POST.get("child") or request.GET.get("child", "")])
    if not asked:
        return which_child(request, rows, title="登记生病、受伤", back=("健康", "health"), route="health-new")
    child = child_of(request, asked[0], Need.HEALTH)
    form = NewForm(request.POST or None, initial={"seen_at": now().astimezone(CHINA).strftime(MOMENT), "sort": "ill"})
    if request.method == "POST":
        row = attempt(form, lambda: open_illness(request.scope, child, **form.cleaned_data))
        if row:
            messages.success(request, "已登记。接着告诉家长，写上什么时候、联系上没有。")
            return HttpResponseRedirect(reverse("health-case", kwargs={"pk": row.pk}))
    return page(request, "desk/health_new.html", child=child, form=form, status=422 if form.errors else 200)


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show an illness; add what became known, whom one told, that the child is back or the money repaid."""
    row = get_object_or_404(ask.illnesses(request.scope), pk=pk)
    child = child_of(request, row.child_id, Need.HEALTH)
    which = request.POST.get("form", "")
    more = _more_form(request, row, which)
    revise = over(
        request.scope, more, row, _known, lambda held: revise_illness(request.scope, row, **held), need=Need.HEALTH
    )
    told = ToldForm(
        request.POST if which == "told" else None, initial={"told_at": now().astimezone(CHINA).strftime(MOMENT)}
    )
    back = BackForm(request.POST if which == "back" else None, initial={"on": today()}, auto_id="back_%s")
    repaid = RepaidForm(request.POST if which == "repaid" else None)
    acts: dict[str, tuple[forms.Form, Callable[[], object]]] = {
        "more": (more, lambda: revise(more.cleaned_data)),
        "told": (told, lambda: tell(request.scope, row, **told.cleaned_data)),
        "back": (back, lambda: back_in_class(request.scope, row, **back.cleaned_data)),
        "repaid": (repaid, lambda: repay(request.scope, row, **repaid.cleaned_data)),
    }
    if which in acts and done(*acts[which]):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(reverse("health-case", kwargs={"pk": pk}))
    wrong = any(form.errors for form, _act in acts.values())
    return page(
        request, "desk/health_case.html", row=row, child=child, told_of=ask.told_of(request.scope, row), more=more, told=told, back=back,
        repaid=repaid, status=422 if wrong else 200,
    )  # fmt: skip


def _more_form(request: DeskRequest, row: Illness, which: str) -> forms.Form:
    lender = forms.ChoiceField(
        label="谁垫付的", choices=[("", "没有垫付"), *ask.staff_choices(row.school, request.scope.on)], required=False
    )
    made = form_of(Illness, MORE, advanced_by=lender)
    return made(request.POST if which == "more" else None, auto_id="more_%s", initial=_known(row))


def _known(row: Illness) -> dict[str, Any]:
    return initial_of(row, MORE) | {"advanced_by": str(row.advanced_by_id or "")}


ROUTES = (
    screen("health/new/", new, needs=Need.HEALTH, name="health-new"),
    screen("health/case/<uuid:pk>/", show, needs=Need.HEALTH, name="health-case"),
)
