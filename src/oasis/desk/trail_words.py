"""The details of trail lines in words: the trail keeps codes, a principal reads sentences."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import models

from oasis.alerts.catalogue import ALERTS
from oasis.campus import models as campus
from oasis.children.lacks import LACKS
from oasis.children.models import (
    Away,
    CareArrangement,
    CensusEntry,
    Child,
    Pairing,
    Paper,
    Person,
    Petition,
    PlanAction,
    PlanReview,
    Problem,
    Tie,
)
from oasis.duties.catalogue import DUTIES
from oasis.kit.codes import Hardship
from oasis.kit.dates import zh_full
from oasis.papers.actions import Purpose
from oasis.papers.forms import PAPERS
from oasis.papers.handing import Reader
from oasis.papers.ledgers import LEDGERS, SLIPS
from oasis.papers.models import Template
from oasis.papers.summary.outline import KLASS, SCHOOL
from oasis.people.keeping import KEEPING
from oasis.people.models import AccessRules, Approval, CheckSetting, LawSetting, Retention, Trail, User
from oasis.people.roles import ROLES
from oasis.people.uses import USES
from oasis.people.vetting import OWN
from oasis.places.models import School
from oasis.records.actions.looking import OWN_WORDS, REASONS
from oasis.records.kinds import KINDS
from oasis.records.reporting.steps import STEPS

PERIOD = re.compile(r"([tym])(\d{4})(?:-(\d+))?(?:v(\d))?")
PARAGRAPH = re.compile(r"([a-z]+)(?:[.-].*)?$")  # a part of a summary, or one paragraph of it
ISO = re.compile(r"\d{4}-\d\d-\d\d")
GAPS = re.compile(r"[ ,]+")
PARTS = {
    "call": "在通话台", "census": "摸底时", "assess": "评估时", "eyes": "“谁能看”", "file": "档案", "history": "变化", "past": "过去某一天",
    "petition": "家长的要求", "record": "写记录时", "records": "记录", "phones": "电话", "papers": "材料", "help": "帮扶", "photo": "近照",
    "picker": "写记录选孩子时", "growth": "成长", "screening": "心理筛查的名单",
}  # fmt: skip
# The pages of a child's file, by route: a look at one says which page it was.
PAGES = {
    "child": "首页", "child-file": "档案", "child-records": "记录", "child-history": "变化", "child-past": "过去某一天",
    "child-eyes": "“谁能看”", "child-help": "帮扶", "child-numbers": "电话", "child-papers": "材料", "child-paper": "材料",
    "child-paper-small": "材料", "child-paper-withdraw": "去掉材料时", "child-edit": "修改档案时", "child-status": "更新留守情况时",
    "child-hardship-end": "结束困境类别时", "child-place": "调整班级时", "child-level": "评定关爱等级时", "child-pair": "安排结对时",
    "child-pair-change": "更换结对时", "child-person": "修改家庭成员时", "child-person-new": "添加家庭成员时",
    "child-person-act": "修改家庭成员时", "child-person-away": "登记外出时", "child-care": "登记委托照护时",
    "child-care-act": "登记委托照护时", "child-consent": "家长同意", "child-consent-withdraw": "登记撤回同意时",
    "klass-consent-child": "登记家长的答复时", "klass-assess-child": "评估五项需求时", "child-petitions": "家长的申请",
    "child-problem": "问题", "child-problem-new": "登记问题时", "child-plan": "帮扶计划", "child-plan-now": "帮扶计划",
    "child-plan-new": "制定帮扶计划时", "child-plan-edit": "修改帮扶计划时", "child-plan-action": "帮扶计划的措施",
    "child-waivers": "例外", "child-waiver-end": "结束例外时", "child-handover": "办理转出时",
    "alert": "预警", "holiday": "假期去向", "child-growth": "成长", "child-growth-add": "登记成长时", "child-growth-drop": "去掉成长记录时",
    "dormitory-child": "宿舍里的孩子", "dormitory-mark": "点名时", "dormitory-night": "夜里的一张床", "dormitory-note": "夜里的一张床",
    "dormitory-seek": "找人时", "dormitory-search": "找人时", "health-new": "登记生病时", "health-case": "生病受伤", "schooling-new": "登记控辍保学时", "schooling-case": "控辍保学", "hazard": "安全隐患",
    "hazard-home": "登记安全隐患时", "incident-new": "登记安全事件时", "incident": "安全事件", "screening-result": "心理筛查", "letter-child": "致家长的信",
    "letter-copy": "致家长的信", "letter-picture": "信的图片", "meeting-child": "家长会", "meeting-seat": "家长会",
}  # fmt: skip
ERASED = {"failed": "没有处理成", "children": "孩子", "nameless": "去名", "people": "家庭成员"}
SEARCHED = {
    "parent": "按家长姓名",
    "tail": "按证件号或电话后四位",
    "phone": "按电话",
    "letters": "按拼音",
    "name": "按姓名",
}
CALLED = {"worked": "打通", "failed": "没打通", "wrong": "空号或错号"}
ROSTER = {"new": "新增", "changed": "改动", "same": "不变", "refused": "退回", "rows": "行数", "shut": "不在负责范围内"}
UNITS = {
    "record.write": "名孩子", "record.withdraw": "名孩子", "census.rest": "名孩子", "klass.open": "个班", "child.search": "名",
    "session.end": "处", "assess.enter": "分", "keep.confirm": "份", "summary.refresh": "段", "report.gather": "条",
    **dict.fromkeys(("template.tie", "template.try", "template.use", "template.replace"), "版"),
}  # fmt: skip


def _labels(entries: Iterable[object]) -> dict[str, str]:
    return {getattr(entry, "code", ""): getattr(entry, "label", "") for entry in entries}


def _columns(*tables: type[models.Model]) -> dict[str, str]:
    """Give the words of columns, where they have Chinese ones."""
    named = ((field.name, str(field.verbose_name)) for table in tables for field in table._meta.concrete_fields)
    return {name: words for name, words in named if not words.isascii()}


def _coded(*tables: type[models.Model]) -> dict[str, str]:
    """Give the words of every choice that columns of tables offer."""
    return _choices(*(field.flatchoices for table in tables for field in table._meta.concrete_fields))


def _choices(*groups: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {str(code): str(words) for group in groups for code, words in group}


_ROWS = [one for one in vars(campus).values() if isinstance(one, type) and issubclass(one, models.Model)]
CAMPUS = _coded(*_ROWS) | {
    "yes": "同意",
    "no": "不同意",
    "down": "撤下",
    "up": "展出",
    "signed": "已签收",
    "fixed": "整改完成",
    "closed": "结案",
    "checked": "复查",
    "picture": "图片",
    "True": "已结束",
    "False": "",
}
SORTS: Mapping[str, Mapping[str, str]] = {
    "record": _labels(KINDS) | _choices([*REASONS, OWN_WORDS]) | {"stories": "选典型事例时"},
    "post": _labels(ROLES),
    "approval": _choices(Approval.Kind.choices) | _labels(ROLES),
    "pair": _choices(Pairing.Role.choices),
    "cadence": _labels(DUTIES) | {"on": "启用", "off": "停用", "None": ""},
    "waiver": _labels(DUTIES),
    "census": _choices(CensusEntry.Finding.choices),
    "care": _choices(CareArrangement.Kind.choices),
    "export": _labels((*PAPERS, *LEDGERS, *SLIPS))
    | _choices(Purpose.choices, Reader.choices)
    | {"statistics": "", "letter": "答复信", "picture": "图片", "template": "上级表格"},
    "template": _choices(Template.Kind.choices),
    "user": _labels(ROLES) | _columns(User) | {"True": "恢复", "False": "停用"},
    "phone": CALLED,
    "login": {"code-expired": "一次性密码已用过或已过期"},
    "petition": _choices(Petition.Wish.choices),
    "consent": _labels(USES) | {"yes": "同意", "no": "不同意", "True": "要重新征得同意", "False": "不用重新征得同意"},
    "school": _columns(School),
    "school-day": {"True": "上课", "False": "放假"},
    "law": _columns(LawSetting),
    "rules": _columns(AccessRules),
    "check": _choices(CheckSetting.Outsiders.choices) | {OWN: "账号是登记人自己添加的"},
    "roster": ROSTER,
    "problem": _choices(Problem.Kind.choices),
    "plan": _labels(LACKS) | _choices(PlanAction.Area.choices, PlanAction.Outcome.choices, PlanReview.Part.choices),
    "paper": _choices(Paper.Kind.choices) | {"small": "小图"},
    "handover": {"file": "下载转学包"},
    "keep": _labels(KEEPING) | _choices(Retention.Way.choices) | ERASED,
    "dorm": CAMPUS | {"end": "结束"},
    "summary": {one.code: one.heading for one in (*KLASS, *SCHOOL)} | {"foreword": "开头", "extra": "自己加的一段"},
    "report": _labels(STEPS) | {"correct": "更正时", "reason": "打开时"} | {"True": "有期限", "False": "没有期限"},
    **dict.fromkeys(
        (
            "activity",
            "growth",
            "goods",
            "health",
            "letter",
            "meeting",
            "org",
            "outside",
            "room",
            "place",
            "holiday",
            "schooling",
            "hazard",
            "incident",
        ),
        CAMPUS,
    ),
    "alert": _labels(ALERTS) | {"off:": "停用：", "take": "接手", "aside": "先放一放"},
    "family": _columns(Person, Tie, Away),
    "child": _columns(Child) | PARTS | PAGES | SEARCHED | _choices(Hardship.choices),
}


def said(row: Trail) -> str:
    """Say a line's detail in words; what has none stays as it was written."""
    sort = row.deed.partition(".")[0]
    known = SORTS.get(sort, {})
    words = [_token(row.deed, token, known) for token in GAPS.split(row.detail) if token]
    if sort in ("cadence", "waiver", "report") and known.get(row.subject) not in (None, *words):
        words.insert(0, known[row.subject])
    return " ".join(word for word in words if word)


def _token(deed: str, token: str, known: Mapping[str, str]) -> str:
    if deed.startswith("summary.") and (part := PARAGRAPH.match(token)):
        return known.get(part[1], token)
    if period := PERIOD.fullmatch(token):
        return _period(*period.groups())
    name, equals, value = token.partition("=")
    if equals:
        return known.get(name, name) + known.get(value, value)
    if token.isdecimal():
        unit = UNITS.get(deed, "名" if deed.startswith("export.") else "")
        return f"{token}{unit}"
    if ISO.fullmatch(token):
        return zh_full(date.fromisoformat(token))
    return known.get(token, token)


def _period(kind: str, year: str, part: str | None, visits: str | None) -> str:
    if kind == "m":
        return f"{year}年{part}月"
    return f"{year}学年" + (f"第{part}学期" if part else "") + (f"第{visits}段" if visits else "")
