"""亲情通话: a child's call with the parents. What they said to each other is nobody's business (domain.md 2.11)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import ContactForm, Kind
from oasis.records.kinds.fields import CALLED, MOODS, PARENTS, line, minutes, one_of

WAYS = [("phone", "电话"), ("video", "视频"), ("wechat", "微信语音")]
STARTED = [("teacher", "老师帮忙拨打"), ("child", "孩子"), ("parent", "家长")]


class FamilyCall(Kind):
    """A call between child and parents: with whom, how, whether they were reached."""

    code, label, icon = "family-call", "亲情通话", "phone-call"
    hint = "孩子和父母通话"
    verb, attempt = "和{whom}通{channel}", "给{whom}打{channel}"
    calls = True
    sample: ClassVar[dict[str, Any]] = {
        "with_whom": "mother", "channel": "video", "outcome": "done", "minutes": 12, "mood": "good",
    }  # fmt: skip

    class Form(ContactForm):
        """Three taps; not a word of what was said."""

        needed = ()
        more = ("summary", "mood", "minutes", "started")
        with_whom = one_of("联系对象", PARENTS, initial="mother")
        channel = one_of("方式", WAYS, initial="phone")
        outcome = one_of("结果", CALLED, initial="done")
        summary = line("备注", hint="不写通话内容；没有联系上的，可写原因")
        mood = one_of("孩子的情绪", MOODS, required=False)
        minutes = minutes()
        started = one_of("谁打的", STARTED, required=False)
