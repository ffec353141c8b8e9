"""Leave and return, visitors, and who may fetch a child."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from oasis.campus.dormitory import Fetcher, fetchers
from oasis.campus.models import Collector, HomeLeave, Visitor
from oasis.children.actions.files import hold
from oasis.children.household import barred
from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

BARRED = "登记过“不得接走孩子”，不能让他接走。有争执的，先找校长，必要时报警。"


def begin_leave(
    scope: Scope, child: Child, *, reason: str, who: str, due_at: datetime, left_at: datetime, approver: str, name: str = "",
    relation: str = "", checked: str = "", words: str = "",
) -> HomeLeave:  # fmt: skip
    """Let a boarder go with somebody of the list (`who`), or with another person after asking the guardian ("other")."""
    if due_at <= left_at:
        raise Refused("due", "应当返校的时间要晚于离校时间", field="due_at")
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING)
        if HomeLeave.objects.filter(child=held, back_at__isnull=True).exists():
            raise Refused("away", "这个孩子已经离校，还没有登记返校")
        one = _fetcher(scope, held, who=who, name=name.strip(), relation=relation.strip(), checked=checked.strip())
        row = HomeLeave.objects.create(
            school_id=held.school_id, child=held, reason=reason, words=words.strip(), fetched_by=one.name, relation=one.relation,
            checked=checked.strip() or one.told, approver=approver.strip(), left_at=left_at, due_at=due_at, by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "dorm.leave", school=held.school_id, child=held.pk, subject=str(row.pk))
    return row


def _fetcher(scope: Scope, child: Child, *, who: str, name: str, relation: str, checked: str) -> Fetcher:
    """Give who fetches the child; raises Refused for anybody who may not."""
    if who != "other":
        one = next((one for one in fetchers(scope, child) if one.key == who), None)
        if one is None:
            raise Refused("who", "请选择谁来接", field="who")
        if one.barred or barred(scope, child, None, one.name, Need.CONTACTS):
            raise Refused("barred", f"{one.name}{BARRED}", field="who")
        return one
    if not name or not checked:
        raise Refused(
            "unknown", "名单以外的人来接，要写姓名，并写明哪位监护人怎样同意的", field="checked" if name else "name"
        )
    if barred(scope, child, None, name, Need.CONTACTS):
        raise Refused("barred", f"{name}{BARRED}", field="name")
    return Fetcher("other", name, relation)


def confirm_home(scope: Scope, child: Child) -> HomeLeave:
    """Note that the child has reached home."""
    return _on_leave(scope, child, home_at=now())


def come_back(scope: Scope, child: Child) -> HomeLeave:
    """Note that the child is back at school."""
    return _on_leave(scope, child, back_at=now())


def _on_leave(scope: Scope, child: Child, **told: datetime) -> HomeLeave:
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING)
        rows = HomeLeave.objects.within(scope, Need.BOARDING).filter(child=held, back_at__isnull=True)
        row: HomeLeave | None = rows.first()
        if row is None:
            raise Refused("here", "这个孩子没有离校，或已经登记返校")
        rows.update(**told)
        trail.note(
            scope, "dorm.leave", school=held.school_id, child=held.pk, subject=str(row.pk), detail=next(iter(told))
        )
    return row


def let_collect(scope: Scope, child: Child, *, name: str, relation: str, agreed: str, phone: str = "") -> Collector:
    """Enter somebody whom the guardian lets fetch the child."""
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING)
        if barred(scope, held, None, name.strip(), Need.CONTACTS):
            raise Refused("barred", f"{name.strip()}{BARRED}", field="name")
        row = Collector.objects.create(
            school_id=held.school_id, child=held, name=name.strip(), relation=relation.strip(), phone=phone.strip(),
            agreed=agreed.strip(), by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "dorm.collector", school=held.school_id, child=held.pk, subject=str(row.pk))
    return row


def strike_collector(scope: Scope, child: Child, *, collector: UUID) -> None:
    """Take somebody off a child's list."""
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING)
        rows = Collector.objects.within(scope, Need.BOARDING).filter(child=held, pk=collector, to_on__isnull=True)
        if not rows.update(to_on=scope.on):
            raise Refused("gone", "名单里已经没有这个人了")
        trail.note(scope, "dorm.collector", school=held.school_id, child=held.pk, subject=str(collector), detail="end")


def let_visit(scope: Scope, child: Child, *, name: str, relation: str, why: str, id_tail: str = "") -> Visitor:
    """Enter a visitor who has come in."""
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING)
        if barred(scope, held, None, name.strip(), Need.CONTACTS):
            raise Refused("barred", f"{name.strip()}{BARRED}", field="name")
        row = Visitor.objects.create(
            school_id=held.school_id, child=held, name=name.strip(), relation=relation.strip(), why=why.strip(),
            id_tail=id_tail.strip(), by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "dorm.visitor", school=held.school_id, child=held.pk, subject=str(row.pk))
    return row


def see_off(scope: Scope, child: Child, *, visitor: UUID) -> None:
    """Note that a visitor has gone."""
    with transaction.atomic():
        held = hold(scope, child, Need.BOARDING)
        rows = Visitor.objects.within(scope, Need.BOARDING).filter(child=held, pk=visitor, went_at__isnull=True)
        if not rows.update(went_at=now()):
            raise Refused("gone", "已经登记离开了")
        trail.note(scope, "dorm.visitor", school=held.school_id, child=held.pk, subject=str(visitor), detail="end")
