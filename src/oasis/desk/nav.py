"""The ways through the desk, declared once; a person sees those that her posts open."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import URLResolver, get_resolver

from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: its words, its route, its icon, what it needs; `tab` puts it at the foot of a phone."""

    label: str
    route: str
    icon: str
    need: Need
    tab: bool = False
    under: str = ""  # further routes, by their beginnings, at which this entry is the current one
    arms: tuple[ArmKind, ...] = ()  # only for who holds the need over one of these


Posts = tuple[tuple[ArmKind, frozenset[Need], bool], ...]
HERE = (ArmKind.SCHOOL, ArmKind.KLASS, ArmKind.CHILD, ArmKind.BOARDERS)  # who works at a school
PLACES = (
    Place("今日", "today", "sun", Need.DESK, tab=True),
    Place("孩子", "children", "users", Need.NAMES, tab=True, under="child"),
    Place("记一笔", "record", "pencil-plus", Need.RECORD_WRITE, tab=True, under="record"),
    Place("提出关注", "concern", "flag", Need.CONCERN, tab=True),
    Place("通话台", "calls", "phone-call", Need.CONTACTS, under="call"),
    Place("班级", "klasses", "layout-grid", Need.RECORD_READ, under="klass"),
    Place("学校", "school", "chart-bar", Need.FIGURES, under="school figure", arms=(ArmKind.SCHOOL, ArmKind.KLASS)),
    Place("预警", "alerts", "bell", Need.RECORD_READ, under="alert"),
    Place("活动", "activities", "trophy", Need.DESK, under="activit", arms=HERE),
    Place("活动室", "room", "home-heart", Need.DESK, under="room", arms=HERE),
    Place("组织", "org", "users-group", Need.DESK, under="org", arms=HERE),
    Place("宿舍", "dormitory", "bed", Need.BOARDING, under="dormitory"),
    Place("健康", "health", "stethoscope", Need.HEALTH, under="health"),
    Place("心理筛查", "screening", "heart", Need.SCREENING, under="screening-"),
    Place("控辍保学", "schooling", "school", Need.CHILD_WRITE, under="schooling-"),
    Place("安全事件", "incidents", "alert-circle", Need.HEALTH, under="incident"),
    Place("安全隐患", "hazards", "alert-triangle", Need.DESK, under="hazard", arms=HERE),
    Place("同学反映", "notices", "message-circle", Need.CHILD_WRITE, under="notice"),
    Place("物资", "goods", "package", Need.STOCK, under="goods"),
    Place("辅导名额", "firsts", "list-check", Need.CENSUS, under="firsts"),
    Place("台账", "ledgers", "file-spreadsheet", Need.ACTIVITY, under="ledger slip"),
    Place("文书", "papers", "file-text", Need.SUMMARY, under="paper"),
    Place("家校联系", "letters", "mail", Need.CHILD_WRITE, under="letter meeting"),
    Place("转学交接", "handovers", "switch-horizontal", Need.LAW, under="handover"),
    Place("家长的申请", "petitions", "inbox", Need.LAW, under="petition"),
    Place("操作痕迹", "trail", "shield-check", Need.TRAIL, under="trail"),
    Place("强制报告", "reports", "shield-exclamation", Need.DESK, under="report"),
    Place("申请与批准", "approvals", "hourglass", Need.APPROVE, under="approval"),
    Place("导入", "intake", "table-import", Need.IMPORT, under="intake"),
)
MINE = Place("我的", "mine", "user-circle", Need.DESK, tab=True, under="mine")
SETTINGS = (
    Place("第一步", "first-steps", "list-check", Need.SETTINGS),
    Place("学校", "settings-school", "school", Need.SETTINGS),
    Place("学期与校历", "settings-terms", "calendar-event", Need.SETTINGS, under="settings-term"),
    Place("班级", "settings-classes", "books", Need.SETTINGS, under="settings-class"),
    Place("人员与岗位", "settings-people", "user-cog", Need.PEOPLE, under="settings-p"),
    Place("登录规定", "settings-access", "shield-lock", Need.SETTINGS),
    Place("工作人员查询", "settings-checks", "user-shield", Need.VETTING, under="settings-check"),
    Place("工作节奏", "settings-cadences", "clock", Need.CADENCES, under="settings-cadence"),
    Place("等级评定办法", "settings-levels", "flag", Need.CADENCES),
    Place("预警办法", "settings-alerts", "bell", Need.CADENCES),
    Place("个人信息", "settings-law", "shield-lock", Need.LAW, under="settings-law"),
    Place("强制报告期限", "settings-reports", "shield-exclamation", Need.CADENCES),
    Place("安全事件时限", "settings-incidents", "alert-circle", Need.CADENCES),
    Place("上级表格", "settings-templates", "file-text", Need.CADENCES, under="settings-template"),
    Place("备份", "settings-backup", "device-floppy", Need.SETTINGS),
    Place("保存期限", "settings-keeping", "archive", Need.LAW, under="settings-keeping"),
)


def places_for(scope: Scope | None) -> list[Place]:
    """Give the entries of the main list for one person, 我的 last."""
    return list(_open(posts_of(scope), (*PLACES, MINE), get_resolver()))


def settings_for(scope: Scope | None) -> list[Place]:
    """Give the entries of the settings for one person."""
    return list(_open(posts_of(scope), SETTINGS, get_resolver()))


def place_at(places: list[Place], route: str) -> str:
    """Give the route of the entry a page belongs to: an exact match first, then the longest beginning."""
    if any(place.route == route for place in places):
        return route
    under = [(len(start), place) for place in places for start in place.under.split() if route.startswith(start)]
    return max(under, key=lambda found: found[0])[1].route if under else ""


def posts_of(scope: Scope | None) -> Posts:
    """Give what decides which entries a person sees: the kinds of posts, what they give, whether they reach anything."""
    return tuple((arm.kind, arm.needs, bool(arm.ids)) for arm in scope.arms) if scope else ()


@lru_cache(maxsize=300)
def _open(posts: Posts, places: tuple[Place, ...], resolver: URLResolver) -> tuple[Place, ...]:
    routes = resolver.reverse_dict
    return tuple(place for place in places if place.route in routes and _reached(posts, place))


def _reached(posts: Posts, place: Place) -> bool:
    return any(place.need in needs and (not place.arms or (kind in place.arms and ids)) for kind, needs, ids in posts)
