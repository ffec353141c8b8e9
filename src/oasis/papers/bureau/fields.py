"""FORM_FIELDS: what a form's cell may be tied to. Words come from HEADINGS, FIGURES and KINDS; only what forms ask besides is declared here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oasis.figures.catalogue import FIGURES, GROUPS
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import age_on
from oasis.kit.headings import GROUPS as PERSON_WORDS
from oasis.kit.headings import HARDSHIPS, HEADINGS
from oasis.papers.bureau import facts, family
from oasis.papers.bureau.facts import Says, of_child, or_none, text
from oasis.papers.bureau.saying import Said
from oasis.records.kinds import COUNTED

CHILD, PLACE, FIGURE = "child", "place", "figure"


@dataclass(frozen=True)
class FormField:
    """A field: its words, the heading it is offered under, what it is about, how it is said, and a sample."""

    code: str
    label: str
    group: str
    about: str  # CHILD, PLACE or FIGURE
    says: Says | None  # figures are counted, not said
    heads: tuple[str, ...] = ()
    sample: str = ""
    quiet: bool = False  # nothing on file is usual and no gap


SAYS: dict[str, Says] = {
    "name": of_child("name"), "sex": of_child("sex"), "birth_on": of_child("birth_on"), "id_number": of_child("id_number"),
    "student_no": of_child("student_no"), "class_no": of_child("class_no"), "ethnic": of_child("ethnic"),
    "klass": lambda about: text(about.one.klass), "grade": facts.grade, "former_name": or_none(of_child("former_name")),
    "boarding": facts.boarding, "left_behind": facts.left_behind, "since_on": facts.since, "both_away": facts.both_away,
    "one_unable": facts.one_unable, "care": facts.care, "care_rating": of_child("care_rating"), "health": of_child("health"),
    "health_note": or_none(of_child("health_note")), "allergies": or_none(of_child("allergies")), "disability": facts.disability,
    "hardship": facts.hardship, **{code: facts.in_hardship(kind) for code, kind in HARDSHIPS.items()},
    "household": of_child("household"), "household_place": of_child("household_place"), "native_place": of_child("native_place"),
    "address": of_child("address"), "village": of_child("village"), "commute": of_child("commute"),
    "distance_km": of_child("distance_km"), "only_child": of_child("only_child"), "entered_on": of_child("entered_on"),
    "aid": or_none(of_child("aid")), "income": of_child("income"), "interests": of_child("interests"),
    "character": of_child("character"), "remark": of_child("remark"), "helper": lambda about: text(about.one.helper.name),
    "proxy": lambda about: text(about.one.helper.name), "phone": facts.home_phone,
}  # fmt: skip
QUIET = frozenset({"remark", "proxy"})
SAMPLES = {
    "name": "样例甲", "sex": "女", "birth_on": "2015.1.1", "id_number": "000000201501010000", "phone": "00000000000", "klass": "三年级1班",
    "address": "样例县样例镇样例村一组1号", "boarding": "寄宿", "left_behind": "双方外出", "ethnic": "汉族",
}  # fmt: skip
EXTRA: tuple[tuple[str, str, str, Says], ...] = (
    ("age", "年龄", "周岁 年龄周岁 岁数", lambda about: Said(number=age_on(about.one.child.birth_on, about.on)) if about.one.child.birth_on else None),
    ("file_no", "档案编号", "档案号 编号", of_child("file_no")),
    ("civil", "是否符合民政口径", "是否农村留守儿童 民政口径", facts.civil),
    ("registered", "是否登记户口", "户口登记 是否已登记户口", of_child("registered")),
    ("dorm", "宿舍", "宿舍号 寝室", of_child("dorm")),
    ("homeroom", "班主任", "班主任姓名 班主任老师", lambda about: text(about.one.homeroom.name)),
    ("homeroom_phone", "班主任电话", "班主任联系电话", lambda about: text(about.one.homeroom.phone)),
    ("helper_phone", "帮扶教师电话", "帮扶人电话 帮扶教师联系电话 结对教师电话", lambda about: text(about.one.helper.phone)),
    ("parents_place", "父母务工地", "父母务工地点 务工地点 打工地点 父母外出地点 父母打工地点 务工去向", facts.siblings_away),
    ("emergency", "紧急联系人", "紧急联系人及电话 紧急联系方式 应急联系人", facts.emergency),
    ("village_contact", "村儿童主任", "儿童主任 村儿童主任姓名 儿童主任姓名", of_child("village_contact")),
    ("village_phone", "儿童主任电话", "村儿童主任电话 儿童主任联系电话", of_child("village_phone")),
    ("marital", "父母婚姻状况", "婚姻状况 父母婚姻情况", of_child("marital")),
    ("study", "学习情况", "学习状况 学习表现 学业情况", of_child("study")),
    ("thought", "思想表现", "思想状况 思想品德", of_child("thought")),
    ("mind", "心理状况", "心理健康状况 心理情况", of_child("mind")),
    ("conduct", "品行表现", "行为表现 品行 日常表现 行为习惯", of_child("conduct")),
    ("wishes", "心愿", "孩子的心愿 儿童心愿 微心愿", of_child("wishes")),
)  # fmt: skip
# Further tails of a person, beyond those a roster brings in.
PERSON_EXTRA = {
    "age": ("年龄", "年龄 周岁"), "education": ("文化程度", "文化程度 学历 文化水平"), "sex": ("性别", "性别"),
    "home": ("回家频次", "回家频次 多久回家一次 回家次数"), "wechat": ("微信", "微信 微信号"),
}  # fmt: skip
MEMBER = (
    "name",
    "relation",
    "sex",
    "age",
    "birth_on",
    "id_number",
    "phone",
    "place",
    "unit",
    "work",
    "education",
    "health",
)
TAILS = {
    **dict.fromkeys(("father", "mother", "carer"), tuple(family.OF_PERSON)), "contact": ("name", "relation", "phone"),
    **dict.fromkeys(("grandfather", "grandmother", "mothers-father", "mothers-mother"), ("name", "birth_on", "age", "phone", "health")),
}  # fmt: skip
KIN_WORDS = {
    "grandfather": "祖父 爷爷",
    "grandmother": "祖母 奶奶",
    "mothers-father": "外祖父 外公 姥爷",
    "mothers-mother": "外祖母 外婆 姥姥",
}
OF_PLACE: tuple[tuple[str, str, str, Says, str], ...] = (
    ("n", "序号", "编次 No 行次", lambda about: Said(number=about.number), "1"),
    ("school", "学校名称", "填报单位 学校 单位名称 填表单位 就读学校 所在学校 学校全称 单位 报送单位 学校（幼儿园）名称",
     lambda about: text(about.place.school.name), "样例小学"),
    ("place", "班级（全校）", "填报班级 填表班级", lambda about: text(about.place.label), "三年级1班"),
    ("today", "填报日期", "填表日期 日期 制表日期 上报日期 填报时间 填表时间 报送日期 统计日期 统计时间",
     lambda about: facts.day(about.on), "2026.9.1"),
    ("filler", "填表人", "填报人 制表人 经办人 填表教师 统计人", lambda about: text(about.filler), "样例乙"),
    ("term", "学期", "所在学期", lambda about: text(about.term), "2026学年第1学期"),
    ("year", "学年", "学年度 年度", lambda about: text(about.year), "2026—2027"),
    ("count", "名单人数", "共 合计 总人数 人数合计 合计人数", lambda about: Said(number=about.count), "12"),
    ("duty_phone", "学校电话", "学校联系电话 值班电话 单位电话", lambda about: text(about.place.school.duty_phone), "00000000"),
)  # fmt: skip
# What bureaus call the figures of the house.
FIGURE_WORDS = {
    "pupils": "在校学生总数 学生总数 在校生数 在校人数 学生数 全校学生数 学生人数 在籍学生数 全校学生",
    "left": "留守儿童总数 留守儿童人数 留守儿童数 留守学生数 留守人数 农村留守儿童总数 留守学生总数 留守儿童合计 其中留守儿童",
    "left-boys": "留守儿童男生 男生 男 男生数 男童", "left-girls": "留守儿童女生 女生 女 女生数 女童",
    "left-one": "一方外出 单亲外出 父母一方外出 单留守", "left-both": "双方外出 双亲外出 父母双方外出 父母均外出 双留守",
    "left-boarding": "寄宿 寄宿生 住校 寄宿人数 寄宿留守儿童", "left-day": "走读 走读生 不寄宿 非寄宿 走读人数",
    "civil": "民政口径 符合民政口径", "key": "重点帮扶 重点帮扶对象 重点关爱对象 重点留守儿童", "hardship": "困境儿童 困境儿童数 困难家庭",
    "files": "建档 建档人数 已建档 建立档案", "paired": "结对帮扶 结对人数 已结对 结对帮扶人数 帮扶人数", "new": "新增 新增人数 本期新增",
    "begun": "首次登记人数 本期首次登记 首次建档 首次建档人数 首次摸排 首次摸排人数 首次纳入 首次纳入人数",
    "ended": "减少 解除留守 返乡", "visit-parts": "家访人次 家访人次数", "visit-acts": "家访次数 家访", "visit-children": "家访人数 已家访人数",
    "talk-acts": "谈心次数 谈心谈话次数 谈心", "talk-parts": "谈心人次 谈话人次", "family-call-parts": "亲情通话人次 亲情电话人次 亲情通话次数 亲情电话",
    "tutoring-parts": "辅导人次 学习辅导人次 学业辅导", "care-grandparents": "隔代监护 祖辈监护 隔代照护 祖父母监护", "care-alone": "无人监护 独居 无人照护",
    "letter-sent": "发放致家长一封信 致家长的一封信", "met": "参加家长会 家长会人数",
}  # fmt: skip


def _children() -> Iterator[FormField]:
    for one in HEADINGS:
        if "." not in one.code:
            yield FormField(
                one.code,
                one.label,
                "孩子",
                CHILD,
                SAYS[one.code],
                one.heads,
                SAMPLES.get(one.code, f"样例{one.label}"),
                one.code in QUIET,
            )
    for code, label, words, says in EXTRA:
        yield FormField(code, label, "孩子", CHILD, says, (label, *words.split()), f"样例{label}")
    for kind in COUNTED:
        if kind.code != "concern":
            heads = (f"{kind.label}次数", f"本学期{kind.label}次数")
            yield FormField(
                f"times.{kind.code}",
                f"本学期{kind.label}次数",
                "本学期做了几次",
                CHILD,
                facts.times(kind.code),
                heads,
                "3",
            )


def _persons() -> Iterator[FormField]:
    known = {one.code: one for one in HEADINGS}
    for party, (title, _who) in family.PERSONS.items():
        words = PERSON_WORDS.get(party) or KIN_WORDS.get(party, title).split()
        for tail in TAILS.get(party, MEMBER):
            heading = known.get(f"{party}.{tail}")
            label, heads = (heading.label, heading.heads) if heading else _declared(title, tail, words)
            says = family.of_person(party, tail)
            yield FormField(f"{party}.{tail}", label, title, CHILD, says, heads, f"样例{label}")


def _declared(title: str, tail: str, words: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    own = known_tail(tail)
    label = title + own[0]
    heads = tuple(word + head for word in words for head in own[1].split())
    return label, (label, *heads, *(tuple(words) if tail == "name" else ()))


def known_tail(tail: str) -> tuple[str, str]:
    """Give the label and the words of a fact about a person."""
    if tail in PERSON_EXTRA:
        return PERSON_EXTRA[tail]
    one = HEADINGS.get(f"father.{tail}")
    return one.label.removeprefix("父亲"), " ".join(
        head.removeprefix("父亲") for head in one.heads if head.startswith("父亲") and len(head) > 2
    )


def _places() -> Iterator[FormField]:
    for code, label, words, says, sample in OF_PLACE:
        yield FormField(code, label, "填报", PLACE, says, (label, *words.split()), sample)


def _figures() -> Iterator[FormField]:
    for n, one in enumerate(FIGURES, start=11):
        heads = (one.label, *FIGURE_WORDS.get(one.code, "").split())
        yield FormField(f"figure.{one.code}", one.label, GROUPS[one.group], FIGURE, None, heads, str(n))


FORM_FIELDS: Catalogue[FormField] = Catalogue(*_places(), *_children(), *_persons(), *_figures())


def offered(kind: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the fields a form of a kind may be tied to, under their headings, as a select shows them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in FORM_FIELDS:
        if one.about == PLACE or (one.about == FIGURE) == (kind == "figures"):
            groups.setdefault(one.group, []).append((one.code, one.label))
    return list(groups.items())
