"""设置 · 学期与校历: terms with their visit windows, and the days that differ from the usual week."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from oasis.desk.meanwhile import columns, over_settings
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, attempt, done, school_of
from oasis.people.gate import screen
from oasis.people.queries import own_days, own_terms
from oasis.people.roles import Need
from oasis.people.school import mark_day, set_term, unmark_day
from oasis.places.models import School, SchoolDay, Term
from oasis.places.terms import new_term, usual_dates


class TermForm(forms.ModelForm[Term]):
    """A term's dates."""

    class Meta:
        model = Term
        fields = (
            "year", "half", "starts_on", "ends_on", "visit1_until", "visit2_from", "visit2_until", "visit3_from",
        )  # fmt: skip
        widgets = {"half": forms.RadioSelect}


class DayForm(forms.ModelForm[SchoolDay]):
    """A day off, or a make-up day."""

    open = forms.TypedChoiceField(
        label="这一天",
        choices=[("0", "放假"), ("1", "上课（补课）")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = SchoolDay
        fields = ("on", "open", "note")


def index(request: DeskRequest) -> HttpResponse:
    """List the terms and the special days, and add a special day."""
    school = school_of(request)
    form = DayForm(request.POST or None, initial={"open": "0"})
    if request.method == "POST":
        day = attempt(
            form,
            lambda: mark_day(
                request.scope,
                school=school,
                on=form.cleaned_data["on"],
                open_=form.cleaned_data["open"],
                note=form.cleaned_data["note"],
            ),
        )
        if day:
            messages.success(request, "已记下这一天。")
            return HttpResponseRedirect(reverse("settings-terms"))
    return page(
        request,
        "desk/settings_terms.html",
        terms=own_terms(request.scope, school),
        days=own_days(request.scope, school),
        form=form,
    )


def create(request: DeskRequest) -> HttpResponse:
    """Open a term, with the usual dates offered."""
    school = school_of(request)
    return _form(request, school, None, _next(request, school))


def edit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change a term's dates."""
    term = get_object_or_404(own_terms(request.scope), pk=pk)
    return _form(request, term.school, term, term)


def _next(request: DeskRequest, school: School) -> Term:
    last = own_terms(request.scope, school).first()
    on = last.ends_on + timedelta(days=21) if last else request.scope.on
    return new_term(school.pk, *usual_dates(on))


def _form(request: DeskRequest, school: School, term: Term | None, shown: Term) -> HttpResponse:
    form = TermForm(request.POST or None, initial=model_to_dict(shown))

    def act(held: dict[str, Any]) -> object:
        return set_term(request.scope, school=school, term=term, **held)

    settled = over_settings(form, term, columns(TermForm.Meta.fields), act) if term else act
    if request.method == "POST" and done(form, lambda: settled(form.cleaned_data)):
        messages.success(request, "学期已保存。")
        return HttpResponseRedirect(reverse("settings-terms"))
    return page(request, "desk/settings_term.html", form=form, term=term)


@require_POST
def drop_day(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Let a day be as usual again."""
    day = get_object_or_404(own_days(request.scope), pk=pk)
    ask(request, lambda: unmark_day(request.scope, day=day), "已恢复为平常的日子。")
    return HttpResponseRedirect(reverse("settings-terms"))


ROUTES = (
    screen("settings/terms/", index, needs=Need.SETTINGS, name="settings-terms"),
    screen("settings/terms/new/", create, needs=Need.SETTINGS, name="settings-term-new"),
    screen("settings/terms/<uuid:pk>/", edit, needs=Need.SETTINGS, name="settings-term"),
    screen("settings/days/<uuid:pk>/drop/", drop_day, needs=Need.SETTINGS, name="settings-term-day-drop"),
)
