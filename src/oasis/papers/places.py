"""The place a paper is about: a class or a school within a person's reach."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School
from oasis.places.queries import classes_on


@dataclass(frozen=True)
class Place:
    """A class of a school or, without one, the school."""

    school: School
    klass: Klass | None
    label: str

    @property
    def pk(self) -> UUID:
        """The id by which a form names the place."""
        return self.klass.pk if self.klass else self.school.pk

    @property
    def name(self) -> str:
        """The class's name on a paper; nothing for the school, whose name stands there anyway."""
        return self.label if self.klass else ""


def place_of(school: School, klass: Klass | None, on: date) -> Place:
    """Name a place as it is called on a day."""
    return Place(school, klass, klass.name(on, school.primary_years) if klass else "全校")


def places_within(scope: Scope, need: Need) -> list[Place]:
    """Give the schools and classes a person may make papers of, schools first, classes by grade."""
    whole = scope.ids(ArmKind.SCHOOL, need)
    single = scope.ids(ArmKind.KLASS, need)
    found: list[Place] = []
    for school in School.objects.filter(pk__in=whole).order_by("name"):
        found.append(place_of(school, None, scope.on))
        found += [place_of(school, klass, scope.on) for klass in classes_on(school.pk, scope.on)]
    others = Klass.objects.filter(pk__in=single).exclude(school__in=whole).select_related("school")
    return found + [place_of(klass.school, klass, scope.on) for klass in others.order_by("-entry_year", "number")]


def place_within(scope: Scope, need: Need, pk: UUID) -> Place | None:
    """Give one place by its id, or None when it is out of reach."""
    return next((place for place in places_within(scope, need) if place.pk == pk), None)
