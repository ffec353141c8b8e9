"""A finished package put before the school's inspectors until a day: a leader's word, kept among the approvals."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.papers.models import Dossier
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people import trail
from oasis.people.models import Approval
from oasis.people.roles import Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import School

GONE = "这份资料包不在了，或者已经过了日期"


def show(scope: Scope, *, dossier: UUID, until_on: date) -> Approval:
    """Let the inspectors of the school read a package until a day; said again, the newer day holds."""
    with transaction.atomic():
        row = _own(scope, dossier)
        School.objects.select_for_update().get(pk=row.school_id)
        if not scope.on <= until_on <= row.until_on:
            raise Refused("until", f"请选今天到{row.until_on:%Y-%m-%d}之间的日期", field="until_on")
        word = _words(scope, Need.APPROVE).filter(subject=str(row.pk)).first() or Approval(
            school=row.school, kind=Approval.Kind.SHOW, asked_by_id=scope.person, subject=str(row.pk), words=row.purpose,
            purpose="给督导看", granted=True, decided_by_id=scope.actor, decided_at=now(),
        )  # fmt: skip
        word.until_on = until_on
        save_checked(word)
        trail.note(scope, "inspection.show", school=row.school_id, subject=str(row.pk), detail=str(until_on))
    return word


def hide(scope: Scope, *, dossier: UUID) -> None:
    """Take a package away from the inspectors at once."""
    with transaction.atomic():
        row = _own(scope, dossier)
        before = scope.on - timedelta(days=1)
        if _words(scope, Need.APPROVE).filter(subject=str(row.pk)).update(until_on=before):
            trail.note(scope, "inspection.hide", school=row.school_id, subject=str(row.pk))


def shown_until(scope: Scope, need: Need = Need.APPROVE) -> dict[str, date]:
    """Give until when each package lies before the inspectors, for the leaders or for the inspector."""
    found = _words(scope, need).values_list("subject", "until_on")
    return {subject: until for subject, until in found if until}


def packages(scope: Scope) -> list[Dossier]:
    """Give what the school put before this inspector, newest first, without the pages."""
    rows = _before(scope).select_related("school").defer("pdf", "archive")
    return list(rows.order_by("-at"))


def read(scope: Scope, *, dossier: UUID) -> Export:
    """Hand an inspector the pages; each opening is a line on the school's trail."""
    row = _before(scope).filter(pk=dossier).select_related("school").first()
    if row is None:
        raise Refused("gone", GONE)
    with transaction.atomic():
        trail.note(scope, "inspection.read", school=row.school_id, subject=str(row.pk))
    name = file_name(row.school.name, "迎检资料", f"{scope.on:%Y%m%d}", ending="pdf")
    return Export(name, "application/pdf", bytes(row.pdf))


def _own(scope: Scope, dossier: UUID) -> Dossier:
    rows = Dossier.objects.within(scope, Need.LAW).filter(by=scope.actor, state=Dossier.State.DONE)
    row = rows.filter(pk=dossier, until_on__gte=scope.on).select_related("school").defer("pdf", "archive").first()
    if row is None:
        raise Refused("gone", GONE)
    return row


def _words(scope: Scope, need: Need) -> QuerySet[Approval]:
    rows = Approval.objects.within(scope, need).filter(kind=Approval.Kind.SHOW, granted=True)
    return rows.filter(until_on__gte=scope.on)


def _before(scope: Scope) -> QuerySet[Dossier]:
    shown = [UUID(subject) for subject in _words(scope, Need.INSPECT).values_list("subject", flat=True)]
    rows = Dossier.objects.within(scope, Need.INSPECT).filter(pk__in=shown, state=Dossier.State.DONE)
    return rows.filter(until_on__gte=scope.on)
