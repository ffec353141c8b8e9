"""Reading of letters to parents: the school's, and how each class stands."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from oasis.campus.models import Letter, LetterCopy
from oasis.children.models import Child
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass


@dataclass(frozen=True)
class Standing:
    """How far one class is with one letter."""

    klass: Klass
    name: str
    total: int
    written: int
    sent: int
    answered: int


def letters(scope: Scope) -> QuerySet[Letter]:
    """Give the letters of one's schools, the latest first."""
    rows = Letter.objects.within(scope, Need.CHILD_WRITE)
    return rows.select_related("term", "school").order_by("-issued_on", "-pk")


def standing(scope: Scope, letter: Letter) -> list[Standing]:
    """Give how far each class in reach is with a letter, by grade."""
    rows = LetterCopy.objects.within(scope, Need.CHILD_WRITE).filter(letter=letter, child__state=Child.State.HERE)
    counted = rows.order_by().values_list("child__klass").annotate(
        total=Count("pk"), written=Count("pk", filter=~Q(paragraph="")), sent=Count("pk", filter=Q(sent_on__isnull=False)),
        answered=Count("pk", filter=Q(answered_on__isnull=False)),
    )  # fmt: skip
    numbers = {klass: tuple(rest) for klass, *rest in counted if klass}
    klasses = Klass.objects.filter(pk__in=numbers).select_related("school")
    ordered = sorted(klasses, key=lambda one: (one.grade(scope.on, one.school.primary_years), one.number))
    return [Standing(one, one.name(scope.on, one.school.primary_years), *numbers[one.pk]) for one in ordered]


def of_class(scope: Scope, letter: Letter, klass: Klass, need: Need = Need.CHILD_WRITE) -> list[LetterCopy]:
    """Give the copies of a class in the order of its roll."""
    rows = LetterCopy.objects.within(scope, need).filter(
        letter=letter, child__klass=klass, child__state=Child.State.HERE
    )
    return list(rows.select_related("child", "sent_by").order_by("child__pinyin", "child__pk"))


def of_children(scope: Scope, letter: Letter, children: list[UUID]) -> dict[UUID, LetterCopy]:
    """Give the copies of children to be printed."""
    rows = LetterCopy.objects.within(scope, Need.EXPORT).filter(letter=letter, child__in=children)
    return {copy.child_id: copy for copy in rows}


def latest(scope: Scope, school: UUID) -> Letter | None:
    """Give the letter of a school that is to be printed now: the last one dated up to today, else the next."""
    rows = Letter.objects.within(scope, Need.EXPORT).filter(school=school).select_related("term")
    return rows.filter(issued_on__lte=scope.on).order_by("-issued_on").first() or rows.order_by("issued_on").first()


def copies(scope: Scope, need: Need) -> QuerySet[LetterCopy]:
    """Give the letters to children who are in a class, with what a page shows."""
    rows = LetterCopy.objects.within(scope, need).filter(child__klass__isnull=False)
    return rows.select_related("letter__term", "child__school", "child__klass", "sent_by")


def of_child(scope: Scope, child: UUID) -> UUID | None:
    """Give the letter of a child that has not been answered, the latest of them; else the latest."""
    rows = copies(scope, Need.CHILD_WRITE).filter(child=child)
    return (
        rows.order_by(F("answered_on").asc(nulls_first=True), "-letter__issued_on").values_list("pk", flat=True).first()
    )
