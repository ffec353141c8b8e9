"""活动 · 名单: signed up, agreed to, who came and won; and the share of children whose parents are away (D5)."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.activities import agree, hold_activity, sign_up, take_back
from oasis.campus.activities import activity_of, free, part_of, parts_of, shares
from oasis.campus.models import Activity, ActivityPart
from oasis.desk.filing import form_of, row_of
from oasis.desk.own_work import class_names, found, term_span, values, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need

TEXTS = ("story", "effect")
NONE = UUID(int=0)


class SignForm(forms.Form):
    """Whom to sign up."""

    children = forms.MultipleChoiceField(label="孩子", error_messages={"required": "请选择孩子"})


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
    form = form_of(Activity, TEXTS)(request.POST or None, initial=values(row, TEXTS))
    wrong = ""
    if request.method == "POST" and form.is_valid():
        came = {part.pk for part in parts if f"came-{part.pk}" in request.POST}
        awards = {
            part.pk: (
                _award(request.POST.get(f"award-{part.pk}", "")),
                request.POST.get(f"result-{part.pk}", "").strip(),
            )
            for part in parts
        }
        try:
            hold_activity(request.scope, row, came=came, awards=awards, **form.cleaned_data)
        except Refused as refused:
            wrong = refused.message
        else:
            messages.success(request, "已登记。")
            return HttpResponseRedirect(reverse("activity", kwargs={"pk": pk}))
    return page(
        request, "desk/activity_hold.html", row=row, parts=parts, form=form, wrong=wrong, names=class_names(row.school, request.scope.on),
        awards=ActivityPart.Award.choices, sent=request.POST if request.method == "POST" else None, status=422 if form.errors or wrong else 200,
    )  # fmt: skip


def _award(told: str) -> str:
    return told if told in ActivityPart.Award.values else ""


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
