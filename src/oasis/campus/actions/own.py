"""Adding and changing a row of the school's own work: the school in reach, one transaction, one line on the trail."""

from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import transaction

from oasis.campus.models.own import Own
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.models import Post
from oasis.people.roles import ArmKind, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope

M = TypeVar("M", bound=Own)
WORDS = {Need.GUIDE: "由校长或德育主任登记", Need.ACTIVITY: "由大队辅导员或校领导登记"}


def must(scope: Scope, school: UUID, need: Need) -> None:
    """Raise Refused unless a post over the whole school gives this need."""
    if school not in scope.ids(ArmKind.SCHOOL, need):
        raise Refused("out-of-reach", WORDS.get(need, "这件事不归您登记"))


def add(
    scope: Scope, model: type[M], *, id: UUID, school: UUID, need: Need, deed: str, detail: str = "", **fields: Any
) -> M:
    """Add a row; the same id a second time gives the row that is there."""
    must(scope, school, need)
    with transaction.atomic():
        same = cast(M | None, model.objects.within(scope, need).filter(pk=id).first())
        if same is not None:
            return same
        row = model(id=id, school_id=school, by_id=scope.person, **fields)
        save_checked(row)
        trail.note(scope, deed, school=school, subject=str(row.pk), detail=detail)
    return row


def hold(scope: Scope, row: M, need: Need) -> M:
    """Lock a row within a post's reach, or raise Refused."""
    rows = type(row).objects.within(scope, need).select_for_update(of=("self",))
    held = cast(M | None, rows.filter(pk=row.pk).first())
    if held is None:
        raise Refused("out-of-reach", WORDS.get(need, "这件事不归您登记"))
    return held


def change(scope: Scope, row: M, *, need: Need, deed: str, detail: str = "", **fields: Any) -> M:
    """Change columns of a row."""
    with transaction.atomic():
        held = hold(scope, row, need)
        for name, value in fields.items():
            setattr(held, name, value)
        save_checked(held)
        trail.note(scope, deed, school=held.school_id, subject=str(held.pk), detail=detail)
    return held


def must_work_at(scope: Scope, school: UUID) -> None:
    """Raise Refused unless the person holds a post at the school today."""
    if not Post.objects.at_work(scope.on).filter(user=scope.actor, school_id=school).exists():
        raise Refused("out-of-reach", "只有本校的教职工可以登记")


def must_own(user: UUID, school: UUID, scope: Scope, field: str = "owner") -> None:
    """Raise Refused for an owner who does not work at the school."""
    if not Post.objects.at_work(scope.on).filter(user_id=user, school_id=school, user__is_active=True).exists():
        raise Refused("not-staff", "请选择本校在岗的人", field=field)
