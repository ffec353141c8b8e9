"""摸底排查: class by class, child by child, one tap each; who is missing; the school's table with its checks (A1)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children import census as told
from oasis.children import census_table
from oasis.children.actions import census
from oasis.children.actions.looks import note_look
from oasis.children.household import household
from oasis.children.models import CensusEntry, Child
from oasis.children.namesakes import called
from oasis.children.queries import asked_about
from oasis.desk.page import DeskRequest, page, when_shown
from oasis.desk.setting import ask, done
from oasis.kit import codes
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need
from oasis.places.models import Klass, School, Term
from oasis.places.queries import term_on

NO_TERM = "还没有学期，请管理员先在设置里添加学期"
ANSWERS = {
    "both": codes.LeftBehind.BOTH,
    "one": codes.LeftBehind.ONE,
    "home": codes.LeftBehind.NO,
    "none": codes.LeftBehind.NO,
}


class AnswerForm(forms.Form):
    """What was found for a child: the button pressed, who cares, whether the parent at home is unable."""

    answer = forms.ChoiceField(choices=[(code, code) for code in ("same", *ANSWERS)], widget=forms.HiddenInput)
    care = forms.ChoiceField(label="现在谁照顾", choices=[("", "未填"), *codes.Care.choices], required=False)
    other_unable = forms.BooleanField(label="在家的一方没有监护能力（重病、重残等）", required=False)
    since_on = forms.DateField(
        label="从什么时候开始外出", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def index(request: DeskRequest) -> HttpResponse:
    """Show how far each class is."""
    classes = told.classes_of(request.scope, Need.CENSUS)
    schools = {klass.school_id: klass.school for klass, _ in classes}
    terms = {pk: term for pk in schools if (term := term_on(pk, request.scope.on))}
    rows = told.progress(request.scope, terms)
    return page(
        request, "desk/census.html", rows=rows, terms=terms, findings=CensusEntry.Finding.choices, no_term=NO_TERM,
        schools=[school for pk, school in schools.items() if pk in request.scope.ids(ArmKind.SCHOOL, Need.CENSUS)],
    )  # fmt: skip


def klass(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a class's list: what was entered, who is missing, and the child whose turn it is."""
    place, term = _place(request, pk)
    children, entries = list(told.roll(request.scope, place)), told.entries(request.scope, place, term)
    waiting, unasked = [child for child in children if child.pk not in entries], told.not_asked(request.scope, place)
    return page(
        request, "desk/census_klass.html", klass=place, name=_name(request, place), term=term, children=children, entries=entries,
        called=called(request.scope, children), waiting=waiting, at_home=sum(child.left_behind == 0 and child.pk not in unasked for child in waiting), unasked=unasked,
    )  # fmt: skip


def child(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask about one child and go on to the next."""
    one = get_object_or_404(asked_about(request.scope), pk=pk)
    assert one.klass is not None  # noqa: S101  the query says so
    when_shown(request, lambda: note_look(request.scope, one, part="census"))
    term = _term(request, one.school_id)
    form = AnswerForm(
        request.POST or None, initial={"care": one.care, "other_unable": one.civil and one.left_behind == 1}
    )
    roll = list(told.roll(request.scope, one.klass))  # before the answer, which moves the child in it
    if form.is_bound and done(form, lambda: _enter(request, one, term, form.cleaned_data)):
        return _onward(request, one, term, roll)
    shown = get_object_or_404(asked_about(request.scope), pk=pk) if form.errors else one  # with what another answered
    entries = told.entries(request.scope, one.klass, term)
    place, names = next((n for n, other in enumerate(roll) if other.pk == one.pk), 0), called(request.scope, roll)
    return page(
        request, "desk/census_child.html", child=shown, called=names, klass=one.klass, name=_name(request, one.klass), form=form, term=term,
        entry=entries.get(one.pk), stands=told.mark_of(shown, entries.get(one.pk)), done=len(entries), total=len(roll), before=roll[place - 1] if place else None,
        after=_following(roll, entries, one), status=422 if form.errors else 200,
        family=household(request.scope, one, request.scope.on, Need.CENSUS),
        unasked=one.pk in told.not_asked(request.scope, one.klass),
    )  # fmt: skip


def _enter(request: DeskRequest, one: Child, term: Term, held: dict[str, Any]) -> CensusEntry:
    left = one.left_behind if held["answer"] == "same" else ANSWERS[held["answer"]]
    unable = held["other_unable"] if left == codes.LeftBehind.ONE else False
    return census.enter(
        request.scope, one, term=term, on=request.scope.on, left_behind=left, other_unable=unable, care=held["care"],
        since_on=held["since_on"] if left else None, same=held["answer"] == "same", seen=request.POST.get("seen", ""),
    )  # fmt: skip


def _onward(request: DeskRequest, one: Child, term: Term, roll: list[Child]) -> HttpResponse:
    assert one.klass is not None  # noqa: S101
    entries = told.entries(request.scope, one.klass, term)
    here = reverse("klass-census-child", kwargs={"pk": one.pk})
    name = called(request.scope, roll).get(one.pk, one.name)
    messages.success(request, f"{name}：{entries[one.pk].get_finding_display()}。", extra_tags=f"back:{here}")
    if following := _following(roll, entries, one):
        return HttpResponseRedirect(reverse("klass-census-child", kwargs={"pk": following.pk}))
    return HttpResponseRedirect(reverse("klass-census-list", kwargs={"pk": one.klass.pk}))


def _following(roll: list[Child], entries: Collection[UUID], one: Child) -> Child | None:
    """Give the next child of the list that waits, after the last again from its beginning: who was skipped comes last."""
    place = next((n for n, other in enumerate(roll) if other.pk == one.pk), 0)
    order = [*roll[place + 1 :], *roll[:place]]
    return next((other for other in order if other.pk not in entries), None)


def rest(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Enter all remaining children whose parents are at home as unchanged."""
    place, term = _place(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(
        request, lambda: census.enter_unchanged(request.scope, place, term=term, on=request.scope.on),
        "父母在家的其余孩子已登记为没有变化。",
    )  # fmt: skip
    return HttpResponseRedirect(reverse("klass-census-list", kwargs={"pk": pk}))


def table(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the school's census table by one definition, with the relations that do not hold."""
    if pk not in request.scope.ids(ArmKind.SCHOOL, Need.CENSUS):
        raise Http404
    school, civil = School.objects.get(pk=pk), request.GET.get("by") == "civil"
    counted = census_table.table(request.scope, school, request.scope.on, civil=civil)
    return page(
        request,
        "desk/census_table.html",
        school=school,
        civil=civil,
        table=counted,
        columns=census_table.COLUMNS,
        on=request.scope.on,
    )


def cell(request: DeskRequest, pk: UUID, column: str) -> HttpResponse:
    """Show the children behind a number of the table."""
    if pk not in request.scope.ids(ArmKind.SCHOOL, Need.CENSUS):
        raise Http404
    school, civil, grade = School.objects.get(pk=pk), request.GET.get("by") == "civil", request.GET.get("grade", "")
    try:
        label, children = census_table.behind(
            request.scope, school, request.scope.on, civil=civil, column=column, grade=int(grade) if grade.isdecimal() else None
        )  # fmt: skip
    except KeyError as error:
        raise Http404 from error
    return page(
        request,
        "desk/census_cell.html",
        school=school,
        civil=civil,
        label=label,
        children=children,
        on=request.scope.on,
    )


def _place(request: DeskRequest, pk: UUID) -> tuple[Klass, Term]:
    reached = {klass.pk: klass for klass, _ in told.classes_of(request.scope, Need.CENSUS)}
    if pk not in reached:
        raise Http404
    return reached[pk], _term(request, reached[pk].school_id)


def _term(request: DeskRequest, school: UUID) -> Term:
    term = term_on(school, request.scope.on)
    if term is None:
        raise Http404
    return term


def _name(request: DeskRequest, place: Klass) -> str:
    return place.name(request.scope.on, place.school.primary_years)


ROUTES = (
    screen("census/", index, needs=Need.CENSUS, name="klass-census"),
    screen("census/class/<uuid:pk>/", klass, needs=Need.CENSUS, name="klass-census-list"),
    screen("census/class/<uuid:pk>/rest/", rest, needs=Need.CENSUS, name="klass-census-rest"),
    screen("census/child/<uuid:pk>/", child, needs=Need.CENSUS, name="klass-census-child"),
    screen("census/table/<uuid:pk>/<slug:column>/", cell, needs=Need.CENSUS, name="klass-census-cell"),
    screen("census/table/<uuid:pk>/", table, needs=Need.CENSUS, name="klass-census-table"),
)
