"""Pairing a child with a teacher, a classmate or somebody from outside (requirements.md C1, B3; domain.md 2.7)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from oasis.children.access import current
from oasis.children.actions.files import changes, hold, keep
from oasis.children.consents import may_use
from oasis.children.models import Child, Pairing
from oasis.kit.refused import Refused
from oasis.people import trail, vetting
from oasis.people.models import CheckSetting, Post, User
from oasis.people.roles import Need
from oasis.people.scope import Scope

Role = Pairing.Role
OUTSIDE = frozenset({Role.VOLUNTEER, Role.UNIT, Role.RETIRED})


def begin(
    scope: Scope, child: Child, *, role: str, from_on: date, staff: User | None = None,
    classmate: Child | None = None, outsider: str = "", checked_on: date | None = None, aim: str = "",
) -> Pairing:  # fmt: skip
    """Pair a child with one helper; raises Refused when the helper does not fit the role or helps already."""
    with transaction.atomic():
        held = hold(scope, child, Need.PAIR)
        pairing = Pairing(
            school_id=held.school_id, child=held, role=role, from_on=from_on, staff=staff, classmate=classmate,
            outsider=outsider.strip(), checked_on=checked_on, aim=aim, by_id=scope.actor,
        )  # fmt: skip
        _check(scope, held, pairing)
        pairing.save(force_insert=True)
        trail.note(scope, "pair.begin", school=held.school_id, child=held.pk, subject=str(pairing.pk), detail=role)
    return pairing


def end(scope: Scope, pairing: Pairing, *, on: date, reason: str) -> Pairing:
    """End a pairing; raises Refused without a reason."""
    with transaction.atomic():
        mine = _running(scope, pairing)
        _end(scope, mine, on, reason)
        trail.note(scope, "pair.end", school=mine.school_id, child=mine.child_id, subject=str(mine.pk))
    return mine


def change(
    scope: Scope, pairing: Pairing, *, on: date, reason: str, staff: User | None = None,
    classmate: Child | None = None, outsider: str = "", checked_on: date | None = None, aim: str = "",
) -> Pairing:  # fmt: skip
    """Hand a pairing over to another helper in the same role: the old one ends with a reason, the new one begins."""
    with transaction.atomic():
        mine = _running(scope, pairing)
        _end(scope, mine, on, reason)
        held = hold(scope, mine.child, Need.PAIR)
        new = Pairing(
            school_id=held.school_id, child=held, role=mine.role, from_on=on, staff=staff, classmate=classmate,
            outsider=outsider.strip(), checked_on=checked_on, aim=aim or mine.aim, by_id=scope.actor,
        )  # fmt: skip
        _check(scope, held, new)
        new.save(force_insert=True)
        trail.note(scope, "pair.change", school=held.school_id, child=held.pk, subject=str(new.pk), detail=new.role)
    return new


def staff_of(school_id: UUID, on: date) -> "Q":
    """The condition on users that they work at a school on a day, by post, or by a pairing that runs."""
    posts = Post.objects.at_work(on).filter(school_id=school_id).values("user")
    pairs = Pairing.objects.filter(current(on), school_id=school_id, staff__isnull=False).values("staff")
    return (Q(pk__in=posts) | Q(pk__in=pairs)) & Q(is_active=True)


def _running(scope: Scope, pairing: Pairing) -> Pairing:
    rows = Pairing.objects.within(scope, Need.PAIR).select_for_update(of=("self",)).select_related("child")
    mine = rows.filter(pk=pairing.pk, to_on__isnull=True).first()
    if mine is None:
        raise Refused("ended", "这次结对已经结束，请刷新页面")
    return mine


def _end(scope: Scope, mine: Pairing, on: date, reason: str) -> None:
    if not reason.strip():
        raise Refused("reason", "请写明结束或更换的原因", field="reason")
    if on < mine.from_on:
        raise Refused("order", "结束日期不能早于开始日期", field="on")
    found = changes(mine.child, "pairing", mine, {"to_on": on, "end_reason": reason}, scope.actor)
    mine.to_on, mine.end_reason = on, reason
    mine.save(update_fields=["to_on", "end_reason"])
    keep(found)


def _check(scope: Scope, held: Child, pairing: Pairing) -> None:
    if pairing.role not in Role.values:
        raise Refused("role", "请选择结对角色", field="role")
    if [pairing.staff_id is not None, pairing.classmate_id is not None, bool(pairing.outsider)].count(True) != 1:
        raise Refused("helper", "教师、同学、校外人员三者选填一项", field="staff")
    if (pairing.role == Role.CLASSMATE) != (pairing.classmate_id is not None):
        raise Refused("role", "“爱心同学”要选一名同学；选了同学，角色就是“爱心同学”", field="role")
    if pairing.role in OUTSIDE and pairing.staff_id:
        raise Refused("role", "这个角色是校外人员，请填写姓名或单位", field="role")
    if pairing.staff_id:
        _check_staff(scope, held, pairing.role, pairing.staff_id)
    elif pairing.classmate_id:
        _check_classmate(scope, held, pairing.classmate_id)
    else:
        _check_outsider(scope, held, pairing)
    _check_twice(scope, held, pairing)


def _check_outsider(scope: Scope, held: Child, pairing: Pairing) -> None:
    if pairing.role != Role.UNIT:
        _must_be_vetted(scope, held, pairing)
    if not may_use(scope, held, "outside"):
        raise Refused("no-consent", "请校外人员结对，要先有家长的同意；请在孩子的“家长同意”里登记", field="outsider")


def _check_staff(scope: Scope, held: Child, role: str, staff: UUID) -> None:
    if not User.objects.filter(staff_of(held.school_id, scope.on), pk=staff).exists():
        raise Refused("not-staff", "请选择本校在岗的教师", field="staff")
    if role == Role.COUNSELLOR:
        posts = Post.objects.held_on(scope.on).filter(user_id=staff, school_id=held.school_id)
        if not posts.filter(role="counsellor").exists():
            raise Refused("counsellor", "只有心理教师岗位的老师可以担任，请先由管理员安排岗位", field="staff")


def _must_be_vetted(scope: Scope, held: Child, pairing: Pairing) -> None:
    """Keep away whoever has a record; whom nobody checked only where the school says so (未成年人保护法 62)."""
    if pairing.checked_on and pairing.checked_on > scope.on:
        raise Refused("ahead", "查询日期不能晚于今天", field="checked_on")
    state = vetting.outsider_state(held.school, pairing.outsider, pairing.checked_on, scope.on)
    if state == vetting.State.WITHHELD:
        raise Refused("withheld", "按学校登记，不能请这个人结对；请和校长联系", field="outsider")
    strict = vetting.setting_of(held.school_id).outsiders == CheckSetting.Outsiders.REFUSE
    if strict and state in (vetting.State.MISSING, vetting.State.OVERDUE):
        raise Refused(
            "unchecked", "校外人员要先查询违法犯罪记录（未成年人保护法第62条），请填写查询日期；一年以前查的要重新查",
            field="checked_on",
        )  # fmt: skip


def _check_classmate(scope: Scope, held: Child, classmate: UUID) -> None:
    rows = Child.objects.within(scope, Need.NAMES).filter(state=Child.State.HERE, pk=classmate)
    if held.klass_id is None or classmate == held.pk or not rows.filter(klass_id=held.klass_id).exists():
        raise Refused("classmate", "请选择同班的另一名同学", field="classmate")


def _check_twice(scope: Scope, held: Child, pairing: Pairing) -> None:
    same = Q(outsider=pairing.outsider, staff__isnull=True, classmate__isnull=True)
    if pairing.staff_id:
        same = Q(staff_id=pairing.staff_id)
    elif pairing.classmate_id:
        same = Q(classmate_id=pairing.classmate_id)
    rows = Pairing.objects.within(scope, Need.PAIR).filter(child=held, to_on__isnull=True)
    if rows.filter(same).exists():
        raise Refused("known", "已经和这个孩子结对，不必重复", field="staff")
