"""五项需求评估: class by class, child by child, the last score beside; the picture of a class and of the school (A4)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.children import assessments as told
from oasis.children.actions.assessing import assess, assess_unchanged
from oasis.children.actions.looks import note_look
from oasis.children.census import classes_of, of_these_unasked
from oasis.children.lacks import LACKS
from oasis.children.models import Assessment, Child, Score
from oasis.children.namesakes import called
from oasis.children.queries import asked_about
from oasis.desk.meanwhile import over
from oasis.desk.page import DeskRequest, page, when_shown
from oasis.desk.setting import ask, done
from oasis.people.gate import screen
from oasis.people.roles import ArmKind, Need
from oasis.places.models import Klass, School, Term
from oasis.places.queries import term_on, terms_begun


class ScoreForm(forms.Form):
    """One answer for each of the five needs, and a word on it."""

    note = forms.CharField(label="说明", max_length=200, required=False, help_text="缺在哪里，一句话就够")

    def __init__(self, *args: Any, last: Assessment | None, **kwargs: Any) -> None:
        """Put the last score beside each question."""
        super().__init__(*args, **kwargs)
        asked = {
            lack.code: forms.TypedChoiceField(
                label=lack.label, choices=Score.choices, coerce=int, widget=forms.RadioSelect,
                help_text=f"{lack.asks}。{_said(last, lack.code)}",
            )
            for lack in LACKS
        }  # fmt: skip
        self.fields = asked | self.fields


def _said(last: Assessment | None, code: str) -> str:
    return f"上次：{Score(getattr(last, code)).label}" if last else "以前没有评过"


def index(request: DeskRequest) -> HttpResponse:
    """Show how far each class is."""
    classes = classes_of(request.scope, Need.CENSUS)
    schools = {klass.school_id: klass.school for klass, _ in classes}
    terms = {pk: term for pk in schools if (term := term_on(pk, request.scope.on))}
    return page(request, "desk/assess.html", rows=told.progress(request.scope, terms), terms=terms)


def klass(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a class's list: who is still to be assessed, and what stands."""
    place, term = _place(request, pk)
    children, rows = list(told.roll(request.scope, place)), told.of_term(request.scope, place, term)
    last = told.last_before(request.scope, [child.pk for child in children], term)
    return page(
        request, "desk/assess_klass.html", klass=place, name=_name(request, place), term=term, children=children, called=called(request.scope, children), rows=rows, last=last,
        waiting=[child for child in children if child.pk not in rows], lacks=LACKS, scores=Score,
    )  # fmt: skip


def child(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask about one child and go on to the next."""
    one = get_object_or_404(asked_about(request.scope), pk=pk)
    assert one.klass is not None  # noqa: S101  the query says so
    when_shown(request, lambda: note_look(request.scope, one, part="assess"))
    term = _term(request, one.school_id)
    last = told.last_before(request.scope, [one.pk], term).get(one.pk)
    standing = told.of_term(request.scope, one.klass, term)
    mine = standing.get(one.pk)
    if "same" in request.POST:
        return _as_last_time(request, one, term)
    form = ScoreForm(request.POST or None, last=last, initial=_stands(mine))
    act = over(
        request.scope, form, one, lambda held: _stands(told.of_term(request.scope, held.klass, term).get(held.pk)),
        lambda given: _enter(request, one, term, given), need=Need.CENSUS, first=form.initial,
    )  # fmt: skip
    if request.method == "POST" and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, _well(one))
        return _onward(request, one, term)
    roll = list(told.roll(request.scope, one.klass))
    return page(
        request, "desk/assess_child.html", child=one, called=called(request.scope, roll), klass=one.klass, name=_name(request, one.klass), term=term, form=form, last=last,
        mine=mine, lacks=LACKS, unasked=one.pk in of_these_unasked(request.scope, [one.pk], Need.CENSUS),
        after=next((other for other in roll if other.pk != one.pk and other.pk not in standing), None),
        done=sum(other.pk in standing for other in roll), total=len(roll), status=422 if form.errors else 200,
    )  # fmt: skip


def _as_last_time(request: DeskRequest, one: Child, term: Term) -> HttpResponse:
    """Enter the last scores; where they would undo another's of this term, show those."""
    if ask(
        request,
        lambda: assess_unchanged(request.scope, one, term=term, on=request.scope.on, seen=""),  # shown where none stand
        _well(one),
    ):
        return _onward(request, one, term)
    return HttpResponseRedirect(reverse("klass-assess-child", kwargs={"pk": one.pk}))


def _stands(row: Assessment | None) -> dict[str, Any]:
    return row.scores | {"note": row.note} if row else dict.fromkeys(LACKS.codes) | {"note": ""}


def _enter(request: DeskRequest, one: Child, term: Term, given: dict[str, Any]) -> Assessment:
    scores = {code: int(given[code]) for code in LACKS.codes}
    return assess(request.scope, one, term=term, on=request.scope.on, scores=scores, note=given["note"])


def _well(one: Child) -> str:
    return f"{one.name}的评估已保存。选错了可以回到这个孩子重新选。"


def _onward(request: DeskRequest, one: Child, term: Term) -> HttpResponse:
    assert one.klass is not None  # noqa: S101
    rows = told.of_term(request.scope, one.klass, term)
    waiting = [other for other in told.roll(request.scope, one.klass) if other.pk not in rows]
    if waiting:
        return HttpResponseRedirect(reverse("klass-assess-child", kwargs={"pk": waiting[0].pk}))
    return HttpResponseRedirect(reverse("klass-assess-list", kwargs={"pk": one.klass.pk}))


def picture(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the five needs of a class or school in a term: numbers, change, classes side by side."""
    school, place = _where(request, pk)
    term = _asked_term(request, school)
    shown = told.picture(request.scope, school, place, term)
    names = {row.pk: name for row, name in classes_of(request.scope, Need.CENSUS)}
    return page(
        request, "desk/assess_picture.html", pk=pk, school=school, klass=place, name=names[place.pk] if place else school.name,
        picture=shown, names=names, lacks=LACKS, terms=_terms(school, request), term=term, ways=_ways(pk, shown),
    )  # fmt: skip


def _ways(pk: UUID, shown: told.Picture) -> dict[str, list[str]]:
    """Give the addresses of the lists behind the chart's numbers."""
    query = f"?term={shown.term.pk}"
    return {
        told.SIZES[size]: [
            reverse("klass-assess-behind", kwargs={"pk": pk, "lack": lack.code, "size": size}) + query for lack in LACKS
        ]
        for size in (told.SOME, told.MUCH)
    }


def behind(request: DeskRequest, pk: UUID, lack: str, size: str) -> HttpResponse:
    """Show the children behind a number of the picture."""
    school, place = _where(request, pk)
    if lack not in LACKS or size not in told.SIZES:
        raise Http404
    term = _asked_term(request, school)
    shown = told.picture(request.scope, school, place, term)
    names = {row.pk: name for row, name in classes_of(request.scope, Need.CENSUS)}
    return page(
        request, "desk/assess_behind.html", pk=pk, name=names[place.pk] if place else school.name, lack=LACKS.get(lack),
        size=told.SIZES[size], at=LACKS.codes.index(lack), found=shown.behind(lack, size), names=names, term=term, scores=Score,
    )  # fmt: skip


def _where(request: DeskRequest, pk: UUID) -> tuple[School, Klass | None]:
    """Read the id of a school one leads or of a class in reach; 404 for any other."""
    if pk in request.scope.ids(ArmKind.SCHOOL, Need.CENSUS):
        return School.objects.get(pk=pk), None
    reached = {row.pk: row for row, _ in classes_of(request.scope, Need.CENSUS)}
    if pk not in reached:
        raise Http404
    return reached[pk].school, reached[pk]


def _terms(school: School, request: DeskRequest) -> list[Term]:
    return terms_begun(school.pk, request.scope.on)[:6]


def _asked_term(request: DeskRequest, school: School) -> Term:
    asked = request.GET.get("term", "")
    found = next((term for term in _terms(school, request) if str(term.pk) == asked), None) if asked else None
    return found or _term(request, school.pk)


def _place(request: DeskRequest, pk: UUID) -> tuple[Klass, Term]:
    reached = {row.pk: row for row, _ in classes_of(request.scope, Need.CENSUS)}
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
    screen("assess/", index, needs=Need.CENSUS, name="klass-assess"),
    screen("assess/class/<uuid:pk>/", klass, needs=Need.CENSUS, name="klass-assess-list"),
    screen("assess/child/<uuid:pk>/", child, needs=Need.CENSUS, name="klass-assess-child"),
    screen("assess/picture/<uuid:pk>/", picture, needs=Need.CENSUS, name="klass-assess-picture"),
    screen("assess/picture/<uuid:pk>/<slug:lack>/<slug:size>/", behind, needs=Need.CENSUS, name="klass-assess-behind"),
)
