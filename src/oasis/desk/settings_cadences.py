"""设置 · 工作节奏: how often the school does what, with the effect shown before it is saved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.populations import POPULATIONS
from oasis.desk.meanwhile import over_settings
from oasis.desk.owing import icon_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import done, school_of, usual_again
from oasis.duties.actions import reset_cadence, set_cadence
from oasis.duties.catalogue import DUTIES, Duty
from oasis.duties.grounds import as_set, round_as_set
from oasis.duties.judging import State
from oasis.duties.matrix import WORDS
from oasis.duties.models import DutySetting
from oasis.duties.queries import count, owed, settings_of
from oasis.duties.rounds import ROUNDS, Round, hour_words
from oasis.people.gate import screen
from oasis.people.meanwhile import mark
from oasis.people.roles import ROLES, Need
from oasis.places.models import School


class CadenceForm(forms.Form):
    """The values of one duty; a clock without an interval asks for none."""

    on = forms.BooleanField(label="启用这一项", required=False)
    every = forms.IntegerField(label="间隔", required=True)
    grace = forms.IntegerField(
        label="提前几个上课日提醒", min_value=0, max_value=60, help_text="到期前这么多个上课日起，列为“该做了”"
    )
    whom = forms.ChoiceField(
        label="为哪些孩子做", choices=[(population.code, population.label) for population in POPULATIONS]
    )

    def __init__(self, duty: Duty, *args: Any, **kwargs: Any) -> None:
        """Ask what this duty's clock knows."""
        super().__init__(*args, **kwargs)
        clock = duty.clock
        if not clock.every_label:
            del self.fields["every"]
            return
        low, high = clock.every_range
        self.fields["every"] = forms.IntegerField(
            label=clock.every_label, min_value=low, max_value=high, help_text=f"{low}到{high}，节假日不计"
        )


def values(usual: Duty, told: dict[str, Any]) -> dict[str, Any]:
    """Give what differs from the usual cadence; None or empty keeps the usual value."""
    every = told.get("every")
    return {
        "on": told["on"],
        "every": None if every == usual.clock.every else every,
        "grace": None if told["grace"] == usual.clock.grace else told["grace"],
        "whom": "" if told["whom"] == usual.whom else told["whom"],
    }


class RoundForm(forms.Form):
    """Whether a school keeps a daily round, and when it is due."""

    on = forms.BooleanField(
        label="启用这一项", required=False, help_text="停用以后，“今日”不再提醒，页面上仍然可以登记"
    )
    hour = forms.TypedChoiceField(label="几点做", coerce=int, required=False, empty_value=None)

    def __init__(self, usual: Round, *args: Any, **kwargs: Any) -> None:
        """Offer the hours of this round."""
        super().__init__(*args, **kwargs)
        self.fields[
            "hour"
        ].help_text = f"通常是{hour_words(usual.presses)}。到这个时间列为“该做了”，提前提醒、算作没做的时间跟着一起移"
        self.fields["hour"].choices = [(hour, hour_words(hour)) for hour in usual.hours]  # type: ignore[attr-defined]


def index(request: DeskRequest) -> HttpResponse:
    """List every duty with its cadence here."""
    school = school_of(request, Need.CADENCES)
    own = settings_of(request.scope, school.pk)
    rows = [(as_set(duty, own.get(duty.code)), own.get(duty.code)) for duty in DUTIES]
    return page(
        request, "desk/settings_cadences.html", rows=rows, populations=POPULATIONS, roles=ROLES, icon_of=icon_of,
        rounds=[(round_as_set(one, own.get(one.code)), own.get(one.code)) for one in ROUNDS], hour_words=hour_words,
    )  # fmt: skip


def edit(request: DeskRequest, code: str) -> HttpResponse:
    """Show one duty's cadence, try a change, save it or go back to the usual one."""
    if code in ROUNDS:
        return _round(request, code)
    if code not in DUTIES:
        raise Http404
    school, usual = school_of(request, Need.CADENCES), DUTIES.get(code)
    now, told = _now(request, school, usual), lambda held: _told(_now(request, held, usual))
    form = CadenceForm(usual, request.POST or None, initial=_told(now))
    act = over_settings(
        form, school, told, lambda held: set_cadence(request.scope, school=school, duty=code, **values(usual, held)),
        first=form.initial,
    )  # fmt: skip
    listed, back = HttpResponseRedirect(reverse("settings-cadences")), f"“{usual.label}”已恢复通常的节奏。"
    if "reset" in request.POST:
        reset = usual_again(request, school, told, lambda: reset_cadence(request.scope, school=school, duty=code), back)
        return listed if reset else HttpResponseRedirect(reverse("settings-cadence", kwargs={"code": code}))
    if "save" in request.POST and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, f"“{usual.label}”的节奏已保存。")
        return listed
    trial = DutySetting(duty=code, **values(usual, form.cleaned_data)) if form.is_bound and form.is_valid() else None
    return page(
        request, "desk/settings_cadence.html", form=form, stands=mark(*_told(now).values()), duty=now, usual=usual, effect=_effect(request, code, trial),
        tried=trial is not None, words=as_set(usual, trial).clock.words() if trial else now.clock.words(),
    )  # fmt: skip


def _now(request: DeskRequest, school: School, usual: Duty) -> Duty:
    return as_set(usual, settings_of(request.scope, school.pk).get(usual.code))


def _told(now: Duty) -> dict[str, Any]:
    return {"on": now.on, "every": now.clock.every, "grace": now.clock.grace, "whom": now.whom}


def _round(request: DeskRequest, code: str) -> HttpResponse:
    """Switch a daily round on or off, or set its hour."""
    school, usual = school_of(request, Need.CADENCES), ROUNDS.get(code)

    def told(held: School) -> dict[str, Any]:
        kept = round_as_set(usual, settings_of(request.scope, held.pk).get(code))
        return {"on": kept.on, "hour": kept.presses}

    def act(held: dict[str, Any]) -> object:
        every = None if held["hour"] == usual.presses else held["hour"]
        return set_cadence(request.scope, school=school, duty=code, on=held["on"], every=every, grace=None, whom="")

    form = RoundForm(usual, request.POST or None, initial=told(school))
    settled = over_settings(form, school, told, act, first=form.initial)
    if request.method == "POST" and done(form, lambda: settled(form.cleaned_data)):
        messages.success(request, f"“{usual.label}”已保存。")
        return HttpResponseRedirect(reverse("settings-cadences"))
    return page(
        request, "desk/settings_round.html", form=form, usual=usual, status=422 if form.errors else 200
    )  # fmt: skip


def _effect(request: DeskRequest, code: str, trial: DutySetting | None) -> list[tuple[str, int, int]]:
    """Count the children by state, now and with the change."""
    scope = request.scope
    now = count(owed(scope, scope.on, codes=(code,), need=Need.CADENCES).lines)
    then = count(owed(scope, scope.on, codes=(code,), need=Need.CADENCES, trial=trial).lines) if trial else now
    return [(WORDS[state], now[state], then[state]) for state in State if now[state] or then[state]]


ROUTES = (
    screen("settings/cadences/", index, needs=Need.CADENCES, name="settings-cadences"),
    screen("settings/cadences/<slug:code>/", edit, needs=Need.CADENCES, name="settings-cadence"),
)
