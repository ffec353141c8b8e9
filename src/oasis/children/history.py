"""What changed in a file, when and by whom, in words: each change of a field and each dated fact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from oasis.children.models import (
    Assessment,
    Away,
    CareArrangement,
    CensusEntry,
    Change,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    Pairing,
    Person,
    Phone,
    Plan,
    PlanReview,
    Problem,
    RiskLevel,
    Tie,
)  # fmt: skip
from oasis.kit.dates import CHINA, zh_full
from oasis.kit.masks import masked
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

TABLES: dict[str, tuple[str, type[models.Model]]] = {
    "child": ("档案", Child), "person": ("家庭成员", Person), "tie": ("家庭成员", Tie), "phone": ("电话", Phone),
    "away": ("外出", Away), "care": ("委托照护", CareArrangement), "pairing": ("结对", Pairing), "hardship": ("困境", Hardship),
    "plan": ("帮扶计划", Plan),
}  # fmt: skip
HIDDEN = frozenset({"id_number", "student_no", "number", "village_phone"})  # in part: whole in its own place
TOLD_BY_ROWS = frozenset({"left_behind", "civil", "care", "klass_id", "boarding", "key", "person"})


@dataclass(frozen=True)
class Event:
    """One line of the history. `on` is the day of the fact, `at` the moment it was written."""

    at: datetime
    on: date
    title: str
    words: str
    by: str

    @property
    def later(self) -> bool:
        """Tell whether it was written on another day than it happened."""
        return self.at.astimezone(CHINA).date() != self.on


def history(scope: Scope, child: Child, limit: int = 200) -> list[Event]:
    """Give the history of a file, newest writing first. As many queries as tables, whatever its length."""
    names = _names(child)
    rows = Change.objects.within(scope, Need.FAMILY).filter(child=child).exclude(field__in=TOLD_BY_ROWS)
    found = [_changed(change, names) for change in rows.select_related("by").order_by("-at", "-id")[:limit]]
    for table, told in DATED.items():
        dated = table.objects.within(scope, Need.FAMILY).filter(child=child).select_related("by")
        found += [told(row) for row in dated.order_by("-at")[:limit]]
    return sorted(found, key=lambda event: event.at, reverse=True)[:limit]


def _names(child: Child) -> dict[str, str]:
    return {str(klass.pk): str(klass) for klass in Klass.objects.filter(school_id=child.school_id)}


def _changed(change: Change, names: dict[str, str]) -> Event:
    if change.table == "merge":
        return _event(
            change, "家庭成员：合并重复登记", f"{change.old} → {change.new}", change.at.astimezone(CHINA).date()
        )
    label, model = TABLES.get(change.table, (change.table, Child))
    try:
        field = model._meta.get_field(change.field)
    except FieldDoesNotExist:
        return _event(change, f"{label}：{change.field}", "", change.at.astimezone(CHINA).date())
    title = f"{label}：{getattr(field, 'verbose_name', change.field)}"
    old, new = (_said(field, value, names) for value in (change.old, change.new))
    return _event(change, title, f"{old} → {new}", change.at.astimezone(CHINA).date())


def _said(field: Any, value: Any, names: dict[str, str]) -> str:
    if value in (None, ""):
        return "未填"
    if field.name in HIDDEN:
        return masked(str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(field, models.DateField):
        return zh_full(date.fromisoformat(value))
    if str(value) in names:
        return names[str(value)]
    return str(dict(field.flatchoices).get(value, value))


def _event(row: Any, title: str, words: str, on: date) -> Event:
    by: User | None = row.by
    return Event(row.at, on, title, words, by.name if by else "导入")


def _status(row: ChildStatus) -> Event:
    civil = f"；民政口径：{row.get_civil_reason_display()}" if row.civil else ""
    care = f"；{row.get_care_display()}" if row.care else ""
    return _event(row, "父母外出情况", f"{row.get_left_behind_display()}{civil}{care}", row.from_on)


def _enrolment(row: Enrolment) -> Event:
    where = "寄宿" if row.boarding else "走读"
    return _event(row, "班级与就读方式", f"{row.klass or '未编班'}，{where}（{row.reason or '登记'}）", row.from_on)


def _risk(row: RiskLevel) -> Event:
    return _event(row, f"关爱等级：{row.get_level_display()}", row.reasons, row.on)


def _tie(row: Tie) -> Event:
    return _event(
        row,
        "家庭成员：登记",
        f"{row.get_relation_display()}，{row.get_standing_display()}",
        row.from_on or row.at.astimezone(CHINA).date(),
    )


def _care(row: CareArrangement) -> Event:
    return _event(row, row.get_kind_display(), f"{row.get_signed_display()}，{row.signer}", row.on)


def _hardship(row: Hardship) -> Event:
    return _event(row, "困境类别", f"{row.get_kind_display()} {row.note}".strip(), row.from_on)


def _census(row: CensusEntry) -> Event:
    return _event(row, "摸底排查", row.get_finding_display(), row.on)


def _assessment(row: Assessment) -> Event:
    return _event(row, "五项需求评估", f"{row.words()}{'（后来重新评过）' if row.replaced else ''}", row.on)


def _problem(row: Problem) -> Event:
    return _event(row, f"发现问题：{row.get_kind_display()}", row.what, row.found_on)


def _plan(row: Plan) -> Event:
    closed = f"，{zh_full(row.closed_on)}结案" if row.closed_on else ""
    return _event(row, "帮扶计划", f"制定{closed}", row.from_on)


def _review(row: PlanReview) -> Event:
    return _event(row, row.get_part_display(), row.get_progress_display(), row.on)


DATED: dict[type[Any], Callable[[Any], Event]] = {
    ChildStatus: _status, Enrolment: _enrolment, RiskLevel: _risk, Tie: _tie, CareArrangement: _care,
    Hardship: _hardship, CensusEntry: _census, Assessment: _assessment, Problem: _problem, Plan: _plan, PlanReview: _review,
}  # fmt: skip
