"""Looking at a record leaves a line on the trail; opening a sealed one asks for a reason."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.scope import Scope
from oasis.records import sealed
from oasis.records.models import Record, Version
from oasis.records.queries import openable, readable

REASONS = [
    ("care", "跟进帮扶"), ("counsel", "心理辅导"), ("family", "监护人或家长询问"), ("danger", "处理突发情况"),
    ("lawful", "依法依规查询"), ("correct", "更正自己写的内容"), ("other", "其他"),
]  # fmt: skip
OWN_WORDS = ("own", "自己写的，核对内容")  # the writer's own reason, ready; of nobody else


@dataclass(frozen=True)
class Opened:
    """The text of a confidential record, opened for one person once, with its earlier wordings."""

    record: Record
    earlier: list[Version]


def look_at(scope: Scope, record: Record) -> None:
    """Note that a record was looked at."""
    trail.note(scope, "record.look", school=record.school_id, child=record.child_id, subject=str(record.pk))


def open_sealed(scope: Scope, *, record: UUID, reason: str, words: str = "") -> Opened:
    """Open a confidential record's text; raises Refused without a reason, with the writer's from another, or out of reach."""
    if reason not in dict([*REASONS, OWN_WORDS]):
        raise Refused("reason", "请选择打开的原因", field="reason")
    if reason == "other" and not words.strip():
        raise Refused("words", "选了“其他”，请写明原因", field="words")
    with transaction.atomic():
        row = readable(scope).select_related("child", "by").filter(pk=record, confidential=True).first()
        if row is None or not openable(scope, row):
            raise Refused("out-of-reach", "您没有打开这条保密记录的权限")
        if reason == OWN_WORDS[0] and row.by_id != scope.actor:
            raise Refused("reason", "不是您写的，请选择打开的原因", field="reason")
        sealed.fill(row)
        earlier = sealed.versions(row)
        trail.note(
            scope, "record.open", school=row.school_id, child=row.child_id, subject=str(row.pk),
            detail=f"{reason} {fitting(words, 60, '原因', field='words')}".strip(),
        )  # fmt: skip
    return Opened(row, earlier)
