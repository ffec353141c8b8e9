"""Lists of a class or school: who is paired with whom, and the key children (domain.md 2.4, 2.7)."""

from oasis.children.access import current
from oasis.children.models import KEY_LEVELS, Pairing, RiskLevel
from oasis.kit.dates import zh_full
from oasis.papers.files import ChildFile
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import Table, dotted, files, list_paper
from oasis.papers.sheets.shape import Listing
from oasis.people.roles import Need

_SIGN = ("填表人：＿＿＿＿＿", "审核人：＿＿＿＿＿", "单位负责人：＿＿＿＿＿")


def pairing(order: Order) -> Table:
    """Give every pairing that runs, a row each."""
    rows = Pairing.objects.within(order.scope, Need.EXPORT).filter(
        current(order.on), child__in=[child.pk for child in order.children]
    )
    pairs = list(rows.select_related("staff", "classmate").order_by("child", "from_on"))
    known = {file.child.pk: file for file in files(order, {pair.child_id for pair in pairs})}
    place = {pk: n for n, pk in enumerate(known)}
    ordered = sorted(pairs, key=lambda pair: (place[pair.child_id], pair.from_on))
    columns = {
        "序号": 0.8, "班级": 1.6, "学生": 1.5, "性别": 0.8, "重点": 0.8, "帮扶人": 1.8, "角色": 1.6, "电话": 2.2,
        "开始日期": 2, "帮扶目标": 3, "校外人员查询日期": 2, "帮扶人签名": 1.8,
    }  # fmt: skip
    cells = tuple(_pair(n, known[pair.child_id], pair) for n, pair in enumerate(ordered, start=1))
    return _table(order, "结对帮扶登记表", columns, cells)


def _pair(number: int, file: ChildFile, pair: Pairing) -> tuple[str, ...]:
    who = pair.staff.name if pair.staff else pair.classmate.name if pair.classmate else pair.outsider
    child = file.child
    return (
        str(number), file.klass, child.name, child.get_sex_display(), "√" if child.key else "", who, pair.get_role_display(),
        pair.staff.phone if pair.staff else "", dotted(pair.from_on), pair.aim,
        dotted(pair.checked_on) or "—", "",
    )  # fmt: skip


def key_children(order: Order) -> Table:
    """Give the key children with carer, helper, level and since when."""
    rows = RiskLevel.objects.within(order.scope, Need.EXPORT).filter(child__in=[child.pk for child in order.children])
    latest = {row.child_id: row for row in rows.order_by("on", "pk")}
    chosen = {child.pk for child in order.children if child.key or _is_key(latest.get(child.pk))}
    columns = {
        "序号": 0.8, "班级": 1.6, "姓名": 1.5, "性别": 0.8, "照护人": 1.6, "关系": 1.2, "电话": 2.2, "关爱等级": 1.5, "评定日期": 2,
        "困境类别": 2.2, "帮扶教师": 1.6, "备注": 2,
    }  # fmt: skip
    cells = tuple(_key(n, file, latest.get(file.child.pk)) for n, file in enumerate(files(order, chosen), start=1))
    return _table(order, "重点帮扶对象名单", columns, cells)


def _is_key(row: RiskLevel | None) -> bool:
    return row is not None and row.level in KEY_LEVELS


def _key(number: int, file: ChildFile, level: RiskLevel | None) -> tuple[str, ...]:
    carer, child = file.carer, file.child
    return (
        str(number), file.klass, child.name, child.get_sex_display(), carer.given if carer else "", carer.relation if carer else "",
        carer.phone if carer else "", level.get_level_display() if level else "", dotted(level.on if level else None),
        "、".join(file.hardships), file.helper.name or file.homeroom.name, "",
    )  # fmt: skip


def _table(order: Order, title: str, columns: dict[str, float], cells: tuple[tuple[str, ...], ...]) -> Table:
    above = (
        f"填报单位（盖章）：{order.place.school.name}",
        order.place.label,
        f"填报日期：{zh_full(order.on)}",
        f"共{len(cells)}行",
    )
    return Table(title, above, Listing(tuple(columns), cells, tuple(columns.values())), _SIGN)


PAIRING = list_paper("pairing-list", "结对帮扶登记表", "谁帮扶谁，从哪天起，留签名处", pairing)
KEY = list_paper("key-list", "重点帮扶对象名单", "重点对象的照护人、电话、等级和帮扶教师", key_children)
