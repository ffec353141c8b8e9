"""Reading of files. What needs more room stands beside: search, alarms, household, past, history, load, census."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F, TextField, Value

from oasis.children.load import suggested_classmates, suggested_helpers
from oasis.children.models import Away, CareArrangement, Child, Hardship, Pairing, Person, Phone, RiskLevel, Tie
from oasis.children.past import as_of
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

__all__ = [
    "arrangements",
    "as_of",
    "here",
    "mentioned",
    "named",
    "of_name",
    "pairings",
    "same_number",
    "suggested_classmates",
    "suggested_helpers",
    "taught",
]


MENTIONED = 10  # children offered for one question


def here(scope: Scope) -> ScopedQuerySet[Child]:
    """Give the children in reach who are at school, by class and sound of name."""
    rows = Child.objects.within(scope, Need.NAMES).filter(state=Child.State.HERE)
    return rows.select_related("klass").order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin")


def named(scope: Scope, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of those of these children who are in reach."""
    return dict(Child.objects.within(scope, Need.NAMES).filter(pk__in=ids).values_list("pk", "name"))


def of_name(scope: Scope, name: str) -> tuple[UUID, ...]:
    """Give the children of the school whose name holds a text, those who have left included, for the reader of the trail."""
    rows = Child.objects.within(scope, Need.TRAIL).filter(name__contains=name.strip())
    return tuple(rows.values_list("pk", flat=True)[:50])


def taught(scope: Scope) -> tuple[dict[str, list[tuple[str, str]]], dict[UUID, Child]]:
    """Give the pupils of the classes one teaches, by class for a choice, and by id: names only, for writing a concern."""
    rows = Child.objects.within(scope, Need.CONCERN).filter(state=Child.State.HERE, klass__isnull=False)
    classes: dict[str, list[tuple[str, str]]] = {}
    found = {row.pk: row for row in rows.select_related("klass", "school").order_by("klass_id", "pinyin")}
    for row in found.values():
        if row.klass:
            classes.setdefault(row.klass.name(scope.on, row.school.primary_years), []).append((str(row.pk), row.name))
    return classes, found


def mentioned(scope: Scope, texts: Collection[str]) -> dict[str, list[tuple[UUID, str]]]:
    """Give for each text the children whose full name stands in it, with their class, for a leader's choice. One query.

    The asker may not be told whether they exist.
    """
    if not texts:
        return {}
    told = Value("\n".join(texts), output_field=TextField())
    rows = list(
        here(scope)
        .within(scope, Need.APPROVE)
        .annotate(told=told)
        .filter(told__contains=F("name"))
        .select_related("klass", "school")
    )
    words = [
        (row, f"{row.name}（{row.klass.name(scope.on, row.school.primary_years) if row.klass else '没有班级'}）")
        for row in rows
    ]
    return {text: [(row.pk, label) for row, label in words if row.name in text][:MENTIONED] for text in texts}


def pairings(scope: Scope, child: Child) -> ScopedQuerySet[Pairing]:
    """Give a child's pairings, running ones first, then the newest."""
    rows = Pairing.objects.within(scope, Need.CHILD_READ).filter(child=child)
    return rows.select_related("staff", "classmate").order_by("-to_on", "-from_on", "-pk")


def arrangements(scope: Scope, child: Child) -> ScopedQuerySet[CareArrangement]:
    """Give a child's arrangements of care, the newest first."""
    return CareArrangement.objects.within(scope, Need.FAMILY).filter(child=child).select_related("carer", "by")


def same_number(scope: Scope, child: Child, number: str) -> list[Tie]:
    """Give family members of other children in reach who have this number: brothers and sisters share a parent."""
    rows = Tie.objects.within(scope, Need.CHILD_WRITE).filter(
        school_id=child.school_id,
        to_on__isnull=True,
        person__phone__number_hash__in=Phone.hashes([number]),
        person__phone__to_on__isnull=True,
    )
    mine = Tie.objects.filter(child=child, to_on__isnull=True).values("person")
    return list(rows.exclude(person__in=mine).select_related("person", "child").distinct().order_by("pk")[:5])


def asked_about(scope: Scope, need: Need = Need.CENSUS) -> ScopedQuerySet[Child]:
    """Give the children at school who are in a class: of whom a census or an assessment asks."""
    rows = Child.objects.within(scope, need).filter(state=Child.State.HERE, klass__isnull=False)
    return rows.select_related("klass", "school")


def in_class(scope: Scope, klass: Klass, need: Need) -> list[Child]:
    """Give the children of a class who are at school, by sound of name."""
    rows = Child.objects.within(scope, need).filter(klass=klass, state=Child.State.HERE)
    return list(rows.order_by("pinyin", "pk"))


def hardships(scope: Scope, child: Child, need: Need = Need.FAMILY) -> list[Hardship]:
    """Give the groups of hardship a child belongs to now."""
    rows = Hardship.objects.within(scope, need).filter(child=child, to_on__isnull=True)
    return list(rows.order_by("from_on"))


def risk(scope: Scope, child: Child) -> RiskLevel | None:
    """Give the risk level that stands."""
    rows = RiskLevel.objects.within(scope, Need.CHILD_READ).filter(child=child).select_related("by")
    return rows.order_by("-on", "-pk").first()


def absence(scope: Scope, person: Person) -> Away | None:
    """Give the running absence of a family member."""
    return Away.objects.within(scope, Need.CHILD_WRITE).filter(person=person, to_on__isnull=True).first()


def numbers(scope: Scope, person: Person) -> ScopedQuerySet[Phone]:
    """Give the numbers of a family member in use."""
    return Phone.objects.within(scope, Need.CHILD_WRITE).filter(person=person, to_on__isnull=True)
