"""Handing a filled form out: for one child, for each child of a place in a zip, as one roster, or as figures."""

import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import UUID

from django.db import transaction

from oasis.children.models import Child
from oasis.kit.dates import school_year
from oasis.kit.refused import Refused
from oasis.papers.actions import MEDIA, Purpose
from oasis.papers.bureau import opening
from oasis.papers.bureau.counting import counts_of
from oasis.papers.bureau.facts import About
from oasis.papers.bureau.filling import Job, Sheet, all_in_one, counted, one_each
from oasis.papers.bureau.queries import Opened, opened_for_filling
from oasis.papers.files import files_of
from oasis.papers.forms.base import Paper
from oasis.papers.leave import must_have_leave
from oasis.papers.marking import mark_of
from oasis.papers.models import Template
from oasis.papers.places import Place, place_within
from oasis.papers.plaintext import file_name, plain
from oasis.papers.queries import children_for
from oasis.papers.shape import Export
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.queries import term_on
from oasis.records.models import Record

MOST_COPIES = 400


@dataclass(frozen=True)
class Wanted:
    """What is asked for: which form, which place, which children, one child or all, numbers hidden or not."""

    template: UUID
    place: UUID
    whom: str
    child: UUID | None = None
    hide: bool = False


@dataclass(frozen=True)
class Ready:
    """A form about to leave: the copies to be made, and what the files do not know, by child."""

    opened: Opened
    place: Place
    children: list[Child]
    jobs: list[Job]
    wanting: list[tuple[Child | None, list[str]]]


def paper_of(template: Template) -> Paper:
    """Give the form as the leave for an export names it."""
    gathers = template.kind != Template.Kind.FIGURES
    return Paper(f"t-{template.pk.hex}", f"《{template.title}》", "", "", lambda order: b"", gathers=gathers)


def ready(scope: Scope, wanted: Wanted) -> Ready:
    """Put together what will be written and what is wanting; raises Refused out of reach or where there is no child."""
    opened, place = opened_for_filling(scope, wanted.template), place_within(scope, Need.EXPORT, wanted.place)
    if opened is None or place is None or place.school.pk != opened.template.school_id:
        raise Refused("out-of-reach", "这张表或这个班级不在您负责的范围内，请重新选择")
    template = opened.template
    sheet = Sheet(template.kind, opened.ties, opened.bodies, template.empties, wanted.hide)
    if template.kind == Template.Kind.FIGURES:
        sheet.counts = counts_of(scope, place)
        return _ready(opened, place, [], sheet, [counted(sheet, _about(scope, place))])
    children = list(children_for(scope, place, wanted.whom))
    if wanted.child:
        children = list(children_for(scope, place, "all").filter(pk=wanted.child))
    if not children:
        raise Refused("no-child", "这个范围里还没有登记的孩子，请先完成摸底排查")
    abouts = _abouts(scope, place, children)
    if template.kind == Template.Kind.ROSTER:
        return _ready(opened, place, children, sheet, [all_in_one(sheet, _about(scope, place, len(children)), abouts)])
    if len(children) > MOST_COPIES:
        raise Refused("many", f"一次最多做{MOST_COPIES}份，请一个班一个班地做")
    return _ready(opened, place, children, sheet, one_each(sheet, abouts))


def _about(scope: Scope, place: Place, count: int = 0) -> About:
    term, year = term_on(place.school.pk, scope.on), school_year(scope.on)
    return About(place, scope.on, scope.name, count=count, term=str(term) if term else "", year=f"{year}—{year + 1}")


def _abouts(scope: Scope, place: Place, children: Sequence[Child]) -> list[About]:
    whole, term = _about(scope, place, len(children)), term_on(place.school.pk, scope.on)
    times: Counter[tuple[UUID, str]] = Counter()
    if term:
        rows = Record.objects.within(scope, Need.EXPORT).filter(
            child__in=[child.pk for child in children], withdrawn=False, outcome=Record.Outcome.DONE,
            happened_on__range=(term.starts_on, scope.on),
        )  # fmt: skip
        times.update(rows.values_list("child_id", "kind"))
    return [
        About(place, scope.on, whole.filler, file, n, len(children), whole.term, whole.year, times)
        for n, file in enumerate(files_of(scope, children, scope.on), start=1)
    ]


def _ready(opened: Opened, place: Place, children: list[Child], sheet: Sheet, jobs: list[Job]) -> Ready:
    found: dict[UUID | None, tuple[Child | None, list[str]]] = {}
    for about, words in sheet.wanting:
        child = about.file.child if about.file else None
        lines = found.setdefault(child.pk if child else None, (child, []))[1]
        if words not in lines:
            lines.append(words)
    return Ready(opened, place, children, jobs, list(found.values()))


def export_form(scope: Scope, *, wanted: Wanted, purpose: str) -> Export:
    """Give the filled form; raises Refused without a purpose, or without leave where it gathers many children."""
    made = ready(scope, wanted)
    if purpose not in Purpose.values:
        raise Refused("purpose", "请选择用途：填好的表交给谁、做什么用", field="purpose")
    template, file = made.opened.template, made.opened.file
    if wanted.child is None:
        must_have_leave(scope, paper_of(template), made.place, wanted.whom, str(Purpose(purpose).label))
    mark = mark_of(scope)
    copies = opening.fill(bytes(file.data), file.ending, [job | {"mark": mark} for job in made.jobs])
    with transaction.atomic():
        _note(scope, made, purpose)
    name = file_name(
        made.place.name or str(made.place.school), plain(template.title), f"{scope.on:%Y%m%d}", ending=file.ending
    )
    if len(copies) == 1:
        return Export(name, MEDIA[file.ending], copies[0])
    return Export(f"{name.rpartition('.')[0]}.zip", "application/zip", _together(made, copies, scope.on))


def _note(scope: Scope, made: Ready, purpose: str) -> None:
    ids = [child.pk for child in made.children]
    school, place = made.place.school.pk, str(made.place.pk)
    if len(ids) > 1:
        trail.note_many(scope, "export.within", school=school, children=ids, subject=place, detail="template")
    one = ids[0] if len(ids) == 1 else None
    trail.note(scope, "export.template", school=school, child=one, subject=place, detail=f"{len(ids)} {purpose}")


def _together(made: Ready, copies: Sequence[bytes], on: date) -> bytes:
    """Put a copy for each child into one .zip; names of files hold no child's name, the list inside says which is whose."""
    out, ending = BytesIO(), made.opened.file.ending
    lines = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (child, data) in enumerate(zip(made.children, copies, strict=True), start=1):
            name = file_name(f"{n:03d}", made.opened.template.title, ending=ending)
            archive.writestr(name, data)
            klass = child.klass.name(on, child.school.primary_years) if child.klass else ""
            lines.append(f"{n:03d}	{klass}	{child.name}")
        archive.writestr("000名单.txt", "\ufeff" + "\r\n".join(lines))
    return out.getvalue()
