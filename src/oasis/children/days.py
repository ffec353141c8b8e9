"""Days to look out for: birthdays by the sun and by the moon, parents who come home or have just left."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from lunar_python import Solar
from lunar_python.util import LunarUtil

from oasis.children.models import Child, Tie
from oasis.kit import codes
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope

MONTHS = {**{name: n for n, name in enumerate(LunarUtil.MONTH) if name}, "一": 1, "十一": 11, "十二": 12}
DAYS = {name: n for n, name in enumerate(LunarUtil.DAY) if name}
SAID = re.compile(r"(?:农历|阴历)?\s*闰?\s*(十[一二]|[正一二三四五六七八九十冬腊]|\d{1,2})月\s*(\S{1,3}?)(?:日|号)?$")
SOON, LATELY = timedelta(days=14), timedelta(days=7)


class Born(Protocol):
    """Anybody with a birthday."""

    @property
    def birth_on(self) -> date | None: ...
    @property
    def lunar_birthday(self) -> str: ...


B = TypeVar("B", bound=Born)


def lunar_day(said: str) -> tuple[int, int] | None:
    """Read a lunar birthday as families write it (八月十五, 腊月初八, 农历3月15) into month and day; None when unclear."""
    found = SAID.match(said.strip())
    if found is None:
        return None
    month = int(found[1]) if found[1].isdigit() else MONTHS[found[1]]
    words = found[2].replace("廿十", "二十")
    day = int(words) if words.isdigit() else DAYS.get(words) or DAYS.get(f"初{words}") or _twenties(words)
    return (month, day) if day and 1 <= month <= 12 and 1 <= day <= 30 else None


def _twenties(words: str) -> int | None:
    return DAYS.get("廿" + words[2:]) if words.startswith("二十") and len(words) == 3 else None


@lru_cache(maxsize=8)
def lunar_words(on: date) -> str:
    """Write a day of the moon's calendar: 农历十月十五."""
    moon = Solar.fromYmd(on.year, on.month, on.day).getLunar()
    return f"农历{moon.getMonthInChinese()}月{moon.getDayInChinese()}"


@lru_cache(maxsize=64)
def _lunar(on: date) -> set[tuple[int, int]]:
    """Give month and day by the moon; the 29th stands for the 30th too when the month ends with it."""
    moon = Solar.fromYmd(on.year, on.month, on.day).getLunar()
    found = {(moon.getMonth(), moon.getDay())}
    if moon.getDay() == 29 and moon.next(1).getDay() == 1:
        found.add((moon.getMonth(), 30))
    return found


def birthdays(people: Iterable[B], on: date, days: int = 7) -> list[tuple[date, B, bool]]:
    """Give who has a birthday from a day on: the day, who, and whether by the moon. 29 February is kept on the 28th."""
    week = [on + timedelta(days=n) for n in range(days)]
    sun = {(day.month, day.day): day for day in week}
    for day in week:
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
            sun[2, 29] = day
    moon = {key: day for day in reversed(week) for key in _lunar(day)}
    found = []
    for who in people:
        said = lunar_day(who.lunar_birthday) if who.lunar_birthday else None
        if said:
            if said in moon:
                found.append((moon[said], who, True))
        elif who.birth_on and (who.birth_on.month, who.birth_on.day) in sun:
            found.append((sun[who.birth_on.month, who.birth_on.day], who, False))
    return sorted(found, key=lambda entry: entry[0])


# The festivals a school keeps, as lunar-python calls them, with the words teachers use.
KEPT = {
    "元旦节": "元旦", "春节": "春节", "元宵节": "元宵节", "端午节": "端午节", "儿童节": "儿童节", "中秋节": "中秋节", "重阳节": "重阳节",
    "国庆节": "国庆节", "腊八节": "腊八节", "除夕": "除夕",
}  # fmt: skip


@lru_cache(maxsize=8)
def festivals(on: date, days: int = 14) -> list[tuple[date, str]]:
    """Give the festivals from a day on, by the sun and by the moon."""
    found = []
    for day in (on + timedelta(days=n) for n in range(days)):
        sun = Solar.fromYmd(day.year, day.month, day.day)
        names = [*sun.getFestivals(), *sun.getLunar().getFestivals()]
        found += [(day, KEPT[name]) for name in names if name in KEPT]
    return found


@dataclass(frozen=True)
class Coming:
    """A parent on the way: `home_on` expected, `past` when that day has gone by unrecorded, or left on `left_on`."""

    child: UUID
    name: str
    parent: str
    home_on: date | None
    left_on: date | None
    past: bool


def comings(scope: Scope, on: date) -> list[Coming]:
    """Give parents expected home within two weeks or in the last two, and those who left within a week. One query."""
    words = dict(codes.Relation.choices)
    return [
        Coming(child, name, str(words[relation]), _near(home, on), left, bool(home and home < on))
        for child, name, relation, home, left in _comings(scope, on)
    ]


@remembered
def _comings(scope: Scope, on: date) -> QuerySet[Any, Any]:
    here = Child.objects.within(scope, Need.CHILD_READ).filter(
        state="here"
    )  # first: else a county's parents are walked
    rows = Tie.objects.within(scope, Need.CHILD_READ).filter(
        Q(person__away__next_return_on__range=(on - SOON, on + SOON)) | Q(person__away__since_on__range=(on - LATELY, on)),
        to_on__isnull=True, relation__in=codes.PARENTS, person__away__to_on__isnull=True, child__in=here.values("pk"),
    ).order_by("person__away__next_return_on", "child__pinyin")  # fmt: skip
    return rows.values_list(
        "child_id", "child__name", "relation", "person__away__next_return_on", "person__away__since_on"
    )


def _near(home: date | None, on: date) -> date | None:
    return home if home and on - SOON <= home <= on + SOON else None
