"""生活服务: care in daily life (requirements.md C3)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import line, some_of, text

SORTS = [
    ("clothes", "衣被"), ("meals", "饮食"), ("washing", "洗澡理发"), ("illness", "看病陪护"), ("way", "接送"),
    ("goods", "添置用品"), ("room", "整理床铺"), ("other", "其他"),
]  # fmt: skip


class LifeService(Kind):
    """Care in daily life: what was done for the child."""

    code, label, verb, icon = "life-service", "生活服务", "生活服务", "heart-handshake"
    hint = "衣食起居"
    sample: ClassVar[dict[str, Any]] = {"sorts": ["clothes"], "summary": "天冷了，帮孩子换上厚被子。"}

    class Form(RecordForm):
        """What was done, in one sentence."""

        more = ("needs",)
        sorts = some_of("照顾了什么", SORTS, required=True)
        summary = text("做了什么", required=True, rows=2)
        needs = line("还需要什么", most=200)
