"""The roster of left-behind children, one row a child, as schools hand it in (domain.md 2.3)."""

from oasis.intake.sheets.base import Heading, Sheet

CARE_ROSTER = Sheet(
    code="care-roster",
    label="留守儿童花名册",
    about="学校每学期上报的花名册，含父母务工地、监护人和联系电话。",
    headings=(
        Heading("序号", None),
        Heading("学校", None),
        Heading("年级班级", "klass"),
        Heading("姓名", "name"),
        Heading("性别", "sex"),
        Heading("民族", "ethnic"),
        Heading("出生年月", "birth_on"),
        Heading("身份证号", "id_number"),
        Heading("家庭住址", "address"),
        Heading("是否寄宿", "boarding"),
        Heading("留守类型", "left_behind"),
        Heading("姓名", "father.name", "父亲"),
        Heading("务工地", "father.place", "父亲"),
        Heading("电话", "father.phone", "父亲"),
        Heading("姓名", "mother.name", "母亲"),
        Heading("务工地", "mother.place", "母亲"),
        Heading("电话", "mother.phone", "母亲"),
        Heading("姓名", "carer.name", "监护人"),
        Heading("关系", "carer.relation", "监护人"),
        Heading("电话", "carer.phone", "监护人"),
        Heading("困境类别", "hardship"),
        Heading("帮扶教师", "helper"),
        Heading("备注", "remark"),
    ),
    title_words=("留守",),
    all_left_behind=True,
)
