"""DUTIES: everything owed again and again, with the usual cadences (domain.md 2.0, 4.3); a school sets its own values."""

from dataclasses import dataclass

from oasis.duties.clocks import AfterParting, Clock, EachTerm, Every, Monthly, Named, TermStart
from oasis.kit.catalogue import Catalogue
from oasis.records.coverage import COVERAGES


@dataclass(frozen=True)
class Duty:
    """One thing owed. `undone` says in words what is missing; `{when}` stands for the month or 本学期.

    `standing` duties are settled for as long as the row that settles them holds, whenever it was made. `asks` is the
    kind that the link into recording proposes; duties settled in the file itself have an `icon` and `act` instead.
    `tried` says that it failed today. `bulk` duties are done class by class, so that a list of names helps nobody; `by_law` ones alone may
    be shown in red. `dated` ones are written down one by one with an owner and a day: a line for each.
    """

    code: str
    label: str
    short: str
    whom: str
    owes: str
    settled_by: frozenset[str]
    clock: Clock
    undone: str
    asks: str = ""
    icon: str = ""
    act: str = "记一笔"
    standing: bool = False
    on: bool = True
    bulk: bool = False
    by_law: bool = False
    dated: bool = False
    tried: str = "今天联系过，没有联系上"


CENSUS, CARE, HELPER, CONSENT, ASSESS = (
    "@census",
    "@care",
    "@helper",
    "@consent",
    "@assess",
)
PLAN = "@plan"  # deeds kept in tables of the file, not in records

CALLED, AWAY = "今天打过，没接通", "今天去过，没有见到"


def _covered(code: str) -> frozenset[str]:
    return COVERAGES.get(code).settled_by


DUTIES = Catalogue(
    Duty("visit-1", "期初家访", "期初家访", "left-behind", "homeroom", _covered("visit"), EachTerm(part=1), "期初家访还没有做", "visit", tried=AWAY),
    Duty("visit-2", "期中家访", "期中家访", "left-behind", "homeroom", _covered("visit"), EachTerm(part=2), "期中家访还没有做", "visit", tried=AWAY),
    Duty("visit-3", "期末家访", "期末家访", "left-behind", "homeroom", _covered("visit"), EachTerm(part=3), "期末家访还没有做", "visit", tried=AWAY),
    Duty(
        "family-contact", "亲情通话或书信", "亲情联系", "left-behind", "homeroom",
        _covered("parents"), Monthly(), "{when}还没有和父母通话或通信", "family-call", tried=CALLED,
    ),
    Duty(
        "carer-contact", "监护人联系", "监护人联系", "left-behind", "homeroom",
        _covered("carer"), Monthly(), "{when}还没有和照护人联系", "carer-contact", tried=CALLED,
    ),
    Duty(
        "talk-key", "重点帮扶对象谈心", "重点谈心", "key", "helper",
        _covered("key-talk"), Every(every=2), "该谈心了", "talk",
    ),
    Duty(
        "census", "学期摸底排查", "摸底", "everyone", "homeroom",
        frozenset({CENSUS}), TermStart(every=20), "本学期还没有摸底", icon="clipboard-list", act="去摸底", standing=True, bulk=True,
    ),
    Duty(
        "guardian-confirmed", "监护人确认", "监护确认", "left-behind", "homeroom",
        frozenset({CARE}), TermStart(every=20), "还没有和父母确认由谁照护", icon="user-shield", act="去确认", standing=True, by_law=True,
    ),
    Duty(
        "assess", "五项需求评估", "五项评估", "left-behind", "homeroom",
        frozenset({ASSESS}), TermStart(every=40), "本学期还没有评估五项需求", icon="checklist", act="去评估", standing=True, bulk=True,
    ),
    Duty(
        "consent", "家长同意", "家长同意", "everyone", "homeroom",
        frozenset({CONSENT}), TermStart(every=20), "家长还没有答复告知同意书", icon="file-certificate", act="去登记",
        standing=True, bulk=True,
    ),
    Duty(
        "plan", "帮扶计划（一人一策）", "帮扶计划", "key", "homeroom",
        frozenset({PLAN}), TermStart(every=30), "重点帮扶对象还没有本学期的计划", icon="target", act="去制定", standing=True,
    ),
    Duty(
        "plan-action", "帮扶计划的措施", "计划措施", "everyone", "helper",
        frozenset(), Named(), "{area}方面的帮扶措施", icon="checklist", act="去登记", dated=True,
    ),
    Duty(
        "plan-review", "帮扶计划的评估", "计划评估", "everyone", "homeroom",
        frozenset(), Named(grace=10), "帮扶计划的{area}", icon="clipboard-check", act="去评估", dated=True,
    ),
    Duty(
        "letter-send", "致家长的信：发出", "发信", "everyone", "homeroom",
        frozenset(), Named(grace=5), "{area}致家长的信还没有发给家长", icon="mail", act="去登记", bulk=True, dated=True,
    ),
    Duty(
        "letter-reply", "致家长的信：回执", "收回执", "everyone", "homeroom",
        frozenset(), Named(grace=5), "{area}致家长的信还没有收到回执", icon="mail-opened", act="去登记", bulk=True, dated=True,
    ),
    Duty(
        "meeting-told", "家长会后的告知", "会后告知", "everyone", "homeroom",
        frozenset(), Named(grace=5), "没有到会，还没有告知{area}的内容", icon="users", act="去登记", dated=True,
    ),
    Duty(
        "parting-talk", "父母外出后谈心", "别后谈心", "everyone", "homeroom",
        frozenset(), AfterParting(grace=7), "父亲或母亲离家外出后还没有谈心", "talk", dated=True,
    ),
    Duty(
        "pairing", "结对帮扶", "结对", "left-behind", "homeroom",
        frozenset({HELPER}), TermStart(every=20), "还没有结对的帮扶教师", icon="heart-handshake", act="去结对", standing=True,
    ),
    Duty(
        "talk", "每月谈心", "谈心", "left-behind", "homeroom",
        _covered("talk"), Monthly(), "{when}还没有谈心", "talk", on=False,
    ),
    Duty(
        "feedback", "向家长反馈", "反馈", "left-behind", "homeroom",
        frozenset({"feedback"}), Monthly(), "{when}还没有向家长反馈", "feedback", on=False,
    ),
    Duty(
        "life-service", "寄宿生生活关心", "生活关心", "left-behind-boarders", "life-care",
        frozenset({"life-service"}), Monthly(), "{when}还没有生活服务记录", "life-service", on=False,
    ),
)  # fmt: skip
