"""The parents' naming of who cares: written notice, agreement, or confirmation (未成年人保护法 22, 23; B1)."""

from datetime import date
from typing import Required, TypedDict, Unpack

from django.db import transaction

from oasis.children.actions.family import ties
from oasis.children.actions.files import changes, hold, keep
from oasis.children.actions.status import write_status
from oasis.children.models import CareArrangement, Child, ChildStatus, Person, Tie
from oasis.kit import codes
from oasis.kit.dates import age_on
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

Kind, Signed = CareArrangement.Kind, CareArrangement.Signed
CIVIL_UNTIL = 16  # 国发〔2016〕13号: civil affairs count children under 16
HEARD_FROM = 8  # 民法典 19: from eight a child has a say


class Said(TypedDict, total=False):
    """What the parents said, as the form asks it."""

    kind: Required[str]
    signed: Required[str]
    signer: Required[str]
    on: Required[date]
    from_on: Required[date]
    to_on: date | None
    received_on: date | None
    witness: str
    child_heard: bool
    child_view: str
    checked: bool
    unfit: str


def arrange(scope: Scope, child: Child, *, carer: Person, **said: Unpack[Said]) -> CareArrangement:
    """Record who cares, as the parents said; the arrangement before it ends, the carer's tie takes its standing.

    When it runs today, who was entrusted before is relieved, and the child's care type follows the new carer.

    Raises Refused when the law or the form is not kept: an unfit or under-age carer, no witness to a call, no check of
    the carer, a child of eight or more not heard.
    """
    made = CareArrangement(**said)
    with transaction.atomic():
        held = hold(scope, child)
        tie = ties(scope, held).filter(person_id=carer.pk).select_related("person").first()
        if tie is None:
            raise Refused("not-family", "请先把照护人加到家庭成员里", field="carer")
        _check_form(made, scope.on)
        _check_carer(made, tie, scope.on)
        _check_heard(held, made, scope.on)
        _end_running(scope, held, made.from_on)
        made.school_id, made.child, made.carer, made.by_id = held.school_id, held, tie.person, scope.actor
        made.save(force_insert=True)
        _give_standing(scope, held, tie, made.kind)
        if made.from_on <= scope.on and (made.to_on is None or made.to_on >= scope.on):
            _relieve(scope, held, tie, made)
        trail.note(scope, "care.arrange", school=held.school_id, child=held.pk, subject=str(made.pk), detail=made.kind)
    return made


def found_unfit(scope: Scope, child: Child, arrangement: CareArrangement, *, unfit: str) -> CareArrangement:
    """Note that a named carer may not be entrusted by law: the alarm stands until the parents name another one."""
    if unfit not in CareArrangement.Unfit.values:
        raise Refused("unfit", "请选择不得委托的情形", field="unfit")
    return _change(scope, child, arrangement, "care.unfit", unfit=unfit)


def end_arrangement(scope: Scope, child: Child, arrangement: CareArrangement, *, on: date) -> CareArrangement:
    """End an arrangement before its time."""
    if on < arrangement.from_on:
        raise Refused("order", "结束日期不能早于委托开始的日期", field="on")
    return _change(scope, child, arrangement, "care.end", to_on=on)


def receive(scope: Scope, child: Child, arrangement: CareArrangement, *, on: date) -> CareArrangement:
    """Note that the signed paper has reached the school."""
    if on > scope.on:
        raise Refused("future", "收到日期不能晚于今天", field="on")
    return _change(scope, child, arrangement, "care.receive", received_on=on)


def _check_form(made: CareArrangement, today: date) -> None:
    if made.on > today:
        raise Refused("future", "签字（确认）日期不能晚于今天", field="on")
    if made.to_on and made.to_on < made.from_on:
        raise Refused("order", "委托结束日期不能早于开始日期", field="to_on")
    if not made.signer.strip():
        raise Refused("signer", "请写明由哪位家长签字（确认）", field="signer")
    if made.signed == Signed.PHONE and not made.witness.strip():
        raise Refused("witness", "电话确认要有另一位老师或村干部见证，请填写见证人", field="witness")


def _check_carer(made: CareArrangement, tie: Tie, today: date) -> None:
    parent = tie.relation in codes.PARENTS
    if made.kind == Kind.CONFIRMED:
        if not parent:
            raise Refused("parent", "“父（母）亲自照护”只能选父母；由他人照护请登记书面告知或协议", field="carer")
        return
    if parent:
        raise Refused("parent", "父母本人照护不需要委托，请选“确认父（母）亲自照护”", field="kind")
    if made.unfit:
        raise Refused(
            "unfit", "有法律规定不得委托的情形（未成年人保护法第22条），请与家长商量另选照护人", field="unfit"
        )
    if not made.checked:
        raise Refused("unchecked", "请先与家长核对照护人没有不得委托的情形，再勾选", field="checked")
    if not tie.person.alive:
        raise Refused("dead", "登记显示这位照护人已去世，请核对", field="carer")
    if tie.person.birth_on and age_on(tie.person.birth_on, today) < 18:
        raise Refused("minor", "照护人要年满18周岁（完全民事行为能力人），请另选", field="carer")


def _check_heard(held: Child, made: CareArrangement, today: date) -> None:
    old_enough = held.birth_on is None or age_on(held.birth_on, today) >= HEARD_FROM
    if made.kind != Kind.CONFIRMED and old_enough and not made.child_heard:
        raise Refused("heard", "孩子满8周岁，要先听一听孩子自己的意见（未成年人保护法第22条）", field="child_heard")


def _end_running(scope: Scope, held: Child, on: date) -> None:
    rows = CareArrangement.objects.within(scope, Need.CHILD_WRITE).filter(child=held, from_on__lte=on)
    for row in rows:
        if row.to_on is None or row.to_on > on:
            keep(changes(held, "care", row, {"to_on": on}, scope.actor))
            row.to_on = on
            row.save(update_fields=["to_on"])


def _give_standing(scope: Scope, held: Child, tie: Tie, kind: str) -> None:
    new: dict[str, object] = {"carer": True}
    if kind != Kind.CONFIRMED and tie.standing == Tie.Standing.NONE:
        new["standing"] = Tie.Standing.ENTRUSTED
    _revise_tie(scope, held, tie, new)


def _relieve(scope: Scope, held: Child, tie: Tie, made: CareArrangement) -> None:
    before = list(ties(scope, held).filter(standing=Tie.Standing.ENTRUSTED).exclude(pk=tie.pk))
    for old in before:
        _revise_tie(scope, held, old, {"carer": False, "standing": Tie.Standing.NONE})
    care = care_by(tie.relation, held.left_behind)
    if care and held.care in {care_by(old.relation, held.left_behind) for old in before}:
        _write_care(scope, held, made, care)


def _write_care(scope: Scope, held: Child, made: CareArrangement, care: str) -> None:
    """Write a status that differs from the last one in who cares; never dated before it."""
    last = ChildStatus.objects.within(scope, Need.CHILD_WRITE).filter(child=held).last()
    on = max(made.from_on, last.from_on) if last else made.from_on
    away = codes.CivilReason.BOTH_AWAY if held.left_behind == codes.LeftBehind.BOTH else codes.CivilReason.ONE_UNABLE
    young = held.birth_on is None or age_on(held.birth_on, on) < CIVIL_UNTIL
    write_status(
        scope, held, on=on, left_behind=held.left_behind, civil=held.civil and young,
        civil_reason=(last.civil_reason if last else "") or away, care=care,
        since_on=last.since_on if last else None, source="file", note="照护人变更",
    )  # fmt: skip


def care_by(relation: str, left_behind: int) -> str:
    """Give the care type when the one of this relation cares; nothing when a parent is said to care with both away."""
    if relation in codes.PARENTS:
        return {codes.LeftBehind.NO: codes.Care.PARENTS, codes.LeftBehind.ONE: codes.Care.ONE_PARENT}.get(
            codes.LeftBehind(left_behind), ""
        )
    kin = (
        (codes.GRANDPARENTS, codes.Care.GRANDPARENTS), (codes.ELDER_KIN, codes.Care.ELDER_KIN), (codes.SIBLINGS, codes.Care.SIBLINGS),
    )  # fmt: skip
    return next((care for relations, care in kin if relation in relations), codes.Care.OTHERS)


def _revise_tie(scope: Scope, held: Child, tie: Tie, new: dict[str, object]) -> None:
    found = changes(held, "tie", tie, new, scope.actor)
    for name, value in new.items():
        setattr(tie, name, value)
    tie.save(update_fields=list(new))
    keep(found)


def _change(scope: Scope, child: Child, arrangement: CareArrangement, deed: str, **fields: object) -> CareArrangement:
    with transaction.atomic():
        held = hold(scope, child)
        rows = CareArrangement.objects.within(scope, Need.CHILD_WRITE).filter(child=held)
        mine = rows.filter(pk=arrangement.pk).first()
        if mine is None:
            raise Refused("gone", "没有找到这份照护约定，请刷新页面")
        found = changes(held, "care", mine, fields, scope.actor)
        for name, value in fields.items():
            setattr(mine, name, value)
        mine.save(update_fields=list(fields))
        keep(found)
        trail.note(scope, deed, school=held.school_id, child=held.pk, subject=str(mine.pk))
    return mine
