"""荣誉登记表 and 变动登记表: of a class or school for the term (domain.md 2.26, 2.28)."""

from datetime import date
from uuid import UUID

from oasis.campus.growth import SORTS
from oasis.campus.models import Growth
from oasis.children.models import CareArrangement, Change, Child, ChildStatus, Enrolment
from oasis.kit.dates import zh_full
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import Table, dotted, list_paper, term_of
from oasis.papers.places import place_of
from oasis.papers.sheets.shape import Listing
from oasis.people.roles import Need

_SIGN = ("填表人：＿＿＿＿＿", "审核人：＿＿＿＿＿", "单位负责人：＿＿＿＿＿")
Line = tuple[date, UUID, str, str, str]  # day, child, what changed, what it was, who wrote it


def _table(order: Order, title: str, columns: dict[str, float], cells: tuple[tuple[str, ...], ...], nil: str) -> Table:
    above = (
        f"学校（盖章）：{order.place.school.name}", order.place.label, str(term_of(order)), f"填表日期：{zh_full(order.on)}", f"共{len(cells)}行",
    )  # fmt: skip
    rows = cells or ((nil, *("—",) * (len(columns) - 1)),)
    return Table(title, above, Listing(tuple(columns), rows, tuple(columns.values())), _SIGN)


def honours(order: Order) -> Table:
    """Give every honour of the term."""
    known = {child.pk: child for child in order.children}
    rows = Growth.objects.within(order.scope, Need.EXPORT).filter(
        child__in=known, kind=Growth.Kind.HONOUR, on__range=(term_of(order).starts_on, order.on)
    )
    columns = {
        "序号": 0.8, "日期": 1.6, "班级": 1.6, "姓名": 1.5, "荣誉名称": 3.4, "级别": 1.5, "类别": 1.5, "授予单位": 2.4, "证书编号": 1.8, "说明": 2.2,
    }  # fmt: skip
    cells = tuple(
        (
            str(n), dotted(row.on), *_who(known[row.child_id], order), row.title, row.get_level_display(), SORTS.get(row.sort, "—"), row.giver or "—",
            row.certificate or "—", row.words or "—",
        )
        for n, row in enumerate(rows.order_by("on", "pk"), start=1)
    )  # fmt: skip
    return _table(order, "学生荣誉登记表", columns, cells, "本学期没有登记荣誉")


def _who(child: Child, order: Order) -> tuple[str, str]:
    return place_of(child.school, child.klass, order.on).name, child.name


def changes(order: Order) -> Table:
    """Give what changed in the term: came, left, moved class, status, carer, number; by day. Four queries."""
    known = {child.pk: child for child in order.children}
    columns = {
        "序号": 0.8,
        "日期": 1.6,
        "班级": 1.7,
        "姓名": 1.5,
        "变动类型": 2,
        "变动内容、原因": 5.4,
        "经办": 1.5,
        "备注": 1.6,
    }
    lines = sorted(
        (*_moves(order), *_statuses(order), *_carers(order), *_phones(order)), key=lambda line: (line[0], str(line[1]))
    )
    cells = tuple(
        (str(n), dotted(day), *_who(known[child], order), what, words or "—", by or "—", "")
        for n, (day, child, what, words, by) in enumerate(lines, start=1)
    )
    return _table(order, "学生变动登记表", columns, cells, "本学期没有变动")


def _span(order: Order) -> tuple[date, date]:
    return term_of(order).starts_on, order.on


def _ids(order: Order) -> list[UUID]:
    return [child.pk for child in order.children]


def _moves(order: Order) -> list[Line]:
    rows = Enrolment.objects.within(order.scope, Need.EXPORT).filter(child__in=_ids(order), from_on__range=_span(order))
    opened = {child.pk: child.opened_on for child in order.children}
    found = []
    for row in rows.select_related("by", "klass"):
        what = "新增、转入" if row.from_on == opened[row.child_id] else "调班、调整寄宿"
        boards = "寄宿" if row.boarding else "走读"
        found.append(
            (
                row.from_on,
                row.child_id,
                what,
                "，".join(part for part in (boards, row.reason) if part),
                str(row.by or ""),
            )
        )
    return found


def _statuses(order: Order) -> list[Line]:
    rows = ChildStatus.objects.within(order.scope, Need.EXPORT).filter(
        child__in=_ids(order), from_on__range=_span(order)
    )
    opened = {child.pk: child.opened_on for child in order.children}
    found = []
    for row in rows.select_related("by"):
        if row.source == ChildStatus.UNTOLD:
            continue
        ended = not row.left_behind and not row.civil
        if ended and row.from_on <= opened[row.child_id]:  # so it was from the first day: nothing changed
            continue
        what = "解除、父母在家" if ended else "留守情况"
        found.append(
            (
                row.from_on,
                row.child_id,
                what,
                "，".join(part for part in (row.get_left_behind_display(), row.note) if part),
                str(row.by or ""),
            )
        )
    return found


def _carers(order: Order) -> list[Line]:
    rows = CareArrangement.objects.within(order.scope, Need.EXPORT).filter(
        child__in=_ids(order), from_on__range=_span(order)
    )
    return [
        (row.from_on, row.child_id, "照护人", f"由{row.carer}照护，{row.get_kind_display()}", str(row.by or ""))
        for row in rows.select_related("by", "carer")
    ]


def _phones(order: Order) -> list[Line]:
    """Say that a number changed; neither the old nor the new one stands on the sheet."""
    start, end = _span(order)
    rows = Change.objects.within(order.scope, Need.EXPORT).filter(
        child__in=_ids(order), table="phone", field="number", at__date__range=(start, end)
    )
    once = {(row.at.date(), row.child_id): str(row.by or "") for row in rows.select_related("by")}
    return [(day, child, "电话变更", "联系电话已更新", by) for (day, child), by in once.items()]


HONOURS = list_paper("honours", "荣誉登记表", "本学期孩子得的荣誉、级别、授予单位、证书", honours, history=True)
CHANGES = list_paper("changes", "变动登记表", "本学期谁来谁走、留守情况、照护人、电话的变动", changes, history=True)
