"""心理筛查: the line on the timeline says that there is something, never what; the result is the counsellor's (domain.md 2.24)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import text


class Screening(Kind):
    """A screening found something of the child."""

    code, label, verb, icon = "screening", "心理筛查", "心理筛查", "heart"
    hint = "心理教师登记"
    confidential = True
    contact = False
    offered = False  # written from the screening
    counted = False  # a line exists only where something was found
    sample: ClassVar[dict[str, Any]] = {"summary": "已登记，内容由心理教师保管。"}

    class Form(RecordForm):
        """Where it is kept."""

        summary = text("情况", required=True, rows=2)
