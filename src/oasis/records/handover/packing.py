"""What of a child's file goes to the next school, in plain values; and what stays behind.

Stays: confidential records and concerns, what a guardian allowed only this school, places in this school.
"""

from datetime import date
from typing import Any

from django.db import models

from oasis.campus.growth import SORTS, course
from oasis.campus.models.growth import Subject
from oasis.children.household import Member, household
from oasis.children.models import (
    Assessment,
    Away,
    CareArrangement,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    Pairing,
    Person,
    Phone,
    RiskLevel,
    Tie,
)
from oasis.children.models.child import Dated
from oasis.kit.keeping import plain
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.uses import ASKED
from oasis.records.kinds import KINDS
from oasis.records.models import Carried, Record
from oasis.records.wording import in_full

FORM = 1  # raised when the letter's shape changes
HERE_ONLY = frozenset(
    {"photo", "class_no", "file_no", "dorm", "bed", "state", "closed_on", "opened_on", "erased_on", "version", "demo"}
)
DERIVED = frozenset({"id_hash", "id_tail", "pinyin", "initials", "given_name", "given_pinyin"})
ALLOWED = frozenset(column for use in ASKED for column in use.columns)
HELD_BACK = frozenset({"concern"})
Values = dict[str, Any]


def columns_of(model: type[models.Model], without: frozenset[str] = frozenset()) -> list[str]:
    """Give the columns of a table that hold facts: no keys, no marks of who wrote them and when."""
    own = frozenset({"id", "at", "demo"}) | without
    return [
        field.name
        for field in model._meta.concrete_fields
        if not isinstance(field, models.ForeignKey) and field.name not in own
    ]


CHILD = columns_of(Child, HERE_ONLY | DERIVED | ALLOWED)


def _values(row: models.Model, columns: list[str]) -> Values:
    return {name: plain(value) for name in columns if (value := getattr(row, name)) not in (None, "")}


def pack(scope: Scope, child: Child) -> Values:
    """Put a child's file into a letter; the child is in reach of the scope."""
    family = household(scope, child, scope.on, Need.CHILD_WRITE)
    return {
        "form": FORM,
        "child": _values(child, CHILD),
        "family": [_member(member) for member in family],
        "hardships": _dated(scope, Hardship, child, to_on__isnull=True),
        "risk": _dated(scope, RiskLevel, child)[-1:],
        "care": _care(scope, child, family),
        "past": _past(scope, child),
    }


def _member(member: Member) -> Values:
    return {
        "person": _values(member.person, columns_of(Person)),
        "tie": _values(member.tie, columns_of(Tie)),
        "phones": [_values(phone, columns_of(Phone)) for phone in member.phones],
        "away": _values(member.away, columns_of(Away)) if member.away else None,
    }


def _dated(scope: Scope, model: type[Dated], child: Child, **which: Any) -> list[Values]:
    rows = model.objects.within(scope, Need.CHILD_WRITE).filter(child=child, **which)
    return [_values(row, columns_of(model)) for row in rows.order_by("at", "pk")]


def _care(scope: Scope, child: Child, family: list[Member]) -> list[Values]:
    """Give the arrangements that run, each with the place of its carer in the family."""
    places = {member.person.pk: n for n, member in enumerate(family)}
    rows = CareArrangement.objects.within(scope, Need.CHILD_WRITE).filter(child=child).exclude(to_on__lt=scope.on)
    return [
        _values(row, columns_of(CareArrangement)) | {"carer": places[row.carer_id]}
        for row in rows.order_by("on")
        if row.carer_id in places
    ]


def _past(scope: Scope, child: Child) -> list[Values]:
    """Tell what happened here, in words: the next school reads it, and counts none of it as its own."""
    need, told = Need.CHILD_WRITE, []
    for row in Enrolment.objects.within(scope, need).filter(child=child).select_related("klass", "klass__school"):
        name = row.klass.name(row.from_on, row.klass.school.primary_years) if row.klass else "未编班"
        told.append(_line(row.from_on, "在校", f"{name}{'，寄宿' if row.boarding else ''}", ""))
    for status in ChildStatus.objects.within(scope, need).filter(child=child):
        told.append(_line(status.from_on, "外出情况", status.get_left_behind_display(), ""))
    for pair in Pairing.objects.within(scope, need).filter(child=child, staff__isnull=False).select_related("staff"):
        assert pair.staff is not None  # noqa: S101  the query says so
        told.append(_line(pair.from_on, "结对", pair.get_role_display(), pair.staff.name))
    for one in Assessment.objects.within(scope, need).filter(child=child, replaced=False):
        told.append(_line(one.on, "五项需要评估", one.words(), ""))
    told += _growth(scope, child)
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(child=child, confidential=False, withdrawn=False)
    for record in rows.exclude(kind__in=HELD_BACK).select_related("by"):
        kind = KINDS.get(record.kind)
        told.append(_line(record.happened_on, kind.label, in_full(record), record.by.name))
    earlier = Carried.objects.within(scope, Need.RECORD_READ).filter(child=child)
    told += [_line(one.on, one.title, one.text, one.writer) | {"school": one.former} for one in earlier]
    return sorted(told, key=lambda line: line["on"])


def _growth(scope: Scope, child: Child) -> list[Values]:
    """Tell what went well, what was learnt and what was missed; bad conduct stays behind."""
    grown, told = course(scope, child, Need.CHILD_WRITE), []
    for kind in ("good", "honour", "work", "book"):
        for row in grown.kept.get(kind, []):
            words = "，".join(
                filter(None, (row.title, SORTS.get(row.sort, ""), row.get_level_display(), row.giver, row.words))
            )
            told.append(_line(row.on, row.get_kind_display(), words, str(row.by or "")))
    for one in grown.sittings:
        marks = "，".join(f"{Subject(code).label}{points:g}" for code, points in one.points.items())
        told.append(_line(one.exam.on, one.exam.name, f"{marks}（每科满分{one.exam.full}）", ""))
    for gone in grown.absences:
        told.append(
            _line(gone.on, "缺勤", f"{gone.get_part_display()}，{gone.get_reason_display()}", str(gone.by or ""))
        )
    return told


def _line(on: date, title: str, text: str, by: str) -> Values:
    return {"on": str(on), "title": title, "text": text, "by": by}
