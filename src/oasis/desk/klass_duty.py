"""One duty, or all, for everybody in reach: the list behind every number of 今日 and 班级."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from oasis.desk.owing import month_of, words
from oasis.desk.page import DeskRequest, page
from oasis.duties.catalogue import DUTIES
from oasis.duties.judging import Line, State
from oasis.duties.matrix import in_month, moment
from oasis.duties.queries import Board, count, owed
from oasis.kit.dates import zh_month
from oasis.people.gate import screen
from oasis.people.roles import Need

ALL, NO_CLASS, SIZE = "all", "none", 100


@dataclass(frozen=True)
class Asked:
    """Which lines: of a class, a state, a month (else of today, or of the term so far), only one's own."""

    klass: str = ""
    state: str = ""
    month: date | None = None
    term: bool = False
    mine: bool = False
    start: int = 0

    def query(self, **changed: object) -> str:
        """Write it as an address's query, with some values changed."""
        told = {
            "klass": self.klass, "state": self.state, "month": f"{self.month:%Y-%m}" if self.month else "",
            "term": "1" if self.term else "", "mine": "1" if self.mine else "",
        } | changed  # fmt: skip
        return "?" + urlencode({name: str(value) for name, value in told.items() if value})


def index(request: DeskRequest, code: str) -> HttpResponse:
    """Show the lines of a duty, by state and class."""
    if code != ALL and code not in DUTIES:
        raise Http404
    asked = read(request.GET)
    on = request.scope.on
    at = moment(on, asked.month) if asked.month or asked.term else None
    board = owed(request.scope, on, at=at, codes=() if code == ALL else (code,))
    within = [line for line in (board.owing if asked.mine else board.lines) if in_month(line, asked.month)]
    classes = sorted({(line.pupil.klass, line.pupil.klass_id) for line in within}, key=str)
    here = [line for line in within if not asked.klass or _klass(line) == asked.klass]
    shown = sorted((line for line in here if not asked.state or line.state == asked.state), key=lambda line: line.order)
    return page(
        request, "desk/klass_duty.html", code=code, duty=None if code == ALL else _duty(board, code), asked=asked,
        classes=classes, counts=count(here), total=len(here), lines=shown[asked.start : asked.start + SIZE],
        more=asked.start + SIZE if len(shown) > asked.start + SIZE else 0, month=zh_month(asked.month) if asked.month else "",
        here=reverse("klass-duty", kwargs={"code": code}), **words(request.scope, request.get_full_path()),
    )  # fmt: skip


def _duty(board: Board, code: str) -> object:
    """Give the duty as the school has set it."""
    set_here = (duty for known in board.grounds.values() for duty in known.duties if duty.code == code)
    return next(set_here, DUTIES.get(code))


def _klass(line: Line) -> str:
    return str(line.pupil.klass_id or NO_CLASS)


def read(query: QueryDict) -> Asked:
    """Read what is asked; what makes no sense is left out."""
    klass, state, start = query.get("klass", ""), query.get("state", ""), query.get("start", "")
    return Asked(
        klass=klass if klass == NO_CLASS or _is_id(klass) else "", state=state if state in {one.value for one in State} else "",
        month=month_of(query.get("month", "")), term=query.get("term") == "1", mine=query.get("mine") == "1",
        start=int(start) if start.isdecimal() and len(start) < 7 else 0,
    )  # fmt: skip


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


ROUTES = (screen("duties/<slug:code>/", index, needs=Need.RECORD_WRITE, name="klass-duty"),)
