"""What the forms of the term share: the term's open records by child, and papers that are sections of blocks."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from oasis.kit.refused import Refused
from oasis.papers.files import ChildFile, files_of
from oasis.papers.forms.base import Order, Paper
from oasis.papers.sheets.printed import sheets_pdf
from oasis.papers.sheets.shape import Line, Listing, Section, Title
from oasis.papers.sheets.word import sheets_docx
from oasis.papers.spreadsheet import Column, Roster, roster_xlsx
from oasis.people.roles import Need
from oasis.places.models import Term
from oasis.places.queries import term_on
from oasis.records.models import Record

OPEN = "保密的记录不印在表里。"


@dataclass(frozen=True)
class Table:
    """A list with its title, the facts above it and the lines to sign."""

    title: str
    above: tuple[str, ...]
    listing: Listing
    below: tuple[str, ...]

    @property
    def section(self) -> Section:
        """Give it as a page on its side."""
        return Section((Title(self.title), Line(self.above), self.listing, Line(self.below)), wide=True)


def term_of(order: Order) -> Term:
    """Give the term the forms are of; raises Refused without one."""
    term = term_on(order.place.school.pk, order.on)
    if term is None:
        raise Refused("no-term", "还没有学期，请管理员先在设置里添加")
    return term


def told(order: Order, kinds: Collection[str]) -> dict[UUID, list[Record]]:
    """Give the open records of these kinds of the term by child, oldest first. One query."""
    rows = Record.objects.within(order.scope, Need.EXPORT).filter(
        child__in=[child.pk for child in order.children], kind__in=kinds, withdrawn=False, confidential=False,
        happened_on__range=(term_of(order).starts_on, order.on),
    )  # fmt: skip
    found: dict[UUID, list[Record]] = defaultdict(list)
    for row in rows.select_related("by").order_by("happened_on", "pk"):
        found[row.child_id].append(row)
    return found


def files(order: Order, ids: Collection[UUID]) -> list[ChildFile]:
    """Give the files of those children of an order, in its sequence; raises Refused when there is nobody."""
    chosen = [child for child in order.children if child.pk in ids]
    if not chosen:
        raise Refused("nothing", "这里本学期还没有可以填进这张表的记录")
    return files_of(order.scope, chosen, order.on)


def form_paper(
    code: str, label: str, about: str, sections: Callable[[Order], Sequence[Section]], *, gathers: bool = True, history: bool = False
) -> Paper:  # fmt: skip
    """Give a paper of sections, as Word file and PDF."""
    return Paper(
        code, label, about, "docx", lambda order: sheets_docx(label, sections(order)), single=True, gathers=gathers, history=history,
        others=(("pdf", lambda order: sheets_pdf(sections(order), mark=order.mark)),),
    )  # fmt: skip


def list_paper(code: str, label: str, about: str, table: Callable[[Order], Table], *, history: bool = False) -> Paper:
    """Give a paper that is one list, as spreadsheet, Word file and PDF."""
    return Paper(
        code, label, about, "xlsx", lambda order: _book(table(order), order.mark), gathers=True, history=history,
        others=(
            ("docx", lambda order: sheets_docx(label, [table(order).section])),
            ("pdf", lambda order: sheets_pdf([table(order).section], mark=order.mark)),
        ),
    )  # fmt: skip


def _book(table: Table, mark: str) -> bytes:
    columns = tuple(Column(head) for head in table.listing.columns)
    return roster_xlsx(Roster(table.title, table.above, columns, table.listing.rows, table.below, mark))


def dotted(day: date | None) -> str:
    """Write a day as narrow cells hold it: 2026.11.23; nothing for none."""
    return f"{day.year}.{day.month}.{day.day}" if day else ""
