"""礼物慰问: a birthday or a festival kept, a gift given; one act for many children (requirements.md C6, peers.md c8)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import line, one_of, text

OCCASIONS = [
    ("birthday", "生日"), ("spring", "春节"), ("lantern", "元宵"), ("dragon", "端午"), ("children", "儿童节"), ("moon", "中秋"),
    ("national", "国庆"), ("new-year", "元旦"), ("opening", "开学"), ("holiday", "寒暑假"), ("care", "平时慰问"),
]  # fmt: skip
SOURCES = [("school", "学校"), ("teacher", "教师自费"), ("donated", "捐赠"), ("store", "物资库")]


class Gift(Kind):
    """A birthday or festival kept, a gift: what it was and where it came from."""

    code, label, verb, icon = "gift", "礼物慰问", "生日、节日慰问", "gift"
    hint = "过生日、过节，一次记几个人"
    contact = False
    sample: ClassVar[dict[str, Any]] = {
        "occasion": "birthday",
        "what": "蛋糕一个",
        "source": "teacher",
        "summary": "和同学一起唱了生日歌。",
    }

    class Form(RecordForm):
        """For what, what, from whom."""

        more = ("source", "summary")
        occasion = one_of("什么日子", OCCASIONS, initial="birthday")
        what = line("送了什么", hint="没有送东西的，空着")
        source = one_of("哪里来的", SOURCES, required=False)
        summary = text("怎么过的", rows=2)
