"""学生伤害事故报告 and the ledger of incidents (domain.md 2.19)."""

from uuid import UUID

from oasis.campus.incidents import incident_of, notices
from oasis.campus.models import Incident, IncidentNotice
from oasis.kit.dates import zh_moment, zh_when
from oasis.papers.forms.told import dotted
from oasis.papers.ledgers.base import Asked, Filled, Filling, Ledger, Slip
from oasis.papers.official.form import Entry
from oasis.papers.places import place_of
from oasis.papers.sheets.shape import Grid, Line, Listing, Para, Section, Title
from oasis.people.roles import Need
from oasis.people.scope import Scope

STEPS = {"通知、报告": 2.2, "时间": 2.4, "对谁": 2.2, "方式": 1.1, "结果": 1.4, "文号、回执号": 1.8, "答复": 2.6}
HIDDEN = "（保密，见事件材料）"


def _report(scope: Scope, pk: UUID) -> Filling | None:
    row = incident_of(scope, pk)
    if row is None:
        return None
    child = row.child
    klass = place_of(child.school, child.klass, scope.on).name
    rows = (
        (Entry("事件编号", row.number, 2, 4), Entry("类型", row.get_sort_display(), 2, 4)),
        (Entry("学生", child.name, 2, 4), Entry("班级、性别", f"{klass} {child.get_sex_display()}", 2, 4)),
        (Entry("发生时间", zh_moment(row.happened_at), 2, 4), Entry("发现时间", zh_moment(row.found_at), 2, 4)),
        (Entry("地点", row.place, 2, 4), Entry("伤害程度", row.get_harm_display(), 2, 4)),
        (Entry("其他涉及的人", row.others, 2, 10),), (Entry("经过", row.course, 2, 10),), (Entry("现场处置", row.on_spot, 2, 10),),
        (Entry("送医", row.sent_to, 2, 10),), (Entry("原因", row.cause, 2, 10),), (Entry("责任分析", row.liability, 2, 10),),
        (Entry("整改", row.mended, 2, 10),), (Entry("心理跟进", row.mind_care, 2, 10),),
        (Entry("结案日期", dotted(row.closed_on), 2, 10),),
    )  # fmt: skip
    told = tuple(_told(one) for one in notices(scope, [row])[row.pk]) or (("—",) * len(STEPS),)
    section = Section(
        (
            Title("学生伤害事故（安全事件）报告"), Line((f"学校（盖章）：{row.school.name}", "密级：内部")), Grid(rows),
            Para("通知和报告", indent=False, strong=True), Listing(tuple(STEPS), told, tuple(STEPS.values())),
            Line((f"填报人：{row.by or '＿＿＿＿'}", "审核人：＿＿＿＿＿＿", "校长签字：＿＿＿＿＿＿", "报出日期：＿＿＿＿＿＿")),
        )
    )  # fmt: skip
    return Filling(row.school, [section], row.child_id)


def _told(one: IncidentNotice) -> tuple[str, ...]:
    return (
        one.get_step_display(), zh_when(one.told_at), one.whom, one.get_way_display(), "通知到了" if one.heard else "没有联系上",
        one.paper_no or "—", one.answer or "—",
    )  # fmt: skip


def _fill(asked: Asked) -> Filled:
    rows = Incident.objects.within(asked.scope, Need.GUIDE).filter(
        school=asked.school, found_at__date__range=(asked.from_on, asked.to_on)
    )
    found, names = list(rows.select_related("child").order_by("found_at")), asked.klasses()
    told = notices(asked.scope, found)
    return Filled(
        [_row(row, names.get(row.child.klass_id, ""), told[row.pk]) for row in found],
        frozenset(row.child_id for row in found),
    )


def _row(row: Incident, klass: str, told: list[IncidentNotice]) -> tuple[str, ...]:
    hidden = row.sort in Incident.DELICATE
    steps = "；".join(f"{one.get_step_display()} {zh_when(one.told_at)}" for one in told if one.heard)
    who = HIDDEN if hidden else f"{klass}{row.child.name}"
    return (
        row.number, zh_when(row.found_at), row.place, "其他" if hidden else row.get_sort_display(), who, row.get_harm_display(),
        HIDDEN if hidden else row.on_spot, steps or "—", "—" if hidden else row.mended or "—", dotted(row.closed_on) or "—",
    )  # fmt: skip


REPORT = Slip("incident", "学生伤害事故报告", _report, history=True)
INCIDENTS = Ledger(
    "incidents", "安全事件台账", "编号、时间、类型、伤害程度、处置、通知和报告、整改、结案；保密的不写姓名", Need.GUIDE,
    {
        "编号": 1.4, "发现": 1.8, "地点": 1.6, "类型": 1.3, "学生": 1.8, "伤害": 1.2, "处置": 2.8, "通知和报告": 3.4, "整改": 2.2, "结案": 1.5,
    }, _fill, nil="没有安全事件", history=True,
)  # fmt: skip
