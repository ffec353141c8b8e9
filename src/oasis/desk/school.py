"""学校: the figures of a school or class and a term; every number opens its list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from oasis.desk.page import DeskRequest, page
from oasis.figures import life
from oasis.figures.actions import closable, close_term
from oasis.figures.book import Book
from oasis.figures.catalogue import FIGURES, GROUPS, Figure
from oasis.figures.daily import CASES, MATTERS, Matter
from oasis.figures.entry import TIMES
from oasis.figures.numbers import Number, Table
from oasis.figures.queries import book, helpers
from oasis.figures.where import Choice, choose, place_in_reach
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.papers.wording import percent
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import Term
from oasis.records.coverage import COVERAGES
from oasis.records.kinds import COUNTED

TABS = (
    ("school", "概况"),
    ("school-classes", "各班"),
    ("school-makeup", "构成"),
    ("school-work", "工作"),
    ("school-daily", "日常"),
)
CROSSES = (("grade", "sex"), ("grade", "kind"), ("grade", "boarding"), ("grade", "age"), ("care", "kind"))
MONTHLY = ("talk", "parents", "carer")
KEPT = (("files", "files-open"), ("confirmed", "unconfirmed"), ("paired", "unpaired"), ("census", "census-open"))
SAID = 3  # figures told of a folded part
COLUMNS = ("pupils", "left", "new", "begun", "ended", "key", "files", "confirmed", "paired")
RARE = frozenset({"begun", "ended"})  # without a column where there is nobody


def overview(request: DeskRequest) -> HttpResponse:
    """Show what stands out: how many, what is done, what is lacking, how the months went."""
    return _answer(request, "school", _overview)


def classes(request: DeskRequest) -> HttpResponse:
    """Show the classes side by side."""
    return _answer(request, "school-classes", _classes)


def makeup(request: DeskRequest) -> HttpResponse:
    """Show who the children are, divided by grade, sex, care and more."""
    return _answer(request, "school-makeup", _makeup)


def work(request: DeskRequest) -> HttpResponse:
    """Show what was done, by kind of record, and who carries how much."""
    return _answer(request, "school-work", _work)


def daily(request: DeskRequest) -> HttpResponse:
    """Show daily life and the school's own work: boarding, health, activities, places, the room, goods, meetings."""
    return _answer(request, "school-daily", _daily)


def _answer(
    request: DeskRequest, tab: str, shown: Callable[[DeskRequest, Choice, Book], dict[str, Any]]
) -> HttpResponse:
    choice = chosen(request)
    if choice.period is None:
        return page(request, "desk/school_empty.html", choice=choice)
    opened = book(request.scope, choice.place, choice.period, choice.calendar)
    context = shown(request, choice, opened)
    as_at = f"{'截至' if choice.period.running else '统计日'}{zh_full(choice.period.as_at)}"
    return page(
        request,
        f"desk/{tab.replace('-', '_')}.html",
        choice=choice,
        book=opened,
        tabs=TABS,
        tab=tab,
        as_at=as_at,
        closable=tab == "school" and closable(request.scope, opened),
        percent=percent,
        **context,
    )


def close(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Close a term of a school, or correct its closing."""
    term = get_object_or_404(Term, pk=pk)
    try:
        place = place_in_reach(request.scope, f"school-{term.school_id}")
    except Refused as refused:
        raise Http404 from refused
    if request.method == "POST":
        try:
            close_term(request.scope, place=place, term=term, reason=request.POST.get("reason", ""))
            messages.success(request, "已经结账，数字固定下来了")
        except Refused as refused:
            messages.error(request, refused.message)
    return HttpResponseRedirect(f"{reverse('school')}?place={place.code}&period=t{term.year}-{term.half}")


def chosen(request: DeskRequest) -> Choice:
    """Read place and period from the address; out of reach is not found."""
    try:
        choice = choose(request.scope, request.GET.get("place", ""), request.GET.get("period", ""))
    except Refused as refused:
        raise Http404 from refused
    if choice is None:
        raise Http404
    return choice


def _overview(request: DeskRequest, choice: Choice, opened: Book) -> dict[str, Any]:
    table = opened.table(classes=False)
    shown = {pair[1] for pair in KEPT} | {f"lacking-{entry.code}" for entry in COVERAGES}
    gaps = [number for number in table.numbers.values() if number.gap and number.value and number.code not in shown]
    windows = opened.calendar.windows(opened.period)
    return {
        "table": table,
        "coverages": list(COVERAGES),
        "gaps": gaps,
        "windows": windows,
        "visits": opened.series(windows, ("covered-visit", "lacking-visit")),
        "kept": KEPT,
        **_monthly(opened, {f"covered-{code}": COVERAGES.get(code).label for code in MONTHLY}),
    }


def _classes(request: DeskRequest, choice: Choice, opened: Book) -> dict[str, Any]:
    table = opened.table()
    columns = [FIGURES.get(code) for code in COLUMNS if code not in RARE or table[code].value]
    return {"table": table, "columns": columns, "coverages": list(COVERAGES)}


def _makeup(request: DeskRequest, choice: Choice, opened: Book) -> dict[str, Any]:
    crosses = [opened.cross("left", down, across) for down, across in CROSSES]
    first = crosses[0]
    return {
        "crosses": crosses,
        "grades": [label for _, label in first.rows],
        "by_sex": [
            {"name": label, "data": [first.cells.get((row, value), 0) for row, _ in first.rows]}
            for value, label in first.columns
        ],
        "ways": {
            label: [f"{_list('left', opened)}&grade={row}&sex={value}" for row, _ in first.rows]
            for value, label in first.columns
        },
        "hardships": opened.simple("hardship", "hardship"),
        "total": len(opened.held(FIGURES.get("left"), {})),
    }


def _work(request: DeskRequest, choice: Choice, opened: Book) -> dict[str, Any]:
    table = opened.table(classes=False)
    return {
        "table": table,
        "kinds": COUNTED,
        "cases": _cases(table),
        "helpers": helpers(opened),
        **_monthly(opened, {"parts": "各类记录"}),
    }


def _cases(table: Table) -> list[tuple[str, Number]]:
    """Give the cases of left-behind children that there are, as daily life counts them."""
    found = [(MATTERS.get(code).label, table[f"{code}-left"]) for matters in CASES.values() for code in matters]
    return [(label, number) for label, number in found if number.value]


@dataclass(frozen=True)
class Part:
    """A folded part of daily life: its matters, the figures that stand by themselves, what is told of it while folded."""

    label: str
    matters: list[Matter]
    alone: list[Number]
    told: str
    gaps: list[str]


def _part(label: str, matters: list[Matter], alone: list[Number], held: Iterable[Number]) -> Part:
    some = [one for one in held if one.value]
    told = [f"{one.label}{one.shown}{one.unit}" for one in some if not one.gap][:SAID]
    gaps = [f"{one.label}{one.shown}{one.unit}" for one in some if one.gap]
    marks = gaps if len(gaps) <= SAID else [*gaps[: SAID - 1], f"等{len(gaps)}项"]
    return Part(label, matters, alone, " · ".join(told) or ("" if gaps else "没有登记"), marks)


def _daily(request: DeskRequest, choice: Choice, opened: Book) -> dict[str, Any]:
    """Gather daily life by its groups, folded; `all` opens every one."""
    table = opened.table(classes=False)
    parts = []
    for group, label in GROUPS.items():
        held = [one for code, one in table.numbers.items() if FIGURES.get(code).group == group]
        matters = [one for one in MATTERS if one.group == group and table[f"{one.code}-times"].value is not None]
        alone = [one for one in held if group in life.GROUPS and plain(FIGURES.get(one.code))]
        if matters or alone:
            times = [table[f"{one.code}-times"] for one in matters]
            parts.append(_part(label, matters, alone, [*times, *alone]))
    own = [one for code, one in table.numbers.items() if FIGURES.get(code).group == "own" and one.value is not None]
    name = "学校工作" if choice.place.kind == "school" else "班里的工作"
    return {"table": table, "parts": parts, "own": _part(name, [], own, own), "whole": request.GET.get("all") == "1"}


def plain(figure: Figure) -> bool:
    """Tell whether a figure of daily life stands by itself, not as one of the three of a matter."""
    return figure.counts != TIMES and not figure.code.endswith("-children")


def _monthly(opened: Book, labels: dict[str, str]) -> dict[str, Any]:
    """Give figures month by month for a chart, and the addresses of their lists."""
    months = opened.calendar.months(opened.period)
    found = opened.series(months, tuple(labels))
    ways = {label: [_list(code, opened, month.code) for month in months] for code, label in labels.items()}
    return {
        "months": [f"{month.starts.month}月" for month in months],
        "monthly": [{"name": label, "data": found[code]} for code, label in labels.items()],
        "ways": ways,
    }


def _list(code: str, opened: Book, period: str = "") -> str:
    return f"{reverse('figure', kwargs={'code': code})}?place={opened.place.code}&period={period or opened.period.code}"


ROUTES = (
    screen("school/", overview, needs=Need.FIGURES, name="school"),
    screen("school/classes/", classes, needs=Need.FIGURES, name="school-classes"),
    screen("school/makeup/", makeup, needs=Need.FIGURES, name="school-makeup"),
    screen("school/close/<uuid:pk>/", close, needs=Need.CADENCES, name="school-close"),
    screen("school/work/", work, needs=Need.FIGURES, name="school-work"),
    screen("school/daily/", daily, needs=Need.FIGURES, name="school-daily"),
)
