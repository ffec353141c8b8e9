"""Query sets that stay closed until told whose eyes are looking (style.md 3.5)."""

from functools import cache
from typing import Any, ClassVar, NoReturn, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class ScopeMissing(RuntimeError):
    """A scoped table was read without saying whose eyes are looking: a mistake of ours, never of a user."""


class ScopedQuerySet(models.QuerySet[M_co]):
    """May be composed, may not be read, until `within` or `everywhere` opens it. `exists()` tells one bit and is open."""

    opened = False

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.opened = self.opened
        return clone

    def within(self, scope: Scope, need: Need = Need.NAMES) -> Self:
        """Open for one pair of eyes: only rows that an arm holding `need` reaches."""
        reach = Q(pk__in=())
        for kind, ids in scope.reach(need).items():
            if (reached := self.model.reached(kind, ids)) is not None:  # type: ignore[attr-defined]
                reach |= reached
        opened = self.filter(reach)
        opened.opened = True
        return opened

    def everywhere(self, *, why: str) -> Self:
        """Open without a person's eyes, for the few jobs that must see all; each use is on a checked-in list."""
        if not why:
            raise ValueError("say why")
        clone = self._clone()
        clone.opened = True
        return clone

    def must_be_open(self) -> None:
        """Raise ScopeMissing unless somebody said whose eyes are looking."""
        if not self.opened:
            raise ScopeMissing(f"{self.model.__name__}: say within(scope) or everywhere(why=...)")

    def _fetch_all(self) -> None:
        self.must_be_open()
        super()._fetch_all()

    def _combine(self, other: models.QuerySet[Any]) -> None:
        self.must_be_open()
        if isinstance(other, ScopedQuerySet):
            other.must_be_open()

    def __or__(self, other: Any) -> Self:
        self._combine(other)
        joined: Self = super().__or__(other)
        joined.opened = True
        return joined

    def __xor__(self, other: Any) -> Self:
        self._combine(other)
        joined: Self = super().__xor__(other)
        joined.opened = True
        return joined

    def __and__(self, other: Any) -> Self:
        self._combine(other)
        joined: Self = super().__and__(other)
        joined.opened = True
        return joined


def _guarded(name: str) -> Any:
    plain = getattr(models.QuerySet, name)

    def method(self: ScopedQuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        self.must_be_open()
        for other in args:
            if isinstance(other, ScopedQuerySet):
                other.must_be_open()
        return plain(self, *args, **kwargs)

    method.__name__ = name
    method.__doc__ = plain.__doc__
    return method


for _name in [
    "count",
    "aggregate",
    "get",
    "first",
    "last",
    "earliest",
    "latest",
    "iterator",
    "in_bulk",
    "update",
    "delete",
    "dates",
    "datetimes",
    "explain",
    "raw",
    "union",
    "intersection",
    "difference",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "contains",
]:
    setattr(ScopedQuerySet, _name, _guarded(_name))


def _no_pickle(self: ScopedQuerySet[Any]) -> NoReturn:
    raise ScopeMissing("a scoped query set is not carried elsewhere")


ScopedQuerySet.__getstate__ = _no_pickle  # type: ignore[assignment,method-assign]


class ScopedModel(models.Model):
    """A table below a school. `scope_paths` says by which column each arm reaches a row; a kind left out reaches none."""

    scope_paths: ClassVar[dict[str, str]] = {"school": "school"}
    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:
        value = getattr(self, field.attname)
        label: str = _labels(field).get(value, value)
        return label

    @classmethod
    def reached(cls, kind: ArmKind, ids: frozenset[UUID]) -> Q | None:
        """Give the condition under which an arm of this kind reaches a row, or None."""
        paths = cls.scope_paths
        if kind == ArmKind.BOARDERS and "boarding" in paths:
            return Q(**{f"{paths['school']}__in": ids, paths["boarding"]: True})
        return Q(**{f"{paths[kind]}__in": ids}) if kind in paths else None


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, str]:
    """Give what each value of a column is called. Django lays the list out anew at every call: 12 µs, fourteen times for a child."""
    return {value: str(label) for value, label in field.flatchoices}
