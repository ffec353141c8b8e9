"""The import template of the national student register (学籍), 71 columns (domain.md 3.7)."""

from oasis.intake.sheets.base import Heading, Sheet

CHILD = (
    ("学校标识码", None), ("姓名", "name"), ("性别", "sex"), ("出生日期", "birth_on"),
    ("出生地行政区划代码", None), ("籍贯", "native_place"), ("民族", "ethnic"), ("国籍/地区", None),
    ("身份证件类型", None), ("港澳台侨外", None), ("健康状况", "health"), ("政治面貌", None),
    ("身份证件号", "id_number"), ("户口性质", "household"), ("户口所在地行政区划", None), ("班号", "klass"),
    ("入学年月", "entered_on"), ("入学方式", None), ("就读方式", "boarding"), ("现住址", "address"),
    ("通信地址", None), ("家庭地址", None), ("联系电话", "phone"), ("邮政编码", None),
    ("是否独生子女", "only_child"), ("是否受过学前教育", None), ("是否留守儿童", "left_behind"),
    ("是否需要申请资助", None), ("是否享受一补", None), ("是否孤儿", "orphan"), ("是否烈士或优抚子女", None),
    ("上下学距离", "distance_km"), ("上下学方式", "commute"), ("是否需要乘坐校车", None),
    ("曾用名", "former_name"), ("身份证件有效期", None), ("血型", None), ("特长", "interests"),
    ("学籍辅号", None), ("班内学号", "class_no"), ("学生来源", None), ("电子信箱", None), ("主页地址", None),
    ("残疾类型", "disability"), ("是否由政府购买学位", None), ("随班就读", None),
)  # fmt: skip
MEMBER = (
    ("姓名", "name"), ("关系", "relation"), ("关系说明", None), ("现住址", "address"),
    ("户口所在地行政区划", None), ("联系电话", "phone"), ("是否监护人", "guardian"), ("身份证件类型", None),
    ("身份证件号", "id_number"), ("民族", None), ("工作单位", "unit"), ("职务", "work"),
)  # fmt: skip

NATIONAL = Sheet(
    code="national",
    label="全国学籍系统模板",
    about="从学籍系统导出的学生信息表，71 列，含两名家庭成员。",
    headings=(
        *(Heading(words, field) for words, field in CHILD),
        *(
            Heading(words, f"member{n}.{field}" if field else None, f"成员{n}")
            for n in (1, 2)
            for words, field in MEMBER
        ),
        Heading("是否进城务工人员随迁子女", None),
    ),
    own_headings=True,
)
