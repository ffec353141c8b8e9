"""生病受伤: the lines an illness or accident leaves on the timeline; the whole of it stands in the case (requirements.md C5)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import one_of, text

STAGES = [("seen", "发现"), ("back", "回班")]
SORTS = [("ill", "生病"), ("accident", "受伤、意外")]


class Illness(Kind):
    """An illness or accident: seen, or over."""

    code, label, verb, icon = "illness", "生病受伤", "生病受伤", "stethoscope"
    hint = "谁陪着去、花了多少、谁垫的"
    offered = False  # written from the case
    ledger = True
    sample: ClassVar[dict[str, Any]] = {"stage": "seen", "sort": "ill", "summary": "早读时发热，38.4℃，送镇卫生院。"}

    class Form(RecordForm):
        """What was seen."""

        stage = one_of("到了哪一步", STAGES, initial="seen")
        sort = one_of("是什么", SORTS, initial="ill")
        summary = text("情况", required=True, rows=2)
