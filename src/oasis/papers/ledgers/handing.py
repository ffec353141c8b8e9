"""Handing out ledgers and slips: within reach of a post over the school, each with its line on the trail."""

from datetime import date
from uuid import UUID

from django.db import transaction

from oasis.kit.refused import Refused
from oasis.papers.actions import MEDIA
from oasis.papers.ledgers import LEDGERS, SLIPS
from oasis.papers.ledgers.base import Asked, Ledger
from oasis.papers.marking import docx_marked, mark_of
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.papers.sheets.printed import sheets_pdf
from oasis.papers.sheets.word import sheets_docx
from oasis.papers.spreadsheet import Column, Roster, roster_xlsx
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School

LONGEST = 400  # days


def schools_for(scope: Scope, need: Need) -> list[School]:
    """Give the schools whose ledgers of a need one prints: a post over the whole school, or over its boarders."""
    ids = scope.ids(ArmKind.SCHOOL, need) | (
        scope.ids(ArmKind.BOARDERS, need) if need == Need.BOARDING else frozenset()
    )
    return list(School.objects.filter(pk__in=ids).order_by("name"))


def open_to(scope: Scope) -> list[Ledger]:
    """Give the ledgers one may print."""
    needs = {need for need in {one.need for one in LEDGERS} if schools_for(scope, need)}
    return [one for one in LEDGERS if one.need in needs]


def export_ledger(scope: Scope, *, code: str, school: UUID, from_on: date, to_on: date, ending: str) -> Export:
    """Give a ledger as .xlsx, .docx or PDF; every child named in it gets a line on its trail."""
    entry = LEDGERS.get(code)
    found = next((one for one in schools_for(scope, entry.need) if one.pk == school), None)
    if found is None:
        raise Refused("out-of-reach", "只能打印本校的台账")
    if not 0 <= (to_on - from_on).days <= LONGEST:
        raise Refused("days", "开始日期要在结束日期以前，最多一年", field="to_on")
    asked = Asked(scope, found, from_on, to_on)
    with transaction.atomic():
        filled = entry.fill(asked)
        table, mark = entry.table(asked, filled), mark_of(scope)
        if ending == "xlsx":
            columns = tuple(Column(head) for head in table.listing.columns)
            data = roster_xlsx(Roster(table.title, table.above, columns, table.listing.rows, table.below, mark))
        elif ending == "docx":
            data = docx_marked(sheets_docx(entry.label, [table.section]), mark)
        elif ending == "pdf":
            data = sheets_pdf([table.section], mark=mark)
        else:
            raise Refused("ending", "请选择文件格式", field="ending")
        if filled.children:
            children = sorted(filled.children)
            trail.note_many(scope, "export.within", school=school, children=children, subject=str(school), detail=code)
        trail.note(scope, "export.ledger", school=school, subject=str(school), detail=code)
    return Export(file_name(str(found), entry.label, f"{scope.on:%Y%m%d}", ending=ending), MEDIA[ending], data)


def export_slip(scope: Scope, *, code: str, pk: UUID, ending: str) -> Export | None:
    """Give the paper of one row as .docx or PDF; None when the row is out of reach."""
    entry = SLIPS.get(code)
    filled = entry.fill(scope, pk)
    if filled is None:
        return None
    mark = mark_of(scope)
    with transaction.atomic():
        if ending == "pdf":
            data = sheets_pdf(filled.sections, mark=mark)
        else:
            data = docx_marked(sheets_docx(entry.label, filled.sections), mark)
        if filled.children:
            school, children = filled.school.pk, sorted(filled.children)
            trail.note_many(scope, "export.within", school=school, children=children, subject=str(pk), detail=code)
        trail.note(scope, "export.slip", school=filled.school.pk, child=filled.child, subject=str(pk), detail=code)
    ending = "pdf" if ending == "pdf" else "docx"
    return Export(file_name(str(filled.school), entry.label, f"{scope.on:%Y%m%d}", ending=ending), MEDIA[ending], data)
