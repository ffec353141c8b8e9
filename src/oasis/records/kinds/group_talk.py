"""集体座谈: a talk with several children, carers or parents (requirements.md B4)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import line, one_of, text

WHO = [("children", "孩子"), ("carers", "照护人"), ("parents", "家长"), ("mixed", "孩子和家长")]


class GroupTalk(Kind):
    """A talk with many at once, written once and kept in each child's file."""

    code, label, verb, icon = "group-talk", "集体座谈", "参加集体座谈", "users-group"
    hint = "一次和几个人谈"
    sample: ClassVar[dict[str, Any]] = {
        "members": "children", "theme": "开学适应", "summary": "聊了开学以来的感受，大家说食堂的菜热乎。",
    }  # fmt: skip

    class Form(RecordForm):
        """With whom, about what."""

        more = ("place", "found")
        members = one_of("和谁座谈", WHO, initial="children")
        theme = line("主题", most=60)
        summary = text("谈了什么", required=True)
        place = line("地点", most=60)
        found = line("了解到的情况和问题", most=300)
