"""Writing the leading group, rules and plans, meetings and resolutions, the year's plan (D1, D2)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from oasis.campus.actions.own import add, change, hold, must, must_own, must_work_at
from oasis.campus.models import (
    Meeting,
    MeetingPresence,
    Resolution,
    Rule,
    RuleBody,
    RuleReading,
    RuleVersion,
    Seat,
    WorkItem,
)
from oasis.campus.models.organisation import Task
from oasis.campus.reach import at_work
from oasis.kit.refused import Refused
from oasis.kit.scans import scanned
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope

GUIDE, NOBODY = Need.GUIDE, UUID(int=0)


def seat(scope: Scope, *, id: UUID, school: UUID, user: UUID | None, outsider: str, **fields: Any) -> Seat:
    """Give a place in the group to a member of staff or to somebody from outside."""
    _one_of(user, outsider)
    if user:
        must_own(user, school, scope, "user")
    _head_once(scope, school, fields)
    return add(scope, Seat, id=id, school=school, need=GUIDE, deed="org.seat", detail=fields["rank"], user_id=user,
               outsider="" if user else outsider.strip(), **fields)  # fmt: skip


def reseat(scope: Scope, row: Seat, **fields: Any) -> Seat:
    """Change duties or the term of office, or end it."""
    _head_once(scope, row.school_id, fields | {"rank": fields.get("rank", row.rank)}, but=row.pk)
    return change(scope, row, need=GUIDE, deed="org.seat", detail=row.rank, **fields)


def _one_of(user: UUID | None, outsider: str) -> None:
    if not user and not outsider.strip():
        raise Refused("nobody", "请选择本校人员，或者填写校外人员的姓名", field="user")


def _head_once(scope: Scope, school: UUID, fields: Mapping[str, Any], but: UUID = NOBODY) -> None:
    """A group has one head at a time."""
    if fields.get("rank") != Seat.Rank.HEAD:
        return
    until, since = fields.get("to_on") or date.max, fields["from_on"]
    rows = Seat.objects.within(scope, GUIDE).filter(school_id=school, rank=Seat.Rank.HEAD, from_on__lte=until)
    for other in rows.exclude(pk=but):
        if (other.to_on or date.max) >= since:
            raise Refused("two-heads", f"{other.name}的组长任期还没有结束，请先填他的任期结束日期", field="from_on")


def issue(
    scope: Scope, *, id: UUID, school: UUID, rule: Rule | None = None, kind: str = "", topic: str = "", title: str = "",
    text: str = "", data: bytes = b"", largest: int, **fields: Any,
) -> RuleVersion:  # fmt: skip
    """Issue a paper, or the next version of one; its text, a scan of it, or both."""
    must(scope, school, GUIDE)
    if not text.strip() and not data:
        raise Refused("empty", "请粘贴正文，或者上传扫描件", field="text")
    scan = scanned(data, largest=largest) if data else None
    with transaction.atomic():
        same = RuleVersion.objects.within(scope, GUIDE).filter(pk=id).first()
        if same:
            return same
        rule = hold(scope, rule, GUIDE) if rule else _opened(scope, school, kind, topic, title)
        if rule.ended_on:
            raise Refused("ended", "这份文件已经废止，请另发一份")
        last = RuleVersion.objects.within(scope, GUIDE).filter(rule=rule).aggregate(last=Max("number"))["last"] or 0
        row = RuleVersion(
            id=id, school_id=school, by_id=scope.person, rule=rule, number=last + 1, text=text, media=scan.media if scan else "",
            size=len(scan.body) if scan else 0, **fields,
        )  # fmt: skip
        save_checked(row)
        if scan:
            RuleBody.objects.create(version=row, data=scan.body)
        trail.note(scope, "org.rule", school=school, subject=str(rule.pk), detail=str(row.number))
    return row


def _opened(scope: Scope, school: UUID, kind: str, topic: str, title: str) -> Rule:
    row = Rule(school_id=school, by_id=scope.person, kind=kind, topic=topic, title=title.strip())
    save_checked(row)
    return row


def end_rule(scope: Scope, rule: Rule) -> Rule:
    """Say that a paper no longer holds."""
    return change(scope, rule, need=GUIDE, deed="org.rule-end", ended_on=scope.on)


def read_version(scope: Scope, version: RuleVersion) -> RuleReading:
    """Say that one has read a version; saying it twice is once."""
    must_work_at(scope, version.school_id)
    with transaction.atomic():
        rows = at_work(scope, RuleReading)
        row, made = rows.get_or_create(version=version, by_id=scope.person, defaults={"school_id": version.school_id})
        if made:
            trail.note(scope, "org.read", school=version.school_id, subject=str(version.pk))
    return row


def hold_meeting(scope: Scope, *, id: UUID, school: UUID, chair: UUID, came: Collection[UUID], leave: Collection[UUID], asked: Collection[UUID], **fields: Any) -> Meeting:  # fmt: skip
    """Write down a meeting and who of those asked came; who is in neither list missed it."""
    if fields["on"] > scope.on:
        raise Refused("ahead", "会议日期不能晚于今天", field="on")
    must_own(chair, school, scope, "chair")
    with transaction.atomic():
        there = Meeting.objects.within(scope, GUIDE).filter(pk=id).exists()
        row = add(
            scope,
            Meeting,
            id=id,
            school=school,
            need=GUIDE,
            deed="org.meeting",
            detail=fields["kind"],
            chair_id=chair,
            **fields,
        )
        if not there:
            state = (
                dict.fromkeys(asked, "missed")
                | dict.fromkeys(leave, "leave")
                | dict.fromkeys(came, "came")
                | {chair: "came"}
            )
            MeetingPresence.objects.bulk_create(
                MeetingPresence(school_id=school, by_id=scope.person, meeting=row, user_id=user, state=how) for user, how in state.items()
            )  # fmt: skip
    return row


def amend_meeting(scope: Scope, row: Meeting, **fields: Any) -> Meeting:
    """Complete the agenda or the minutes."""
    return change(scope, row, need=GUIDE, deed="org.meeting", detail=row.kind, **fields)


def resolve(scope: Scope, meeting: Meeting, *, id: UUID, owner: UUID, due_on: date, words: str) -> Resolution:
    """Write down what a meeting resolved; from now on it is on the owner's due list."""
    must_own(owner, meeting.school_id, scope)
    if due_on < meeting.on:
        raise Refused("due", "期限不能早于会议日期", field="due_on")
    return add(scope, Resolution, id=id, school=meeting.school_id, need=GUIDE, deed="org.resolution", detail=str(due_on),
               meeting=meeting, owner_id=owner, due_on=due_on, words=words)  # fmt: skip


def plan_item(scope: Scope, *, id: UUID, school: UUID, owner: UUID, **fields: Any) -> WorkItem:
    """Put an item into the year's plan."""
    must_own(owner, school, scope)
    return add(
        scope,
        WorkItem,
        id=id,
        school=school,
        need=GUIDE,
        deed="org.item",
        detail=fields["area"],
        owner_id=owner,
        **fields,
    )


def replan_item(scope: Scope, row: WorkItem, *, owner: UUID, **fields: Any) -> WorkItem:
    """Change an item."""
    must_own(owner, row.school_id, scope)
    return change(scope, row, need=GUIDE, deed="org.item", detail=row.area, owner_id=owner, **fields)


def finish(scope: Scope, row: Task, *, done_words: str) -> Task:
    """Say that a resolution or an item is done: its owner or a leader."""
    model = type(row)
    with transaction.atomic():
        held = at_work(scope, model).select_for_update(of=("self",)).filter(pk=row.pk).first()
        leads = held is not None and held.school_id in scope.ids(ArmKind.SCHOOL, GUIDE)
        if held is None or not (held.owner_id == scope.actor or leads):
            raise Refused("out-of-reach", "这一项不归您负责")
        if held.done_on:
            raise Refused("done", "这一项已经登记过了，请刷新页面")
        if not done_words.strip():
            raise Refused("words", "请写一句做得怎样", field="done_words")
        held.done_on, held.done_words = scope.on, done_words.strip()
        held.save(update_fields=["done_on", "done_words"])
        trail.note(scope, "org.done", school=held.school_id, subject=str(held.pk))
    return held
