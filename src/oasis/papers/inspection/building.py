"""Making an inspection package: ordered with a purpose, built in the background item by item, kept for some days."""

import logging
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django_tasks import task

from oasis.children.access import scope_of
from oasis.children.models import Child
from oasis.kit.dates import now, today
from oasis.kit.refused import Refused
from oasis.papers.forms.base import Order, Paper
from oasis.papers.inspection.bundle import Bundle, bundle
from oasis.papers.inspection.framing import cover, head, note
from oasis.papers.inspection.items import ITEMS, Item
from oasis.papers.inspection.masking import mask_of, masked
from oasis.papers.leave import must_have_leave
from oasis.papers.marking import docx_marked, mark_of
from oasis.papers.models import Dossier
from oasis.papers.places import place_within
from oasis.papers.plaintext import file_name
from oasis.papers.queries import CARED, children_for
from oasis.papers.readiness import ITEMS as WORDS
from oasis.papers.shape import Export
from oasis.papers.sheets.printed import sheets_pdf
from oasis.papers.sheets.shape import Anchor, Block, Contents, Section, Title
from oasis.papers.sheets.word import sheets_docx
from oasis.people import trail
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School

KEPT = timedelta(days=14)
SILENT = timedelta(minutes=10)  # no sign of life for so long: it may be begun again
PAPER = Paper("inspection", "迎检资料包", "十六项，封面、目录、页码、缺项", "pdf", lambda order: b"", gathers=True)
WHY = "a package is dropped when its days are over, whoever asked for it"
log = logging.getLogger(__name__)
Mask = Callable[[Section], Section]


def order_dossier(scope: Scope, *, school: School, purpose: str, masked: bool, samples: int) -> Dossier:
    """Ask for a package; raises Refused without a purpose, without leave, or while one is being made."""
    place = place_within(scope, Need.EXPORT, school.pk)
    if place is None or not purpose.strip():
        raise Refused(
            "purpose" if place else "out-of-reach",
            "请写明给谁看、做什么用" if place else "只能整理本校的资料",
            field="purpose",
        )
    must_have_leave(scope, PAPER, place, CARED)
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        rows = Dossier.objects.within(scope, Need.EXPORT).filter(school=school)
        if rows.filter(state__in=("waiting", "working"), moved_at__gte=now() - SILENT).exists():
            raise Refused("busy", "正在整理一份，做好了再来")
        row = Dossier.objects.create(
            school=school, by_id=scope.person, purpose=purpose.strip(), masked=masked, samples=samples, total=len(ITEMS) + 1,
            until_on=scope.on + KEPT,
        )  # fmt: skip
        trail.note(
            scope, "inspection.order", school=school.pk, subject=str(row.pk), detail="masked" if masked else "open"
        )
    work.enqueue(str(row.pk), str(scope.person))
    return row


@task()
def work(dossier: str, user: str) -> None:
    """Build in the worker, with the eyes the person has today."""
    scope = scope_of(User.objects.get(pk=UUID(user)), today())
    try:
        build(scope, UUID(dossier))
    except Exception:
        log.exception("inspection package %s was not made", dossier)
        _set(scope, UUID(dossier), state=Dossier.State.FAILED)


def build(scope: Scope, pk: UUID) -> None:
    """Make the pages item by item, then one PDF and one archive."""
    row = Dossier.objects.within(scope, Need.EXPORT).select_related("school").get(pk=pk)
    place = place_within(scope, Need.EXPORT, row.school_id)
    if place is None:
        raise Refused("out-of-reach", "只能整理本校的资料")
    order = Order(scope, place, list(children_for(scope, place, CARED)), scope.on, str, mark_of(scope))
    one = bundle(order, row.samples)
    hide = _hider(one) if row.masked else _as_it_is
    parts = []
    for n, item in enumerate(ITEMS, start=1):
        made = [hide(section) for section in item.make(one)]
        parts.append((item, made, hide(note(one, item, bool(made)))))
        _set(scope, pk, state=Dossier.State.WORKING, done=n)
    sections = [
        cover(order, masked=row.masked),
        _contents(one, parts),
        *(page for part in parts for page in _pages(*part)),
    ]
    pdf = sheets_pdf(sections, mark=order.mark)
    _set(scope, pk, state=Dossier.State.DONE, done=row.total, pdf=pdf, archive=_archive(pdf, parts, order.mark))


def _as_it_is(section: Section) -> Section:
    return section


def _hider(one: Bundle) -> Mask:
    order = one.order
    pupils = Child.objects.within(order.scope, Need.EXPORT).filter(school=order.place.school)
    mask = mask_of(one.files, pupils.values_list("name", flat=True))  # a classmate who helps is named too
    return lambda section: masked(section, mask)


def _contents(one: Bundle, parts: list[tuple[Item, list[Section], Section]]) -> Section:
    lines = []
    for item, made, _said in parts:
        missing = len(one.gaps(item.number)) if item.code != "problems" else 0
        told = [f"缺{missing}处"] if missing else []
        told += [] if made else ["系统里没有"]
        lines.append((f"{item.number}．{WORDS[item.number]}", item.code, "，".join([*told, f"另附{item.by_hand}"])))
    return Section((Title("目录", 20), Contents(tuple(lines))))


def _pages(item: Item, made: list[Section], said: Section) -> list[Section]:
    """Give an item its first page with what it lacks, then its material."""
    first: tuple[Block, ...] = (Anchor(item.code), *head(WORDS[item.number], item.number), *said.blocks)
    if made and not made[0].wide and item.code != "files":  # a short table goes below at once, a form has its own page
        return [Section((*first, *made[0].blocks)), *made[1:]]
    return [Section(first), *made]


def _archive(pdf: bytes, parts: list[tuple[Item, list[Section], Section]], mark: str) -> bytes:
    """Put the whole and each item as a Word file into one .zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00迎检资料（全部）.pdf", pdf)
        for item, made, said in parts:
            words = WORDS[item.number]
            data = sheets_docx(words, _pages(item, made, said))
            archive.writestr(file_name(f"{item.number:02d}", words, ending="docx"), docx_marked(data, mark))
    return out.getvalue()


def _set(scope: Scope, pk: UUID, **told: object) -> None:
    """Write how far it is; pages are sealed to their row."""
    row = Dossier.objects.within(scope, Need.EXPORT).get(pk=pk)
    for name, value in (told | {"moved_at": now()}).items():
        setattr(row, name, value)
    row.save(update_fields=[*told, "moved_at"])


def dossiers(scope: Scope) -> list[Dossier]:
    """Give the packages this person asked for, newest first, without their pages."""
    rows = Dossier.objects.within(scope, Need.EXPORT).filter(by=scope.actor, until_on__gte=scope.on)
    return list(rows.select_related("school").defer("pdf", "archive").order_by("-at")[:10])


def take_out(scope: Scope, *, dossier: UUID, ending: str) -> Export:
    """Hand a finished package to whoever asked for it; each time is a line on the trail."""
    rows = Dossier.objects.within(scope, Need.EXPORT).filter(by=scope.actor, until_on__gte=scope.on)
    row = rows.filter(pk=dossier, state=Dossier.State.DONE).select_related("school").first()
    if row is None:
        raise Refused("not-done", "还没有做好，或已经过了保留的日期")
    data, media = (row.archive, "application/zip") if ending == "zip" else (row.pdf, "application/pdf")
    with transaction.atomic():
        trail.note(scope, "export.inspection", school=row.school_id, subject=str(row.pk), detail=ending)
    name = file_name(row.school.name, "迎检资料", f"{scope.on:%Y%m%d}", ending="zip" if ending == "zip" else "pdf")
    return Export(name, media, bytes(data))


def forget_old() -> int:
    """Drop the packages whose days are over. Called every night."""
    return Dossier.objects.everywhere(why=WHY).filter(until_on__lt=today()).delete()[0]
