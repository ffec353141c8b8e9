"""登记表: one page a child, after the form of 2016 and the school's file (domain.md 2.1, 2.2)."""

from collections.abc import Sequence
from datetime import date

from oasis.kit.dates import age_on, zh_full, zh_month
from oasis.papers.files import ChildFile, Relative, files_of
from oasis.papers.formbook import forms_xlsx
from oasis.papers.forms.base import Order, Paper
from oasis.papers.official.form import Entry, FormPage, forms_docx

Row = tuple[Entry, ...]


def registration(files: Sequence[ChildFile], *, school: str, on: date) -> bytes:
    """Write the forms of the children, each on its own page, as .docx."""
    return forms_docx("儿童基本情况登记表", [page(file, school=school, on=on) for file in files])


def registration_book(files: Sequence[ChildFile], *, school: str, on: date, mark: str = "") -> bytes:
    """Write the same forms as .xlsx, a sheet a child."""
    return forms_xlsx(
        "儿童基本情况登记表", [(file.child.name, page(file, school=school, on=on)) for file in files], mark
    )


def page(file: ChildFile, *, school: str, on: date) -> FormPage:
    """Fill one form; what is not on file stays empty to be written by hand."""
    rows = (*_child(file), *_parents(file), *_carer(file, on), *_growth(file))
    return FormPage(
        title="农村留守儿童基本情况登记表",
        above=(f"填报单位（盖章）：{school}", f"档案编号：{file.child.file_no}", f"填报日期：{zh_full(on)}"),
        rows=rows,
        below=("监护人（照护人）签字：＿＿＿＿＿", "班主任签字：＿＿＿＿＿", "学校负责人：＿＿＿＿＿"),
    )


def _child(file: ChildFile) -> tuple[Row, ...]:
    child = file.child
    ill = "、".join(part for part in (child.get_disability_display(), _grade(child.disability_grade)) if part)
    return (
        (Entry("姓名", child.name), Entry("性别", child.get_sex_display()), Entry("民族", child.get_ethnic_display())),
        (Entry("出生日期", _day(child.birth_on)), Entry("身份证号", child.id_number, 2, 6)),
        (Entry("班级", file.klass), Entry("学籍号", child.student_no, 2, 6)),
        (
            Entry("入学年月", _month(child.entered_on)),
            Entry("班主任", file.homeroom.name),
            Entry("帮扶教师", file.helper.name),
        ),
        (
            Entry("户籍所在地", child.household_place, 2, 6),
            Entry("登记户口", _yes_no(child.registered)),
        ),
        (Entry("现住址", child.address, 2, 10),),
        (
            Entry("是否寄宿", "是" if child.boarding else "否"),
            Entry("身体情况", child.get_health_display()),
            Entry("残疾类别等级", ill),
        ),
        (
            Entry("教育口径", "还没有问" if file.unasked else child.get_left_behind_display()),
            Entry("民政口径", "还没有问" if file.unasked else "是" if child.civil else "否"),
            Entry("起始年月", _month(file.status.since_on) if file.status else ""),
        ),
        (Entry("困境类别", "、".join(file.hardships) or "无", 2, 10),),
    )


def _parents(file: ChildFile) -> tuple[Row, ...]:
    rows: list[Row] = []
    for label, one in (("父亲", file.father), ("母亲", file.mother)):
        person = one.tie.person if one else None
        rows += [
            (
                Entry(label, one.given if one else "—"),
                Entry("出生日期", _day(person.birth_on) if person else ""),
                Entry("联系电话", one.phone if one else ""),
            ),
            (
                Entry("身份证号", person.id_number if person else "", 2, 4),
                Entry("务工地点", one.place if one else "", 2, 4),
            ),
            (
                Entry("外出时间", one.away_since if one else ""),
                Entry("从事工作", one.away.work if one and one.away else ""),
                Entry("回家频次", one.away.get_home_every_display() if one and one.away else ""),
            ),
        ]
    return tuple(rows)


def _carer(file: ChildFile, on: date) -> tuple[Row, ...]:
    carer, child = file.carer, file.child
    person = carer.tie.person if carer else None
    age = str(age_on(person.birth_on, on)) if person and person.birth_on else ""
    notice = file.arrangement
    return (
        (
            Entry("照护人", carer.given if carer else ""),
            Entry("与儿童关系", carer.relation if carer else ""),
            Entry("联系电话", carer.phone if carer else ""),
        ),
        (
            Entry("年龄", age),
            Entry("文化程度", person.education if person else ""),
            Entry("健康状况", person.health if person else ""),
        ),
        (Entry("身份证号", person.id_number if person else "", 2, 4), Entry("住址", _home(carer, child.address), 2, 4)),
        (
            Entry("监护类型", child.get_care_display()),
            Entry("照护评估", child.get_care_rating_display()),
            Entry("委托告知", _day(notice.received_on or notice.on) if notice else "未收到"),
        ),
        (Entry("经济来源", child.income, 2, 4), Entry("救助帮扶", child.aid, 2, 4)),
        (Entry("紧急联系人", _calls(file.relatives), 2, 10),),
        (Entry("村儿童主任", child.village_contact, 2, 4), Entry("电话", child.village_phone, 2, 4)),
    )


def _growth(file: ChildFile) -> tuple[Row, ...]:
    child = file.child
    return (
        (Entry("性格爱好", "；".join(part for part in (child.character, child.interests) if part), 2, 10),),
        (Entry("学习情况", child.study, 2, 10),),
        (Entry("品行心理", "；".join(part for part in (child.conduct, child.thought) if part), 2, 10),),
        (Entry("备注", child.remark, 2, 10),),
    )


def _calls(relatives: Sequence[Relative]) -> str:
    reachable = [one for one in relatives if one.reachable][:2]
    return "；".join(f"{one.called}{one.reachable}" for one in reachable)


def _home(carer: Relative | None, childs: str) -> str:
    if carer is None:
        return ""
    return carer.tie.person.address or (childs if carer.tie.lives_with else "")


def _day(day: date | None) -> str:
    """Write a day as forms do where cells are narrow."""
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def _month(day: date | None) -> str:
    return zh_month(day) if day else ""


def _grade(grade: int | None) -> str:
    return f"{grade}级" if grade else ""


def make(order: Order) -> bytes:
    """Fill the forms of a place or of one child."""
    files = files_of(order.scope, order.children, order.on)
    return registration(files, school=order.place.school.name, on=order.on)


def make_book(order: Order) -> bytes:
    """Fill the forms as a workbook."""
    files = files_of(order.scope, order.children, order.on)
    return registration_book(files, school=order.place.school.name, on=order.on, mark=order.mark)


PAPER = Paper(
    "registration", "登记表", "一人一页，已有的信息都填好，留签字处", "docx", make, single=True, gathers=True,
    others=(("xlsx", make_book),),
)  # fmt: skip


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "是" if said else "否"
