"""The list behind a number of the statistics: children or records, with how it was counted."""

from django.http import Http404, HttpResponse

from oasis.desk.page import DeskRequest, page
from oasis.figures.catalogue import FIGURES, GROUPS
from oasis.figures.cuts import CUTS
from oasis.figures.queries import behind_in, book, cells_in_words
from oasis.figures.where import choose
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.kinds import KINDS

ROWS = 100


def listed(request: DeskRequest, code: str) -> HttpResponse:
    """Show what a number stands on, a hundred rows a page."""
    try:
        choice = choose(request.scope, request.GET.get("place", ""), request.GET.get("period", ""))
    except Refused as refused:
        raise Http404 from refused
    if choice is None or choice.period is None or code not in FIGURES or not request.scope.can(Need.NAMES):
        raise Http404
    cuts = {cut.code: request.GET[cut.code] for cut in CUTS if cut.code in request.GET}
    opened = book(request.scope, choice.place, choice.period, choice.calendar, compare=False)
    start = _start(request)
    found = behind_in(request.scope, opened, code, cuts, slice(start, start + ROWS + 1))
    query = {"place": choice.place.code, "period": choice.period.code, **cuts}
    return page(
        request, "desk/school_list.html", choice=choice, book=opened, found=found, figure=found.figure, group=GROUPS[found.figure.group],
        said=cells_in_words(opened, cuts), start=start, rows=ROWS, query=query, kinds=KINDS,
        facts={fact.child: fact for fact in opened.facts}, classes=opened.sources.grades,
    )  # fmt: skip


def _start(request: DeskRequest) -> int:
    told = request.GET.get("from", "0")
    return int(told) if told.isdecimal() and len(told) < 8 else 0


ROUTES = (screen("school/figure/<slug:code>/", listed, needs=Need.FIGURES, name="figure"),)
