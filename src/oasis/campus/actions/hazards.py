"""A hazard found, given to somebody until a day, mended, looked at again by another person, closed or given back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from oasis.campus.actions.own import must_own, must_work_at
from oasis.campus.hazards import hazard_of
from oasis.campus.models import Hazard, HazardCheck
from oasis.children.access import needs_over, viewers
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.models import Post
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.scope import Scope


def report_place(scope: Scope, *, id: UUID, school: UUID, owner: UUID, **told: Any) -> Hazard:
    """Write down a hazard of a place: whoever works there may."""
    must_work_at(scope, school)
    must_own(owner, school, scope)
    _days(scope, told)
    with transaction.atomic():
        return _made(scope, id, school, None, owner, told)


def report_home(scope: Scope, child: Child, *, id: UUID, owner: UUID, **told: Any) -> Hazard:
    """Write down a hazard around a child. Call inside a transaction: the timeline takes its line with it."""
    held = hold(scope, child, Need.RECORD_WRITE)
    if owner not in {viewer.user.pk for viewer in viewers(held, scope.on)}:
        raise Refused("owner", "责任人要选能看到这个孩子档案的人", field="owner")
    _days(scope, told)
    return _made(scope, id, held.school_id, held, owner, told)


def _days(scope: Scope, told: dict[str, Any]) -> None:
    if told["found_on"] > scope.on:
        raise Refused("day", "排查日期不能晚于今天", field="found_on")
    if told["due_on"] < told["found_on"]:
        raise Refused("due", "整改期限不能早于排查日期", field="due_on")


def _made(scope: Scope, id: UUID, school: UUID, child: Child | None, owner: UUID, told: dict[str, Any]) -> Hazard:
    same = Hazard.objects.filter(pk=id, by_id=scope.actor).exists()
    if same and (known := hazard_of(scope, id)):
        return known
    if Hazard.objects.filter(pk=id).exists():
        raise Refused("used", "这张表已经用过了，请重新打开再填")
    row = Hazard.objects.create(id=id, school_id=school, child=child, owner_id=owner, by_id=scope.actor, **told)
    _note(scope, row, row.level)
    return row


def fix_hazard(scope: Scope, hazard: Hazard, *, on: date, words: str) -> Hazard:
    """Say that it is mended: its owner or who leads the school; somebody else looks again."""
    with transaction.atomic():
        held = _held(scope, hazard)
        if scope.actor != held.owner_id and not leads(scope, held):
            raise Refused("owner", "由责任人或校领导登记")
        if held.fixed_on:
            raise Refused("fixed", "已经登记整改完成，等复查")
        if not _others(scope, held):
            raise Refused("alone", "您登记了整改完成，就没有别人可以复查了。请责任人自己登记，由您复查")
        if not held.found_on <= on <= scope.on:
            raise Refused("day", "日期要在排查日期以后，不晚于今天", field="on")
        if not words.strip():
            raise Refused("words", "请写怎样整改的", field="words")
        return _write(scope, held, {"fixed_on": on, "fixed_words": words.strip(), "fixed_by_id": scope.actor}, "fixed")


def _others(scope: Scope, held: Hazard) -> bool:
    """Tell whether somebody is left for the second look; an owner may always say that it is mended."""
    if scope.actor == held.owner_id:
        return True
    posts = Post.objects.at_work(scope.on).filter(user__is_active=True)
    if held.child is None:
        reach = Q(role__in=_with(ArmKind.SCHOOL, Need.GUIDE), school=held.school_id)
    else:
        reach = Q(role__in=_with(ArmKind.SCHOOL, Need.CHILD_WRITE), school=held.child.school_id)
        reach |= Q(role__in=_with(ArmKind.KLASS, Need.CHILD_WRITE), klass=held.child.klass_id, klass__isnull=False)
    return posts.filter(reach).exclude(user__in=[scope.person, held.owner_id]).exists()


def _with(kind: ArmKind, need: Need) -> list[str]:
    return [role.code for role in ROLES if role.arm == kind and need in role.needs]


def check_hazard(
    scope: Scope, hazard: Hazard, *, on: date, passed: bool, words: str, due_on: date | None = None
) -> HazardCheck:
    """Look again: well, so that it is closed, or back to its owner until another day. Call inside a transaction."""
    held = _held(scope, hazard)
    if not may_check(scope, held):
        raise Refused(
            "check", "复查的人不能是责任人，也不能是登记整改完成的人，由另一位校领导或班主任（孩子家里的）复查"
        )
    if held.fixed_on is None:
        raise Refused("unfixed", "还没有登记整改完成")
    if not held.fixed_on <= on <= scope.on:
        raise Refused("day", "复查日期要在整改完成以后，不晚于今天", field="on")
    if not passed and (due_on is None or due_on < on):
        raise Refused("due", "复查不合格的，写再整改到哪天", field="due_on")
    if not passed and not words.strip():
        raise Refused("words", "请写哪里不合格", field="words")
    row = HazardCheck.objects.create(
        school_id=held.school_id, hazard=held, on=on, passed=passed, words=words.strip(), by_id=scope.actor
    )
    again = {"fixed_on": None, "fixed_words": "", "fixed_by_id": None, "due_on": due_on}
    _write(scope, held, {"closed_on": on} if passed else again, "checked")
    return row


def give_hazard(scope: Scope, hazard: Hazard, *, owner: UUID, due_on: date) -> Hazard:
    """Give a hazard to somebody else, or until another day: who leads the school, or the child's homeroom teacher."""
    with transaction.atomic():
        held = _held(scope, hazard)
        if not leads(scope, held):
            raise Refused("lead", "由校领导（孩子家里的，由班主任）改责任人和期限")
        if held.fixed_on:  # else who mended it could take the second look, too
            raise Refused("fixed", "已经登记整改完成，等复查；复查不合格的，再改责任人和期限")
        if held.child is None:
            must_own(owner, held.school_id, scope)
        elif owner not in {viewer.user.pk for viewer in viewers(held.child, scope.on)}:
            raise Refused("owner", "责任人要选能看到这个孩子档案的人", field="owner")
        if due_on < held.found_on:
            raise Refused("due", "整改期限不能早于排查日期", field="due_on")
        return _write(scope, held, {"owner_id": owner, "due_on": due_on}, "")


def leads(scope: Scope, hazard: Hazard) -> bool:
    """Tell whether a person answers for the place or the child as a whole."""
    if hazard.child is not None:
        return Need.CHILD_WRITE in needs_over(scope, hazard.child)
    return hazard.school_id in scope.ids(ArmKind.SCHOOL, Need.GUIDE)


def may_check(scope: Scope, hazard: Hazard) -> bool:
    """Tell whether a person may take the second look: one who answers for it, did not mend it nor say that it is mended."""
    return leads(scope, hazard) and scope.actor not in (hazard.owner_id, hazard.fixed_by_id)


def _held(scope: Scope, hazard: Hazard) -> Hazard:
    known = hazard_of(scope, hazard.pk)
    if known is None:
        raise Refused("out-of-reach", "没有处理的权限")
    rows = Hazard.objects.everywhere(why="a hazard in reach is locked to be changed").select_for_update(of=("self",))
    held: Hazard = rows.select_related("child").get(pk=known.pk)
    if held.closed_on:
        raise Refused("closed", "已经销号，不再改动")
    return held


def _write(scope: Scope, held: Hazard, told: dict[str, Any], what: str) -> Hazard:
    rows = Hazard.objects.everywhere(why="a hazard in reach, held by this very act, is changed")
    rows.filter(pk=held.pk).update(**tied(Hazard, held.pk, told))
    _note(scope, held, what)
    for name, value in told.items():
        setattr(held, name, value)
    return held


def _note(scope: Scope, row: Hazard, what: str) -> None:
    trail.note(scope, "hazard.move", school=row.school_id, child=row.child_id, subject=str(row.pk), detail=what)
