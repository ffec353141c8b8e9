"""A class list as teachers make it by hand."""

from oasis.intake.sheets.base import Heading, Sheet

CLASS_LIST = Sheet(
    code="class-list",
    label="班级学生名册",
    about="班主任自己做的名册，有姓名和几列常用信息即可；一个班一张工作表也可以。",
    headings=(
        Heading("序号", None),
        Heading("班级", "klass"),
        Heading("姓名", "name"),
        Heading("性别", "sex"),
        Heading("民族", "ethnic"),
        Heading("出生日期", "birth_on"),
        Heading("身份证号", "id_number"),
        Heading("学籍号", "student_no"),
        Heading("是否寄宿", "boarding"),
        Heading("家庭住址", "address"),
        Heading("父亲姓名", "father.name"),
        Heading("父亲电话", "father.phone"),
        Heading("母亲姓名", "mother.name"),
        Heading("母亲电话", "mother.phone"),
        Heading("备注", "remark"),
    ),
    title_words=("名册", "名单", "花名册", "通讯录"),
)
