"""USES: what children's data are used for; which use the law itself orders, and which needs a guardian's yes."""

from dataclasses import dataclass

from oasis.kit.catalogue import Catalogue


@dataclass(frozen=True)
class Use:
    """One use of data. Without `asks` a statutory duty carries it (PIPL 13(1)(3)) and guardians are told, not asked.

    `columns` are the columns of the child's file that may be filled only after a yes; `undone` says what a withdrawal does.
    """

    code: str
    label: str
    about: str
    article: str
    asks: bool = False
    columns: frozenset[str] = frozenset()
    undone: str = ""


USES = Catalogue(
    Use("care-file", "建立关爱档案", "姓名、班级、证件号、住址、家庭成员、监护和照护情况、健康状况、帮扶记录", "未成年人保护法第29条"),
    Use("contact", "和家长、照护人联系", "家长和照护人的姓名、电话、外出情况、委托照护的书面告知", "未成年人保护法第22、23、37条"),
    Use("safety", "保护孩子的安全", "发现受到侵害或面临危险时，向公安、教育等部门报告", "未成年人保护法第11条"),
    Use("figures", "上报不带姓名的统计数字", "人数、比例，不含姓名和证件号", "未成年人保护法第29条"),
    Use(
        "photo", "在档案里放孩子的照片", "一张近照，只放在档案里，只有能看这份档案的老师看得到", "个人信息保护法第28、29条",
        asks=True, undone="档案里的照片全部删除",
    ),
    Use(
        "publicity", "在宣传中使用照片、作品", "校园橱窗、学校公众号、活动报道里的照片和作品；不写留守、困境等情况", "个人信息保护法第25条",
        asks=True, undone="今后的宣传不再使用；已经发出的，由学校撤下",
    ),
    Use(
        "mind", "记录心理状况", "心理测评的结论和心理状况的概括", "个人信息保护法第28、29条", asks=True, columns=frozenset({"mind"}),
        undone="档案里的“心理状况”清空，以前的值一并删除",
    ),
    Use(
        "family-life", "记录父母婚姻状况", "父母是否离异、再婚", "个人信息保护法第6、29条", asks=True, columns=frozenset({"marital"}),
        undone="档案里的“父母婚姻状况”清空，以前的值一并删除",
    ),
    Use(
        "outside", "请校外人员结对帮扶", "向志愿者、退休教师、爱心单位介绍孩子的姓名、班级和需要的帮助", "个人信息保护法第23条",
        asks=True, undone="与校外人员的结对当天结束",
    ),
)  # fmt: skip
ASKED = tuple(use for use in USES if use.asks)
TOLD = tuple(use for use in USES if not use.asks)


def use_of_column(column: str) -> Use | None:
    """Give the use that a column of the child's file belongs to, None when it needs no yes."""
    return next((use for use in ASKED if column in use.columns), None)
