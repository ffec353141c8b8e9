"""活动 · 名单: signed up, agreed to, who came and won; and the share of children whose parents are away (D5)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.activities import agree, hold_activity, sign_up, take_back
from oasis.campus.activities import activity_of, free, part_of, parts_of, shares
from oasis.campus.models import Activity, ActivityPart
from oasis.desk.filing import form_of, row_of
from oasis.desk.meanwhile import over
from oasis.desk.own_work import class_names, found, term_span, values, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.people.gate import screen
from oasis.people.roles import Need

TEXTS = ("story", "effect")
NONE = UUID(int=0)


class SignForm(forms.Form):
    """Whom to sign up."""

    children = forms.MultipleChoiceField(label="孩子", error_messages={"required": "请选择孩子"})


class HoldForm(forms.Form):
    """Who came, who won what; the texts about it come with the table's columns."""

    def __init__(self, *args: Any, parts: list[ActivityPart], **kwargs: Any) -> None:
        """Ask about each who signed up."""
        super().__init__(*args, **kwargs)
        for part in parts:
            name = part.child.name
            self.fields[f"came-{part.pk}"] = forms.BooleanField(label=f"{name}到场", required=False)
            awards = [("", "没有"), *ActivityPart.Award.choices]
            self.fields[f"award-{part.pk}"] = forms.ChoiceField(label=f"{name}的奖项", choices=awards, required=False)
            self.fields[f"result-{part.pk}"] = forms.CharField(
                label=f"{name}的成绩、作品", max_length=60, required=False
            )


HOLD_FORM: type[HoldForm] = type("ActivityHoldForm", (HoldForm, form_of(Activity, TEXTS)), {})


def sign(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Sign children up."""
    row: Activity = found(activity_of(request.scope, pk))
    names, rows = class_names(row.school, request.scope.on), free(request.scope, row)
    form = SignForm(request.POST or None)
    form.fields["children"].choices = [(str(child.pk), child.name) for child in rows]  # type: ignore[attr-defined]
    if request.method == "POST" and done(
        form, lambda: sign_up(request.scope, row, children=[UUID(pk) for pk in form.cleaned_data["children"]])
    ):
        messages.success(request, "已报名。")
        return HttpResponseRedirect(reverse("activity", kwargs={"pk": pk}))
    chosen = set(request.POST.getlist("children"))
    items = [
        (str(child.pk), child.name, names.get(child.klass_id or NONE, ""), str(child.pk) in chosen) for child in rows
    ]
    return page(request, "desk/activity_sign.html", row=row, items=items, form=form, status=422 if form.errors else 200)


def part(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Take a name off, or write down the parents' word."""
    row: ActivityPart = found(part_of(request.scope, pk))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    scope = request.scope
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "off": (lambda: take_back(scope, row), "已取消报名。"),
        "agree": (lambda: agree(scope, row, on=scope.on), "已登记家长同意。"),
        "disagree": (lambda: agree(scope, row, on=None), "已登记：家长没有同意。"),
    }
    if what not in acts:
        raise Http404
    ask(request, *acts[what])
    return HttpResponseRedirect(reverse("activity", kwargs={"pk": row.activity_id}))


def hold(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Write down who came, who won, how it went."""
    row = row_of(request, Activity, Need.ACTIVITY, pk=pk)
    parts = parts_of(request.scope, row)

    def told(held: Activity) -> dict[str, Any]:
        return values(held, TEXTS) | _came(parts_of(request.scope, held))

    form = HOLD_FORM(request.POST or None, parts=parts, initial=told(row))
    act = over(request.scope, form, row, told, lambda held: _held(request, row, parts, held), need=Need.ACTIVITY)
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "已登记。")
        return HttpResponseRedirect(reverse("activity", kwargs={"pk": pk}))
    return page(
        request, "desk/activity_hold.html", row=row, parts=parts, form=form, texts=TEXTS, names=class_names(row.school, request.scope.on),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _came(parts: list[ActivityPart]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for part in parts:
        told[f"came-{part.pk}"] = bool(part.placed) if part.came is None else part.came
        told |= {f"award-{part.pk}": part.award, f"result-{part.pk}": part.result}
    return told


def _held(request: DeskRequest, row: Activity, parts: list[ActivityPart], told: dict[str, Any]) -> Activity:
    came = {part.pk for part in parts if told[f"came-{part.pk}"]}
    awards = {part.pk: (told[f"award-{part.pk}"], told[f"result-{part.pk}"]) for part in parts}
    return hold_activity(request.scope, row, came=came, awards=awards, **{name: told[name] for name in TEXTS})


def share(request: DeskRequest) -> HttpResponse:
    """Show the shares of a term, and who has never taken part."""
    school = workplace(request)
    start, end, term = term_span(school, request.scope.on)
    whole, rows = shares(request.scope, school, start, end)
    return page(
        request,
        "desk/activity_shares.html",
        whole=whole,
        rows=rows,
        term=term,
        names=class_names(school, request.scope.on),
    )


ROUTES = (
    screen("activities/<uuid:pk>/sign/", sign, needs=Need.NAMES, name="activity-sign"),
    screen("activities/part/<uuid:pk>/<slug:what>/", part, needs=Need.NAMES, name="activity-part"),
    screen("activities/<uuid:pk>/hold/", hold, needs=Need.ACTIVITY, name="activity-hold"),
    screen("activities/shares/", share, needs=Need.FIGURES, name="activity-shares"),
)
