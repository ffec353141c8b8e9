"""What care is owed to whom and which kinds of record settle it: said once, for what is due and for what is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from oasis.kit.catalogue import Catalogue


@dataclass(frozen=True)
class Coverage:
    """A care owed to every left-behind child, or to the key children only (`key`), settled by any of the kinds or what stands
    for them (records/also.py), which `besides` says in words."""

    code: str
    label: str
    settled_by: frozenset[str]
    key: bool = False
    besides: str = ""


SETTLING = 14  # days of a month or a visit's weeks that a newcomer must have in it before it is owed


def settled(since: date, until: date) -> bool:
    """Tell whether a child to whom care is owed since a day has had time enough for it until another."""
    return since + timedelta(days=SETTLING - 1) <= until


def spell_start(dates: Iterable[tuple[date, bool]]) -> date | None:
    """Give the day on which the present spell of a yes began, from dated yes and no in any order; None without one."""
    began = None
    for day, holds in sorted(dates):
        began = (began or day) if holds else None
    return began


COVERAGES = Catalogue(
    Coverage("talk", "谈心", frozenset({"talk"})),
    Coverage("key-talk", "重点对象谈心", frozenset({"talk"}), key=True),
    Coverage("visit", "家访", frozenset({"visit"})),
    Coverage("parents", "亲情通话、书信", frozenset({"family-call", "family-letter"})),
    Coverage("carer", "监护人联系", frozenset({"carer-contact"}), besides="家访时当面见到照护人的也算"),
)
