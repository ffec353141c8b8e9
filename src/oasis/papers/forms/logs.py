"""Logs of the term: contact with parents, contact with carers, tutoring, everything a helper did (domain.md 2.8, 2.11, 2.12)."""

from collections.abc import Callable

from oasis.kit.dates import zh_full, zh_short
from oasis.papers.files import ChildFile
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import OPEN, Table, files, list_paper, term_of, told
from oasis.papers.sheets.shape import Listing
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from oasis.records.wording import choice_words, headline

Cells = Callable[[Record], tuple[str, ...]]
_WHO = ("序号", "日期", "班级", "学生")
_WHO_WIDTHS = (0.8, 1.3, 1.5, 1.4)
_SIGN = ("填表人：＿＿＿＿＿", "审核人：＿＿＿＿＿", "日期：＿＿＿＿＿")


def _log(order: Order, title: str, kinds: tuple[str, ...], columns: dict[str, float], cells: Cells) -> Table:
    """Give every record of these kinds, by day."""
    by_child = told(order, kinds)
    known = {file.child.pk: file for file in files(order, by_child.keys())}
    rows = sorted(
        (row for records in by_child.values() for row in records), key=lambda row: (row.happened_on, str(row.pk))
    )
    listing = Listing(
        (*_WHO, *columns), tuple(_row(n, known[row.child_id], row, cells) for n, row in enumerate(rows, start=1)),
        (*_WHO_WIDTHS, *columns.values()),
    )  # fmt: skip
    place = order.place
    above = (
        f"学校（盖章）：{place.school.name}",
        place.label,
        str(term_of(order)),
        f"共{len(rows)}次",
        f"打印：{zh_full(order.on)}",
    )
    return Table(title, above, listing, (OPEN, *_SIGN))


def _row(number: int, file: ChildFile, row: Record, cells: Cells) -> tuple[str, ...]:
    return (str(number), zh_short(row.happened_on), file.klass, file.child.name, *cells(row))


def _said(row: Record) -> dict[str, str]:
    return dict(KINDS.get(row.kind).lines(row))


def _word(row: Record, field: str, value: str) -> str:
    return choice_words(KINDS.get(row.kind), field, value)


def contacts(order: Order) -> Table:
    """Give calls and letters between children and parents; not a word of what was said (未保法 63)."""
    columns = {
        "联系对象": 1.4,
        "方式": 1.2,
        "结果": 1.6,
        "时长（分钟）": 1.2,
        "情绪": 1.1,
        "谁打的": 1.6,
        "值班教师": 1.5,
    }
    return _log(order, "亲情电话（视频、书信）记录表", ("family-call", "family-letter"), columns, _contact)


def _contact(row: Record) -> tuple[str, ...]:
    said = _said(row)
    way = "书信" if row.kind == "family-letter" else _word(row, "channel", row.channel)
    mood, began = said.get("孩子的情绪", ""), said.get("谁打的", "")
    whom, result = _word(row, "with_whom", row.with_whom), _word(row, "outcome", row.outcome)
    return (
        whom,
        way,
        "已寄（已收）" if row.kind == "family-letter" else result,
        said.get("时长（分钟）", ""),
        mood,
        began,
        str(row.by),
    )


def carers(order: Order) -> Table:
    """Give what the school told carers and parents, and heard from them."""
    columns = {
        "联系的人": 1.4,
        "方式": 1.1,
        "结果": 1.3,
        "通报了什么": 1.7,
        "说了什么": 4.6,
        "约定": 2.6,
        "联系人": 1.4,
    }
    return _log(order, "监护人联系记录表", ("carer-contact", "feedback"), columns, _carer)


def _carer(row: Record) -> tuple[str, ...]:
    said = _said(row)
    topics = said.get("通报了哪些情况", "") or said.get("哪些方面", "")
    agreed = said.get("约定的事", "") or said.get("家长的意见", "")
    whom, way, result = (_word(row, name, getattr(row, name)) for name in ("with_whom", "channel", "outcome"))
    return (whom, way, result, topics, row.summary, agreed, str(row.by))


def tutoring(order: Order) -> Table:
    """Give the help with learning."""
    columns = {"科目": 1.6, "怎样辅导的": 5, "效果": 1.4, "时长（分钟）": 1.2, "下次": 2.2, "辅导教师": 1.5}
    return _log(order, "学习辅导记录表", ("tutoring",), columns, _tutoring)


def _tutoring(row: Record) -> tuple[str, ...]:
    said = _said(row)
    minutes, later = said.get("时长（分钟）", ""), said.get("下次辅导什么", "")
    return (said.get("辅导内容", ""), row.summary, said.get("效果", ""), minutes, later, str(row.by))


def helping(order: Order) -> Table:
    """Give everything that was done with the child, for the helper's folder."""
    kinds = ("talk", "tutoring", "visit", "moral", "life-service", "group-talk", "feedback", "carer-contact")
    columns = {"做了什么": 2.6, "内容": 6, "下次跟进": 1.4, "帮扶人": 1.5, "学生签名": 1.4}
    return _log(order, "帮扶记录表", kinds, columns, _helping)


def _helping(row: Record) -> tuple[str, ...]:
    return (headline(row), row.summary, zh_short(row.next_step_on) if row.next_step_on else "", str(row.by), "")


CONTACTS = list_paper(
    "contact-log", "亲情电话记录表", "本学期孩子和父母的通话、书信；不写通话内容", contacts, history=True
)
CARERS = list_paper("carer-log", "监护人联系记录表", "本学期和照护人、家长的联系", carers, history=True)
TUTORING = list_paper("tutoring-log", "学习辅导记录表", "本学期的学习辅导", tutoring, history=True)
HELPING = list_paper("help-log", "帮扶记录表", "本学期为孩子做的每一件事，留签名处", helping, history=True)
