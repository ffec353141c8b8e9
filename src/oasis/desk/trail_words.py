"""The details of trail lines in words: the trail keeps codes, a principal reads sentences."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import models

from oasis.children.models import Away, CareArrangement, CensusEntry, Child, Pairing, Person, Petition, Tie
from oasis.duties.catalogue import DUTIES
from oasis.kit.codes import Hardship
from oasis.kit.dates import zh_full
from oasis.papers.actions import Purpose
from oasis.papers.forms import PAPERS
from oasis.papers.handing import Reader
from oasis.people.models import AccessRules, Approval, CheckSetting, LawSetting, Trail, User
from oasis.people.roles import ROLES
from oasis.people.uses import USES
from oasis.people.vetting import OWN
from oasis.places.models import School
from oasis.records.actions.looking import REASONS
from oasis.records.kinds import KINDS
from oasis.records.reporting.steps import STEPS

ISO = re.compile(r"\d{4}-\d\d-\d\d")
GAPS = re.compile(r"[ ,]+")
PARTS = {
    "call": "在通话台", "census": "摸底时", "eyes": "“谁能看”", "file": "档案", "history": "变化", "past": "过去某一天", "petition": "家长的要求",
    "record": "写记录时", "records": "记录", "phones": "电话",
}  # fmt: skip
SEARCHED = {"tail": "按证件号或电话后四位", "phone": "按电话", "letters": "按拼音", "name": "按姓名"}
CALLED = {"worked": "打通", "failed": "没打通", "wrong": "空号或错号"}
ROSTER = {"new": "新增", "changed": "改动", "same": "不变", "refused": "退回"}
UNITS = {
    "record.write": "名孩子", "record.withdraw": "名孩子", "census.rest": "名孩子", "klass.open": "个班", "child.search": "名",
    "session.end": "处",
}  # fmt: skip


def _labels(entries: Iterable[object]) -> dict[str, str]:
    return {getattr(entry, "code", ""): getattr(entry, "label", "") for entry in entries}


def _columns(*tables: type[models.Model]) -> dict[str, str]:
    """Give the words of columns, where they have Chinese ones."""
    named = ((field.name, str(field.verbose_name)) for table in tables for field in table._meta.concrete_fields)
    return {name: words for name, words in named if not words.isascii()}


def _choices(*groups: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {str(code): str(words) for group in groups for code, words in group}


SORTS: Mapping[str, Mapping[str, str]] = {
    "record": _labels(KINDS) | _choices(REASONS),
    "post": _labels(ROLES),
    "approval": _choices(Approval.Kind.choices) | _labels(ROLES),
    "pair": _choices(Pairing.Role.choices),
    "cadence": _labels(DUTIES) | {"on": "启用", "off": "停用", "None": ""},
    "waiver": _labels(DUTIES),
    "census": _choices(CensusEntry.Finding.choices),
    "care": _choices(CareArrangement.Kind.choices),
    "export": _labels(PAPERS) | _choices(Purpose.choices, Reader.choices) | {"statistics": "", "letter": "答复信"},
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
    "report": _labels(STEPS) | {"True": "有期限", "False": "没有期限"},
    "family": _columns(Person, Tie, Away),
    "child": _columns(Child) | PARTS | SEARCHED | _choices(Hardship.choices),
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
    name, equals, value = token.partition("=")
    if equals:
        return known.get(name, name) + known.get(value, value)
    if token.isdecimal():
        unit = UNITS.get(deed, "名" if deed.startswith("export.") else "")
        return f"{token}{unit}"
    if ISO.fullmatch(token):
        return zh_full(date.fromisoformat(token))
    return known.get(token, token)
