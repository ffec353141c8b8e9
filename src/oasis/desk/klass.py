"""班级: children x duties of a month and of the term, the census, the papers, who taught the class before."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.namesakes import called_of, twins
from oasis.desk.owing import month_of, words
from oasis.desk.page import DeskRequest, page
from oasis.duties.classes import own_classes
from oasis.duties.grounds import ground
from oasis.duties.judging import Pupil
from oasis.duties.matrix import Matrix, matrix
from oasis.duties.queries import children_of
from oasis.people.gate import screen
from oasis.people.queries import class_in_reach, held, teachers_of
from oasis.people.roles import ArmKind, Need


def index(request: DeskRequest) -> HttpResponse:
    """List the classes in reach, and the children one helps; a single class opens at once."""
    scope = request.scope
    classes, schools = scope.ids(ArmKind.KLASS, Need.RECORD_READ), scope.ids(ArmKind.SCHOOL, Need.RECORD_READ)
    helped = scope.ids(ArmKind.CHILD, Need.RECORD_READ)
    if len(classes) == 1 and not schools and not helped:
        return HttpResponseRedirect(reverse("klass", kwargs={"pk": next(iter(classes))}))
    places, pupils = own_classes(scope) if classes or schools else ([], children_of(scope, Need.RECORD_READ))
    own = [pupil for pupil in pupils if pupil.id in helped]
    return page(request, "desk/klasses.html", places=places, **_table(request, own), **words(scope, request.path))


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show one class."""
    scope = request.scope
    klass = class_in_reach(scope, Need.RECORD_READ, pk)
    if klass is None:
        raise Http404
    pupils = children_of(scope, Need.RECORD_READ, klass.pk)
    posts = teachers_of(klass.pk)
    return page(
        request, "desk/klass.html", klass=klass, name=klass.name(scope.on, klass.school.primary_years), pupils=pupils,
        teachers=[post for post in posts if held(post, scope.on)],
        before=[post for post in posts if post.to_on and post.to_on < scope.on],
        **_table(request, pupils, klass.school_id), **words(scope, request.get_full_path()),
    )  # fmt: skip


def _table(request: DeskRequest, pupils: list[Pupil], school_id: UUID | None = None) -> dict[str, Any]:
    on = request.scope.on
    school = school_id or (pupils[0].school_id if pupils else None)
    known = ground(school, on) if school else None
    if known is None:
        return {"grid": None, "term": None}
    month = None if request.GET.get("view") == "term" else month_of(request.GET.get("month", "")) or on.replace(day=1)
    grid = matrix(
        known, [pupil for pupil in pupils if pupil.school_id == school], on, _within(month, known.term.ends_on)
    )
    alike = called_of(request.scope, Need.RECORD_READ, (pupil.id for pupil in twins(pupils)))
    return {"grid": _checked(grid), "term": known.term, "called": alike}


def _within(month: date | None, ends_on: date) -> date | None:
    return min(month, ends_on.replace(day=1)) if month else None


def _checked(grid: Matrix) -> Matrix:
    if grid.month and grid.month not in grid.months:
        raise Http404
    return grid


ROUTES = (
    screen("klasses/", index, needs=Need.RECORD_READ, name="klasses"),
    screen("klasses/<uuid:pk>/", show, needs=Need.RECORD_READ, name="klass"),
)
