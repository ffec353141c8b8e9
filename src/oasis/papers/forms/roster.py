"""花名册: one row a child (domain.md 2.3)."""

from collections.abc import Sequence
from datetime import date

from oasis.kit.codes import LeftBehind
from oasis.kit.dates import zh_full, zh_month
from oasis.papers.files import ChildFile, Relative, files_of
from oasis.papers.forms.base import Order, Paper
from oasis.papers.official.roster import Stack, roster_docx
from oasis.papers.places import Place
from oasis.papers.spreadsheet import Column, Roster, roster_xlsx

COLUMNS = (
    Column("序号"), Column("年级班级"), Column("姓名"), Column("性别"), Column("民族"), Column("出生年月"), Column("学籍号"),
    Column("身份证号"), Column("家庭住址"), Column("是否寄宿"), Column("留守类型"),
    Column("姓名", "父亲"), Column("务工地", "父亲"), Column("电话", "父亲"),
    Column("姓名", "母亲"), Column("务工地", "母亲"), Column("电话", "母亲"),
    Column("姓名", "照护人"), Column("关系", "照护人"), Column("电话", "照护人"),
    Column("困境类别"), Column("帮扶教师"), Column("备注"),
)  # fmt: skip

# The columns of the Word page, and which of the roster's stand in each, under one another.
STACKS = (
    (Stack(("序号",), 2.2), (0,)), (Stack(("年级", "班级"), 4.2), (1,)), (Stack(("姓名",), 4.0), (2,)),
    (Stack(("性别", "民族"), 3.2), (3, 4)), (Stack(("出生", "年月"), 5.4), (5,)),
    (Stack(("学籍号", "身份证号"), 10.6), (6, 7)), (Stack(("家庭住址",), 7.5), (8,)), (Stack(("寄宿",), 2.4), (9,)),
    (Stack(("留守", "类型"), 2.6), (10,)), (Stack(("父亲", "务工地、电话"), 6.8), (11, 12, 13)),
    (Stack(("母亲", "务工地、电话"), 6.8), (14, 15, 16)), (Stack(("照护人", "关系、电话"), 6.8), (17, 18, 19)),
    (Stack(("困境", "类别"), 4.2), (20,)), (Stack(("帮扶", "教师"), 3.6), (21,)), (Stack(("备注",), 4.2), (22,)),
)  # fmt: skip

_TYPES = {LeftBehind.NO: "非留守", LeftBehind.ONE: "一方外出", LeftBehind.BOTH: "双方外出"}


def roster(files: Sequence[ChildFile], *, school: str, place: str, on: date, mark: str = "") -> bytes:
    """Write the roster of a class or school as .xlsx; its title says what all in it are."""
    return roster_xlsx(filled(files, school=school, place=place, on=on, mark=mark))


def roster_word(files: Sequence[ChildFile], place: Place, on: date) -> bytes:
    """Write the same roster as .docx."""
    made = filled(files, school=place.school.name, place=place.name, on=on)
    rows = [[tuple(row[at] for at in at_once) for _stack, at_once in STACKS] for row in made.rows]
    return roster_docx(made.title, made.above, [stack for stack, _at in STACKS], rows, made.below)


def filled(files: Sequence[ChildFile], *, school: str, place: str, on: date, mark: str = "") -> Roster:
    """Give the roster with its title, its rows and the lines to sign."""
    who = "留守儿童" if files and all(file.child.left_behind for file in files) else "学生"
    return Roster(
        title=f"{school}{place}{who}花名册",
        above=(f"填报单位（盖章）：{school}", f"填报日期：{zh_full(on)}", f"共{len(files)}人"),
        columns=COLUMNS,
        rows=[(str(number), *row(file)) for number, file in enumerate(files, start=1)],
        below=("填表人：＿＿＿＿＿＿", "审核人：＿＿＿＿＿＿", "单位负责人：＿＿＿＿＿＿"),
        mark=mark,
    )


def row(file: ChildFile) -> tuple[str, ...]:
    """Give one child's cells, from class to remark."""
    child = file.child
    return (
        file.klass, child.name, child.get_sex_display(), child.get_ethnic_display(),
        zh_month(child.birth_on) if child.birth_on else "", child.student_no, child.id_number,
        child.address, "寄宿" if child.boarding else "走读", "还没有问" if file.unasked else _TYPES[LeftBehind(child.left_behind)],
        *_parent(file.father), *_parent(file.mother), *_carer(file.carer),
        "、".join(file.hardships), file.helper.name, child.remark,
    )  # fmt: skip


def _parent(one: Relative | None) -> tuple[str, str, str]:
    return (one.given, one.place, one.phone) if one else ("—", "—", "—")


def _carer(one: Relative | None) -> tuple[str, str, str]:
    return (one.given, one.relation, one.phone) if one else ("", "", "")


def make(order: Order) -> bytes:
    """Fill the roster of a place."""
    files = files_of(order.scope, order.children, order.on)
    return roster(files, school=order.place.school.name, place=order.place.name, on=order.on, mark=order.mark)


def make_word(order: Order) -> bytes:
    """Fill the roster of a place as a Word table."""
    return roster_word(files_of(order.scope, order.children, order.on), order.place, order.on)


PAPER = Paper(
    "roster", "花名册", "一人一行：Word 用 A4 横向，Excel 用 A3 横向，可直接打印盖章", "xlsx", make, gathers=True,
    others=(("docx", make_word),),
)  # fmt: skip
