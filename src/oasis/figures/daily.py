"""What is counted of the school's daily life about a child: where each dated row is found, and the matters made of them.

A matter is counted in times (人次, or 处, 起, 笔 as its `unit` says): all children's, and those of children whose parents are
away, so that the share is seen.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, TruncDate

from oasis.campus.models import (
    Absence,
    ActivityPart,
    BedMark,
    Dropout,
    Growth,
    Handout,
    Hazard,
    HealthFinding,
    HolidayStay,
    HomeLeave,
    Illness,
    IllnessTold,
    Incident,
    IncidentNotice,
    Loan,
    Missing,
    ParentSeat,
    Persuasion,
    PlaceWish,
    Visit,
    Work,
)
from oasis.campus.models.health import FAMILY
from oasis.children.models import PlanAction, PlanReview
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import CHINA

ALL = Q()


@dataclass(frozen=True)
class Leg:
    """Dated rows of one table: their tag, what tells them apart, from when, until when; `moment` when columns that end in `at` keep a time."""

    tag: str
    model: Any
    code: Any
    starts: str
    ends: str = ""
    which: Q = ALL
    moment: bool = False

    def day(self, name: str) -> Any:
        """Give a column as a day of the calendar in China."""
        return TruncDate(name, tzinfo=CHINA) if self.moment and name.endswith("at") else F(name)


ONE = Value("", CharField())
ADVANCED = "advance"  # its code is the sum in yuan
REACHED = IllnessTold.objects.filter(illness=OuterRef("pk"), whom__in=FAMILY, heard=True)
WARNED = IncidentNotice.objects.filter(incident=OuterRef("pk"), step=IncidentNotice.Step.GUARDIAN, heard=True)
# What may be a crime against a child, or shame it, is counted nowhere: one such row would point at the child.
HOMES = Q(child__isnull=False) & ~Q(sort__in=Hazard.DELICATE)
INCIDENTS = ~Q(sort__in=Incident.DELICATE)

LEGS = (
    Leg("leave", HomeLeave, "reason", "left_at", "back_at", moment=True),
    Leg("bed-absent", BedMark, "state", "check_of__on", which=Q(state=BedMark.State.ABSENT)),
    Leg("bed-care", BedMark, "care", "check_of__on", which=~Q(care="")),
    Leg("search", Missing, ONE, "at", "found_at", moment=True),
    Leg("found-ill", HealthFinding, ONE, "check_of__on"),
    Leg("ill", Illness, ONE, "seen_at", "back_on", Q(sort=Illness.Sort.ILL), moment=True),
    Leg("hurt", Illness, ONE, "seen_at", "back_on", Q(sort=Illness.Sort.ACCIDENT), moment=True),
    Leg("ill-told", Illness, "sort", "seen_at", which=Q(Exists(REACHED)), moment=True),
    Leg(ADVANCED, Illness, Cast("advanced", CharField()), "seen_at", "repaid_on", Q(advanced__gt=0), moment=True),
    Leg("activity", ActivityPart, "activity__kind", "activity__on", which=Q(came=True)),
    Leg("award", ActivityPart, "award", "activity__on", which=~Q(award="")),
    Leg("first-activity", ActivityPart, ONE, "activity__on", which=Q(placed=True, activity__seats__isnull=False)),
    Leg("first-tutoring", PlaceWish, ONE, "at", which=Q(placed=True, place_list__sort="tutoring"), moment=True),
    Leg("first-care", PlaceWish, ONE, "at", which=Q(placed=True, place_list__sort="care"), moment=True),
    Leg("room", Visit, ONE, "opening__on"),
    Leg("room-call", Visit, ONE, "opening__on", which=Q(called=True)),
    Leg("loan", Loan, ONE, "lent_on", "back_on"),
    Leg("work", Work, "kind", "from_on", "to_on"),
    Leg("given", Handout, ONE, "movement__on"),
    Leg("absent", Absence, "reason", "on"),
    Leg("truant", Absence, "part", "on", which=Q(reason=Absence.Reason.TRUANT)),
    Leg("honour", Growth, "level", "on", which=Q(kind=Growth.Kind.HONOUR)),
    Leg("good", Growth, ONE, "on", which=Q(kind=Growth.Kind.GOOD)),
    Leg("meet-missed", ParentSeat, "meeting__kind", "meeting__on", which=Q(came=False, meeting__ended=True)),
    Leg("meet-told", ParentSeat, "way", "told_on", which=Q(told_on__isnull=False)),
    Leg("action", PlanAction, "area", "due_on", "done_on", ~Q(outcome=PlanAction.Outcome.DROPPED)),
    Leg("action-done", PlanAction, "area", "done_on", which=Q(outcome=PlanAction.Outcome.DONE)),
    Leg("review", PlanReview, "part", "on"),
    Leg("holiday", HolidayStay, "with_whom", "at", moment=True),
    Leg("dropout", Dropout, "reason", "opened_on", "ended_on"),
    Leg("persuaded", Persuasion, "way", "on"),
    Leg("returned", Dropout, ONE, "ended_on", which=Q(state=Dropout.State.BACK)),
    Leg("home-hazard", Hazard, "sort", "found_on", "closed_on", HOMES),
    Leg("incident-case", Incident, "sort", "found_at", "closed_on", INCIDENTS, moment=True),
    Leg("incident-told", Incident, "sort", "found_at", which=INCIDENTS & Q(Exists(WARNED)), moment=True),
)  # fmt: skip
TIMED = frozenset(leg.tag for leg in LEGS)
OPEN = " open"  # after a tag: still running on the day that is counted


@dataclass(frozen=True)
class Matter:
    """Something of daily life: its words, its group of figures, the rows it counts; `within`: the matters whose rows
    hold all of these; `gap`: it should come to an end; `unit`: what one of them is called."""

    code: str
    label: str
    group: str
    how: str
    key: str = ""  # a tag, or a tag with OPEN; "" when it is the code
    within: tuple[str, ...] = ()
    gap: bool = False
    unit: str = "人次"

    @property
    def rows(self) -> str:
        """The key of the rows that are counted."""
        return self.key or self.code


# The matters of the cases whose steps stand on the timeline, by the kind of those lines: a case is counted here and once.
CASES = {
    "illness": ("ill", "hurt"), "incident": ("incident-case",), "schooling": ("persuaded", "dropout"),
    "hazard": ("home-hazard",),
}  # fmt: skip
NO_HARM = "可能是伤害的（家庭暴力、性侵害）保密，不在内"
NO_SHAME = "欺凌、性侵、自伤等保密的不在内"

MATTERS = Catalogue(
    Matter("leave", "请假离校", "boarding", "登记了离校和返校的请假"),
    Matter("bed-absent", "点名、巡夜时不在", "boarding", "晚点名、巡夜时记为“不在”的"),
    Matter("bed-care", "夜间照看", "boarding", "晚点名、巡夜时照看过的（发热、哭闹、盖被等）"),
    Matter("search", "夜间找人", "boarding", "夜里没有找到、按步骤寻找过的"),
    Matter("found-ill", "晨午检发现", "health", "晨检、午检时不舒服或因病没有来的"),
    Matter("ill", "生病", "health", "登记的生病"),
    Matter("hurt", "受伤、意外", "health", "登记的受伤和意外"),
    Matter("ill-told", "告诉了家里", "health", "生病、受伤后联系上家里的", within=("ill", "hurt")),
    Matter("advance", "垫付医药费", "health", "教师垫付过医药费的", within=("ill", "hurt"), unit="笔"),
    Matter("advance-owed", "垫付还没有归还", "health", "统计当日垫付的医药费还没有归还的，含以前学期的", f"{ADVANCED}{OPEN}", gap=True, unit="笔"),
    Matter("activity", "参加活动", "activities", "报名参加活动并且到场的"),
    Matter("award", "活动得奖", "activities", "参加活动得奖的", within=("activity",)),
    Matter("honour", "其他荣誉", "activities", "登记的荣誉"),
    Matter("good", "好表现", "activities", "登记的好表现"),
    Matter("first-tutoring", "辅导名额", "firsts", "学习辅导报名后有名额的"),
    Matter("first-care", "生活照顾名额", "firsts", "生活照顾报名后有名额的"),
    Matter("first-activity", "活动名额", "firsts", "限名额的活动报名后有名额的"),
    Matter("room", "到活动室", "room", "活动室开放时登记到室的；只登记人数的不在内"),
    Matter("room-call", "在活动室给家里打电话", "room", "在活动室与家人通话、视频的", within=("room",)),
    Matter("loan", "借阅图书", "room", "活动室借出的图书"),
    Matter("work", "展出作品", "room", "在活动室展出的作品"),
    Matter("given", "领到物资、礼物", "goods", "物资发放名单里的"),
    Matter("absent", "缺勤", "growing", "登记的缺勤，半天也算一次"),
    Matter("truant", "没有请假的缺勤", "growing", "登记为“没有请假”的缺勤", within=("absent",), gap=True),
    Matter("dropout", "可能辍学", "schooling", "本期登记的可能辍学，后来查明不是的也算"),
    Matter("persuaded", "劝返", "schooling", "登记的劝返，上门、电话、请家长到学校都算"),
    Matter("returned", "复学", "schooling", "本期登记复学的"),
    Matter("dropout-open", "还没有返校", "schooling", "统计当日登记了可能辍学、还没有了结的，含以前学期的", f"dropout{OPEN}", gap=True, unit="人"),
    Matter("home-hazard", "家里、路上的隐患", "safety", f"登记的孩子家里、路上的隐患，{NO_HARM}", unit="处"),
    Matter("home-hazard-open", "家里、路上的隐患还没有销号", "safety", f"统计当日还没有销号的，含以前学期的，{NO_HARM}", f"home-hazard{OPEN}", gap=True, unit="处"),
    Matter("incident-case", "安全事件", "safety", f"登记的安全事件，{NO_SHAME}", unit="起"),
    Matter("incident-told", "安全事件通知到监护人", "safety", f"安全事件里通知到了监护人的，{NO_SHAME}", within=("incident-case",), unit="起"),
    Matter("incident-open", "安全事件还没有结案", "safety", f"统计当日还没有结案的，含以前学期的，{NO_SHAME}", f"incident-case{OPEN}", gap=True, unit="起"),
    Matter("meet-missed", "没有到会", "home", "家长会、家长学校签到结束时家里没有人到的"),
    Matter("meet-told", "会后告知", "home", "没有到会、会后告知了的"),
    Matter("action", "帮扶措施到期", "needs", "帮扶计划里期限在本期内的措施，不再需要的不算"),
    Matter("action-done", "帮扶措施完成", "needs", "帮扶计划里本期登记完成的措施"),
    Matter("review", "帮扶计划评估", "needs", "本期做的期中、期末评估"),
)  # fmt: skip
