"""向家长反馈: the school tells the parents how the child is, and hears them (requirements.md B10)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import ContactForm, Kind
from oasis.records.kinds.fields import CALLED, FAMILY, TOPICS, line, one_of, some_of, text

WAYS = [("wechat", "微信"), ("phone", "电话"), ("video", "视频"), ("face", "当面"), ("letter", "书信")]


class Feedback(Kind):
    """Feedback: what the parents were told and what they answered."""

    code, label, icon = "feedback", "向家长反馈", "send"
    hint = "把情况告诉家长"
    verb, attempt = "{channel}向{whom}反馈情况", "{channel}向{whom}反馈情况"
    sample: ClassVar[dict[str, Any]] = {
        "with_whom": "father", "channel": "wechat", "outcome": "done", "topics": ["study"],
        "summary": "告知期中考试进步，建议每周和孩子视频一次。", "reply": "春节会回来。",
    }  # fmt: skip

    class Form(ContactForm):
        """Whom, how, what."""

        more = ("outcome", "topics", "reply")
        with_whom = one_of("反馈给谁", FAMILY, initial="father")
        channel = one_of("方式", WAYS, initial="wechat")
        outcome = one_of("结果", CALLED, initial="done")
        summary = text("反馈了什么", needed=True)
        topics = some_of("哪些方面", TOPICS)
        reply = line("家长的意见", most=300)
