"""安全事件: the lines an incident leaves on the timeline; the whole of it stands in the case (domain.md 2.19)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import one_of, sealed, text

STAGES = [("found", "发生"), ("closed", "结案")]


class Incident(Kind):
    """An incident: found, or closed."""

    code, label, verb, icon = "incident", "安全事件", "安全事件", "alert-circle"
    hint = "受伤、走失、欺凌等"
    offered = False  # written from the case
    ledger = True
    sample: ClassVar[dict[str, Any]] = {"stage": "found", "summary": "课间在操场跌落，左手腕轻伤，已送镇卫生院。"}

    class Form(RecordForm):
        """What happened, shortly."""

        stage = one_of("到了哪一步", STAGES, initial="found")
        summary = text("情况", required=True, rows=2)
        confidential = sealed()
