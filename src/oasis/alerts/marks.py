"""Marks against the class's own mean, so that a fall of all is nobody's: points and means are asked for, the rest is counted here."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Avg, CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from oasis.campus.models import Mark

WHY = "a signal reads points of children that were read within the scope"
NO_DAY = Cast(Value(None), DateField())
Points = tuple[UUID, str, str, date, float, int]  # child, exam, subject, day, points, the whole paper
Means = dict[tuple[UUID, str, str], float]  # by class, exam, subject
Weighed = tuple[UUID, str, date, int]  # child, subject, day, thousandths of the whole paper over the mean


def legs(whose: Q, begun: date, on: date) -> list[QuerySet[Any, Any]]:
    """Give the bare points by child, and the means by class, each as an id, a key and a day."""
    marks = Mark.objects.everywhere(why=WHY).filter(whose, exam__on__range=(begun, on)).order_by()
    others = Mark.objects.everywhere(why="the mean of a class tells no child's mark").filter(
        exam__in=marks.values("exam"), child__klass__in=marks.values("child__klass")
    )
    means = others.order_by().values("child__klass", "exam", "subject").annotate(mean=Avg("points"), day=NO_DAY)
    points = _key("mark", "exam", "subject", "points", "exam__full")
    return [
        marks.annotate(about=points).values_list("child_id", "about", "exam__on"),
        means.annotate(about=_key("mean", "exam", "subject", "mean")).values_list("child__klass", "about", "day"),
    ]


def _key(sort: str, *columns: str) -> Concat:
    parts = [part for column in columns for part in (Value("|"), Cast(F(column), CharField()))]
    return Concat(Value(sort), *parts, output_field=CharField())


class Scale:
    """Collects what `legs` gave, and weighs each mark when all is there."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._points: list[Points] = []
        self._means: Means = {}

    def taken(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Take in the rows of `legs`, and pass on those of others."""
        for row in rows:
            if row[1].startswith("mark|"):
                self._mark(*row)
            elif row[1].startswith("mean|"):
                self._mean(*row)
            else:
                yield row

    def _mark(self, child: UUID, key: str, day: date) -> None:
        _sort, exam, subject, points, full = key.split("|")
        self._points.append((child, exam, subject, day, float(points), int(full)))

    def _mean(self, klass: UUID, key: str, _day: date) -> None:
        _sort, exam, subject, mean = key.split("|")
        self._means[klass, exam, subject] = float(mean)

    def weighed(self, klasses: Sequence[tuple[UUID, UUID | None]]) -> list[Weighed]:
        """Give the marks of these children over the mean of their class; without a class there is none."""
        of, found = dict(klasses), []
        for child, exam, subject, day, points, full in self._points:
            klass = of.get(child)
            mean = self._means.get((klass, exam, subject)) if klass else None
            if mean is not None:
                found.append((child, subject, day, round((points - mean) * 1000 / full)))
        return found
