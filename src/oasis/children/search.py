"""Finding children: by name, sound, initials, last four of the ID, a number; and FILTERS for what teachers ask."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from oasis.children.alarms import ALARMS, arranged
from oasis.children.census import unasked
from oasis.children.models import Child, Tie
from oasis.children.opening import all_made, listed
from oasis.kit import codes, idcard
from oasis.kit.catalogue import Catalogue
from oasis.kit.secrets import keyed_hash
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope

SIZE = 40


@dataclass(frozen=True)
class Filter:
    """A question about many children; `need` is what one must hold to ask it."""

    code: str
    label: str
    holds: Callable[[date], Q]
    need: Need = Need.CHILD_READ


def _grandparent_cares(on: date) -> Q:
    tied = Tie.objects.filter(child=OuterRef("pk"), carer=True, relation__in=codes.GRANDPARENTS, to_on__isnull=True)
    return Q(care=codes.Care.GRANDPARENTS) | Q(Exists(tied))


FILTERS = Catalogue(
    Filter("left", "父母外出", lambda on: Q(left_behind__gt=0)),
    Filter("left-both", "双方外出", lambda on: Q(left_behind=codes.LeftBehind.BOTH)),
    Filter("left-one", "一方外出", lambda on: Q(left_behind=codes.LeftBehind.ONE)),
    Filter("unasked", "外出情况还没有问", lambda on: unasked()),
    Filter("key", "重点对象", lambda on: Q(key=True)),
    Filter("boards", "寄宿", lambda on: Q(boarding=True), Need.NAMES),
    Filter("grandparents", "祖辈照护", _grandparent_cares),
    Filter("unconfirmed", "照护人未确认", lambda on: Q(left_behind__gt=0) & ~arranged(on)),
    *(Filter(f"alarm-{alarm.code}", alarm.label, alarm.holds) for alarm in ALARMS),
)


@dataclass(frozen=True)
class Wanted:
    """What a person looks for. `exact` are equal values of the file (klass, sex, care …), `marks` codes of FILTERS."""

    text: str = ""
    klass: UUID | None = None
    marks: tuple[str, ...] = ()
    sex: str = ""
    care: str = ""
    gone: bool = False

    @property
    def need(self) -> Need:
        """What must be held to ask this."""
        asked = {FILTERS.get(code).need for code in self.marks} | (
            {Need.CHILD_READ} if self.care or self.gone else set()
        )
        return Need.CHILD_READ if Need.CHILD_READ in asked else Need.NAMES

    @property
    def by(self) -> str:
        """How the text is read; for the trail, which never holds the text itself."""
        folded = idcard.clean(self.text)
        if re.fullmatch(r"\d{3}[\dX]", folded):
            return "tail"
        if re.fullmatch(r"\+?\d{5,15}", folded):
            return "phone"
        return "letters" if re.fullmatch(r"[A-Za-z ]+", self.text.strip()) else "name"


@dataclass(frozen=True)
class Found:
    """One page of children; `after` is the mark of the next page, "" when there is none; `total` counts all pages."""

    rows: list[Child]
    after: str
    total: int


def find(
    scope: Scope, wanted: Wanted, *, after: str = "", lacking: QuerySet[Any, Any] | None = None, size: int = SIZE
) -> Found:
    """Give one page of the children in reach by sound of name; `lacking` gives child ids to leave out. Two queries."""
    last = _mark(after)
    if wanted.text.strip() or lacking is not None:  # not worded alike twice
        rows = matching(scope, wanted)
        rows = rows.exclude(pk__in=lacking) if lacking is not None else rows
        total, page = rows.count(), list(_page(scope, rows, last, size))
    else:
        counted = _counted(scope, wanted.klass, replace(wanted, klass=None))
        total = counted[0][0] if counted else 0
        page = _listed(scope, wanted.klass, replace(wanted, klass=None), last, size)
    shown = all_made(page)
    return Found(shown[:size], str(shown[size - 1].pk) if len(shown) > size else "", total)


@remembered
def _listed(
    scope: Scope, klass: UUID | None, wanted: Wanted, after: UUID | None, size: int
) -> QuerySet[Child, tuple[Any, ...]]:
    return _page(scope, matching(scope, replace(wanted, klass=klass)), after, size)


@remembered
def _counted(scope: Scope, klass: UUID | None, wanted: Wanted) -> QuerySet[Child, tuple[int]]:
    rows = matching(scope, replace(wanted, klass=klass)).order_by()
    return rows.annotate(everybody=Value(1)).values("everybody").annotate(n=Count("pk")).values_list("n")


def _page(scope: Scope, rows: ScopedQuerySet[Child], after: UUID | None, size: int) -> QuerySet[Child, tuple[Any, ...]]:
    if after:
        last = Child.objects.within(scope, Need.NAMES).filter(pk=after).values("pinyin")[:1]
        rows = rows.filter(Q(pinyin__gt=Subquery(last)) | Q(pinyin=Subquery(last), pk__gt=after))
    return listed(rows.order_by("pinyin", "pk"))[: size + 1]


def _mark(after: str) -> UUID | None:
    try:
        return UUID(after) if after else None
    except ValueError:
        return None


def matching(scope: Scope, wanted: Wanted) -> ScopedQuerySet[Child]:
    """Give the children in reach that a person looks for; a filter that asks more than the person holds gives none."""
    if wanted.text.strip():
        return _by_text(scope, wanted).filter(state=Child.State.HERE)
    here = Q(state=Child.State.HERE)
    rows = Child.objects.within(scope, wanted.need).filter(~here & Q(erased_on=None) if wanted.gone else here)
    for code in wanted.marks:
        rows = rows.filter(FILTERS.get(code).holds(scope.on))
    exact = {"klass_id": wanted.klass, "sex": wanted.sex, "care": wanted.care}
    return rows.filter(**{name: value for name, value in exact.items() if value})


def _by_number(scope: Scope, **which: str) -> ScopedQuerySet[Child]:
    """Give the children whose family has such a number, by a hash of it: a number half typed finds nobody."""
    numbers = {f"person__phone__{name}": value for name, value in which.items()}
    tied = Tie.objects.filter(to_on__isnull=True, person__phone__to_on__isnull=True, **numbers)
    return Child.objects.within(scope, Need.CONTACTS).filter(pk__in=tied.values("child"))


def _by_text(scope: Scope, wanted: Wanted) -> ScopedQuerySet[Child]:
    text = idcard.clean(wanted.text)
    if wanted.by == "tail":
        card = Child.objects.within(scope, Need.ID_NUMBER).filter(id_tail=keyed_hash(text, purpose="id-tail"))
        return card | _by_number(scope, tail_hash=keyed_hash(text, purpose="phone-tail"))
    if wanted.by == "phone":
        return _by_number(scope, number_hash=keyed_hash(text, purpose="phone"))
    low = text.lower()
    sound = Q(pinyin__startswith=low) | Q(initials__startswith=low) | Q(given_pinyin__startswith=low)
    name = Q(name__startswith=wanted.text.strip()) | Q(given_name__startswith=wanted.text.strip())
    return Child.objects.within(scope, Need.NAMES).filter(sound if wanted.by == "letters" else name)
