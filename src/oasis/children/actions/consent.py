"""Writing down what a guardian answered, taking a yes back, and what follows from a no (PIPL 15, 47)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from oasis.children.actions.files import hold
from oasis.children.actions.moves import end_pairings
from oasis.children.actions.papers import remove_photos
from oasis.children.consents import NO, YES, Guardian, answered, guardians
from oasis.children.models import Change, Child, Consent, Pairing
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.consenting import kept_text
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.uses import ASKED, USES

CODES = frozenset(use.code for use in ASKED)


def answer(
    scope: Scope, child: Child, *, signer: str, signed: str, on: date, answers: Mapping[str, str], witness: str = "",
    paper_no: str = "",
) -> Consent:  # fmt: skip
    """Record a guardian's yes or no; a use not answered stays as it was, a no has its effect at once."""
    if not answers or not answers.keys() <= CODES or not set(answers.values()) <= {YES, NO}:
        raise Refused("unanswered", "一项也没有回答，请至少登记一项；没有回答的可以留着")
    with transaction.atomic():
        held = hold(scope, child)
        row = _write(
            scope, held, Consent.Act.ANSWER, signer=signer, signed=signed, on=on, witness=witness, paper_no=paper_no,
            answers=dict(answers),
        )  # fmt: skip
        _undo(scope, held, [code for code, said in answers.items() if said == NO], "家长不同意")
        told = " ".join(f"{code}={answers[code]}" for code in sorted(answers))
        trail.note(scope, "consent.give", school=held.school_id, child=held.pk, subject=str(row.pk), detail=told)
    return row


def withdraw(
    scope: Scope, child: Child, *, uses: Iterable[str], signer: str, signed: str, on: date, witness: str = "",
    paper_no: str = "",
) -> Consent:  # fmt: skip
    """Record that a guardian takes a yes back, and carry out what follows; raises Refused when there is no yes."""
    with transaction.atomic():
        held = hold(scope, child, frozen=True)
        taken = sorted(set(uses) & set(answered(scope, held).given))
        if not taken:
            raise Refused("no-yes", "请选择要撤回的项目；没有同意过的不必撤回", field="uses")
        row = _write(
            scope, held, Consent.Act.WITHDRAW, signer=signer, signed=signed, on=on, witness=witness, paper_no=paper_no,
            answers=dict.fromkeys(taken, NO),
        )  # fmt: skip
        _undo(scope, held, taken, "家长撤回同意")
        trail.note(
            scope, "consent.withdraw", school=held.school_id, child=held.pk, subject=str(row.pk), detail=" ".join(taken)
        )
    return row


def _write(scope: Scope, held: Child, act: str, *, signer: str, on: date, **rest: Any) -> Consent:
    who = next((one for one in guardians(scope, held) if one.key == signer), None)
    if who is None:
        raise Refused(
            "not-guardian", "只有父母、监护人（满14周岁的孩子本人）可以答复，请先在家人里登记", field="signer"
        )
    _check(scope, who, on, rest["signed"], rest["witness"])
    if _newer(scope, held, on):  # an answer and a withdrawal alike: the last day counts
        raise Refused("order", "这个孩子已经登记了更晚的答复，日期不能更早", field="on")
    return Consent.objects.create(
        school_id=held.school_id, child=held, act=act, text=kept_text(held.school), signer_id=who.tie.person_id if who.tie else None,
        signer_name=who.name, relation=who.relation, on=on, by_id=scope.actor, **rest,
    )  # fmt: skip


def _newer(scope: Scope, held: Child, on: date) -> bool:
    return Consent.objects.within(scope, Need.CHILD_WRITE).filter(child=held, on__gt=on).exists()


def _check(scope: Scope, who: Guardian, on: date, signed: str, witness: str) -> None:
    if on > scope.on:
        raise Refused("future", "答复日期不能晚于今天", field="on")
    if signed not in Consent.Signed.values:
        raise Refused("signed", "请选择是纸质签字还是电话答复", field="signed")
    if signed == Consent.Signed.PHONE and not witness.strip():
        raise Refused("witness", "电话答复要有另一位同事在场，请写见证人姓名", field="witness")
    if witness.strip() in (scope.name, who.name) and signed == Consent.Signed.PHONE:
        raise Refused("witness", "见证人要是另一位同事，不能是登记人或家长本人", field="witness")


def _undo(scope: Scope, held: Child, uses: Iterable[str], reason: str) -> None:
    """Make a no real: empty what was filled, also in the history of changes; end what was begun."""
    columns = sorted(column for code in uses for column in USES.get(code).columns)
    if columns:
        Change.objects.within(scope, Need.CHILD_WRITE).filter(child=held, table="child", field__in=columns).delete()
    filled = [column for column in columns if getattr(held, column)]
    for column in filled:
        setattr(held, column, "")
    if filled:
        held.version += 1
        held.save(update_fields=[*filled, "version"])
    if "photo" in uses:
        remove_photos(scope, held, reason)
    if "outside" in uses:
        end_pairings(scope, held, scope.on, reason, Q(child=held) & ~Q(outsider=""))


def effects(scope: Scope, child: Child, uses: Iterable[str]) -> list[str]:
    """Say what a no to these uses would do to this file."""
    found = []
    for code in uses:
        use = USES.get(code)
        there = any(getattr(child, column) for column in use.columns)
        if code == "photo":
            there = child.photo is not None
        if code == "outside":
            pairs = Pairing.objects.within(scope, Need.CHILD_WRITE).filter(child=child, to_on__isnull=True)
            there = pairs.exclude(outsider="").exists()
        found.append(f"{use.label}：{use.undone}" + ("（现在有内容）" if there else ""))
    return found
