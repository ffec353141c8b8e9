"""关注: something seen or heard that somebody should look at (requirements.md A5, C7)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import follow_up, one_of, sealed, some_of, text

AREAS = [
    ("life", "生活"), ("conduct", "行为"), ("study", "学习"), ("morals", "品德"), ("safety", "安全"), ("health", "身体"),
    ("mood", "情绪"),
]  # fmt: skip
SOURCES = [
    ("seen", "自己看到"),
    ("child", "孩子说的"),
    ("classmate", "同学反映"),
    ("family", "家里反映"),
    ("other", "其他"),
]
WEIGHTS = [("watch", "留意"), ("soon", "尽快了解"), ("now", "今天就要处理")]


class Concern(Kind):
    """A concern: facts that were seen or heard, and how soon somebody should look."""

    code, label, verb, icon = "concern", "关注", "提出关注", "flag"
    hint = "看到、听到的情况"
    contact = False
    sample: ClassVar[dict[str, Any]] = {
        "areas": ["mood"], "source": "seen", "weight": "watch", "summary": "这几天课间总一个人坐着，午饭吃得少。",
    }  # fmt: skip

    class Form(RecordForm):
        """Facts first; who judges comes later."""

        more = ("source", "next_step_on", "confidential")
        areas = some_of("哪个方面", AREAS, required=True)
        weight = one_of("有多急", WEIGHTS, initial="watch")
        summary = text("看到或听到了什么", required=True, hint="只写事实；怀疑孩子受到伤害的，请点“强制报告”，马上报警")
        source = one_of("从哪里知道", SOURCES, initial="seen")
        next_step_on = follow_up()
        confidential = sealed()
