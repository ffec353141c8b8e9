"""Which alerts stand for children already read within a scope; computed when asked, two queries a school."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from oasis.alerts.catalogue import ALERTS, Raised, Signal
from oasis.alerts.facts import Facts, Kid, Said, Ways, facts_of, gather
from oasis.alerts.models import AlertDecision, AlertSetting
from oasis.children.models import Child
from oasis.people.meanwhile import mark
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Rows
from oasis.places.models import School

LOOKED_AFTER = frozenset({"left-behind", "civil", "key"})


@dataclass(frozen=True)
class Alert:
    """A signal that stands for a child: since when, why, and what a person decided about it."""

    kid: Kid
    signal: Signal
    since: date | None
    why: str
    said: Said | None

    @property
    def open(self) -> bool:
        """Whether nobody has decided anything yet."""
        return self.said is None

    @property
    def aside(self) -> bool:
        """Whether somebody set it aside."""
        return self.said is not None and self.said.state == AlertDecision.State.ASIDE


def alerts_for(kids: Sequence[Kid], on: date) -> list[Alert]:
    """Give every alert that stands on a day: the undecided first, then by class and how long."""
    found: list[Alert] = []
    for school, group in groupby(sorted(kids, key=lambda kid: str(kid.school_id)), lambda kid: kid.school_id):
        here = list(group)
        found += _judged(here, *gather(here, school, on), on)
    return _ordered(found, on)


def alerts_told(kids: Sequence[Kid], signs: Rows, words: Rows, on: date) -> list[Alert]:
    """Give the same for children of one school from what `signs_asked` and `words_asked` brought."""
    return _ordered(_judged(kids, *facts_of(kids, signs, words), on), on)


def _judged(kids: Sequence[Kid], facts: dict[UUID, Facts], ways: Ways, on: date) -> list[Alert]:
    return [alert for kid in kids for alert in judge(kid, facts[kid.id], ways, on)]


def _ordered(found: list[Alert], on: date) -> list[Alert]:
    return sorted(found, key=lambda one: (not one.open, one.since or on, one.kid.name))


def judge(kid: Kid, facts: Facts, ways: Ways, on: date) -> list[Alert]:
    """Say which signals hold for a child. Pure."""
    looked_after = bool(LOOKED_AFTER & kid.belongs)
    found: dict[str, tuple[Signal, Raised]] = {}
    for signal in ALERTS:
        if signal.code in ways.off or not (signal.everyone or looked_after):
            continue
        if told := signal.rule(facts, ways.limits.get(signal.code, signal.limit), on):
            found[signal.code] = (signal, told)
    hidden = {code for signal, _told in found.values() for code in signal.hides}
    return [
        Alert(kid, signal, told.since, told.why, _decided(facts.said.get(code), told))
        for code, (signal, told) in found.items()
        if code not in hidden
    ]


def _decided(said: Said | None, told: Raised) -> Said | None:
    """A decision speaks for what it knew: a cause that began later stands anew."""
    return said if said and (told.since is None or said.on >= told.since) else None


def decisions(scope: Scope, child: Child, signal: str) -> list[AlertDecision]:
    """Give what was decided about a signal of a child, the latest first."""
    rows = AlertDecision.objects.within(scope, Need.RECORD_READ).filter(child=child, signal=signal)
    return list(rows.select_related("by"))


def standing(past: Iterable[AlertDecision]) -> AlertDecision | None:
    """Give the decision that stands, of those about a signal of a child."""
    return next((one for one in past if one.ended_on is None), None)


def mark_of(past: Iterable[AlertDecision]) -> str:
    """Give the mark of what a page shows of them."""
    now = standing(past)
    return mark(now.pk if now else None)


def settings_of(scope: Scope, school: School) -> dict[str, AlertSetting]:
    """Give a school's own limits by signal."""
    rows = AlertSetting.objects.within(scope, Need.CADENCES).filter(school=school)
    return {row.signal: row for row in rows}
