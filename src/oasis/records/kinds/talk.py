"""谈心: a talk with a child (domain.md 2.9)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import MOODS, follow_up, line, one_of, sealed, text

REASONS = [
    ("daily", "日常关心"), ("mood", "情绪异常"), ("marks", "成绩波动"), ("rules", "违纪"), ("peers", "同伴矛盾"),
    ("family", "家庭变故"), ("return", "返校适应"), ("other", "其他"),
]  # fmt: skip
REFER = [("counsellor", "转心理教师"), ("parents", "与家长沟通"), ("report", "需要强制报告")]


class Talk(Kind):
    """A talk, a walk, a chat: why, what was said, how the child is."""

    code, label, verb, icon = "talk", "谈心", "谈心", "message-circle"
    hint = "和孩子聊一聊"
    sample: ClassVar[dict[str, Any]] = {"reason": "daily", "summary": "聊了周末在家的情况，愿意和奶奶一起做饭。"}

    class Form(RecordForm):
        """Reason and one sentence suffice."""

        more = ("mood", "words", "found", "refer", "next_step_on", "confidential")
        reason = one_of("谈话原因", REASONS, initial="daily")
        summary = text("内容要点", required=True)
        mood = one_of("孩子的情绪", MOODS, required=False)
        words = line("孩子的想法或心愿", most=300)
        found = line("发现的问题和建议", most=300)
        refer = one_of("是否需要转介", REFER, required=False)
        next_step_on = follow_up()
        confidential = sealed()
