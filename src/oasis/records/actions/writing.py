"""Write one act for one or many children, once; take it back within minutes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from oasis.children.actions.files import FROZEN
from oasis.children.models import Child
from oasis.children.opening import listed_by_id
from oasis.kit.dates import now
from oasis.kit.ids import is_client_id, new_id
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records import sealed
from oasis.records.actions.ageing import age, unage
from oasis.records.kinds import KINDS, Kind
from oasis.records.kinds.base import COLUMNS, RecordForm
from oasis.records.models import Record, Sealed

UNDO_FOR = timedelta(minutes=10)
ONE_BY_ONE = "空号或错号要一名孩子一名孩子地记，才知道是谁家的号码。"
NUMBER_OF_ONE = f"{ONE_BY_ONE}请只选一名，并选上打的是哪个号码。"
UNIQUE = "a client's id must be unique in the database"


class Invalid(Refused):
    """The kind's form refused the fields; `form` holds the errors beside what was typed."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__("invalid", "有几项需要改一改，请看标红的地方")
        self.form = form


class AlreadySaved(Refused):
    """The id has a record already and what came now says something else; `rows` are the saved ones."""

    def __init__(self, rows: list[Record]) -> None:
        super().__init__("already-saved", "这条记录刚才已经保存过了，后来改的内容还没有保存。请打开那条记录更正。")
        self.rows = rows


def known_kind(code: str) -> type[Kind]:
    """Give the kind, or raise Refused."""
    if code not in KINDS:
        raise Refused("kind", "没有这种记录，请重新选择")
    return KINDS.get(code)


def write_record(
    scope: Scope,
    *,
    id: UUID,
    kind: str,
    children: Sequence[Child],
    fields: Mapping[str, Any],
    phone: UUID | None = None,
    need: Need = Need.RECORD_WRITE,
) -> list[Record]:
    """Write one act for one or many children; the same id twice gives the rows of the first time and writes nothing.

    `phone` is the number that was called: it ages with the outcome (peers.md c3). Raises Invalid when the kind's form refuses the fields, AlreadySaved when the id stands for other words, Refused
    when a child is out of reach, the record was taken back or the id is not a client's.
    """
    if not is_client_id(id):
        raise Refused("id", "页面已过期，请刷新后再保存")
    entry = known_kind(kind)
    form = entry.Form(fields)
    if not form.is_valid():
        raise Invalid(form)
    if not children:
        raise Refused("no-child", "请至少选择一个孩子")
    if len(children) > 1 and not entry.many:
        raise Refused("one-child", f"{entry.label}一次只记一个孩子")
    if len(children) > 1 and form.cleaned_data.get("outcome") == Record.Outcome.WRONG:
        raise Refused("one-child", NUMBER_OF_ONE, field="outcome")
    try:
        with transaction.atomic():
            return _same(written(scope, id), kind, children, form) or _new(
                scope, id, entry, children, form, phone, need
            )
    except IntegrityError:  # the same press came twice at the same moment: the other one was first
        if not (rows := written(scope, id)):
            raise
        return _same(rows, kind, children, form)


def written(scope: Scope, id: UUID) -> list[Record]:
    """Give the rows an id has made already, for a repeated press; nothing when the id is free.

    Raises Refused when the id belongs to somebody else's record.
    """
    if not _taken(id):
        return []
    first = Record.objects.everywhere(why=UNIQUE).get(pk=id)
    if first.by_id != scope.actor:
        raise Refused("id", "页面已过期，请刷新后再保存")
    return act_of(scope, first)


@remembered
def _taken(id: UUID) -> QuerySet[Record, tuple[UUID]]:
    return Record.objects.everywhere(why=UNIQUE).filter(pk=id).values_list("pk")


def act_of(scope: Scope, first: Record) -> list[Record]:
    """Give the rows of the same act that its writer reaches."""
    if first.group is None:
        return [first]
    return list(Record.objects.within(scope, Need.RECORD_WRITE).filter(group=first.group).order_by("id"))


def _same(rows: list[Record], kind: str, children: Sequence[Child], form: RecordForm) -> list[Record]:
    """Give the rows when they say what the form says; raises AlreadySaved or Refused otherwise."""
    if not rows:
        return []
    if all(row.withdrawn for row in rows):
        raise Refused("withdrawn", "这条记录已经撤回。要重新记，请再按一次保存。")
    first = rows[0]
    about = {row.child_id for row in rows} == {child.pk for child in children}
    if first.version == 1 and not (about and first.kind == kind and _told(first) == (form.columns(), form.details())):
        raise AlreadySaved(rows)
    return rows


def _told(row: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    asked = COLUMNS & KINDS.get(row.kind).Form.base_fields.keys()
    sealed.fill(row)
    told = {name: getattr(row, name) for name in asked}, row.details
    if row.confidential:
        row.summary, row.details = "", {}
    return told


def _new(
    scope: Scope,
    id: UUID,
    entry: type[Kind],
    children: Sequence[Child],
    form: RecordForm,
    phone: UUID | None,
    need: Need,
) -> list[Record]:
    wanted = list(dict.fromkeys(child.pk for child in children))
    held = listed_by_id(scope, wanted, need)
    if len(held) != len(wanted):
        raise Refused("out-of-reach", "有的孩子不在您负责的范围内，请重新选择")
    if any(child.state in Child.GONE for child in held.values()):
        raise Refused("frozen", FROZEN)
    rows = [_row(scope, new_id() if n else id, entry, held[pk], form) for n, pk in enumerate(wanted)]
    if len(rows) > 1:
        for row in rows:
            row.group = id
    age(scope, rows[0], phone)
    store_new(rows)
    note_act(scope, "record.write", rows, id, f"{entry.code} {len(rows)}")
    return rows


def _row(scope: Scope, id: UUID, entry: type[Kind], child: Child, form: RecordForm) -> Record:
    row = Record(
        id=id, school_id=child.school_id, child=child, kind=entry.code, by_id=scope.person, form_version=entry.version,
        details=form.details(), **form.columns(),
    )  # fmt: skip
    row.confidential = row.confidential or entry.confidential
    return row


def store_new(rows: list[Record]) -> None:
    """Store new rows, with the text of confidential ones apart."""
    texts = [
        Sealed(record=row, school_id=row.school_id, summary=row.summary, details=row.details)
        for row in rows
        if row.confidential
    ]
    for row in rows:
        if row.confidential:
            row.summary, row.details = "", {}
    Record.objects.bulk_create(rows)
    Sealed.objects.bulk_create(texts)


def withdraw(scope: Scope, *, record: UUID) -> list[Record]:
    """Take back a whole act within minutes of writing it; twice is once. Raises Refused for others and when it is late."""
    with transaction.atomic():
        own = Record.objects.within(scope, Need.RECORD_WRITE).filter(by_id=scope.actor)
        first = own.filter(pk=record).first()
        if first is None:
            raise Refused("out-of-reach", "只能撤回自己写的记录")
        act = own.filter(group=first.group) if first.group else own.filter(pk=record)
        locked = act.select_for_update(of=("self",)).order_by("id")  # always in this order: nobody waits in a ring
        rows = [row for row in locked if not row.withdrawn]
        if not rows:
            return []
        if now() - first.at > UNDO_FOR:
            raise Refused("too-late", "已经超过10分钟，不能撤回了。写错了可以更正。")
        own.filter(pk__in=[row.pk for row in rows]).update(withdrawn=True)
        for row in rows:
            unage(scope, row)
        note_act(scope, "record.withdraw", rows, record, f"{first.kind} {len(rows)}")
    return rows


def note_act(scope: Scope, deed: str, rows: Sequence[Record], act: UUID, detail: str) -> None:
    """Leave a line for each child of an act, so that whoever asks after one child finds it."""
    for school in dict.fromkeys(row.school_id for row in rows):
        children = [row.child_id for row in rows if row.school_id == school]
        trail.note_many(scope, deed, school=school, children=children, subject=str(act), detail=detail)
