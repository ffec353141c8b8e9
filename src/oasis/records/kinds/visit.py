"""家访: a visit to the family (domain.md 2.10). The term's stage follows from the day and the term."""

from typing import Any, ClassVar

from oasis.records.kinds.base import AlsoAs, ContactForm, Kind
from oasis.records.kinds.fields import FAMILY, MET, follow_up, line, one_of, some_of, text

PURPOSES = [("routine", "学期例行"), ("holiday", "假期"), ("key", "重点"), ("extra", "临时")]
MODES = [("visit", "上门"), ("face", "约到学校谈"), ("phone", "电话"), ("video", "视频")]
TOUCH = [("daily", "每天"), ("weekly", "每周"), ("monthly", "每月"), ("rarely", "很少"), ("never", "没有联系")]
HAZARDS = [
    ("electric", "用电"), ("fire", "用火、煤气"), ("water", "水塘河边"), ("road", "上下学路上"), ("house", "房屋"),
    ("alone", "独自在家"), ("online", "上网"), ("health", "照护人身体"), ("other", "其他"),
]  # fmt: skip


class Visit(Kind):
    """A visit: whom one met, how it is at home, what was agreed."""

    code, label, icon = "visit", "家访", "home-heart"
    hint = "到家里看看"
    verb, attempt = "{channel}家访，见到{whom}", "{channel}家访"
    also = AlsoAs("carer-contact", frozenset({"carer"}), frozenset({"visit", "face"}))
    sample: ClassVar[dict[str, Any]] = {
        "purpose": "routine", "channel": "visit", "with_whom": "carer", "outcome": "done", "touch": "weekly",
        "summary": "奶奶身体尚好，孩子有自己的书桌，作业按时完成。", "hazards": ["water"], "agreed": "放学后直接回家，不去水塘边。",
    }  # fmt: skip

    class Form(ContactForm):
        """Whom one met and how it is at home; the rest where there is something to say."""

        more = ("purpose", "channel", "touch", "hazards", "words", "agreed", "needs", "companions", "next_step_on")
        outcome = one_of("结果", MET, initial="done")
        with_whom = one_of(
            "见到的人", FAMILY, initial="carer", hint="当面见到日常照护人的，选“照护人”：这个月的监护人联系也算做到"
        )
        summary = text("家里的情况", needed=True, hint="照护人身体、居住和学习条件、孩子在家的表现")
        purpose = one_of("家访类型", PURPOSES, initial="routine")
        channel = one_of("方式", MODES, initial="visit")
        touch = one_of("孩子与父母的联系", TOUCH, required=False)
        hazards = some_of("安全隐患", HAZARDS)
        words = line("家长的意见和建议", most=300)
        agreed = line("达成的约定", most=300)
        needs = line("需要帮助的事", most=200)
        companions = line("同行教师", most=60)
        next_step_on = follow_up()
