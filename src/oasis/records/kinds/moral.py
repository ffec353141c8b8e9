"""思想教育: moral education of one or several children (requirements.md C3)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import line, one_of, text

THEMES = [
    ("habits", "行为习惯"), ("honesty", "诚实守信"), ("thanks", "感恩"), ("safety", "安全"), ("law", "法治"),
    ("online", "文明上网"), ("peers", "团结同学"), ("ideals", "理想信念"), ("other", "其他"),
]  # fmt: skip


class Moral(Kind):
    """Moral education: about what, how, what came of it."""

    code, label, verb, icon = "moral", "思想教育", "思想教育", "star"
    hint = "品行、安全、法治"
    sample: ClassVar[dict[str, Any]] = {"theme": "thanks", "summary": "讲了父母在外辛苦的事，孩子给妈妈画了一张画。"}

    class Form(RecordForm):
        """Theme and one sentence."""

        more = ("effect",)
        theme = one_of("主题", THEMES, initial="habits")
        summary = text("怎样教育的", required=True)
        effect = line("孩子的反应和变化", most=300)
