"""Receiving what a guardian asks for, approving what leaves the school, answering, refusing with reasons (PIPL 44-50)."""

from datetime import date

from django.db import transaction

from oasis.children.actions.files import hold
from oasis.children.consents import guardians
from oasis.children.models import Child, Petition
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.consenting import law_of
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.queries import workdays_after

LEAST_REASON = 10  # characters: a refusal says which article or which fact
TAKEN_AWAY = frozenset({Petition.Wish.SEE, Petition.Wish.COPY})


def receive(
    scope: Scope, child: Child, *, wish: str, guardian: str, received_on: date, how: str, proof: str, words: str = ""
) -> Petition:
    """Write down what a guardian asks for, once it is sure who asks; its clock starts on the day it came."""
    for value, choices, said, name in (
        (wish, Petition.Wish.values, "请选择家长的要求", "wish"),
        (how, Petition.How.values, "请选择家长怎样提出的", "how"),
        (proof, Petition.Proof.values, "先核对身份再受理，请选择怎样核对的", "proof"),
    ):
        if value not in choices:
            raise Refused(name, said, field=name)
    if received_on > scope.on:
        raise Refused("future", "收到日期不能晚于今天", field="received_on")
    if wish in (Petition.Wish.CORRECT, Petition.Wish.DELETE) and not words.strip():
        raise Refused("words", "请写明要更正、删除哪些内容", field="words")
    with transaction.atomic():
        held = hold(scope, child, frozen=True)
        who = next((one for one in guardians(scope, held) if one.key == guardian), None)
        if who is None:
            raise Refused("not-guardian", "只有父母、监护人（满14周岁的孩子本人）可以申请", field="guardian")
        row = Petition.objects.create(
            school_id=held.school_id, child=held, by_id=scope.actor, wish=wish, received_on=received_on, how=how, proof=proof,
            guardian_id=who.tie.person_id if who.tie else None, guardian_name=who.name, relation=who.relation,
            words=words.strip(), due_on=workdays_after(received_on, law_of(held.school).answer_days),
        )  # fmt: skip
        trail.note(scope, "petition.receive", school=held.school_id, child=held.pk, subject=str(row.pk), detail=wish)
    return row


def approve(scope: Scope, petition: Petition) -> Petition:
    """Let a package about the child go out to the guardian; only who leads the school may."""
    with transaction.atomic():
        row = _open(scope, petition)
        if row.wish not in TAKEN_AWAY:
            raise Refused("wish", "只有查看、复制的申请要准备材料")
        if row.approved_at is None:
            row.approved_at, row.approved_by_id = now(), scope.actor
            row.save(update_fields=["approved_at", "approved_by"])
            trail.note(scope, "petition.approve", school=row.school_id, child=row.child_id, subject=str(row.pk))
    return row


def answer(scope: Scope, petition: Petition, *, answer: str, on: date) -> Petition:
    """Say what was done for the guardian, and close it."""
    return _close(scope, petition, Petition.State.DONE, "petition.answer", answer, on)


def refuse(scope: Scope, petition: Petition, *, reasons: str, on: date) -> Petition:
    """Refuse, with reasons that the guardian gets in writing (未成年人网络保护条例 34)."""
    if len(reasons.strip()) < LEAST_REASON:
        raise Refused("reasons", "不同意必须书面说明理由：写清依据哪一条、因为什么事实，至少十个字", field="answer")
    return _close(scope, petition, Petition.State.REFUSED, "petition.refuse", reasons, on)


def _close(scope: Scope, petition: Petition, state: str, deed: str, words: str, on: date) -> Petition:
    if not words.strip():
        raise Refused("words", "请写明怎样答复的", field="answer")
    with transaction.atomic():
        row = _open(scope, petition)
        if not row.received_on <= on <= scope.on:
            raise Refused("day", "答复日期要在收到之后、今天之前", field="on")
        row.state, row.answer, row.answered_on, row.answered_by_id = state, words.strip(), on, scope.actor
        row.save(update_fields=["state", "answer", "answered_on", "answered_by"])
        trail.note(scope, deed, school=row.school_id, child=row.child_id, subject=str(row.pk), detail=row.wish)
    return row


def _open(scope: Scope, petition: Petition) -> Petition:
    rows = Petition.objects.within(scope, Need.LAW).select_for_update(of=("self",))
    row = rows.filter(pk=petition.pk).first()
    if row is None:
        raise Refused("out-of-reach", "只有本校的校长、德育主任可以答复")
    if row.state != Petition.State.OPEN:
        raise Refused("closed", "这个申请已经答复过了，请刷新页面")
    return row
