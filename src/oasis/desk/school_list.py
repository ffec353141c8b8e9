"""The list behind a number of the statistics: children or records, with how it was counted."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.urls import reverse

from oasis.desk.page import DeskRequest, page
from oasis.figures.behind import Behind, behind_in
from oasis.figures.book import Book
from oasis.figures.catalogue import FIGURES, GROUPS
from oasis.figures.cuts import CUTS, Cut
from oasis.figures.entry import ACTS, OWN
from oasis.figures.own import Deed
from oasis.figures.queries import book, cells_in_words
from oasis.figures.where import choose
from oasis.figures.wording import DEEDS, words_of
from oasis.kit.refused import Refused
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.kinds import KINDS

ROWS = 100
DIVIDED = ("klass", "grade", "sex", "kind", "boarding", "care")
LINKS = {
    "activity": ("activity", True), "lesson": ("activity", True), "opening": ("room-opening", True), "meeting": ("org-meeting", True),
    "rule": ("org-rules", False), "trained": ("org-meetings", False), "resolution": ("org-meetings", False),
    "resolution-done": ("org-meetings", False), "resolution-due": ("org-meetings", False), "item-done": ("org-plan", False),
    "item-due": ("org-plan", False), "outsider": ("org-outside", False), "deed": ("org-outside", False), "thanks": ("org-outside", False),
    "stocktaking": ("room-items", False), "scrap": ("room-items", False), "hazard": ("hazard", True), "hazard-closed": ("hazard", True),
    "hazard-due": ("hazard", True),
}  # fmt: skip


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
    shown = found.children or found.records or found.times or found.deeds
    return page(
        request, "desk/school_list.html", choice=choice, book=opened, found=found, figure=found.figure, group=GROUPS[found.figure.group],
        said=cells_in_words(opened, cuts), start=start, rows=ROWS, query=query, kinds=KINDS, shown=shown, deed_words=DEEDS, deed_link=_link, mark_words=words_of,
        divisions=_divisions(opened, found, cuts),
        facts={fact.child: fact for fact in opened.facts}, classes=opened.sources.grades,
    )  # fmt: skip


def _divisions(opened: Book, found: Behind, cuts: Mapping[str, str]) -> list[tuple[Cut, list[tuple[str, str, int]]]]:
    """Give a figure divided by each cut that is not yet chosen and tells something; the acts of a group cannot be divided."""
    if not found.number or cuts or found.figure.counts in (OWN, ACTS):
        return []
    made = [(CUTS.get(code), opened.simple(found.figure.code, code)) for code in DIVIDED]
    return [(cut, values) for cut, values in made if len(values) > 1]


def _link(deed: Deed) -> str:
    """Give where a row of the school's own work is read: the row itself, or the list it stands in."""
    route, single = LINKS.get(deed.tag, ("", False))
    return reverse(route, kwargs={"pk": deed.ref} if single else {}) if route else ""


def _start(request: DeskRequest) -> int:
    told = request.GET.get("from", "0")
    return int(told) if told.isdecimal() and len(told) < 8 else 0


ROUTES = (screen("school/figure/<slug:code>/", listed, needs=Need.FIGURES, name="figure"),)
