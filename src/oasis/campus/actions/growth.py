"""Keeping what a child does and misses; entering an exam's marks."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.growth import MATTERS
from oasis.campus.models import Absence, Exam, Growth, Mark
from oasis.campus.models.growth import Subject
from oasis.children.actions.files import hold
from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School, Term

Marks = Mapping[UUID, Mapping[str, Decimal | None]]


def keep_growth(scope: Scope, children: Iterable[Child], *, matter: str, fields: dict[str, Any]) -> list[Any]:
    """Keep one thing for each of the children; raises Refused without children, with a gap, or for a day to come."""
    asked, chosen = MATTERS.get(matter), list(children)
    if not chosen:
        raise Refused("nobody", "请至少选一个孩子")
    if fields["on"] > scope.on:
        raise Refused("day", "日期不能晚于今天", field="on")
    for name in sorted(asked.must):
        if not str(fields.get(name) or "").strip():
            raise Refused("gap", "请填写这一项", field=name)
    with transaction.atomic():
        return [_keep(scope, child, matter, fields) for child in chosen]


def _keep(scope: Scope, child: Child, matter: str, fields: dict[str, Any]) -> Absence | Growth:
    held = hold(scope, child, Need.RECORD_WRITE)
    common = {"school_id": held.school_id, "child": held, "by_id": scope.actor, **fields}
    row: Absence | Growth
    if matter == "absence":
        _not_twice(scope, held, fields)
        row = Absence.objects.create(**common)
    else:
        row = Growth.objects.create(kind=matter, **common)
    trail.note(scope, "growth.keep", school=held.school_id, child=held.pk, subject=str(row.pk), detail=matter)
    return row


def _not_twice(scope: Scope, child: Child, fields: dict[str, Any]) -> None:
    """A day may not be missed twice: neither the same part, nor a part of a day missed whole."""
    rows = Absence.objects.within(scope, Need.RECORD_WRITE)
    parts = set(rows.filter(child=child, on=fields["on"]).values_list("part", flat=True))
    if fields["part"] in parts or "day" in parts or (parts and fields["part"] == "day"):
        raise Refused("twice", f"{child.name}这一天已经登记过缺勤，先去掉原来的再登记", field="on")


def drop_growth(scope: Scope, row: Absence | Growth) -> None:
    """Take back what was entered by mistake: its writer or whoever writes the file; raises Refused otherwise."""
    with transaction.atomic():
        held = hold(scope, row.child, Need.RECORD_WRITE)
        writes = Child.objects.within(scope, Need.CHILD_WRITE).filter(pk=held.pk).exists()
        if row.by_id != scope.actor and not writes:
            raise Refused("not-yours", "只有登记的人和班主任能去掉")
        detail = "absence" if isinstance(row, Absence) else row.kind
        trail.note(scope, "growth.drop", school=held.school_id, child=held.pk, subject=str(row.pk), detail=detail)
        type(row).objects.within(scope, Need.RECORD_WRITE).filter(pk=row.pk).delete()


def open_exam(scope: Scope, *, school: School, term: Term, name: str, on: date, full: int) -> Exam:
    """Put an exam down; raises Refused for one that is there, or a day outside the term, a school out of reach."""
    _must_mark_at(scope, school)
    if not name.strip():
        raise Refused("name", "请填写考试名称", field="name")
    if not term.starts_on <= on <= min(term.ends_on, scope.on):
        raise Refused("day", "考试日期要在本学期里，不晚于今天", field="on")
    if not 10 <= full <= 300:
        raise Refused("full", "满分请填10到300之间的数", field="full")
    rows = Exam.objects.everywhere(why="name and day of an exam name no child")
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        if rows.filter(school=school, name=name.strip(), on=on).exists():
            raise Refused("twice", "这次考试已经有了", field="name")
        exam = Exam.objects.create(school=school, term=term, name=name.strip(), on=on, full=full, by_id=scope.actor)
        trail.note(scope, "exam.open", school=school.pk, subject=str(exam.pk))
    return exam


def _must_mark_at(scope: Scope, school: School) -> None:
    """Raise Refused unless one writes the files of a class of the school, or of all of it."""
    reach = scope.reach(Need.CHILD_WRITE)
    if school.pk in reach.get(ArmKind.SCHOOL, ()):
        return
    if not Klass.objects.filter(school=school, pk__in=reach.get(ArmKind.KLASS, ())).exists():
        raise Refused("out-of-reach", "只能登记自己班级所在学校的考试")


def enter_marks(scope: Scope, exam: Exam, *, marks: Marks) -> int:
    """Enter marks by child and subject, None takes one away; gives how many changed. Raises Refused out of range or reach."""
    known = {subject.value for subject in Subject}
    for told in marks.values():
        if any(points is not None and not 0 <= points <= exam.full for points in told.values()):
            raise Refused("points", f"分数要在0到{exam.full}之间")
        if not set(told) <= known:
            raise TypeError("unknown subject")
    with transaction.atomic():
        rows = Child.objects.within(scope, Need.CHILD_WRITE).filter(school=exam.school_id, pk__in=list(marks))
        held = {child.pk: child for child in rows.select_for_update(of=("self",)) if child.state not in Child.GONE}
        if set(held) != set(marks):
            raise Refused("out-of-reach", "名单里有不归您填写的孩子，请刷新页面")
        changed = sum(_enter(scope, exam, held[pk], told) for pk, told in marks.items())
        trail.note(scope, "exam.marks", school=exam.school_id, subject=str(exam.pk), detail=str(changed))
    return changed


def _enter(scope: Scope, exam: Exam, child: Child, told: Mapping[str, Decimal | None]) -> int:
    rows = Mark.objects.within(scope, Need.CHILD_WRITE).filter(exam=exam, child=child)
    now, changed = {row.subject: row for row in rows}, 0
    for subject, points in told.items():
        before = now.get(subject)
        if (before.points if before else None) == points:
            continue
        changed += 1
        rows.filter(subject=subject).delete()
        if points is not None:
            Mark.objects.create(
                school_id=exam.school_id, child=child, exam=exam, subject=subject, points=points, by_id=scope.actor
            )
    if changed:
        trail.note(scope, "mark.enter", school=exam.school_id, child=child.pk, subject=str(exam.pk))
    return changed
