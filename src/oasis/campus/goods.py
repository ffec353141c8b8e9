"""Reading of goods: what is in store, what moved, who was given what."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q, Sum

from oasis.campus.models import Goods, Handout, Movement
from oasis.children.models import Child
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School

LATEST = 60


def stock_schools(scope: Scope) -> list[School]:
    """Give the schools whose goods one keeps."""
    return list(School.objects.filter(pk__in=scope.ids(ArmKind.SCHOOL, Need.STOCK)).order_by("name"))


@dataclass(frozen=True)
class Shelf:
    """A kind of goods, how many are in store, and when it was counted last."""

    goods: Goods
    left: int
    counted_on: object


def shelves(scope: Scope) -> list[Shelf]:
    """Give everything in store. One query."""
    rows = Goods.objects.within(scope, Need.STOCK).annotate(
        left=Sum("movement__quantity", default=0), last=Max("movement__on", filter=Q(movement__sort="count"))
    )
    return [Shelf(row, row.left, row.last) for row in rows]


def left_of(scope: Scope, goods: Goods) -> int:
    """Count what is in store of one kind."""
    rows = Movement.objects.within(scope, Need.STOCK)
    return int(rows.filter(goods=goods).aggregate(left=Sum("quantity", default=0))["left"])


def movements(scope: Scope, goods: UUID | None = None) -> list[Movement]:
    """Give the latest movements, of one kind if named."""
    rows = Movement.objects.within(scope, Need.STOCK).select_related("goods", "by")
    return list((rows.filter(goods=goods) if goods else rows)[:LATEST])


def movement_of(scope: Scope, pk: UUID) -> Movement | None:
    """Give a movement in reach."""
    rows = Movement.objects.within(scope, Need.STOCK).select_related("goods", "by", "school")
    found: Movement | None = rows.filter(pk=pk).first()
    return found


def handed(scope: Scope, movement: Movement) -> list[Handout]:
    """Give who was given something, by class and sound of name."""
    rows = Handout.objects.within(scope, Need.STOCK).filter(movement=movement)
    ordered = rows.select_related("child", "child__klass", "child__school")
    return list(
        ordered.order_by("child__klass__stage", "-child__klass__entry_year", "child__klass__number", "child__pinyin")
    )


def receivers(scope: Scope) -> list[Child]:
    """Give the children at school, by class, to choose who is given something."""
    rows = Child.objects.within(scope, Need.STOCK).filter(state=Child.State.HERE).select_related("klass", "school")
    return list(rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin"))
