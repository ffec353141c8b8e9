"""What people wrote in the files after a roster was made: an older paper must not silently win over it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from oasis.children.models import Away, Change, Hardship, Pairing, Phone, Tie
from oasis.children.rosters import OF_AWAY, Difference, Kin, Told, same_kin
from oasis.kit.dates import CHINA
from oasis.people.roles import Need
from oasis.people.scope import Scope

Mark = tuple[UUID, str, str]  # the child, and two words that say what was changed
COLUMN = {"klass": ("klass", "klass_id")}
ENDED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "away": (Away, ("person_id",)), "phone": (Phone, ("person_id", "number")), "tie": (Tie, ("person__name",)),
    "hardship": (Hardship, ("kind",)), "pairing": (Pairing, ("staff_id",)),
}  # fmt: skip


class Newer:
    """The changes made to some files after a day, by people or by rosters made later; asked difference by difference."""

    def __init__(self, scope: Scope, children: Iterable[UUID], after: date, later_rosters: Collection[UUID]) -> None:
        self.scope = scope
        self.days: dict[Mark, date] = {}
        end = datetime.combine(after + timedelta(days=1), time.min, CHINA)
        rows = Change.objects.within(scope, Need.IMPORT).filter(child__in=list(children), at__gte=end)
        rows = rows.filter(Q(batch__isnull=True) | Q(batch__in=list(later_rosters))).order_by("at")
        ended: dict[str, dict[UUID, tuple[UUID, date]]] = {}
        for child, table, row, name, at in rows.values_list("child_id", "table", "row", "field", "at"):
            day = at.astimezone(CHINA).date()
            self.days[child, str(row), name] = day
            if name == "to_on" and table in ENDED:
                ended.setdefault(table, {})[row] = (child, day)
        for table, found in ended.items():
            self._ended(table, found)
        self._begun(list(children), end)

    def _begun(self, children: list[UUID], end: datetime) -> None:
        """Mark the absences people wrote down, which leave no change of a field."""
        rows = Away.objects.within(self.scope, Need.IMPORT).filter(person__tie__child__in=children, at__gte=end)
        lines = Change.objects.within(self.scope, Need.IMPORT).filter(table="away", field="reason")
        told = set(lines.filter(child__in=children, batch__isnull=False).values_list("row", flat=True))
        for pk, at, child, tied in rows.values_list("pk", "at", "person__tie__child", "person__tie__at"):
            if pk not in told and at != tied:  # with the tie: a roster brought both
                self.days |= {(child, str(pk), name): at.astimezone(CHINA).date() for name in OF_AWAY}

    def _ended(self, table: str, found: Mapping[UUID, tuple[UUID, date]]) -> None:
        """Mark what ended by what a roster would say of it: the person who came home, the number given up."""
        model, names = ENDED[table]
        rows = model.objects.within(self.scope, Need.IMPORT).filter(pk__in=list(found), to_on__isnull=False)
        for pk, *values in rows.values_list("pk", *names):
            child, day = found[pk]
            self.days[child, table, " ".join(map(str, values))] = day

    def day(self, child: UUID, known: Told, told: Told, difference: Difference) -> date | None:
        """Give the day on which the file was changed in what this difference is about; None when it was not."""
        days = [self.days.get((child, *mark)) for mark in _marks(child, known, told, difference)]
        return max((day for day in days if day), default=None)


def _marks(child: UUID, known: Told, told: Told, difference: Difference) -> Iterator[tuple[str, str]]:
    first, _, rest = difference.key.partition(".")
    if first == "child":
        yield str(child), rest
    elif first in ("hardship", "pair"):
        yield ("hardship", str(difference.new)) if first == "hardship" else ("pairing", difference.new.split(":")[1])
    elif first == "relieve":
        yield rest, "carer"
    elif first == "kin":
        at, what, *name = rest.split(".")
        old = same_kin(known.kin, told.kin)[int(at)]
        yield from OF_KIN[what](old, told.kin[int(at)], difference, name)
    else:
        yield from ((str(child), name) for name in COLUMN.get(first, (first,)))


def _person(old: Kin | None, _kin: Kin, _found: Difference, name: list[str]) -> Iterator[tuple[str, str]]:
    if old:
        yield str(old.person), name[0]


def _carer(old: Kin | None, _kin: Kin, _found: Difference, _name: list[str]) -> Iterator[tuple[str, str]]:
    if old:
        yield str(old.tie), "carer"


def _phone(old: Kin | None, _kin: Kin, found: Difference, _name: list[str]) -> Iterator[tuple[str, str]]:
    if old:
        yield "phone", f"{old.person} {found.new}"


def _away(old: Kin | None, _kin: Kin, _found: Difference, name: list[str]) -> Iterator[tuple[str, str]]:
    if old:
        yield ("away", str(old.person)) if old.away_id is None else (str(old.away_id), name[0])


def _new(_old: Kin | None, kin: Kin, _found: Difference, _name: list[str]) -> Iterator[tuple[str, str]]:
    yield "tie", kin.name


OF_KIN: dict[str, Callable[[Kin | None, Kin, Difference, list[str]], Iterator[tuple[str, str]]]] = {
    "person": _person, "carer": _carer, "phone": _phone, "away": _away, "new": _new,
}  # fmt: skip
