"""An exam's marks out of a sheet: heads found, pupils matched by name within one class, what cannot be read said in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from oasis.campus.models.growth import Subject
from oasis.intake.cleaning.names import cleared
from oasis.intake.cleaning.text import Unclear
from oasis.intake.reading import Line, read
from oasis.kit.refused import Refused

NAMES, NUMBERS = ("姓名", "学生姓名", "名字"), ("学号", "班内学号", "座号")
ALSO = {
    "外语": Subject.ENGLISH,
    "道法": Subject.MORALS,
    "思品": Subject.MORALS,
    "政治": Subject.MORALS,
    "品德": Subject.MORALS,
}
SUBJECTS = {str(subject.label): subject for subject in Subject} | ALSO
MISSED = frozenset({"", "缺", "缺考", "未考", "请假", "病假", "-", "—", "/"})
HEADS_WITHIN, MOST = 12, 2000


@dataclass(frozen=True)
class Sitter:
    """A pupil of the class, as far as a sheet may name one."""

    id: UUID
    name: str
    class_no: str


@dataclass(frozen=True)
class Row:
    """A row read: whose, with which marks; or what is wrong with it."""

    number: int
    name: str
    child: UUID | None
    marks: dict[str, str]
    wrong: str = ""


@dataclass(frozen=True)
class MarkSheet:
    """A sheet read: the subjects it has, its rows."""

    subjects: tuple[Subject, ...]
    rows: tuple[Row, ...]

    @property
    def good(self) -> list[Row]:
        """The rows that can be entered."""
        return [row for row in self.rows if not row.wrong]

    @property
    def refused(self) -> list[Row]:
        """The rows that cannot, with the reason."""
        return [row for row in self.rows if row.wrong]


def read_marks(data: bytes, roll: Sequence[Sitter], full: int, *, largest: int) -> MarkSheet:
    """Read the first sheet that has names and subjects; raises Refused when there is none."""
    for sheet in read(data, largest=largest, most_rows=MOST).sheets:
        lines = list(sheet.lines())
        for at, line in enumerate(lines[:HEADS_WITHIN]):
            columns = _columns(line)
            if "name" in columns and len(columns) > 1 + ("number" in columns):
                return _read(lines[at + 1 :], columns, roll, full)
    raise Refused("no-heads", "没有找到“姓名”和科目（语文、数学……）这一行表头。请检查表格的第一行写的是什么。")


def _columns(line: Line) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(line.cells):
        head = "".join(cell.split()).removesuffix("成绩").removesuffix("分数")
        if head in NAMES:
            found.setdefault("name", at)
        elif head in NUMBERS:
            found.setdefault("number", at)
        elif head in SUBJECTS:
            found.setdefault(SUBJECTS[head].value, at)
    return found


def _read(lines: Sequence[Line], columns: dict[str, int], roll: Sequence[Sitter], full: int) -> MarkSheet:
    subjects = tuple(subject for subject in Subject if subject.value in columns)
    rows, seen = [], set()
    for line in lines:
        name = _cell(line, columns["name"])
        if not name or name in ("平均分", "合计", "总分", "平均", "及格率", "优秀率"):
            continue
        row = _row(line, name, columns, subjects, roll, full)
        if row.child in seen and row.child is not None:
            row = Row(row.number, row.name, None, {}, "这个孩子在表里出现了两次，只取前一行")
        seen.add(row.child)
        rows.append(row)
    return MarkSheet(subjects, tuple(rows))


def _row(
    line: Line, name: str, columns: dict[str, int], subjects: tuple[Subject, ...], roll: Sequence[Sitter], full: int
) -> Row:
    try:
        meant = cleared(name)
    except Unclear as unclear:
        return Row(line.number, name, None, {}, str(unclear))
    own = [one for one in roll if meant in (one.name, _known(one.name))]
    if len(own) > 1 and "number" in columns:
        own = [one for one in own if one.class_no and one.class_no == _cell(line, columns["number"])]
    if len(own) != 1:
        wrong = "班里有同名的孩子，请在表里加一列班内学号" if own else "班里没有这个姓名的孩子"
        return Row(line.number, name, None, {}, wrong)
    marks = {}
    for subject in subjects:
        text = _cell(line, columns[subject.value])
        if text in MISSED:
            continue
        points = _points(text, full)
        if points is None:
            return Row(line.number, name, None, {}, f"{subject.label}“{text}”不是0到{full}之间的分数")
        marks[subject.value] = str(points)
    return Row(line.number, name, own[0].id, marks)


def _known(name: str) -> str:
    try:
        return cleared(name)
    except Unclear:  # a name of a file that no roster would take
        return name


def _cell(line: Line, at: int) -> str:
    return line.cells[at].strip() if at < len(line.cells) else ""


def _points(text: str, full: int) -> Decimal | None:
    try:
        points = round(Decimal(text.removesuffix("分")), 1)
    except InvalidOperation:
        return None
    return points if points.is_finite() and 0 <= points <= full else None
