"""A place's figures in a period: the sources opened once, and every table, division and series made from them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from uuid import UUID

from oasis.figures import own_figures
from oasis.figures.catalogue import BASES, FIGURES, Figure
from oasis.figures.cuts import CUTS, Cross, cross, kept
from oasis.figures.entry import CHILDREN, OWN, PARTS, SUM, TIMES
from oasis.figures.facts import DONE, Fact, facts
from oasis.figures.numbers import Kept, Number, Row, Table
from oasis.figures.sources import Sources
from oasis.figures.where import Calendar, Period, Place

# Groups whose numbers stand on rows written from day to day. A term without any row of a group is a time in which it was not kept;
# only of dropping out and accidents nothing at all is a number, too.
KEPT_GROUPS = {one.group for one in FIGURES if one.counts in (TIMES, SUM, OWN)} - {"schooling", "safety"}
CERTAIN = frozenset({"boarders"})  # told by the files
CAMPUS = {one.code: one.group for one in FIGURES if one.group in KEPT_GROUPS and one.code not in CERTAIN}
SIGNS = {
    group: [one.code for one in FIGURES if CAMPUS.get(one.code) == group and not one.gap and one.code != "never-room"]
    for group in KEPT_GROUPS
}


Values = dict[str, int]
PEOPLE = tuple(one for one in FIGURES if one.group == "people")


def tally(found: Iterable[Fact], wanted: Iterable[Figure] = FIGURES) -> Values:
    """Count figures over the facts of one place."""
    everyone, wanted = list(found), tuple(wanted)
    bases = {code: [fact for fact in everyone if belongs(fact)] for code, belongs in BASES.items()}
    parts, acts = _acts(bases["cared"])
    times, sums = {base: _times(held) for base, held in bases.items()}, _sums(bases["all"])
    values = {}
    for one in wanted:
        if one.counts == CHILDREN:
            values[one.code] = sum(map(one.claim, bases[one.base]))
        elif one.counts == PARTS:
            values[one.code] = parts.get((one.kind, one.failed), 0)
        elif one.counts == TIMES:
            values[one.code] = times[one.base][one.kind]
        elif one.counts == SUM:
            values[one.code] = sums[one.kind]
        elif one.counts != OWN:
            values[one.code] = len(acts.get(one.kind, ()))
    return values


def _times(held: Iterable[Fact]) -> Counter[str]:
    """Count the rows of daily life by key."""
    return Counter(key for fact in held for key, _mark in fact.times)


def _sums(held: Iterable[Fact]) -> Counter[str]:
    """Add up what the rows of daily life say, by key: only of money."""
    found = Counter[str]()
    for key, mark in (pair for fact in held for pair in fact.times):
        if mark.code.isdecimal():
            found[key] += int(mark.code)
    return found


def _acts(cared: list[Fact]) -> tuple[dict[tuple[str, bool], int], dict[str, set[UUID | int]]]:
    """Count parts by kind and failure, and gather the acts done of each kind."""
    parts: dict[tuple[str, bool], int] = {}
    acts: dict[str, set[UUID | int]] = {}
    for number, act in enumerate(act for fact in cared for act in fact.acts):
        failed = act.outcome != DONE
        for kind in (act.kind, ""):
            parts[kind, failed] = parts.get((kind, failed), 0) + 1
        if not failed:
            acts.setdefault(act.kind, set()).add(act.group or number)
    return parts, acts


def weight(figure: Figure, fact: Fact) -> int:
    """Say how much a child adds to a figure that holds of it; the acts of a group are counted for each child."""
    if figure.counts == CHILDREN:
        return 1
    if figure.counts in (TIMES, SUM):
        held = [mark for key, mark in fact.times if key == figure.kind]
        return sum(int(mark.code) for mark in held) if figure.counts == SUM else len(held)
    return sum((act.outcome != DONE) == figure.failed and figure.kind in ("", act.kind) for act in fact.acts)


class Book:
    """A place's sources, opened once; every figure, table, division and series of one page comes from it."""

    def __init__(
        self, place: Place, period: Period, sources: Sources, calendar: Calendar, *, kept: Kept | None = None,
        kept_before: Kept | None = None,
    ) -> None:  # fmt: skip
        self.place, self.period, self.sources, self.calendar = place, period, sources, calendar
        self.kept, self.kept_before = kept, kept_before

    @cached_property
    def facts(self) -> list[Fact]:
        """The facts of the period."""
        return list(facts(self.sources, self.period))

    @cached_property
    def compared(self) -> bool:
        """Tell whether the school's files reach back to the day compared with; of a new class all are new."""
        return self.sources.compared(self.period.ref)

    @cached_property
    def earlier(self) -> Period | None:
        """The period before, when the files reach back to it."""
        before = self.calendar.period(self.period.before) if self.period.before else None
        return before if before and self.sources.known(before.as_at) else None

    def row(self, place: Place, found: Iterable[Fact], past: Mapping[str, int | None]) -> Row:
        """Make the figures of one place; a closed term's numbers are read as they were kept."""
        kept = self.kept.values.get(place.code) if self.kept else None
        now: Mapping[str, int | None] = kept or {**tally(found), **self._own(place, self.period)}
        former = {code: value for code, value in (kept or {}).items() if code not in FIGURES and value}
        return Row(place, {f.code: self._number(f, place, now, past) for f in FIGURES}, former=former)

    def _number(
        self, figure: Figure, place: Place, now: Mapping[str, int | None], past: Mapping[str, int | None]
    ) -> Number:
        known = self.compared or not figure.compares
        return Number(
            figure.code, figure.label, figure.unit, now.get(figure.code) if known else None, place.code, self.period.code,
            before=None if figure.compares else past.get(figure.code), among=now.get(figure.among), gap=figure.gap,
        )  # fmt: skip

    def table(self, compare: bool = True, *, classes: bool = True) -> Table:
        """Make the table of the place; a school's has a row for each class, in which only people are compared."""
        live = compare and self.earlier and not self.kept_before
        earlier = list(facts(self.sources, self.earlier)) if live and self.earlier else None
        whole = self.row(self.place, self.facts, self._past(self.place, earlier, FIGURES) if compare else {})
        now, before = _by_klass(self.facts), _by_klass(earlier or ())
        rows = tuple(
            self.row(place, now[place.id], self._past(place, before[place.id] if earlier else None, PEOPLE))
            for place in (self.classes if classes else ())
        )
        return Table(self.place, whole.numbers, self.period, rows, former=whole.former)

    def _past(self, place: Place, earlier: list[Fact] | None, wanted: Iterable[Figure]) -> Mapping[str, int | None]:
        if self.kept_before:
            return _used(self.kept_before.values.get(place.code, {}))
        if earlier is None or self.earlier is None or not any(fact.here for fact in earlier):
            return {}
        return _used({**tally(earlier, wanted), **(self._own(place, self.earlier) if place == self.place else {})})

    def _own(self, place: Place, period: Period) -> dict[str, int | None]:
        """Count the school's own work."""
        deeds = self.sources.own
        return {one.code: own_figures.counted(one, deeds, place, period) for one in FIGURES if one.counts == OWN}

    @cached_property
    def classes(self) -> list[Place]:
        """The classes of a school that had a child in the period, lowest grade first; none for a class."""
        if self.place.kind != "school":
            return []
        found = {fact.klass: fact.grade for fact in self.facts if fact.here and fact.klass}
        names = {key: self.sources.grades[key][0] for key in found if key in self.sources.grades}
        order = sorted(names, key=lambda key: (found[key], names[key]))
        return [Place("klass", key, names[key], self.place.school, self.place.school_name) for key in order]

    def cross(self, code: str, down: str, across: str) -> Cross:
        """Divide a figure of children two ways."""
        holds = FIGURES.get(code).holds
        return cross((fact for fact in self.facts if holds(fact)), code, CUTS.get(down), CUTS.get(across))

    def series(self, periods: list[Period], codes: tuple[str, ...]) -> dict[str, list[int]]:
        """Give figures of left-behind children over periods inside this one: its months, its visit windows."""
        wanted = [FIGURES.get(code) for code in codes]
        found = [tally(facts(self.sources, period, ever_left=True), wanted) for period in periods]
        return {code: [values[code] for values in found] for code in codes}

    def simple(self, code: str, cut: str) -> list[tuple[str, str, int]]:
        """Divide a figure one way: value, label, count; empty values are left out."""
        found, figure, by = Counter[str](), FIGURES.get(code), CUTS.get(cut)
        for fact in self.facts:
            if figure.holds(fact):
                for value in by.of(fact):
                    found[value] += weight(figure, fact)
        values = [(str(one.id), one.name) for one in self.classes] if cut == "klass" else by.values
        return [(value, label, found[value]) for value, label in values if found[value]]

    def by(self, cut: str) -> list[tuple[str, Values]]:
        """Give every figure of children, records and daily life for each value of a cut that occurs: label, values."""
        divided, found = CUTS.get(cut), defaultdict[str, list[Fact]](list)
        for fact in self.facts:
            for value in divided.of(fact):
                found[value].append(fact)
        return [(label, tally(found[value])) for value, label in divided.values if value in found]

    def untold(self, figure: Figure) -> bool:
        """Tell whether a closed term was closed before this figure was counted."""
        return self.kept is not None and figure.code not in self.kept.values.get(self.place.code, {figure.code: 0})

    def held(self, figure: Figure, chosen: Mapping[str, str]) -> list[Fact]:
        """Give the facts behind a figure, narrowed to one cell of a division."""
        return [fact for fact in self.facts if figure.holds(fact) and kept(fact, chosen)]


def _used(values: Mapping[str, int | None]) -> Mapping[str, int | None]:
    """Leave out the noughts of what was not written down at all in a time: they compare with nothing."""
    silent = {group for group, codes in SIGNS.items() if not any(values.get(code) for code in codes)}
    return {code: value for code, value in values.items() if CAMPUS.get(code) not in silent}


def _by_klass(found: Iterable[Fact]) -> dict[UUID | None, list[Fact]]:
    split: dict[UUID | None, list[Fact]] = defaultdict(list)
    for fact in found:
        split[fact.klass].append(fact)
    return split
