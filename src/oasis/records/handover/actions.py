"""Handing a child over: inside the database by an offer, to another installation by a sealed package (requirements.md A8)."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from oasis.children.actions import moves
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit import envelope
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.consenting import must_lead
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School
from oasis.records.handover.packing import Values, pack
from oasis.records.handover.unpacking import UNREADABLE, Preview, preview, unpack
from oasis.records.models import HandOver

Way, State = HandOver.Way, HandOver.State
WHY = "the former school has offered this file to this school"
SAID = {
    "not-one": "这不是绿洲的转学包，请让对方重新导出。",
    "changed": "转学包被改动过或者传坏了，不能接收。请让对方重新导出，当面或用可靠的方式传来。",
    "not-ours": "这个转学包是给别的系统的，本系统打不开。请把本系统的接收码给对方，让对方用它重新导出。",
}


def keys() -> envelope.Keys:
    """Give the keys of this installation."""
    return envelope.keys_in(settings.HOME)


def offer(scope: Scope, child: Child, *, to: School, on: date, told: str) -> HandOver:
    """Close the file here and offer it to another school of this database; that school's leader takes it in."""
    if to.pk == child.school_id:
        raise Refused("same-school", "这就是孩子现在的学校；换班请用“班级与离校”", field="to")
    with transaction.atomic():
        held = _leave(scope, child, on, told)
        row = _out(scope, held, Way.INSIDE, State.OFFERED, on=on, told=told, other=to.name, other_school=to)
        HandOver.objects.create(
            school=to, outgoing=False, way=Way.INSIDE, state=State.WAITING, package=row.package, file=held.pk,
            other=held.school.name, other_school=held.school, told=row.told, on=on, by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "handover.offer", school=held.school_id, child=held.pk, subject=str(row.package))
    return row


def send(scope: Scope, child: Child, *, card: str, other: str, on: date, told: str) -> HandOver:
    """Close the file here and make ready a package for the installation whose card is given."""
    if not other.strip():
        raise Refused("other", "请填写对方学校的名称", field="other")
    try:
        receiver = envelope.Card.read(card)
    except envelope.Unsealed as error:
        raise Refused("card", "接收码不对，请让对方把整行复制过来，一个字母也不能少", field="card") from error
    if receiver == keys().card:
        raise Refused("card", "这是本系统自己的接收码。同一系统里的学校，请直接选择学校", field="card")
    with transaction.atomic():
        held = _leave(scope, child, on, told)
        row = _out(scope, held, Way.OUTSIDE, State.SENT, on=on, told=told, other=other.strip(), card=receiver.text)
        trail.note(scope, "handover.send", school=held.school_id, child=held.pk, subject=str(row.package))
    return row


def package(scope: Scope, row: HandOver) -> bytes:
    """Give the sealed package of a child who was sent off, as often as it is asked for while the file is kept."""
    mine = HandOver.objects.within(scope, Need.LAW).filter(pk=row.pk, outgoing=True, way=Way.OUTSIDE).first()
    child = (
        Child.objects.within(scope, Need.LAW).filter(pk=mine.file, erased_on=None).first()
        if mine and mine.file
        else None
    )
    if mine is None or child is None or child.state != Child.State.MOVED:
        raise Refused("no-file", "孩子已经返校，或档案已到期处理，不能再导出转学包")
    letter = {"package": str(mine.package), "from": child.school.name, "on": str(mine.on), "file": pack(scope, child)}
    data = envelope.seal(letter, to=envelope.Card.read(mine.card), keys=keys())
    trail.note(scope, "handover.send", school=child.school_id, child=child.pk, subject=str(mine.package), detail="file")
    return data


def _leave(scope: Scope, child: Child, on: date, told: str) -> Child:
    if not told.strip():
        raise Refused("told", "请写明怎样告知家长的（个人信息保护法第23条），如：11月20日当面告知父亲", field="told")
    held = hold(scope, child, Need.LAW)
    if held.state != Child.State.HERE:
        raise Refused("not-here", "孩子现在不在校，不能办理转交")
    return moves.leave(scope, held, state=Child.State.MOVED, on=on, reason="转学")


def _out(scope: Scope, held: Child, way: str, state: str, *, told: str, **rest: Any) -> HandOver:
    return HandOver.objects.create(
        school_id=held.school_id, outgoing=True, way=way, state=state, file=held.pk, told=told.strip()[:120], by_id=scope.actor,
        **rest,
    )  # fmt: skip


def receive(scope: Scope, *, school: School, data: bytes) -> HandOver:
    """Take a package in to be looked at; nothing of it is written into a file yet. Raises Refused when it cannot be opened."""
    must_lead(scope, school)
    letter, sender = _open(data)
    try:
        number, other, on = UUID(letter["package"]), str(letter["from"])[:60], date.fromisoformat(letter["on"])
        preview(letter["file"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused("letter", SAID["not-one"]) from error
    with transaction.atomic():
        rows = HandOver.objects.within(scope, Need.LAW).select_for_update(of=("self",))
        known = rows.filter(school=school, package=number, outgoing=False).first()
        if known:
            _must_be_same(known, sender)
        row = known or HandOver(school=school, outgoing=False, way=Way.OUTSIDE, package=number)
        row.state, row.other, row.on, row.card = State.WAITING, other, on, sender.text
        row.sealed, row.by_id = data, scope.actor
        row.save()
        trail.note(scope, "handover.receive", school=school.pk, subject=str(number))
    return row


def _must_be_same(known: HandOver, sender: envelope.Card) -> None:
    """Raise Refused unless the package may take the place of one that waits: from the same sender, not settled yet."""
    if known.state == State.ACCEPTED:
        raise Refused("twice", "这个转学包已经接收过了，不能再接收一次")
    if known.state != State.WAITING:
        raise Refused("declined", "这个转学包本校已经决定不接收。要接收，请原学校重新办理转出，导出新的转学包")
    if known.way != Way.OUTSIDE or known.card != sender.text:
        raise Refused(
            "other-sender", "已有同一编号的转学等待接收，但发送方不同。请打电话向原学校核实，不要接收这个文件"
        )


def print_of(row: HandOver) -> str:
    """Give what tells one package from another: the page a leader compared is about exactly this one."""
    return hashlib.sha256(row.package.bytes + bytes(row.sealed or b"")).hexdigest()


def _open(data: bytes) -> tuple[Values, envelope.Card]:
    try:
        return envelope.opened(data, keys())
    except envelope.Unsealed as error:
        raise Refused(error.code, SAID[error.code], field="file") from error


def letter_of(scope: Scope, row: HandOver) -> Values:
    """Give what a waiting hand-over holds; raises Refused when the former school has taken it back."""
    if row.way == Way.OUTSIDE:
        file = _open(bytes(row.sealed or b""))[0].get("file")
        return file if isinstance(file, dict) else {}
    child = _offered(row)
    here = School.objects.get(pk=child.school_id)
    return pack(_eyes_of(scope, here), child)


def _offered(row: HandOver) -> Child:
    rows = Child.objects.everywhere(why=WHY).select_related("school", "klass")
    child = rows.filter(pk=row.file or row.pk, state=Child.State.MOVED, erased_on=None, school=row.other_school).first()
    if child is None:
        raise Refused("taken-back", "原学校已经撤回（孩子已返校），或档案已经处理，不能接收")
    return child


def _eyes_of(scope: Scope, school: School) -> Scope:
    """Give the eyes of a leader of the former school: it has offered the file, and only its leaders could."""
    arms = tuple(
        arm.__class__(arm.kind, frozenset({school.pk}), arm.role, arm.needs) for arm in scope.arms if Need.LAW in arm.needs
    )  # fmt: skip
    return Scope(scope.actor, scope.name, scope.on, arms, scope.address)


def seen(scope: Scope, row: HandOver) -> Preview:
    """Give the preview of a waiting hand-over. It is a look at the child's file, and stands on the trail of both schools."""
    told = preview(letter_of(scope, row))
    _note(scope, "handover.look", row)
    return told


def _note(scope: Scope, deed: str, row: HandOver, child: UUID | None = None) -> None:
    """Note an act at this school and, inside the database, at the one that offered the file."""
    lines = {row.school_id: child}
    if row.way == Way.INSIDE and row.other_school_id:
        lines[row.other_school_id] = row.file
    with transaction.atomic():
        for school in sorted(lines):  # always in one order: a line holds its school's chain until the commit
            trail.note(scope, deed, school=school, child=lines[school], subject=str(row.package))


def accept(scope: Scope, row: HandOver, *, klass: Klass, on: date, compared: str) -> Child:
    """Take the child in: a file in a class of this school. `compared` is the print of the package that was looked at."""
    with transaction.atomic():
        held = _waiting(scope, row)
        if compared != print_of(held):
            raise Refused("replaced", "您打开页面以后转学包换过了，请刷新页面，重新核对内容和指纹")
        if klass.school_id != held.school_id:
            raise Refused("klass", "请选择本校的班级", field="klass")
        if on > scope.on:
            raise Refused("future", "转入日期不能晚于今天", field="on")
        letter = letter_of(scope, held)
        if held.way == Way.INSIDE:  # an ID number has one open file: it moves with the child
            Child.objects.everywhere(why=WHY).filter(pk=held.file or held.pk).update(id_hash=None)
            sides = HandOver.objects.everywhere(why=WHY).filter(package=held.package, outgoing=True, way=Way.INSIDE)
            if not sides.filter(state=State.OFFERED).update(state=State.ACCEPTED):
                raise Refused("taken-back", "原学校的这次转出已经办结或撤回，不能接收。请原学校重新办理")
        child = _unpacked(scope, letter, klass=klass, on=on, former=held.other)
        _note(scope, "handover.accept", held, child.pk)
        held.state, held.file, held.sealed = State.ACCEPTED, child.pk, None
        held.save(update_fields=["state", "file", "sealed"])
    return child


def _unpacked(scope: Scope, letter: Values, *, klass: Klass, on: date, former: str) -> Child:
    try:
        with transaction.atomic():
            return unpack(scope, letter, klass=klass, on=on, former=former)
    except (IntegrityError, DataError) as error:  # each value is one of its column, but they contradict each other
        raise Refused("letter", UNREADABLE) from error


def decline(scope: Scope, row: HandOver) -> HandOver:
    """Do not take the child in; what came is thrown away, the former school sees that."""
    with transaction.atomic():
        held = _waiting(scope, row)
        held.state, held.sealed = State.DECLINED, None
        held.save(update_fields=["state", "sealed"])
        sides = HandOver.objects.everywhere(why=WHY).filter(package=held.package, outgoing=True, way=Way.INSIDE)
        sides.update(state=State.DECLINED)
        _note(scope, "handover.decline", held)
    return held


def _waiting(scope: Scope, row: HandOver) -> HandOver:
    rows = HandOver.objects.within(scope, Need.LAW).select_for_update(of=("self",)).filter(outgoing=False)
    held = rows.filter(pk=row.pk).first()
    if held is None:
        raise Refused("out-of-reach", "只有接收学校的校长、德育主任可以办理")
    if held.state != State.WAITING:
        raise Refused("not-waiting", "这件转学已经办过了，请刷新页面")
    return held
