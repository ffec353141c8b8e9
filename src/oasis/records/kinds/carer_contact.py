"""监护人联系: the monthly word with whoever cares for the child (domain.md 2.12)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import ContactForm, Kind
from oasis.records.kinds.fields import CALLED, FAMILY, TOPICS, follow_up, line, one_of, some_of, text

WAYS = [("phone", "电话"), ("wechat", "微信"), ("video", "视频"), ("face", "当面"), ("visit", "上门")]


class CarerContact(Kind):
    """A word with the carer: how the child is at school and at home, what was agreed."""

    code, label, icon = "carer-contact", "监护人联系", "phone-outgoing"
    hint = "和照护人通个气"
    verb, attempt = "{channel}联系{whom}", "{channel}联系{whom}"
    calls = True
    sample: ClassVar[dict[str, Any]] = {
        "with_whom": "carer", "channel": "phone", "outcome": "done", "topics": ["study", "life"],
        "summary": "说了近来作业有进步；奶奶说孩子晚上睡得早。",
    }  # fmt: skip

    class Form(ContactForm):
        """Whom, how, one sentence."""

        needed = ()
        more = ("channel", "topics", "agreed", "next_step_on")
        with_whom = one_of("联系的人", FAMILY, initial="carer")
        channel = one_of("方式", WAYS, initial="phone")
        outcome = one_of("结果", CALLED, initial="done")
        summary = text("说了什么", rows=2)
        topics = some_of("通报了哪些情况", TOPICS)
        agreed = line("约定的事", most=300)
        next_step_on = follow_up()
