"""Goods in and out, counted and scrapped. Each takes an id made by the form, so that a second press makes no second row."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from oasis.campus.goods import left_of, stock_schools
from oasis.campus.models import Goods, Handout, Movement
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School

Sort, Source = Movement.Sort, Movement.Source


def take_in(
    scope: Scope, *, id: UUID, school: School, name: str, unit: str, quantity: int, source: str, place: str = "",
    price: Decimal | None = None, donor: str = "", receipt: str = "", words: str = "",
) -> Movement:  # fmt: skip
    """Take goods in, of a kind that is there or a new one; a donation names who gave and the receipt given for it."""
    if school not in stock_schools(scope):
        raise Refused("out-of-reach", "没有管理物资的权限")
    if source == Source.DONATED and not (donor.strip() and receipt.strip()):
        raise Refused(
            "donor", "捐赠的，要写捐赠人或单位，和开出的收据、证书号", field="receipt" if donor.strip() else "donor"
        )
    with transaction.atomic():
        if (made := _made(scope, id)) is not None:
            return made
        goods, _new = Goods.objects.within(scope, Need.STOCK).get_or_create(
            school=school, name=name.strip(), defaults={"unit": unit.strip(), "place": place.strip()}
        )
        told = {
            "source": source,
            "donor": donor.strip(),
            "receipt": receipt.strip(),
            "price": price,
            "words": words.strip(),
        }
        return _move(scope, goods, id, Sort.IN, quantity, **told)


def hand_out(
    scope: Scope, *, id: UUID, goods: UUID, children: Sequence[UUID], each: int, occasion: str, words: str = ""
) -> Movement:
    """Give each of the children the same out of the store. Call inside a transaction: the records go with it."""
    held = _hold(scope, goods)
    wanted = list(dict.fromkeys(children))
    rows = Child.objects.within(scope, Need.STOCK).filter(pk__in=wanted, school=held.school_id, state=Child.State.HERE)
    if not wanted or rows.count() != len(wanted):
        raise Refused("children", "请选择本校在校的孩子", field="children")
    if not 1 <= each <= 999:
        raise Refused("each", "每人至少一件", field="each")
    _enough(scope, held, each * len(wanted))
    made = _move(scope, held, id, Sort.OUT, -each * len(wanted), occasion=occasion, words=words.strip())
    Handout.objects.bulk_create(
        Handout(school_id=held.school_id, child_id=pk, movement=made, quantity=each, by_id=scope.actor) for pk in wanted
    )
    return made


def count_goods(scope: Scope, *, id: UUID, goods: UUID, counted: int, words: str = "") -> Movement:
    """Write down how many were counted; a difference must be explained."""
    with transaction.atomic():
        if (made := _made(scope, id)) is not None:
            return made
        held = _hold(scope, goods)
        difference = counted - left_of(scope, held)
        if difference and not words.strip():
            raise Refused("words", f"账上和实数差{abs(difference)}，请写原因", field="words")
        return _move(scope, held, id, Sort.COUNT, difference, counted=counted, words=words.strip())


def scrap(scope: Scope, *, id: UUID, goods: UUID, quantity: int, words: str) -> Movement:
    """Take what is broken out of the store, with the reason."""
    with transaction.atomic():
        if (made := _made(scope, id)) is not None:
            return made
        held = _hold(scope, goods)
        if not words.strip():
            raise Refused("words", "请写报废的原因", field="words")
        _enough(scope, held, quantity)
        return _move(scope, held, id, Sort.SCRAP, -quantity, words=words.strip())


def signed(scope: Scope, movement: Movement, *, on: date) -> None:
    """Note that the signed list came back."""
    with transaction.atomic():
        rows = Movement.objects.within(scope, Need.STOCK).filter(pk=movement.pk, sort=Sort.OUT, signed_on__isnull=True)
        if not rows.update(signed_on=on):
            raise Refused("signed", "已经登记过了")
        trail.note(scope, "goods.move", school=movement.school_id, subject=str(movement.pk), detail="signed")


def made_already(scope: Scope, id: UUID) -> Movement | None:
    """Give the movement this very form has made, if it was sent before."""
    return _made(scope, id)


def _made(scope: Scope, id: UUID) -> Movement | None:
    found: Movement | None = Movement.objects.within(scope, Need.STOCK).filter(pk=id, by_id=scope.actor).first()
    return found


def _hold(scope: Scope, goods: UUID) -> Goods:
    rows = Goods.objects.within(scope, Need.STOCK).select_for_update(of=("self",)).filter(pk=goods)
    held: Goods | None = rows.first()
    if held is None:
        raise Refused("out-of-reach", "没有这种物品", field="goods")
    return held


def _enough(scope: Scope, goods: Goods, quantity: int) -> None:
    left = left_of(scope, goods)
    if quantity > left:
        raise Refused("short", f"库里只有{left}{goods.unit}，要用{quantity}{goods.unit}", field="each")


def _move(scope: Scope, goods: Goods, id: UUID, sort: str, quantity: int, **told: object) -> Movement:
    row = Movement.objects.create(
        id=id,
        school_id=goods.school_id,
        goods=goods,
        sort=sort,
        on=scope.on,
        quantity=quantity,
        by_id=scope.person,
        **told,
    )
    trail.note(scope, "goods.move", school=goods.school_id, subject=str(row.pk), detail=f"{sort} {abs(quantity)}")
    return row
