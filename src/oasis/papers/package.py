"""The child's whole file as a guardian may read it: a zip of a Word file, a page, and the records as a table (PIPL 45).

Left out: confidential records and concerns, what belongs to other people (numbers, addresses, ID numbers, other
children's names), and where the child lives for somebody who must not fetch it.
"""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils.html import format_html, format_html_join

from oasis.children.census import of_these_unasked
from oasis.children.consents import history
from oasis.children.household import Member, barred, household
from oasis.children.models import (
    Assessment,
    CareArrangement,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    Pairing,
    Petition,
    PlanAction,
    PlanGoal,
    Tie,
)
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.papers.official.shape import OfficialText, Part, Table
from oasis.papers.official.writing import docx_bytes
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.uses import ASKED
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from oasis.records.wording import in_full

HELD_BACK = frozenset({"concern"})  # what a teacher suspects may be about the home itself
HOME = ("address", "village", "household_place", "dorm", "bed", "commute", "boarding", "distance_km")
HIDDEN = frozenset({*HOME, "care"})  # with whom a child lives tells where
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("基本情况", ("name", "former_name", "sex", "birth_on", "ethnic", "id_number", "student_no", "class_no", "entered_on", "opened_on", "state")),
    ("住家和上学", (*HOME, "household", "registered", "native_place")),
    ("健康", ("health", "health_note", "allergies", "disability", "disability_grade")),
    ("外出和照护", ("left_behind", "civil", "care")),
    ("家庭", ("only_child", "marital", "income", "aid")),
    ("成长", ("character", "interests", "study", "thought", "mind", "conduct", "wishes", "remark")),
)  # fmt: skip
LABELS = {"left_behind": "父母外出（教育口径）", "civil": "父母外出（民政口径）"}  # a pupil may see the paper
Facts = tuple[tuple[str, str], ...]
OTHER = "（另一名同学）"
GUARDED = (
    "住址、是否寄宿、宿舍、照护人：申请人登记过“不得接走孩子”，或现在不是在册的家庭成员，请先核对有没有法院的判决、"
    "保护令；老师的记录里写到住处的，也请先看一遍"
)


@dataclass(frozen=True)
class Package:
    """What goes out, in plain words; `kept_back` tells the leader, never the guardian, what does not."""

    title: str
    sections: tuple[tuple[str, Facts], ...]
    records: tuple[tuple[str, str, str, str], ...]
    kept_back: tuple[str, ...] = field(default=())


def gather(scope: Scope, petition: Petition) -> Package:
    """Put the package of an approved or waiting petition together."""
    child = petition.child
    family = household(scope, child, scope.on, Need.CHILD_WRITE)
    mine = next((member for member in family if member.person.pk == petition.guardian_id), None)
    guarded = _guarded(scope, petition, mine)
    hidden: Iterable[str] = HIDDEN if guarded else ()
    if of_these_unasked(scope, [child.pk]):
        hidden = {*hidden, "left_behind", "civil"}
    sections = [(title, _facts(child, [name for name in names if name not in hidden])) for title, names in GROUPS]
    if mine:
        sections.append(("申请人自己的信息", _own(mine)))
    sections.append(("家庭成员（只列姓名和关系）", _family(family, petition, guarded=guarded)))
    sections += [
        ("历次登记", _history(scope, child, guarded=guarded)),
        ("帮扶计划", _plans(scope, child)),
        ("家长的同意", _consents(scope, child)),
    ]
    rows, left = _records(scope, child)
    kept = [
        "其他家庭成员的电话、住址、证件号，其他同学的姓名",
        "关注等级的理由、问题的依据和跟进、计划的原因分析和评估、查看痕迹、修改历史",
    ]
    if left:
        kept.append(f"保密的或属于“关注”的记录{left}条（材料里不提及）")
    if guarded:
        kept.append(GUARDED)
    return Package("孩子档案（家长查阅件）", tuple((t, facts) for t, facts in sections if facts), rows, tuple(kept))


def _guarded(scope: Scope, petition: Petition, mine: Member | None) -> bool:
    """Nobody learns where the child lives but itself and who is tied to it now and was never barred."""
    child = petition.child
    if petition.guardian_id is None and not petition.relation and petition.guardian_name == child.name:
        return False
    return mine is None or barred(scope, child, petition.guardian_id, mine.person.name, Need.CHILD_WRITE)


def _facts(child: Child, names: Iterable[str]) -> Facts:
    found = []
    for name in names:
        if said := _said(child, name):
            label = LABELS.get(name) or str(Child._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append((label, said))
    return tuple(found)


def _said(child: Child, name: str) -> str:
    value = getattr(child, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name.endswith("_on"):
        return zh_full(value)
    display = getattr(child, f"get_{name}_display", None)
    return str(display()) if display else str(value)


def _own(mine: Member) -> Facts:
    person = mine.person
    away = (
        f"{zh_full(mine.away.since_on)}起在{mine.away.province}{mine.away.city}"
        if mine.away and mine.away.since_on
        else ""
    )
    told = (
        ("姓名", person.name), ("关系", mine.tie.beside), ("证件号", person.id_number),
        ("电话", "、".join(phone.number for phone in mine.phones)), ("工作单位", person.workplace), ("职业", person.occupation),
        ("住址", person.address), ("微信", person.wechat), ("健康状况", person.health), ("外出", away),
    )  # fmt: skip
    return tuple((label, said) for label, said in told if said)


def _family(family: list[Member], petition: Petition, *, guarded: bool) -> Facts:
    others = [member for member in family if member.person.pk != petition.guardian_id]
    if guarded:
        others = [member for member in others if member.tie.standing == Tie.Standing.LEGAL]
    told = [(member.tie.get_relation_display(), member.person.name) for member in others]
    return tuple((relation, name.removeprefix(relation)) for relation, name in told)


def _history(scope: Scope, child: Child, *, guarded: bool) -> Facts:
    need, found = Need.CHILD_WRITE, []
    for row in Enrolment.objects.within(scope, need).filter(child=child).select_related("klass", "klass__school"):
        place = row.klass.name(row.from_on, row.klass.school.primary_years) if row.klass else "未编班"
        found.append((row.from_on, f"编入{place}{'，寄宿' if row.boarding and not guarded else ''}"))
    for status in ChildStatus.objects.within(scope, need).filter(child=child):
        told = "还没有问" if status.source == ChildStatus.UNTOLD else status.get_left_behind_display()
        found.append((status.from_on, f"外出情况：{told}"))
    for hard in Hardship.objects.within(scope, need).filter(child=child):
        found.append((hard.from_on, f"困境类别：{hard.get_kind_display()}"))
    for one in Assessment.objects.within(scope, need).filter(child=child, replaced=False):
        found.append((one.on, f"五项需要评估：{one.words()}"))
    for care in () if guarded else CareArrangement.objects.within(scope, need).filter(child=child):
        found.append((care.on, f"{care.get_kind_display()}，{care.signer}{care.get_signed_display()}"))
    for pair in Pairing.objects.within(scope, need).filter(child=child).select_related("staff"):
        who = pair.staff.name if pair.staff else OTHER if pair.classmate_id else pair.outsider
        found.append((pair.from_on, f"结对：{pair.get_role_display()}，{who}"))
    return tuple((zh_full(day), said) for day, said in sorted(found))


def _plans(scope: Scope, child: Child) -> Facts:
    """What is planned and done for the child; why, and how it was judged, is the school's own working."""
    need, found = Need.CHILD_WRITE, []
    for goal in PlanGoal.objects.within(scope, need).filter(child=child):
        found.append((goal.until_on, f"目标（{goal.get_lack_display()}）：{goal.words}"))
    for one in PlanAction.objects.within(scope, need).filter(child=child).select_related("owner"):
        done = f"，{one.get_outcome_display()}" if one.done_on else ""
        found.append((one.due_on, f"措施（{one.get_area_display()}）：{one.words}，{one.owner.name}负责{done}"))
    names = _classmates(scope, child)
    return tuple((f"{zh_full(day)}前", _masked(said, names)) for day, said in sorted(found))


def _consents(scope: Scope, child: Child) -> Facts:
    words = {use.code: use.label for use in ASKED}
    said = {"yes": "同意", "no": "不同意"}
    return tuple(
        (zh_full(row.on), f"{row.get_act_display()}：" + "；".join(f"{words[u]}{said[a]}" for u, a in row.answers.items() if u in words))
        for row in history(scope, child)
    )  # fmt: skip


def _records(scope: Scope, child: Child) -> tuple[tuple[tuple[str, str, str, str], ...], int]:
    rows = Record.objects.within(scope, Need.LAW).filter(child=child, withdrawn=False).select_related("by")
    open_rows = rows.filter(confidential=False).exclude(kind__in=HELD_BACK).order_by("happened_on", "id")
    names = _classmates(scope, child)
    told = []
    for row in open_rows:
        kind = KINDS.get(row.kind)
        told.append((zh_full(row.happened_on), kind.label, _masked(in_full(row), names), row.by.name))
    return tuple(told), rows.count() - len(told)


def _classmates(scope: Scope, child: Child) -> list[str]:
    """Give the names of the other children a record may mention, the longest first."""
    here = Q(school_id=child.school_id) & ~Q(pk=child.pk)
    names = Child.objects.within(scope, Need.LAW).filter(here).values_list("name", flat=True)
    return sorted({name for name in names if len(name) > 1 and name != child.name}, key=len, reverse=True)


def _masked(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, OTHER)
    return text


def export_package(scope: Scope, *, petition: Petition) -> Export:
    """Give the package of an approved petition; raises Refused before a leader has approved it."""
    if petition.approved_at is None or petition.state == Petition.State.REFUSED:
        raise Refused("not-approved", "要先由校长或德育主任看过、同意，才能导出给家长的材料")
    with transaction.atomic():
        data = _zip(gather(scope, petition), petition.child.school.name, scope)
        trail.note(
            scope, "export.petition", school=petition.school_id, child=petition.child_id, subject=str(petition.pk)
        )
    return Export(file_name("给家长的材料", f"{scope.on:%Y%m%d}", ending="zip"), "application/zip", data)


def _zip(package: Package, school: str, scope: Scope) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("档案.docx", docx_bytes(_official(package, school, scope)))
        archive.writestr("档案.html", _page(package, school, scope))
        archive.writestr("记录.csv", _table(package))
    return file.getvalue()


def _official(package: Package, school: str, scope: Scope) -> OfficialText:
    rows = Table("老师的记录", ("日期", "事项", "内容", "记录人"), package.records)
    return OfficialText(
        title=package.title,
        foreword=("以下是学校记录的孩子的信息。有不对的地方，请告诉学校更正；看不懂的，可以要求学校说明。",),
        parts=tuple(Part(title, tuple(f"{label}：{said}" for label, said in facts)) for title, facts in package.sections),
        signature=school, signed_on=scope.on, attachments=(rows,) if package.records else (),
    )  # fmt: skip


def _page(package: Package, school: str, scope: Scope) -> str:
    blocks = format_html_join(
        "", "<h2>{}</h2><table>{}</table>",
        ((title, format_html_join("", "<tr><th>{}</th><td>{}</td></tr>", facts)) for title, facts in package.sections),
    )  # fmt: skip
    rows = format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", package.records)
    return format_html(
        '<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>{}</title><style>body{{font:16px/1.7 sans-serif;max-width:48em;margin:2em auto;padding:0 1em}}"
        "table{{border-collapse:collapse;width:100%}}th,td{{border:1px solid #bbb;padding:.3em .6em;text-align:left;"
        "vertical-align:top}}</style><h1>{}</h1><p>{}　{}</p>{}<h2>老师的记录</h2><table>{}</table></html>",
        package.title, package.title, school, zh_full(scope.on), blocks, rows,
    )  # fmt: skip


def _table(package: Package) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    for row in (("日期", "事项", "内容", "记录人"), *package.records):
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in row])
    return "\ufeff" + file.getvalue()
