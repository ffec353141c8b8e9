"""How what is owed is shown: words and colours of the states, links into recording."""

from datetime import date
from typing import Any, NamedTuple

from django.utils.http import urlencode

from oasis.desk.jinja import url
from oasis.duties.catalogue import Duty
from oasis.duties.judging import PENDING, Line, State
from oasis.duties.matrix import WORDS
from oasis.duties.queries import needs_known
from oasis.kit.dates import zh_date
from oasis.people import vetting
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.kinds import KINDS

TONES = {State.OVERDUE: "amber", State.DUE: "amber", State.DONE: "green", State.WAIVED: "blue"}
SHORT = {
    State.OVERDUE: "已过期限", State.DUE: "该做", State.SOON: "未到", State.MISSED: "没做", State.DONE: "已做", State.WAIVED: "例外",
}  # fmt: skip
SIGNS = {
    State.OVERDUE: "exclamation-circle", State.DUE: "clock", State.SOON: "hourglass", State.MISSED: "x", State.DONE: "check",
    State.WAIVED: "hand-click",
}  # fmt: skip

CHECKED = {
    vetting.State.WITHHELD: ("有不宜记录", "red", "ban"), vetting.State.MISSING: ("还没有查询", "red", "exclamation-circle"),
    vetting.State.OVERDUE: ("已过期限", "red", "exclamation-circle"), vetting.State.SOON: ("快到期", "amber", "clock"),
    vetting.State.CLEAR: ("已查询", "green", "check"),
}  # fmt: skip


def icon_of(duty: Duty) -> str:
    """Give the icon of a duty: its kind's, or its own."""
    return duty.icon or KINDS.get(duty.asks).icon


def tone_of(line: Line) -> str:
    """Give the colour of a line; red only for what the law wants and is overdue."""
    if line.state == State.OVERDUE and line.duty.by_law:
        return "red"
    return TONES.get(line.state, "quiet")


FILED = {
    "census": ("klass-census-child", Need.CENSUS),
    "assess": ("klass-assess-child", Need.CENSUS),
    "guardian-confirmed": ("child-care", Need.CHILD_WRITE),
    "consent": ("klass-consent-child", Need.CHILD_WRITE),
    "plan": ("child-plan-new", Need.CHILD_WRITE),
    "plan-action": ("child-plan-now", Need.CHILD_READ),
    "plan-review": ("child-plan-now", Need.CHILD_READ),
    "pairing": ("child-pair", Need.PAIR),
    "meeting-told": ("meeting-child", Need.CHILD_WRITE),
    "letter-send": ("letter-child", Need.CHILD_WRITE),
    "letter-reply": ("letter-child", Need.CHILD_WRITE),
}  # duties done in the file itself: where, and who may
CLASSWISE = {
    "census": ("klass-census", Need.CENSUS),
    "assess": ("klass-assess", Need.CENSUS),
    "consent": ("klass-consent", Need.CHILD_WRITE),
    "letter-send": ("letters", Need.CHILD_WRITE),
    "letter-reply": ("letters", Need.CHILD_WRITE),
}  # bulk ones


def words(scope: Scope, back: str) -> dict[str, Any]:
    """Give what the pieces in desk/_owing.html ask for; `back` is the page to return to."""
    needs, onward = needs_known(scope), urlencode({"next": back})
    return {
        "icon_of": icon_of, "state_words": WORDS, "short_words": SHORT, "states": list(State),
        "bulk_link": lambda duty: url(CLASSWISE[duty.code][0]) if scope.can(CLASSWISE[duty.code][1]) else "",
        "link_of": lambda line: link_of(line, needs(line.pupil), onward), "may": lambda need, pupil: need in needs(pupil),
        "owed_of": lambda line: owed_of(line, needs(line.pupil), onward),
    }  # fmt: skip


class Owed(NamedTuple):
    """A line as its row shows it; `file` is the child's file, where a tap on the row leads elsewhere."""

    target: str
    told: str
    state: str
    tone: str
    sign: str
    file: str


def owed_of(line: Line, may: frozenset[Need], onward: str) -> Owed:
    """Reckon once what a row shows."""
    act = link_of(line, may, onward)
    file = url("child", pk=line.pupil.id) if Need.CHILD_READ in may else ""
    done_on = f"，{zh_date(line.last_on)}" if line.last_on and not line.duty.standing else ""
    told = line.reason or WORDS[line.state] + done_on
    return Owed(act or file, told, SHORT[line.state], tone_of(line), SIGNS[line.state], file if act else "")


def link_of(line: Line, may: frozenset[Need], onward: str) -> str:
    """Give where a tap on a line leads: to what is to be done; nothing when it is done or not this person's to do."""
    if line.state not in PENDING:
        return ""
    if line.duty.asks:
        if Need.RECORD_WRITE not in may:
            return ""
        if KINDS.get(line.duty.asks).calls and Need.CONTACTS in may:  # the number first, then the outcome
            return f"{url('call', kind=line.duty.asks, pk=line.pupil.id)}?{onward}"
        return f"{url('record-new', kind=line.duty.asks)}?child={line.pupil.id}&{onward}"
    route, need = FILED[line.duty.code]
    return url(route, pk=line.pupil.id) if need in may else ""


def month_of(text: str) -> date | None:
    """Read a month written as 2026-11; None when it is none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
