"""Reading the photos and papers of a file."""

from uuid import UUID

from oasis.children.models import Child
from oasis.children.models.paper import Paper, PaperBody
from oasis.people import trail
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope

OPEN = (Paper.Kind.PHOTO, Paper.Kind.LETTER)  # for whoever reads the file; the rest speaks of the family


def papers(scope: Scope, child: Child, may: frozenset[Need]) -> ScopedQuerySet[Paper]:
    """Give the papers of a child these eyes may see, newest first; withdrawn ones are left out."""
    rows = Paper.objects.within(scope, Need.CHILD_READ).filter(child=child, withdrawn_at__isnull=True)
    return (rows if Need.FAMILY in may else rows.filter(kind__in=OPEN)).select_related("by")


def photo_removed(scope: Scope, child: Child) -> bool:
    """Tell whether a photo once stood in the file and is gone."""
    rows = Paper.objects.within(scope, Need.CHILD_WRITE).filter(child=child, kind=Paper.Kind.PHOTO)
    return rows.exists() and not rows.filter(withdrawn_at__isnull=True).exists()


def opened(scope: Scope, pk: UUID, *, small: bool = False) -> tuple[Paper, bytes] | None:
    """Give a paper with its bytes, or with its small picture, or None out of reach.

    Each goes on the trail: the small picture too, for whoever knows its address needs no page around it.
    """
    for need in (Need.FAMILY, Need.CHILD_READ):
        rows = PaperBody.objects.within(scope, need).filter(paper=pk, paper__withdrawn_at__isnull=True)
        rows = rows if need == Need.FAMILY else rows.filter(paper__kind__in=OPEN)
        body = rows.select_related("paper").defer("data" if small else "thumb").first()
        if body is not None:
            break
    else:
        return None
    kept = body.paper
    detail = f"{kept.kind} small" if small else kept.kind
    trail.note(scope, "paper.look", school=kept.school_id, child=kept.child_id, subject=str(kept.pk), detail=detail)
    return body.paper, body.thumb if small else body.data
