"""学习辅导: help with learning (requirements.md C3)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import line, minutes, one_of, some_of, text

SUBJECTS = [
    ("chinese", "语文"), ("maths", "数学"), ("english", "英语"), ("homework", "作业"), ("habits", "学习习惯"), ("other", "其他"),
]  # fmt: skip
EFFECTS = [("learned", "已经掌握"), ("better", "有进步"), ("more", "还要再帮")]


class Tutoring(Kind):
    """Help with learning: which subject, what was done, what came of it."""

    code, label, verb, icon = "tutoring", "学习辅导", "学习辅导", "book"
    hint = "辅导功课"
    sample: ClassVar[dict[str, Any]] = {
        "subjects": ["maths"], "summary": "补了两位数乘法，做对了八道题。", "effect": "better", "minutes": 30,
    }  # fmt: skip

    class Form(RecordForm):
        """Subject and one sentence."""

        more = ("effect", "minutes", "next_time")
        subjects = some_of("辅导内容", SUBJECTS, required=True)
        summary = text("怎样辅导的", required=True, rows=2)
        effect = one_of("效果", EFFECTS, required=False)
        minutes = minutes()
        next_time = line("下次辅导什么", most=120)
