"""The leading group's list, the minutes of a meeting, the record of an activity (domain.md 2.16, 2.27)."""

from uuid import UUID

from oasis.campus.activities import activity_of, parts_of, whole_classes
from oasis.campus.models import Activity, ActivityPart
from oasis.campus.organisation import meeting_of, presences, resolutions, seats
from oasis.kit.dates import zh_full
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Filling, Ledger, Slip
from oasis.papers.official.form import Entry
from oasis.papers.places import place_of
from oasis.papers.sheets.shape import Block, Grid, Line, Listing, Para, Section, Title
from oasis.people.roles import Need
from oasis.people.scope import Scope

NAMES = {"班级": 2, "姓名": 2, "到场": 1.2, "奖项、成绩": 4}


def _group(asked: Asked) -> Filled:
    now, _past = seats(asked.scope, asked.school, asked.scope.on)
    return Filled(
        [
            (
                row.get_rank_display(), row.name, row.post, row.duties or "—", row.user.phone if row.user else "", dotted(row.from_on),
                dotted(row.to_on) or "—", row.paper_no or "—",
            )
            for row in now
        ]
    )  # fmt: skip


def _minutes(scope: Scope, pk: UUID) -> Filling | None:
    """Give the minutes: who came, what was said, what was resolved, by whom until when."""
    row = meeting_of(scope, pk)
    if row is None:
        return None
    came = presences(scope, row)
    told = "；".join(f"{label}{len(names)}人：{'、'.join(names)}" for label, names in came.items())
    rows = (
        (Entry("会议类别", row.get_kind_display(), 2, 4), Entry("时间", zh_full(row.on), 2, 4)),
        (Entry("地点", row.place, 2, 4), Entry("主持", row.chair.name, 2, 4)),
        (Entry("主题", row.topic, 2, 10),), (Entry("到会", told, 2, 10),),
        *(((Entry("校外到会", row.guests, 2, 10),),) if row.guests else ()),
        (Entry("议程", row.agenda, 2, 10),), (Entry("会议记录", row.minutes, 2, 10),),
    )  # fmt: skip
    resolved = [
        (str(n), one.words, one.owner.name, dotted(one.due_on), dotted(one.done_on) or "—")
        for n, one in enumerate(resolutions(scope, row.school, row), start=1)
    ]
    listing = Listing(("序号", "决议", "责任人", "期限", "完成"), tuple(resolved), (0.8, 6, 1.5, 1.6, 1.6))
    blocks: tuple[Block, ...] = (Title("会议记录"), Line((f"学校（盖章）：{row.school.name}",)), Grid(rows))
    blocks += (Para("决议", indent=False, strong=True), listing) if resolved else ()
    blocks += (Line(("记录人：＿＿＿＿＿＿", "主持人签名：＿＿＿＿＿＿", "日期：＿＿＿＿＿＿")),)
    return Filling(row.school, [Section(blocks)])


def _activity(scope: Scope, pk: UUID) -> Filling | None:
    """Give an activity as it was held; names only as far as one may see them, and no word of whose parents are away."""
    row = activity_of(scope, pk)
    if row is None:
        return None
    on, parts = scope.on, parts_of(scope, row)
    whole = [
        (place_of(row.school, one.klass, on).name, f"{one.count}人") for one in whole_classes(scope, row)
    ]  # fmt: skip
    came = [part for part in parts if part.came]
    number = sum(one.count for one in whole_classes(scope, row)) + len(came)
    blocks: tuple[Block, ...] = (
        Title("活动记录表"), Line((f"学校：{row.school.name}", f"登记：{zh_full(row.held_on) if row.held_on else '还没有办'}")),
        Grid(_facts(row, number, "、".join(f"{name}{count}" for name, count in whole))),
    )  # fmt: skip
    if parts:
        cells = tuple(_part(part, on_name=place_of(row.school, part.child.klass, on).name) for part in parts)
        blocks += (Para("名单", indent=False, strong=True), Listing(tuple(NAMES), cells, tuple(NAMES.values())))
    sign = Line(("负责人：＿＿＿＿＿＿", "组织部门：＿＿＿＿＿＿", "审核：＿＿＿＿＿＿"))
    return Filling(row.school, [Section((*blocks, sign))], children=frozenset(part.child_id for part in parts))


def _facts(row: Activity, number: int, whole: str) -> tuple[tuple[Entry, ...], ...]:
    cost = f"{row.cost:g}元" if row.cost is not None else ""
    return (
        (Entry("名称", row.title, 2, 4), Entry("类型", row.get_kind_display(), 2, 4)),
        (Entry("日期", f"{zh_full(row.on)} {row.hours}".strip(), 2, 4), Entry("地点", row.place + ("（校外）" if row.off_campus else ""), 2, 4)),
        (Entry("组织部门", row.department, 2, 4), Entry("负责人", row.lead.name, 2, 4)),
        (Entry("参加人数", str(number), 2, 4), Entry("经费", cost, 2, 4)),
        *(((Entry("整班参加", whole, 2, 10),),) if whole else ()),
        (Entry("内容和目的", row.aim, 2, 10),),
        *(((Entry("安全预案", row.risk_plan, 2, 10),),) if row.risk_plan else ()),
        (Entry("过程", row.story, 2, 10),), (Entry("成效", row.effect, 2, 10),),
        (Entry("照片", "（贴照片；有学生的，家长同意以后才贴、才宣传）", 2, 10),),
    )  # fmt: skip


def _part(part: ActivityPart, *, on_name: str) -> tuple[str, ...]:
    came = "√" if part.came else "—" if part.came is None else "没有到"
    return (on_name, part.child.name, came, " ".join(word for word in (part.get_award_display(), part.result) if word))


GROUP = Ledger(
    "group-list", "领导小组名单", "职务、姓名、分工、电话、任期、文号", Need.GUIDE,
    {"职务": 1.2, "姓名": 1.4, "工作职务": 2.2, "分工": 4.6, "电话": 2, "任期自": 1.6, "任期至": 1.6, "文号": 2}, _group, title="关爱服务工作领导小组名单", now=True,
    nil="还没有登记成员",
)  # fmt: skip
MINUTES = Slip("minutes", "会议记录", _minutes)
ACTIVITY = Slip("activity", "活动记录表", _activity)
