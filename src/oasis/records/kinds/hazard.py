"""家庭隐患: the lines a hazard around a child leaves on its timeline; the whole of it stands in the ledger (domain.md 2.20)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import one_of, sealed, text

STAGES = [("found", "发现"), ("closed", "销号")]


class Hazard(Kind):
    """A danger at home or on the way: found, or over."""

    code, label, verb, icon = "hazard", "安全隐患", "安全隐患", "alert-triangle"
    hint = "家里、路上的危险"
    contact = False
    offered = False  # written from the ledger
    ledger = True
    sample: ClassVar[dict[str, Any]] = {"stage": "found", "summary": "屋后池塘没有围栏，已请村里设警示牌。"}

    class Form(RecordForm):
        """What was found."""

        stage = one_of("到了哪一步", STAGES, initial="found")
        summary = text("情况", required=True, rows=2)
        confidential = sealed()
