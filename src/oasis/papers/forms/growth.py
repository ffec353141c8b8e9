"""成长记录袋: a small book a child for the parents at New Year: what went well, works, books, marks (peers.md c13).

Nothing of conduct that was wrong, of talks or of the family stands in it.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from oasis.campus.growth import SORTS
from oasis.campus.models import Growth, Mark
from oasis.campus.models.growth import Subject
from oasis.children.models import Child
from oasis.kit.dates import zh_full
from oasis.papers.files import ChildFile, files_of
from oasis.papers.forms.base import Order, Paper
from oasis.papers.official.book import Book, Chapter, books_docx
from oasis.people.roles import Need
from oasis.people.scope import Scope

_TITLE = "我的成长记录"
SHOWN = (Growth.Kind.GOOD, Growth.Kind.HONOUR, Growth.Kind.WORK, Growth.Kind.BOOK)


def make(order: Order) -> bytes:
    """Write the books of a place or of one child. Two queries beside those of the files."""
    ids = [child.pk for child in order.children]
    kept, marks = _kept(order.scope, ids), _marks(order.scope, ids)
    files = files_of(order.scope, order.children, order.on)
    return books_docx(_TITLE, [_book(file, kept[file.child.pk], marks[file.child.pk], order) for file in files])


def _kept(scope: Scope, ids: list[UUID]) -> dict[UUID, list[Growth]]:
    found: dict[UUID, list[Growth]] = defaultdict(list)
    for row in Growth.objects.within(scope, Need.EXPORT).filter(child__in=ids, kind__in=SHOWN).order_by("on", "pk"):
        found[row.child_id].append(row)
    return found


def _marks(scope: Scope, ids: list[UUID]) -> dict[UUID, list[Mark]]:
    found: dict[UUID, list[Mark]] = defaultdict(list)
    rows = Mark.objects.within(scope, Need.EXPORT).filter(child__in=ids).select_related("exam")
    for row in rows.order_by("exam__on", "pk"):
        found[row.child_id].append(row)
    return found


def _book(file: ChildFile, kept: list[Growth], marks: list[Mark], order: Order) -> Book:
    child = file.child
    cover = (child.name, f"{order.place.school.name} {file.klass}", f"班主任：{file.homeroom.name}", zh_full(order.on))
    chapters = [Chapter("我是谁", _self(child, kept)), Chapter("贴一张照片或画一张自己", box=60)]
    chapters += [chapter for chapter in (_honours(kept), _learnt(marks), *_rest(kept)) if chapter]
    chapters += [
        Chapter("老师的话", box=45), Chapter("我想对爸爸妈妈说", box=60), Chapter("爸爸妈妈的话", box=60),
        Chapter("贴我的作品、奖状和信", box=150),
    ]  # fmt: skip
    return Book(_TITLE, cover, tuple(chapters))


def _self(child: Child, kept: Iterable[Growth]) -> tuple[str, ...]:
    """Give what the child says of itself; lines to fill where nothing was told."""
    own = [row.words for row in kept if row.sort == "self" and row.words]
    told = [
        ("生日", zh_full(child.birth_on) if child.birth_on else ""),
        ("爱好特长", child.interests),
        ("心愿", child.wishes),
    ]
    return (*(f"{label}：{words or '＿＿＿＿＿＿＿＿＿＿'}" for label, words in told), *own)


def _honours(kept: list[Growth]) -> Chapter | None:
    rows = tuple(
        (zh_full(row.on), row.title, row.get_level_display(), row.giver)
        for row in kept
        if row.kind == Growth.Kind.HONOUR
    )
    return Chapter("我的荣誉", head=("日期", "荣誉", "级别", "授予单位"), rows=rows) if rows else None


def _learnt(marks: list[Mark]) -> Chapter | None:
    sat: dict[str, dict[str, str]] = defaultdict(dict)
    for mark in marks:
        sat[f"{mark.exam.on:%Y.%m} {mark.exam.name}"][mark.subject] = f"{mark.points:g}"
    subjects = [subject for subject in Subject if any(subject.value in told for told in sat.values())][:6]
    rows = tuple((name, *(told.get(one.value, "") for one in subjects)) for name, told in sat.items())
    return Chapter("我的学习", head=("考试", *(str(one.label) for one in subjects)), rows=rows) if rows else None


def _rest(kept: list[Growth]) -> list[Chapter]:
    titles = ((Growth.Kind.GOOD, "老师看到的好"), (Growth.Kind.WORK, "我的作品"), (Growth.Kind.BOOK, "我读过的书"))
    found = []
    for kind, title in titles:
        lines = tuple(_told(row) for row in kept if row.kind == kind)
        if lines:
            found.append(Chapter(title, lines))
    return found


def _told(row: Growth) -> str:
    sort = SORTS.get(row.sort, "")
    name = f"《{row.title}》" if row.kind == Growth.Kind.BOOK else f"{row.title}（{sort}）" if row.title else sort
    words = f"：{row.words}" if row.words and row.sort != "self" else ""
    return f"{zh_full(row.on)}　{name}{row.giver}{words}"


PAPER = Paper(
    "growth",
    "成长记录袋",
    "一人一本小册子（A5）：荣誉、作品、读过的书、成绩，留给孩子和家长写话、贴作品",
    "docx",
    make,
    single=True,
    history=True,
)
