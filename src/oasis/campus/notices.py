"""Reading of the pupils' notices and of the codes by which they come in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from oasis.campus.models import Notice, NoticeCode
from oasis.people.remembered import remembered
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.people.together import Question
from oasis.places.models import Klass
from oasis.places.queries import classes_on


@dataclass(frozen=True)
class ClassCode:
    """A class and its code, if it has one that still holds."""

    klass: Klass
    name: str
    code: NoticeCode | None


def own_classes(scope: Scope) -> list[Klass]:
    """Give the classes whose notices one reads: the homeroom teacher's, all of them for a leader."""
    arms = {kind: scope.ids(kind, Need.CHILD_WRITE) for kind in (ArmKind.KLASS, ArmKind.SCHOOL)}
    rows = list(
        Klass.objects.filter(Q(pk__in=arms[ArmKind.KLASS]) | Q(school__in=arms[ArmKind.SCHOOL])).select_related(
            "school"
        )
    )
    here = {klass.pk for school in {row.school_id for row in rows} for klass in classes_on(school, scope.on)}
    found = [row for row in rows if row.pk in here]
    return sorted(found, key=lambda row: (row.grade(scope.on, row.school.primary_years), row.number))


def codes(scope: Scope) -> list[ClassCode]:
    """Give one's classes with their codes."""
    rows = NoticeCode.objects.within(scope, Need.CHILD_WRITE).filter(ended_at__isnull=True, until_on__gte=scope.on)
    held = {row.klass_id: row for row in rows}
    return [
        ClassCode(klass, klass.name(scope.on, klass.school.primary_years), held.get(klass.pk))
        for klass in own_classes(scope)
    ]


def waiting(scope: Scope) -> list[Notice]:
    """Give the notices nobody has weighed yet, urgent ones first. One query."""
    rows = Notice.objects.within(scope, Need.CHILD_WRITE).filter(state=Notice.State.OPEN)
    return list(rows.select_related("klass", "klass__school"))


def unweighed_asked(scope: Scope) -> Question[list[bool]]:
    """Ask for each of those whether it is urgent."""
    return Question(_unweighed, (scope,), lambda rows: [bool(urgent) for (urgent,) in rows])


@remembered
def _unweighed(scope: Scope) -> QuerySet[Notice, tuple[bool]]:
    return Notice.objects.within(scope, Need.CHILD_WRITE).filter(state=Notice.State.OPEN).values_list("urgent")


def decided(scope: Scope) -> list[Notice]:
    """Give the latest notices that were weighed."""
    rows = Notice.objects.within(scope, Need.CHILD_WRITE).exclude(state=Notice.State.OPEN)
    return list(rows.select_related("klass", "klass__school", "decided_by").order_by("-decided_at")[:20])


def notice_of(scope: Scope, pk: UUID) -> Notice | None:
    """Give a notice in reach."""
    found: Notice | None = (
        Notice.objects.within(scope, Need.CHILD_WRITE).select_related("klass", "klass__school").filter(pk=pk).first()
    )
    return found


def class_of(code: str, on: date) -> NoticeCode | None:
    """Give the code a pupil typed, while it holds."""
    hashes = NoticeCode._meta.get_field("code_hash").hashed(code)
    rows = NoticeCode.objects.everywhere(why="a pupil has no account; the code alone says which class it is")
    found: NoticeCode | None = rows.filter(code_hash=hashes, ended_at__isnull=True, until_on__gte=on).first()
    return found if hashes else None
