"""Writing about the children's room: hours, openings, loans, works on show, the ledger, stocktaking, scrap (D6)."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.actions.own import add, change, hold, must, must_own, must_work_at
from oasis.campus.models import Book, Item, ItemCount, Loan, Opening, RoomHour, Scrap, Visit, Work
from oasis.campus.reach import at_work
from oasis.campus.room import is_principal
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope

ROOM = Need.ACTIVITY
LEND_DAYS = 14
MOST_LOANS = 3


def set_hour(scope: Scope, *, id: UUID, school: UUID, user: UUID, **fields: Any) -> RoomHour:
    """Say that the room is open on a weekday."""
    must_own(user, school, scope, "user")
    return add(
        scope,
        RoomHour,
        id=id,
        school=school,
        need=ROOM,
        deed="room.hour",
        detail=str(fields["day"]),
        user_id=user,
        **fields,
    )


def end_hour(scope: Scope, row: RoomHour) -> RoomHour:
    """Say that it is open then no longer."""
    return change(scope, row, need=ROOM, deed="room.hour", ended_on=scope.on)


def open_room(
    scope: Scope, *, id: UUID, school: UUID, user: UUID, children: Collection[UUID], called: Collection[UUID], count: int, on: date, **fields: Any
) -> Opening:  # fmt: skip
    """Write an opening down: names tapped by whoever may see them, or only how many came. Anybody at the school may be on duty."""
    must_work_at(scope, school)
    must_own(user, school, scope, "user")
    if on > scope.on:
        raise Refused("ahead", "日期不能晚于今天", field="on")
    came = list(
        Child.objects.within(scope, Need.NAMES).filter(pk__in=children, school_id=school, state=Child.State.HERE)
    )
    if not came and not count:
        raise Refused("nobody", "请点到室孩子的名字，或者填到室人数", field="count")
    with transaction.atomic():
        same = at_work(scope, Opening).filter(pk=id).first()
        if same is not None:
            return same
        row = Opening(
            id=id, school_id=school, by_id=scope.person, user_id=user, count=max(count, len(came)), on=on, **fields
        )
        save_checked(row)
        Visit.objects.bulk_create(
            Visit(school_id=school, child=child, by_id=scope.person, opening=row, called=child.pk in called)
            for child in came
        )
        trail.note_many(
            scope,
            "room.open",
            school=school,
            children=[child.pk for child in came] or [None],
            subject=str(row.pk),
            detail=str(row.count),
        )
    return row


def add_book(scope: Scope, *, id: UUID, school: UUID, **fields: Any) -> Book:
    """Put a book on the shelf."""
    return add(scope, Book, id=id, school=school, need=ROOM, deed="room.book", detail=fields["code"], **fields)


def lend(scope: Scope, *, id: UUID, school: UUID, code: str, child: UUID, on: date) -> Loan:
    """Lend the book with a code to a child in reach."""
    must_work_at(scope, school)
    with transaction.atomic():
        book = (
            at_work(scope, Book)
            .select_for_update(of=("self",))
            .filter(school_id=school, code=code.strip(), gone_on__isnull=True)
            .first()
        )
        if book is None:
            raise Refused("no-book", "没有这个编号的书", field="code")
        same = Loan.objects.within(scope, Need.NAMES).filter(pk=id).first()
        if same is not None:
            return same
        if at_work(scope, Loan).filter(book=book, back_on__isnull=True).exists():
            raise Refused("lent", f"《{book.title}》已经借出，还没有归还", field="code")
        reader = (
            Child.objects.within(scope, Need.NAMES).filter(pk=child, school_id=school, state=Child.State.HERE).first()
        )
        if reader is None:
            raise Refused("nobody", "请选择借书的孩子", field="child")
        if Loan.objects.within(scope, Need.NAMES).filter(child=reader, back_on__isnull=True).count() >= MOST_LOANS:
            raise Refused("many", f"{reader.name}手里已经有{MOST_LOANS}本书，先还再借", field="child")
        row = Loan(
            id=id,
            school_id=school,
            child=reader,
            by_id=scope.person,
            book=book,
            lent_on=on,
            due_on=on + timedelta(days=LEND_DAYS),
        )
        save_checked(row)
        trail.note(scope, "room.lend", school=school, child=reader.pk, subject=str(book.pk))
    return row


def give_back(scope: Scope, *, school: UUID, code: str) -> Loan:
    """Take a book back by its code: anybody at the school."""
    must_work_at(scope, school)
    with transaction.atomic():
        rows = (
            at_work(scope, Loan)
            .select_for_update(of=("self",))
            .filter(school_id=school, book__code=code.strip(), back_on__isnull=True)
        )
        row = rows.first()
        if row is None:
            raise Refused("not-lent", "这个编号的书没有借出", field="code")
        row.back_on = scope.on
        row.save(update_fields=["back_on"])
        trail.note(scope, "room.back", school=school, child=row.child_id, subject=str(row.book_id))
    return row


def hang(scope: Scope, *, id: UUID, school: UUID, child: UUID, **fields: Any) -> Work:
    """Put a child's work on show."""
    must(scope, school, ROOM)
    maker = Child.objects.within(scope, ROOM).filter(pk=child, school_id=school, state=Child.State.HERE).first()
    if maker is None:
        raise Refused("nobody", "请选择孩子", field="child")
    with transaction.atomic():
        same = Work.objects.within(scope, ROOM).filter(pk=id).first()
        if same is not None:
            return same
        row = Work(id=id, school_id=school, child=maker, by_id=scope.person, **fields)
        save_checked(row)
        trail.note(scope, "room.work", school=school, child=maker.pk, subject=str(row.pk))
    return row


def take_down(scope: Scope, row: Work) -> Work:
    """Take a work down."""
    with transaction.atomic():
        held = (
            Work.objects.within(scope, ROOM)
            .select_for_update(of=("self",))
            .filter(pk=row.pk, to_on__isnull=True)
            .first()
        )
        if held is None:
            raise Refused("gone", "这件作品已经撤下，请刷新页面")
        held.to_on = scope.on
        held.save(update_fields=["to_on"])
        trail.note(scope, "room.work", school=held.school_id, child=held.child_id, subject=str(held.pk), detail="down")
    return held


def add_item(scope: Scope, *, id: UUID, school: UUID, keeper: UUID, checker: UUID | None, **fields: Any) -> Item:
    """Enter a thing into the ledger; whoever accepts it is not whoever keeps it."""
    must_own(keeper, school, scope, "keeper")
    if checker:
        must_own(checker, school, scope, "checker")
    if checker == keeper:
        raise Refused("alone", "验收人和经手人不能是同一个人", field="checker")
    return add(
        scope, Item, id=id, school=school, need=ROOM, deed="room.item", keeper_id=keeper, checker_id=checker, **fields
    )


def count_items(scope: Scope, *, school: UUID, found: Mapping[UUID, tuple[int, str]]) -> int:
    """Write a stocktaking of today down; what is there becomes the ledger's number. Gives how many differ."""
    must(scope, school, ROOM)
    with transaction.atomic():
        items = list(
            Item.objects.within(scope, ROOM)
            .select_for_update(of=("self",))
            .filter(school_id=school, pk__in=found)
            .order_by("pk")
        )
        if not items:
            raise Refused("nothing", "台账里还没有物品")
        differ = 0
        for item in items:
            number, state = found[item.pk]
            booked = _booked(scope, item)
            ItemCount.objects.create(
                school_id=school,
                by_id=scope.person,
                item=item,
                on=scope.on,
                booked=booked,
                found=number,
                state=state,
            )
            differ += number != booked
            item.quantity, item.state = number, state
            item.save(update_fields=["quantity", "state"])
        trail.note(scope, "room.count", school=school, detail=f"{len(items)} {differ}")
    return differ


def _booked(scope: Scope, item: Item) -> int:
    """Give what the books say of a thing; a count of today goes, and what it put right is still owed by the next."""
    earlier = ItemCount.objects.within(scope, ROOM).filter(item=item, on=scope.on).first()
    if earlier is None:
        return item.quantity
    earlier.delete()
    return max(0, earlier.booked + item.quantity - earlier.found)  # what was written off in between counts too


def ask_scrap(scope: Scope, item: Item, *, id: UUID, quantity: int, reason: str) -> Scrap:
    """Ask to write things off."""
    if not 1 <= quantity <= item.quantity:
        raise Refused("quantity", f"台账上有{item.quantity}{item.unit}，请填1到{item.quantity}", field="quantity")
    return add(
        scope,
        Scrap,
        id=id,
        school=item.school_id,
        need=ROOM,
        deed="room.scrap",
        item=item,
        quantity=quantity,
        reason=reason,
        on=scope.on,
    )


def decide_scrap(scope: Scope, row: Scrap, *, yes: bool, why: str = "") -> Scrap:
    """Sign a form: the dean, then the principal, neither of whom asked; with the second signature the ledger follows."""
    with transaction.atomic():
        held = hold(scope, row, Need.APPROVE)
        if held.principal_id or held.refused:
            raise Refused("done", "这份申报已经办完，请刷新页面")
        if scope.actor in (held.by_id, held.dean_id):
            raise Refused("oneself", "申报人、主管、校长三个人分别签，请由另一位签")
        if not yes:
            held.refused = why.strip() or "不同意"
        elif held.dean_id is None:
            _dean(scope, held)
        else:
            _principal(scope, held)
        held.save()
        trail.note(scope, "room.scrap", school=held.school_id, subject=str(held.pk), detail="yes" if yes else "no")
    return held


def _dean(scope: Scope, held: Scrap) -> None:
    if is_principal(scope, held.school_id):
        raise Refused("dean", "请主管领导先签字，校长最后签")
    held.dean_id, held.dean_on = scope.actor, scope.on


def _principal(scope: Scope, held: Scrap) -> None:
    if not is_principal(scope, held.school_id):
        raise Refused("principal", "最后由校长签")
    item = Item.objects.within(scope, Need.APPROVE).select_for_update(of=("self",)).get(pk=held.item_id)
    if item.quantity < held.quantity:
        raise Refused("quantity", f"台账上只有{item.quantity}{item.unit}了，请重新申报")
    held.principal_id, held.principal_on = scope.actor, scope.on
    item.quantity -= held.quantity
    item.save(update_fields=["quantity"])
