"""What one person may not settle alone: asked with a purpose, decided by a leader, carried out when granted.

The law wants a responsible person's approval before staff read or export what is not daily work
(未成年人网络保护条例 36); an administrator's own posts and another's second factor go the same way.
"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet

from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.actions import check_post, may_stand_in, must_manage, post_fits, reaches_further
from oasis.people.closed import ScopedQuerySet
from oasis.people.entrance import has_factor
from oasis.people.models import Approval, Post, Trail, User
from oasis.people.remembered import remembered
from oasis.people.roles import ROLES, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.people.together import Question, whether
from oasis.places.models import Klass, School

LEADERS = frozenset(role.code for role in ROLES if Need.APPROVE in role.needs)
Kind = Approval.Kind
READ_FOR = timedelta(days=31)
PUT_OUT = timedelta(days=30)  # how long a leader put out by the asker still counts as there


def waiting(scope: Scope) -> QuerySet[Approval]:
    """Give what waits for this leader's answer, oldest first; one's own asking waits for somebody else."""
    rows = _waiting(scope, scope.person)
    return rows.select_related("asked_by", "about", "klass", "school").order_by("asked_at")


def awaited(scope: Scope) -> Question[bool]:
    """Ask whether anything waits for this leader's answer."""
    return whether(_any_waiting, scope, scope.person)


@remembered
def _any_waiting(scope: Scope, person: UUID) -> QuerySet[Approval, tuple[UUID]]:
    return _waiting(scope, person).order_by().values_list("pk")[:1]


def _waiting(scope: Scope, person: UUID) -> ScopedQuerySet[Approval]:
    rows = Approval.objects.within(scope, Need.APPROVE).filter(granted__isnull=True)
    return rows.exclude(asked_by=person).exclude(about=person)


def decided(scope: Scope) -> QuerySet[Approval]:
    """Give what was decided at this leader's schools, the newest first."""
    rows = Approval.objects.within(scope, Need.APPROVE).filter(granted__isnull=False)
    return rows.select_related("asked_by", "about", "klass", "school", "decided_by").order_by("-decided_at")


def asked(scope: Scope) -> QuerySet[Approval]:
    """Give what this person asked for, the newest first."""
    rows = Approval.objects.everywhere(why="a person sees what she asked for herself").filter(asked_by=scope.person)
    return rows.select_related("about", "klass", "school", "decided_by").order_by("-asked_at")


def granted(scope: Scope, kind: str, subject: str, purpose: str = "") -> bool:
    """Tell whether a leader's word for exactly this holds today, and, where one is named, for this purpose."""
    held = asked(scope).filter(kind=kind, subject=subject, granted=True, until_on__gte=scope.on)
    return any(purpose in ("", row.purpose) for row in held)


def leaders_besides(scope: Scope, school: UUID, about: UUID | None) -> bool:
    """Tell whether the school has a leader who may decide: neither the asker nor whom it is about.

    A leader whose post or account the asker himself ended of late counts as there: nobody clears his own way.
    """
    besides = {one for one in (scope.actor, about) if one}
    posts = Post.objects.filter(school=school, role__in=LEADERS).exclude(user__in=besides)
    if posts.held_on(scope.on).filter(user__is_active=True).exists():
        return True
    lines = Trail.objects.everywhere(why="who put out a school's leaders may not then settle alone").filter(
        school_key=school, actor=scope.actor, deed__in=("post.end", "user.active"), at__gte=now() - PUT_OUT
    )
    done = list(lines.exclude(subject__in=[str(one) for one in besides]))
    if any(line.deed == "post.end" and line.detail.partition(" ")[0] in LEADERS for line in done):
        return True
    stopped = [UUID(line.subject) for line in done if line.deed == "user.active" and line.detail == "False"]
    lately = Q(to_on__isnull=True) | Q(to_on__gte=scope.on - PUT_OUT)
    return posts.filter(lately, user__in=stopped).exists()


def ask(scope: Scope, approval: Approval, *, may_stand_alone: bool = False) -> Approval:
    """Put a question to the leaders. Where the school has nobody else, `may_stand_alone` lets it hold at once, marked."""
    approval.asked_by_id = scope.person
    if not approval.purpose.strip():
        raise Refused("purpose", "请写明用途或原因", field="purpose")
    with transaction.atomic():
        # One asking at a time for each person: of two presses at once the second finds the first's. SQLite stands in line.
        User.objects.select_for_update(no_key=True).get(pk=scope.person)
        waits = _same(scope, approval).first()
        alone = may_stand_alone and not leaders_besides(scope, approval.school_id, approval.about_id)
        if waits and not alone:
            raise Refused("asked-already", "已经提出过了，正在等校领导答复")
        approval = waits or approval  # the same once more, when meanwhile nobody is left to answer
        if not waits:
            save_checked(approval)
            _note(scope, "approval.ask", approval)
        if alone:
            _settle(scope, approval, granted=True, answer="", alone=True)
    return approval


def _same(scope: Scope, one: Approval) -> QuerySet[Approval]:
    """Give what this person asked before in the same words and what nobody has answered yet.

    An export is granted for one purpose: the same for another purpose is another question.
    """
    waits = asked(scope).filter(granted__isnull=True, kind=one.kind, about=one.about, subject=one.subject)
    waits = waits.filter(role=one.role, klass=one.klass, words=one.words)
    return waits.filter(purpose=one.purpose) if one.kind == Kind.EXPORT else waits


def decide(scope: Scope, *, approval: UUID, yes: bool, answer: str = "", child: UUID | None = None) -> Approval:
    """Answer a question that waits; a refusal says why. Raises Refused when it is answered already.

    Children stand above: `children.actions.answering` has asked whether `child` is in the leader's reach.
    """
    with transaction.atomic():
        locked = Approval.objects.within(scope, Need.APPROVE).select_for_update(of=("self",))
        row = locked.filter(pk=approval).select_related("about", "klass", "school").first()
        if row is None or row.granted is not None or scope.actor in (row.asked_by_id, row.about_id):
            raise Refused("not-waiting", "这个申请已经答复过，或者不由您答复")
        if not yes and not answer.strip():
            raise Refused("why", "不同意时请写一句原因", field="answer")
        if yes and row.kind == Kind.READ and child is None:
            raise Refused("child", "请选出申请里说的孩子", field="child")
        if yes and row.kind in (Kind.READ, Kind.EXPORT) and row.until_on and row.until_on < scope.on:
            raise Refused("too-late", "申请的日期已经过了，请答复不同意，让对方重新提出")
        row.child = child if row.kind == Kind.READ else None
        _settle(scope, row, granted=yes, answer=answer)
    return row


def ask_own_post(
    scope: Scope,
    *,
    school: School,
    role: str,
    klass: Klass | None,
    from_on: date,
    purpose: str,
    to_on: date | None = None,
) -> Approval | None:
    """Ask for a post of one's own that shows children; None when it shows no more than one sees already."""
    if not reaches_further(scope, school.pk, role):
        return None
    if ROLES.get(role).ends:
        raise Refused("own-post", "督导由别的单位的人担任，不能给自己安排", field="role")
    me = User.objects.get(pk=scope.person)
    check_post(scope, user=me, role=role, place=school, klass=klass, region=None, from_on=from_on)
    row = Approval(school=school, kind=Kind.POST, about=me, role=role, klass=klass, from_on=from_on, purpose=purpose)
    row.until_on = to_on
    return ask(scope, row, may_stand_alone=True)


def ask_read(scope: Scope, *, words: str, purpose: str, until_on: date) -> Approval:
    """Ask to read a child who is not one's own, named by class and name: whether there is one is the leader's to say."""
    if not words.strip():
        raise Refused("words", "请写清孩子的班级和姓名", field="words")
    if not scope.on <= until_on <= scope.on + READ_FOR:
        raise Refused("until", f"请选今天起{READ_FOR.days}天以内的日期", field="until_on")
    posts = Post.objects.held_on(scope.on).filter(user=scope.person, school__isnull=False).exclude(role="administrator")
    school = posts.order_by("from_on").values_list("school", flat=True).first()
    if school is None:
        raise Refused("no-post", "您现在没有学校里的岗位，不能申请查阅")
    row = Approval(school_id=school, kind=Kind.READ, words=words.strip(), purpose=purpose, until_on=until_on)
    return ask(scope, row)


def ask_factor_removal(scope: Scope, *, user: User, purpose: str) -> Approval:
    """Ask that a person who lost phone and codes may begin again; the password is another matter."""
    school = must_manage(scope, user)
    if user.pk == scope.actor:
        raise Refused("own-factor", "自己的第二步验证请在“我的”里更换")
    if not has_factor(user):
        raise Refused("no-factor", "这个人没有开启第二步验证，不用解除")
    row = Approval(school_id=school, kind=Kind.FACTOR, about=user, purpose=purpose)
    return ask(scope, row, may_stand_alone=True)


def _settle(scope: Scope, row: Approval, *, granted: bool, answer: str, alone: bool = False) -> None:
    row.granted, row.answer, row.alone = granted, answer.strip(), alone
    row.decided_by_id, row.decided_at = scope.actor, now()
    save_checked(row)
    if granted and row.kind in EFFECTS:
        EFFECTS[row.kind](scope, row)
    _note(scope, "approval.alone" if alone else "approval.grant" if granted else "approval.refuse", row)


def _note(scope: Scope, deed: str, row: Approval) -> None:
    subject = str(row.about_id or row.asked_by_id)
    trail.note(scope, deed, school=row.school_id, child=row.child, subject=subject, detail=row.kind)


def _remove_factor(scope: Scope, row: Approval) -> None:
    Authenticator.objects.filter(user=row.about).delete()
    trail.note(scope, "factor.removed", school=row.school_id, subject=str(row.about_id))


def _give_post(scope: Scope, row: Approval) -> None:
    """Make the post that was granted; one that lay waiting begins no earlier than today."""
    begins = max(row.from_on or scope.on, scope.on)
    if row.about is None or (row.until_on and row.until_on < begins):
        raise Refused("too-late", "申请的日期已经过了，请重新提出")
    _still_fits(scope, row, row.about, begins)
    post = Post(user=row.about, role=row.role, school=row.school, klass=row.klass, from_on=begins, to_on=row.until_on)
    post.stand_in = row.kind == Kind.STAND_IN
    save_checked(post)
    trail.note(scope, "post.give", school=row.school_id, subject=str(row.about_id), detail=row.role)


def _still_fits(scope: Scope, row: Approval, user: User, begins: date) -> None:
    """Ask once more what was asked when the question was put: days may have gone by."""
    here = Post.objects.held_on(scope.on).filter(school=row.school_id, user=user)
    if not user.is_active or not here.exists():
        raise Refused("person", "这个人已经停用或不在本校任职，请答复不同意")
    if row.kind == Kind.STAND_IN and row.klass and not may_stand_in(row.klass, scope.on).filter(pk=user.pk).exists():
        raise Refused("person", "这位老师现在已经带这个班，请答复不同意")
    post_fits(user=user, role=row.role, place=row.school, klass=row.klass, from_on=begins)


EFFECTS: dict[str, Callable[[Scope, Approval], None]] = {
    Kind.FACTOR: _remove_factor,
    Kind.POST: _give_post,
    Kind.STAND_IN: _give_post,
}
