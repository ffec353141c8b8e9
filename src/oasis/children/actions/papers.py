"""Photos and papers: kept in a child's file, and taken out again."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction

from oasis.children.actions.files import hold
from oasis.children.consents import answered
from oasis.children.models import Child
from oasis.children.models.paper import Paper, PaperBody
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.scans import JPEG, scanned
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope

MOST = 60  # papers in one file


def keep_paper(scope: Scope, child: Child, *, kind: str, data: bytes, on: date, title: str = "") -> Paper:
    """Keep a photo or paper in a file; a newer photo takes the place of the one shown.

    Raises Refused when it is neither picture nor PDF, too large, or a photo no guardian said yes to.
    """
    if kind not in Paper.Kind.values:
        raise Refused("kind", "请选择这是什么材料", field="kind")
    if on > scope.on:
        raise Refused("future", "材料日期不能晚于今天", field="on")
    scan = scanned(data, largest=settings.OASIS_PAPER_LIMIT)
    with transaction.atomic():
        held = hold(scope, child)
        if kind == Paper.Kind.PHOTO:
            _check_photo(scope, held, scan.media)
        if _there(scope, held).count() >= MOST:
            raise Refused("many", f"一份档案最多放{MOST}份材料，请先去掉不用的", field="file")
        made = Paper.objects.create(
            school_id=held.school_id, child=held, kind=kind, title=title.strip(), on=on, media=scan.media,
            size=len(scan.body), by_id=scope.actor,
        )  # fmt: skip
        PaperBody.objects.create(paper=made, data=scan.body, thumb=scan.thumb)
        if kind == Paper.Kind.PHOTO:
            held.photo = made.pk
            held.save(update_fields=["photo"])
        trail.note(scope, "paper.keep", school=held.school_id, child=held.pk, subject=str(made.pk), detail=kind)
    return made


def _check_photo(scope: Scope, held: Child, media: str) -> None:
    if media != JPEG:
        raise Refused("no-photo", "近照要是照片，不能是 PDF", field="file")
    if not answered(scope, held).allows("photo"):
        raise Refused("consent", "家长还没有同意在档案里放照片：请先在“家长同意”里登记答复", field="kind")


def _there(scope: Scope, held: Child) -> ScopedQuerySet[Paper]:
    rows: ScopedQuerySet[Paper] = Paper.objects.within(scope, Need.CHILD_WRITE)
    return rows.filter(child=held, withdrawn_at__isnull=True)


def withdraw_paper(scope: Scope, paper: Paper, *, why: str) -> Paper:
    """Take a paper out: its bytes are deleted, the line that it was there stays. Raises Refused without a reason."""
    if not why.strip():
        raise Refused("why", "请写明为什么去掉", field="why")
    with transaction.atomic():
        held = hold(scope, paper.child)
        found: Paper | None = _there(scope, held).select_for_update(of=("self",)).filter(pk=paper.pk).first()
        if found is None:
            raise Refused("gone", "这份材料已经去掉了，请刷新页面")
        remove(scope, held, [found], fitting(why, 80, "原因", field="why"))
    return found


def remove(scope: Scope, held: Child, found: Iterable[Paper], why: str) -> None:
    """Delete the bytes of papers of a held child; call inside the transaction of the act."""
    for paper in found:
        PaperBody.objects.within(scope, Need.CHILD_WRITE).filter(paper=paper).delete()
        paper.withdrawn_at, paper.withdrawn_by_id, paper.why, paper.size = now(), scope.actor, why, 0
        paper.save(update_fields=["withdrawn_at", "withdrawn_by", "why", "size"])
        if held.photo == paper.pk:
            held.photo = None
            held.save(update_fields=["photo"])
        trail.note(
            scope, "paper.withdraw", school=held.school_id, child=held.pk, subject=str(paper.pk), detail=paper.kind
        )


def remove_photos(scope: Scope, held: Child, why: str) -> None:
    """Delete every photo of a held child: a guardian's no takes effect at once."""
    remove(scope, held, _there(scope, held).filter(kind=Paper.Kind.PHOTO), why)
