"""关爱等级: what the scheme proposes and why, what a person decided; the school's own scheme (A6)."""

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.actions.scheme import MOST, set_scheme, usual_scheme
from oasis.children.actions.status import set_risk
from oasis.children.census import classes_of
from oasis.children.levels import past_levels, standing_of, standings, weights_of
from oasis.children.models import RiskLevel
from oasis.children.risks import FACTORS, Level, Proposal, Weights
from oasis.desk.filing import child_of
from oasis.desk.meanwhile import over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of, usual_again
from oasis.people.gate import screen
from oasis.people.meanwhile import mark
from oasis.people.roles import Need
from oasis.places.models import School


class LevelForm(forms.Form):
    """The level a person decides on, and why."""

    level = forms.ChoiceField(label="评定为", choices=Level.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SchemeForm(forms.Form):
    """Points for each factor and the limits of the levels."""

    high = forms.IntegerField(label="高度关注：不少于几分", min_value=3, max_value=200)
    key = forms.IntegerField(label="重点帮扶：不少于几分", min_value=2, max_value=199)
    watch = forms.IntegerField(label="一般关注：不少于几分", min_value=1, max_value=198)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each factor's points."""
        super().__init__(*args, **kwargs)
        for one in FACTORS:
            self.fields[one.code] = forms.IntegerField(label=one.label, min_value=0, max_value=MOST)


def weights(told: dict[str, Any]) -> Weights:
    """Give what was filled in."""
    return Weights({one.code: told[one.code] for one in FACTORS}, told["high"], told["key"], told["watch"])


def index(request: DeskRequest) -> HttpResponse:
    """List the children with level and proposal: those that wait for a decision first."""
    asked = request.GET.get("klass", "")
    classes = classes_of(request.scope, Need.CHILD_WRITE)
    klass = next((row for row, _name in classes if str(row.pk) == asked), None)
    rows = standings(request.scope, Need.CHILD_WRITE, klass=klass.pk if klass else None)
    level = request.GET.get("level", "")
    stands = Counter(row.level.level for row in rows if row.level)
    shown = [row for row in rows if row.level and row.level.level == level] if level in Level.values else rows
    return page(
        request, "desk/levels.html", waiting=[row for row in shown if row.waits], decided=[row for row in shown if not row.waits],
        stands=stands, levels=Level, level=level if level in Level.values else "", classes=classes, klass=klass, total=len(rows),
        names={row.pk: name for row, name in classes}, undecided=sum(row.level is None for row in rows),
    )  # fmt: skip


def decide(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what is proposed for a child and why; take the decision."""
    child = child_of(request, pk)
    now = standing_of(request.scope, child)
    proposal = now.proposal
    form = LevelForm(request.POST or None, initial={"level": proposal.level, "reasons": proposal.words})
    if request.method == "POST" and done(form, lambda: _decide(request, form, proposal, pk)):
        messages.success(request, f"{child.name}评定为“{Level(form.cleaned_data['level']).label}”。")
        key = form.cleaned_data["level"] in (Level.HIGH, Level.KEY)
        return HttpResponseRedirect(reverse("child-help", kwargs={"pk": pk}) if key else reverse("klass-levels"))
    return page(
        request, "desk/level_child.html", child=child, may=frozenset({Need.CHILD_READ}), tab="help", deeper=True, form=form,
        now=now, past=past_levels(request.scope, child), status=422 if form.errors else 200,
    )  # fmt: skip


def _decide(request: DeskRequest, form: LevelForm, proposal: Proposal, pk: UUID) -> RiskLevel:
    held = form.cleaned_data
    return set_risk(
        request.scope, child_of(request, pk), on=request.scope.on, level=held["level"], reasons=held["reasons"],
        proposed=proposal.level, points=proposal.points,
    )  # fmt: skip


def scheme(request: DeskRequest) -> HttpResponse:
    """Show the school's scheme, try a change on today's children, save it or go back to the usual one."""
    school = school_of(request, Need.CADENCES)
    here = HttpResponseRedirect(reverse("settings-levels"))
    if "reset" in request.POST:
        usual_again(
            request, school, _points, lambda: usual_scheme(request.scope, school=school), "已恢复通常的评定办法。"
        )
        return here
    now, form = _now(school), SchemeForm(request.POST or None, initial=_points(school))
    act = over_settings(form, school, _points, lambda held: _save(request, school, weights(held)), first=form.initial)
    trial = weights(form.cleaned_data) if form.is_bound and form.is_valid() else None
    if "save" in request.POST and trial and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, "评定办法已保存，从现在起按它提出建议；已经评定的等级不变。")
        return here
    sees = request.scope.can(Need.CHILD_WRITE)
    return page(
        request, "desk/settings_levels.html", form=form, stands=mark(*_points(school).values()), tried=trial is not None, levels=Level,
        effect=[_sums(request, now), _sums(request, trial)] if sees else [], factors=FACTORS, status=422 if form.errors else 200,
    )  # fmt: skip


def _now(school: School) -> Weights:
    return weights_of([school.pk]).get(school.pk, Weights())


def _points(school: School) -> dict[str, int]:
    now = _now(school)
    return {one.code: now.of(one.code) for one in FACTORS} | {"high": now.high, "key": now.key, "watch": now.watch}


def _save(request: DeskRequest, school: School, told: Weights) -> object:
    return set_scheme(request.scope, school=school, points=told.points, high=told.high, key=told.key, watch=told.watch)


def _sums(request: DeskRequest, trial: Weights | None) -> Counter[str] | None:
    if trial is None:
        return None
    return Counter(row.proposal.level for row in standings(request.scope, Need.CHILD_WRITE, trial=trial))


ROUTES = (
    screen("levels/", index, needs=Need.CHILD_WRITE, name="klass-levels"),
    screen("children/<uuid:pk>/level/", decide, needs=Need.CHILD_WRITE, name="child-level"),
    screen("settings/levels/", scheme, needs=Need.CADENCES, name="settings-levels"),
)
