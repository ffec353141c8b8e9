"""HEADINGS: the words by which rosters and forms ask for what a file holds, one entry a fact, with its spellings.

Rosters on their way in (intake) and forms on their way out (papers) read the same words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from oasis.kit.catalogue import Catalogue
from oasis.kit.codes import Hardship
from oasis.kit.text import listed


@dataclass(frozen=True, slots=True)
class Heading:
    """A fact, its label, and the words over its column or beside its cell."""

    code: str
    label: str
    heads: tuple[str, ...] = ()


def h(code: str, label: str, *heads: str) -> Heading:
    """Declare a heading: its label is one of its words."""
    return Heading(code, label, (label, *" ".join(heads).split()))


CHILD = (
    h("name", "姓名", "学生姓名 名字 儿童姓名 学生 孩子姓名 幼儿姓名 留守儿童姓名 姓名中文"),
    h("sex", "性别", "男女 性別 学生性别"),
    h("birth_on", "出生日期", "出生年月 出生年月日 生日 出生时间 出生 学生出生日期 出生年月份"),
    h("id_number", "身份证号",
      "身份证件号 身份证号码 公民身份号码 公民身份证号码 身份证 学生身份证号 学生身份证号码 证件号码",
      "身份证件号码 学生身份证 儿童身份证号 居民身份证号 证件号 身份证号(18位)"),
    h("student_no", "学籍号", "全国学籍号 学籍号码 学籍编号 国网学籍号 学籍 学生学籍号"),
    h("class_no", "班内学号", "学号 座号 班级学号 座位号"),
    h("ethnic", "民族", "族别 名族"),
    h("klass", "班级",
      "班 所在班级 年级班级 就读班级 班别 班级名称 年班 所在年级班级 年级班 班号 学校班级",
      "现就读班级"),
    h("grade", "年级", "所在年级 就读年级 年级名称"),
    h("former_name", "曾用名", "原名"),
    h("boarding", "是否寄宿",
      "就读方式 寄宿 住校 是否住校 住宿 是否住宿 走读住校 是否学校寄宿 寄宿走读 寄宿情况 住读",
      "是否寄宿生 是否住宿生 是不是住校 住校否 是否内宿 住校走读 走读寄宿"),
    h("left_behind", "是否留守儿童",
      "留守类型 留守 是否留守 留守情况 留守儿童类型 留守儿童 是否为留守儿童 留守类别 父母外出情况",
      "外出类型 谁在外 谁外出 谁在外面 谁在外地 谁在外打工 谁外出务工 父母谁外出 父母谁在外 哪方外出 外出方"),
    h("since_on", "留守起始年月", "留守时间 何时留守 留守起始时间 开始留守时间"),
    h("both_away", "父母双方同时外出", "双方外出 父母双方外出 父母是否双方外出"),
    h("one_unable", "一方外出另一方无监护能力", "一方外出另一方无能力"),
    h("care", "实际照护类型", "监护类型 照护类型 监护情况 抚养类型 监护方式 看护类型",
      "跟谁住 和谁住 与谁住 跟谁一起住 和谁一起住 与谁同住 跟谁生活 和谁生活 与谁生活 随谁生活 跟谁一起生活 现跟谁住 现在跟谁住",
      "平时跟谁住 同住人 随谁居住 跟谁居住 和谁居住 与谁居住 现随谁居住 现跟谁生活 平时跟谁生活 跟谁过 平时跟谁"),
    h("care_rating", "照护评级", "监护评级 监护情况评估"),
    h("health", "健康状况", "身体情况 身体状况 健康情况 身体健康状况"),
    h("health_note", "疾病史", "患病类型 病史 疾病 既往病史 特殊疾病"),
    h("allergies", "过敏史", "过敏"),
    h("disability", "残疾类别", "残疾类型 残疾种类 残疾情况"),
    h("hardship", "困境类别",
      "困难类型 困境类型 困境儿童类型 困难类别 贫困类型 家庭困难类型 困境儿童类别"),
    h("orphan", "是否孤儿", "孤儿"),
    h("low_income", "是否低保", "低保 低保户 低保家庭 是否低保户 是否低保家庭 享受低保 是否享受低保"),
    h("lifted", "是否脱贫户", "脱贫户 是否脱贫 建档立卡 建档立卡户 是否建档立卡 是否建档立卡户 建档立卡贫困户 是否建档立卡贫困户"),
    h("single", "是否单亲家庭", "单亲家庭 是否单亲 离异单亲"),
    h("household", "户口性质", "户口类型 户籍性质 户口"),
    h("household_place", "户籍所在地",
      "户口所在地 户籍地址 户籍地 户口所在地详细地址 户口地址 户口所在地行政区划"),
    h("native_place", "籍贯"),
    h("address", "现住址",
      "家庭住址 住址 家庭地址 现居住地 地址 居住地址 家庭现住址 详细地址 现居住地址 家庭详细地址",
      "家庭居住地 现家庭住址 居住地 家住哪里 家在哪里 住哪里 家庭所在地"),
    h("village", "村（居）", "村 所在村 村名 村居 村组 行政村 村委会 所在村居 自然村 哪个村"),
    h("commute", "上下学方式", "上学方式 交通方式 怎么上学 接送方式"),
    h("distance_km", "上学距离", "上下学距离 离校距离 家校距离 离家距离 家离学校多远"),
    h("only_child", "独生子女", "是否独生子女 是否独生 独生 是否独生子"),
    h("entered_on", "入学年月", "入学时间 入学日期"),
    h("aid", "救助帮扶情况", "救助情况 帮扶情况"),
    h("income", "家庭经济来源", "经济来源"),
    h("interests", "爱好特长", "特长 爱好 兴趣爱好 兴趣"),
    h("character", "性格", "性格特点"),
    h("remark", "备注", "说明 备 注 其他 备注说明 其它"),
    h("helper", "帮扶教师",
      "帮扶人 帮扶老师 结对教师 结对老师 结对帮扶教师 帮扶责任人 帮扶教师姓名 包保教师 帮扶教职工"),
    h("proxy", "代理家长", "代理家长姓名 爱心家长 代理家长（教师） 教师代理家长 代理妈妈 爱心妈妈 代理爸爸 爱心爸爸"),
    h("phone", "家庭联系电话",
      "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 家庭电话 联系号码 学生联系电话"),
)  # fmt: skip
# What asks for one kind of hardship by itself.
HARDSHIPS = {
    "orphan": Hardship.ORPHAN.value,
    "low_income": Hardship.LOW_INCOME.value,
    "lifted": Hardship.LIFTED.value,
    "single": Hardship.SINGLE.value,
}

PARTY = (
    h("name", "姓名",
      "名字 姓名及关系 姓名关系 姓名与关系 姓名和关系 姓名及与学生关系 姓名及与孩子关系 姓名及其关系 姓名及称谓"),
    h("relation", "与学生关系",
      "关系 与孩子关系 与儿童关系 与其关系 与学生的关系 与被监护人关系 称谓 与本人关系",
      "与留守儿童关系 与幼儿关系 与该生关系"),
    h("phone", "电话",
      "联系电话 手机 手机号 手机号码 联系方式 电话号码 号码 联系号码 当前联系电话"),
    h("id_number", "身份证号", "身份证号码 身份证 身份证件号 证件号码 身份证件号码 公民身份号码"),
    h("birth_on", "出生日期", "出生年月 生日"),
    h("place", "务工地",
      "务工地点 务工地址 打工地点 打工地 外出地点 外出务工地点 外出地 当前务工地点 务工所在地",
      "现务工地 去向 外出务工地 工作地点 务工地区 务工去向 在哪打工 在哪里打工 在哪务工 在哪里 在哪"),
    h("away", "外出情况",
      "外出 是否外出 外出务工 是否外出务工 外出务工情况 务工情况 打工情况 是否在外 在外 是否务工 外出打工 是否外出打工 现状"),
    h("since_on", "外出时间", "外出务工时间 何时外出 务工时间 外出日期 什么时候出去 何时出去"),
    h("work", "职业", "职务 从事工作 工种 从事职业 务工职业 从事行业 工作 干什么工作 做什么工作"),
    h("unit", "工作单位", "单位 务工单位"),
    h("address", "住址", "现住址 居住地址 家庭住址 地址 居住地 现居住地 家庭地址"),
    h("guardian", "是否监护人", "监护人"),
    h("health", "健康状况", "身体状况"),
)  # fmt: skip

PARTIES = {
    "father": ("父亲", ("父亲 父 爸爸 学生父亲 父亲情况 父亲信息",)),
    "mother": ("母亲", ("母亲 母 妈妈 学生母亲 母亲情况 母亲信息",)),
    "carer": (
        "照护人",
        (
            "监护人 委托监护人 临时监护人 照护人 被委托人 被委托监护人 被委托照护人 委托照护人",
            "实际监护人 实际照护人 现监护人 代管人 抚养人 看护人 监护人信息",
            "实际照料人 照料人 主要照料人 日常照料人 日常照护人 现照料人 监护人情况 主要照护人 现抚养人 法定监护人",
            "照看人 照顾人 照管人 看管人 照顾者 照料者 照看者",
        ),
    ),
    "contact": ("家长", ("家长 学生家长 紧急联系人 联系人 家长信息",)),
    "member1": (
        "家庭成员1",
        ("成员1 成员一 家庭成员1 家庭成员一 家庭成员或监护人1 家庭成员或监护人一", "监护人1 监护人一 家长1 家长一"),
    ),
    "member2": (
        "家庭成员2",
        ("成员2 成员二 家庭成员2 家庭成员二 家庭成员或监护人2 家庭成员或监护人二", "监护人2 监护人二 家长2 家长二"),
    ),
}

# A question over the carer's name, and over no other fact: its word ends the heading.
CARED_BY = frozenset(
    when + by + "谁" + does
    for when in ("", "现", "现在", "平时", "目前", "在家", "孩子", "孩子平时")
    for by in ("", "由")
    for does in ("照看", "照顾", "照料", "照管", "照护", "看管", "带", "带着", "抚养", "监护")
)


def of_party(party: str, label: str, groups: list[str]) -> Iterator[Heading]:
    """Give the headings of a parent or carer: a word for the person before a word for the fact."""
    for heading in PARTY:
        heads = [group + head for group in groups for head in heading.heads]
        told = [group for group in groups if group.endswith("亲情况")]
        if heading.code == "name":
            heads += [group for group in groups if group not in told]
        if heading.code == "name" and party == "carer":
            heads += sorted(CARED_BY)
        if heading.code == "away":
            heads += told
        yield replace(heading, code=f"{party}.{heading.code}", label=label + heading.label, heads=tuple(heads))


GROUPS = {party: " ".join(said).split() for party, (_label, said) in PARTIES.items()}
FAMILY = tuple(one for party, (label, _s) in PARTIES.items() for one in of_party(party, label, GROUPS[party]))
HEADINGS = Catalogue(*CHILD, *FAMILY)
# Columns that every roster has and nobody imports.
LEFT_OUT = listed(
    "序号 编号 序 号 NO 行号 学校 学校名称 学校标识码 就读学校 学校名 班主任 班主任姓名",
    "导入问题 家长签字 签字 签名 年龄 周岁 乡镇 县区 填报单位 出生地 几岁",
)
