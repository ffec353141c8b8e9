"""Handing papers out: each with its need, its purpose and one line on the trail."""

from collections.abc import Callable
from uuid import UUID

from django.db import models, transaction

from oasis.children.models import Child
from oasis.kit.refused import Refused
from oasis.papers.cards.issuing import end_card
from oasis.papers.forms import PAPERS, Order, Paper
from oasis.papers.leave import must_have_leave
from oasis.papers.marking import docx_marked, mark_of
from oasis.papers.places import place_of, place_within
from oasis.papers.plaintext import file_name
from oasis.papers.queries import children_for
from oasis.papers.shape import Export
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Purpose(models.TextChoices):
    """Why data of several children leave the program."""

    CONTACT = "contact", "家校联系"
    REPORT = "report", "按要求上报"
    INSPECTION = "inspection", "迎接检查"
    ARCHIVE = "archive", "学校存档"
    HANDOVER = "handover", "班级交接"


def export_place(
    scope: Scope, *, paper: str, place: UUID, whom: str, purpose: str, link: Callable[[str], str], ending: str = ""
) -> Export:
    """Make a paper for a class or school; raises Refused without a purpose or when there is no child."""
    entry, found = PAPERS.get(paper), place_within(scope, Need.EXPORT, place)
    if found is None:
        raise Refused("out-of-reach", "这个班级不在您负责的范围内，请重新选择")
    if purpose not in Purpose.values:
        raise Refused("purpose", "请选择用途：一次导出多个孩子的信息，要写明做什么用", field="purpose")
    must_have_leave(scope, entry, found, whom, str(Purpose(purpose).label))
    children = list(children_for(scope, found, whom))
    if not children:
        raise Refused("no-child", "这个范围里还没有登记的孩子，请先完成摸底排查")
    return _export(scope, entry, ending, Order(scope, found, children, scope.on, link, mark_of(scope)), purpose)


def export_child(scope: Scope, *, paper: str, child: Child, link: Callable[[str], str], ending: str = "") -> Export:
    """Make a paper for one child opened within the scope."""
    entry = PAPERS.get(paper)
    if not entry.single:
        raise Refused("not-single", f"{entry.label}不能只做一个孩子的，请选择班级")
    place = place_of(child.school, child.klass, scope.on)
    return _export(scope, entry, ending, Order(scope, place, [child], scope.on, link, mark_of(scope)), "")


def _export(scope: Scope, entry: Paper, ending: str, order: Order, purpose: str) -> Export:
    ending, place, children = ending or entry.ending, order.place, order.children
    make = entry.maker(ending)
    if make is None:
        raise Refused("ending", f"{entry.label}没有这种文件格式，请重新选择", field="ending")
    with transaction.atomic():
        data = make(order)
        if len(children) > 1:
            ids = [child.pk for child in children]
            trail.note_many(
                scope, "export.within", school=place.school.pk, children=ids, subject=str(place.pk), detail=entry.code
            )
        trail.note(
            scope, f"export.{entry.code}", school=place.school.pk, child=children[0].pk if len(children) == 1 else None,
            subject=str(place.pk), detail=f"{len(children)} {purpose}".strip(),
        )  # fmt: skip
    name = file_name(place.name or str(place.school), entry.label, f"{scope.on:%Y%m%d}", ending=ending)
    return Export(name, MEDIA[ending], docx_marked(data, order.mark) if ending == "docx" else data)


def withdraw_card(scope: Scope, *, child: Child) -> None:
    """End the card in use of a child, for one that was lost; its code then says so."""
    with transaction.atomic():
        if not end_card(scope, child):
            raise Refused("no-card", "这个孩子现在没有在用的联系卡")
        trail.note(scope, "card.end", school=child.school_id, child=child.pk)
