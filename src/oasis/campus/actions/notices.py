"""The code of a class, a pupil's notice, and what the teacher does with it."""

import secrets
from datetime import date, timedelta

from django.db import transaction

from oasis.campus.models import Notice, NoticeCode
from oasis.campus.notices import class_of, own_classes
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.sealed import tied
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass
from oasis.places.queries import term_on

LETTERS = "ACDEFHJKMNPRTUVWXY3479"  # none that look or sound alike to a child
LENGTH = 8
AN_HOUR = 12  # notices a class may send in an hour
LONGEST = timedelta(days=150)


def new_code(scope: Scope, klass: Klass) -> NoticeCode:
    """Make a code for this term; the one before ends, and the words of notices that became concerns are removed; what was put aside stays for a leader to read."""
    if klass not in own_classes(scope):
        raise Refused("out-of-reach", "没有给这个班发码的权限")
    term = term_on(klass.school_id, scope.on)
    until = term.ends_on if term and term.ends_on >= scope.on else scope.on + LONGEST
    with transaction.atomic():
        rows = NoticeCode.objects.within(scope, Need.CHILD_WRITE).filter(klass=klass, ended_at__isnull=True)
        rows.update(ended_at=now())
        weighed = Notice.objects.within(scope, Need.CHILD_WRITE).filter(klass=klass, state=Notice.State.TAKEN)
        weighed.update(about="", words="")
        made = NoticeCode.objects.create(
            school_id=klass.school_id, klass=klass, until_on=until, by_id=scope.person,
            code="".join(secrets.choice(LETTERS) for _n in range(LENGTH)),
        )  # fmt: skip
        trail.note(scope, "notice.code", school=klass.school_id, subject=str(klass.pk))
    return made


def plain(code: str) -> str:
    """Give a typed code without spaces and dashes, in capitals."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:20]


def send_notice(*, code: str, about: str, words: str, urgent: bool, on: date) -> None:
    """Keep what a pupil wrote; of whom is neither looked up nor answered. Raises Refused for a wrong code or too many."""
    with transaction.atomic():
        held = class_of(plain(code), on)
        if held is None:
            raise Refused("code", "这个码不对，或者已经换了。请看老师发的条子，再输一次。", field="code")
        rows = Notice.objects.everywhere(why="a class may not send without end; only their number is asked")
        if rows.filter(klass=held.klass_id, at__gte=now() - timedelta(hours=1)).count() >= AN_HOUR:
            raise Refused("many", "现在写的人太多了，过一会儿再写。着急的事，马上找身边的老师。")
        Notice.objects.create(
            school_id=held.school_id, klass_id=held.klass_id, about=about.strip(), words=words.strip(), urgent=urgent
        )


def held_notice(scope: Scope, notice: Notice) -> Notice:
    """Give an open notice locked, or raise Refused. Call inside a transaction."""
    rows = Notice.objects.within(scope, Need.CHILD_WRITE).select_for_update(of=("self",)).filter(pk=notice.pk)
    held: Notice | None = rows.first()
    if held is None:
        raise Refused("out-of-reach", "没有处理的权限")
    if held.state != Notice.State.OPEN:
        raise Refused("decided", "这一条已经处理过了")
    return held


def decide(scope: Scope, held: Notice, *, state: str, why: str = "") -> Notice:
    """Write down what became of a held notice; one that was taken keeps no words, the concern has them."""
    told = {"state": state, "why": why, "decided_by_id": scope.actor, "decided_at": now()}
    if state == Notice.State.TAKEN:
        told |= {"about": "", "words": ""}
    Notice.objects.within(scope, Need.CHILD_WRITE).filter(pk=held.pk).update(**tied(Notice, held.pk, told))
    trail.note(scope, "notice.decide", school=held.school_id, subject=str(held.pk), detail=state)
    return held


def set_aside(scope: Scope, notice: Notice, *, why: str) -> Notice:
    """Put a notice aside, with a reason a leader may read."""
    if not why.strip():
        raise Refused("why", "请写为什么放下", field="why")
    with transaction.atomic():
        return decide(scope, held_notice(scope, notice), state=Notice.State.ASIDE, why=why.strip())
