"""Who knows of a mandatory report: looking, opening with a reason, naming people, gathering records."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records import sealed
from oasis.records.models import Record
from oasis.records.reporting import text
from oasis.records.reporting.actions import held
from oasis.records.reporting.models import MandatoryReport, ReportNamed, ReportRecord, ReportWording, ReportWords
from oasis.records.reporting.queries import namesakes, officers, own, staff
from oasis.records.reporting.steps import REASONS


@dataclass(frozen=True)
class Opened:
    """The text of a report, opened for one person once, with its earlier wordings."""

    report: MandatoryReport
    content: dict[str, Any]
    wordings: list[ReportWording]


def look_at(scope: Scope, report: MandatoryReport) -> None:
    """Note that somebody looked at how a report stands."""
    trail.note(scope, "report.look", school=report.school_id, subject=str(report.pk))


def note_child(scope: Scope, school: UUID, child: UUID) -> None:
    """Note that a child was named on a report's form; apart, for the school's trail would tell whom it may concern."""
    trail.note(scope, "report.child", school=school, child=child)


def open_text(scope: Scope, *, report: UUID, reason: str, words: str = "", deed: str = "report.open") -> Opened:
    """Open a report's text; raises Refused without a reason or for who is not named."""
    if reason not in dict(REASONS):
        raise Refused("reason", "请选择打开的原因", field="reason")
    if reason == "other" and not words.strip():
        raise Refused("words", "选了“其他”，请写明原因", field="words")
    with transaction.atomic():
        row = own(scope).filter(pk=report).first()
        if row is None:
            raise Refused("out-of-reach", "没有这份报告，或者您不是知情人")
        opened = Opened(row, text.read(row), text.wordings(row))
        _note(scope, row, deed, reason, words)
    return opened


def name_person(scope: Scope, *, report: UUID, user: UUID, reason: str) -> ReportNamed:
    """Let one more person know, with a reason; raises Refused for a suspect or somebody from elsewhere. Twice is once."""
    if not reason.strip():
        raise Refused("reason", "请写明为什么要让他知道", field="reason")
    with transaction.atomic():
        row = held(scope, report)
        known = dict([*staff(row.school, scope), *officers(row.school, scope)])
        if str(user) not in known:
            raise Refused("not-staff", "请选择本校在岗的人员或教育局的工作人员", field="user")
        if str(user) in text.read(row)["suspects"]:
            raise Refused("suspect", "这份报告怀疑的人不能知情", field="user")
        rows = ReportNamed.objects.everywhere(why="who is named already")
        if (same := rows.filter(report=row, user_id=user, until_at=None).first()) is not None:
            return same
        made = ReportNamed.objects.create(report=row, school_id=row.school_id, user_id=user, by_id=scope.person)
        _note(scope, row, "report.name", str(user), reason)
    return made


def unname(scope: Scope, *, report: UUID, named: UUID, reason: str) -> None:
    """Take back that a person may know, with a reason; what was read stays on the trail. Nobody takes out oneself."""
    if not reason.strip():
        raise Refused("reason", "请写明原因", field="reason")
    with transaction.atomic():
        row = held(scope, report)
        rows = ReportNamed.objects.everywhere(why="a report held for one of its named people").filter(report=row)
        one = rows.filter(pk=named, until_at=None).select_related("user").first()
        if one is None:
            return
        if one.user_id == scope.actor:
            raise Refused("oneself", "不能取消自己，请另一名知情人来做")
        if one.user_id == row.by_id:
            raise Refused("starter", "发起人始终能看到自己发起的报告")
        rows.filter(pk=named).update(until_at=now())
        _note(scope, row, "report.unname", str(one.user_id), reason)


def _note(scope: Scope, row: MandatoryReport, deed: str, code: str, words: str) -> None:
    """Put a code on the trail; what a person typed stands sealed beside it."""
    line = trail.note(scope, deed, school=row.school_id, subject=str(row.pk), detail=code)
    if words.strip():
        ReportWords.objects.create(
            report=row,
            school_id=row.school_id,
            line=line.pk,
            words=fitting(words, 60, "原因", field="reason"),
            by_id=scope.person,
        )


def link_child(scope: Scope, *, report: UUID, child: UUID) -> MandatoryReport:
    """Say which file the typed name belongs to; for a named person who may read that file.

    Only the file's id is kept, so that whoever typed a name learns nothing of the file.
    """
    with transaction.atomic():
        row = held(scope, report)
        content = text.read(row)
        found = next((one for one in namesakes(scope, row, content["child"]) if one.pk == child), None)
        if found is None:
            raise Refused("out-of-reach", "没有找到同名的孩子，请核对姓名")
        row.version += 1
        row.save(update_fields=["version"])
        text.keep(scope, row, content | {"child": content["child"] | {"id": str(child)}}, act="child")
        trail.note(scope, "report.correct", school=row.school_id, subject=str(row.pk), detail="对上档案")
    return row


def gather(scope: Scope, *, report: UUID, records: Iterable[UUID]) -> int:
    """Add records that one may read to a report, with a sealed copy; known ones stay. Gives how many are new."""
    with transaction.atomic():
        row = held(scope, report)
        rows = Record.objects.within(scope, Need.RECORD_READ).filter(
            pk__in=list(records), school_id=row.school_id, withdrawn=False
        )
        held_already = ReportRecord.objects.everywhere(why="what the report holds already").filter(report=row)
        known = set(held_already.values_list("record", flat=True))
        new = [one for one in rows.select_related("by") if one.pk not in known]
        ReportRecord.objects.bulk_create(
            ReportRecord(report=row, school_id=row.school_id, record=one.pk, by_id=scope.person, content=_copy(one))
            for one in new
        )
        if new:
            detail = f"{len(new)}条"
            trail.note(scope, "report.gather", school=row.school_id, subject=str(row.pk), detail=detail)
    return len(new)


def _copy(record: Record) -> dict[str, Any]:
    """Give all that a record says, for the sealed table of the report; who reads it there is asked again."""
    shut = sealed.fill(record)
    return {
        "kind": shut.kind, "happened_on": str(shut.happened_on), "by": shut.by.name, "confidential": shut.confidential,
        "with_whom": shut.with_whom, "channel": shut.channel, "outcome": shut.outcome,
        "summary": shut.summary, "details": shut.details,
    }  # fmt: skip
