"""控辍保学: the lines a case leaves on the timeline; the whole of it stands in the case (domain.md 2.29)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import one_of, text

STAGES = [("found", "发现缺勤"), ("persuaded", "劝返"), ("back", "复学"), ("cleared", "排除")]


class Schooling(Kind):
    """A child who stayed away: found, an attempt to bring it back, the end."""

    code, label, verb, icon = "schooling", "控辍保学", "控辍保学", "school"
    hint = "缺勤、劝返、复学"
    contact = False  # an attempt may have met nobody, and nothing is gained by it
    offered = False  # written from the case
    ledger = True
    sample: ClassVar[dict[str, Any]] = {"stage": "persuaded", "summary": "上门见到奶奶，答应下周一送孩子来。"}

    class Form(RecordForm):
        """Which step, and what it was."""

        stage = one_of("到了哪一步", STAGES, initial="persuaded")
        summary = text("情况", required=True, rows=2)
