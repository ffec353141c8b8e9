"""Who belongs to the child: persons and ties, begun, revised, ended. A parent is one person for all brothers and sisters."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from oasis.children.actions.files import changes, hold, keep
from oasis.children.models import Change, Child, Person, Phone, Tie
from oasis.kit import codes, idcard
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

SHORTEST, MOBILE, LONGEST = 7, 11, 15  # digits of a telephone number
PERSON_FIELDS = frozenset(
    {"name", "sex", "birth_on", "id_number", "occupation", "workplace", "education", "health", "address", "wechat",
     "alive", "note"}
)  # fmt: skip
TIE_FIELDS = frozenset({"relation", "standing", "lives_with", "carer", "call_order", "no_pickup"})


def add_person(
    scope: Scope, child: Child, *, relation: str, from_on: date, person: Person | None = None, number: str = "",
    standing: str = Tie.Standing.NONE, lives_with: bool = False, carer: bool = False, call_order: int = 9,
    no_pickup: bool = False, id: UUID | None = None, **fields: Any,
) -> Tie:  # fmt: skip
    """Add a family member: a new person from `fields`, or one already known to this school (a sibling's parent).

    Raises Refused when the person is tied already or nobody is named. `id` comes with the form: the same press twice
    adds one member.
    """
    with transaction.atomic():
        held = hold(scope, child)  # who presses twice stands in line here
        if id and (made := ties(scope, held).filter(pk=id).select_related("person").first()):
            return _same_press(made, person, relation, fields)
        person = _known(scope, person) if person else _new_person(held, relation, fields)
        if ties(scope, held).filter(person=person).exists():
            raise Refused("tied", "这个人已经在家庭成员里了", field="name")
        tie = Tie(
            id=id or new_id(), school_id=held.school_id, child=held, person=person, relation=relation, standing=standing,
            carer=carer, lives_with=lives_with, call_order=call_order, no_pickup=no_pickup, from_on=from_on,
            by_id=scope.actor,
        )  # fmt: skip
        _check_tie(held, tie)
        tie.save(force_insert=True)
        if number := clean_number(number):
            Phone.objects.create(school_id=held.school_id, person=person, number=number, from_on=from_on)
        trail.note(scope, "family.add", school=held.school_id, child=held.pk, subject=str(tie.pk))
    return tie


def _same_press(made: Tie, person: Person | None, relation: str, fields: dict[str, Any]) -> Tie:
    """Give the member this very press has added already; raises Refused when it was somebody else."""
    same = made.person_id == person.pk if person else made.person.name == str(fields.get("name", "")).strip()
    if not same or made.relation != relation:
        raise Refused("saved", "这张表刚才已经添加过一位家人。要再添一位，请重新打开“添家人”。")
    return made


def revise_person(scope: Scope, child: Child, person: Person, **fields: Any) -> Person:
    """Change what is known of a family member; each changed field leaves a Change in every sibling's file."""
    if wrong := fields.keys() - PERSON_FIELDS:
        raise ValueError(f"not of a person: {wrong}")
    with transaction.atomic():
        held = hold(scope, child)
        mine = tied_person(scope, held, person)
        if "id_number" in fields:
            fields["id_number"] = idcard.clean(fields["id_number"])
        found = family_changes(mine, "person", mine, fields, scope)
        if not found:
            return mine
        for name, value in fields.items():
            setattr(mine, name, value)
        if not mine.name.strip():
            raise Refused("name", "请填写姓名", field="name")
        mine.save()
        keep(found)
        _note(scope, "family.person", held, found)
    return mine


def revise_tie(scope: Scope, child: Child, tie: Tie, **fields: Any) -> Tie:
    """Change relation, standing or role of a family member."""
    if wrong := fields.keys() - TIE_FIELDS:
        raise ValueError(f"not of a tie: {wrong}")
    with transaction.atomic():
        held = hold(scope, child)
        mine = running_tie(scope, held, tie)
        found = changes(held, "tie", mine, fields, scope.actor)
        if not found:
            return mine
        for name, value in fields.items():
            setattr(mine, name, value)
        _check_tie(held, mine)
        mine.save()
        keep(found)
        _note(scope, "family.tie", held, found)
    return mine


def end_tie(scope: Scope, child: Child, tie: Tie, *, on: date, reason: str) -> Tie:
    """Say that a person no longer belongs to the child's family or care from a day on; raises Refused without a reason."""
    if not reason.strip():
        raise Refused("reason", "请写明原因", field="reason")
    reason = fitting(reason, 80, "原因", field="reason")
    with transaction.atomic():
        held = hold(scope, child)
        mine = running_tie(scope, held, tie)
        if mine.from_on and on < mine.from_on:
            raise Refused("order", "结束日期不能早于登记日期", field="on")
        found = changes(held, "tie", mine, {"to_on": on, "reason": reason}, scope.actor)
        mine.to_on, mine.reason = on, reason
        mine.save(update_fields=["to_on", "reason"])
        keep(found)
        _note(scope, "family.end", held, found)
    return mine


def clean_number(number: str) -> str:
    """Fold full-width digits and drop blanks and dashes; raises Refused when it cannot be a telephone number."""
    cleaned = idcard.clean(number)
    digits = cleaned.removeprefix("+")
    if not cleaned:
        return ""
    if not (digits.isascii() and digits.isdigit()):
        raise Refused("number", "电话号码只能是数字，请核对有没有多余的字", field="number")
    if len(digits) != MOBILE and digits.startswith("1") and digits[:2] != "12" and len(digits) >= SHORTEST:
        raise Refused("number", f"手机号应是11位，现在是{len(digits)}位，请核对", field="number")
    if not SHORTEST <= len(digits) <= LONGEST:
        raise Refused("number", f"电话号码应是7至15位数字，现在是{len(digits)}位，请核对", field="number")
    return cleaned


def ties(scope: Scope, held: Child) -> "models.QuerySet[Tie]":
    """The running ties of a held child."""
    return Tie.objects.within(scope, Need.CHILD_WRITE).filter(child=held, to_on__isnull=True)


def running_tie(scope: Scope, held: Child, tie: Tie) -> Tie:
    """Give the running tie of a held child, or raise Refused."""
    mine = ties(scope, held).filter(pk=tie.pk).select_related("person").first()
    if mine is None:
        raise Refused("ended", "这位家庭成员的关系已经结束，请刷新页面")
    return mine


def tied_person(scope: Scope, held: Child, person: Person) -> Person:
    """Give a person of the held child's family, locked, or raise Refused."""
    if not ties(scope, held).filter(person_id=person.pk).exists():
        raise Refused("not-family", "这个人不在孩子的家庭成员里，请刷新页面")
    return Person.objects.within(scope, Need.CHILD_WRITE).select_for_update(of=("self",)).get(pk=person.pk)


def family_changes(person: Person, table: str, row: models.Model, fields: dict[str, Any], scope: Scope) -> list[Change]:
    """Compare as `changes` does, once for the file of each child the person is tied to."""
    files = Child.objects.everywhere(why="a parent's change belongs to the file of every brother and sister")
    children = files.filter(tie__person=person, tie__to_on__isnull=True).distinct()
    return [change for child in children for change in changes(child, table, row, fields, scope.actor)]


def _known(scope: Scope, person: Person) -> Person:
    found = Person.objects.within(scope, Need.CHILD_WRITE).filter(pk=person.pk).first()
    if found is None:
        raise Refused("out-of-reach", "只能选择自己负责范围内的家庭成员")
    return found


def _new_person(held: Child, relation: str, fields: dict[str, Any]) -> Person:
    if wrong := fields.keys() - PERSON_FIELDS:
        raise ValueError(f"not of a person: {wrong}")
    if not str(fields.get("name", "")).strip():
        raise Refused("name", "请填写姓名", field="name")
    fields["id_number"] = idcard.clean(fields.get("id_number", ""))
    fields.setdefault("sex", sex_of(relation))
    person = Person(school_id=held.school_id, demo=held.demo, **fields)
    person.save(force_insert=True)
    return person


def sex_of(relation: str) -> str:
    """What the relation says of a person's sex; empty when it says nothing."""
    female = {"52", "58", "62", "64", "75", "77", "82", "84", "86", "88", "90"}
    return "" if relation in {"97", "99"} else ("2" if relation in female else "1")


def _check_tie(held: Child, tie: Tie) -> None:
    if tie.relation not in codes.Relation.values:
        raise Refused("relation", "请选择与孩子的关系", field="relation")
    if tie.no_pickup and tie.carer:
        raise Refused("pickup", "日常照护人不能同时标为“不得接走孩子”", field="no_pickup")
    if tie.standing == Tie.Standing.ENTRUSTED and tie.relation in codes.PARENTS:
        raise Refused("standing", "父母是法定监护人，不必委托；请选择“监护人”", field="standing")


def _note(scope: Scope, deed: str, held: Child, found: list[Change]) -> None:
    fields = dict.fromkeys(change.field for change in found)
    trail.note(scope, deed, school=held.school_id, child=held.pk, subject=str(found[0].row), detail=",".join(fields))
