"""How an opened report reads: its facts, its steps, what each wording changed."""

from datetime import date
from typing import Any

from oasis.kit.dates import zh_full
from oasis.people.models import User
from oasis.records.reporting.forms import ReportForm, form_of, words_of
from oasis.records.reporting.models import ReportWording
from oasis.records.reporting.steps import STEPS

ACTS = {"start": "发起", "correct": "更正", "child": "对上档案", "close": "办结"}
CHILD = {"name": "孩子", "klass": "班级", "sex": "性别", "birth": "出生日期"}


def facts_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Give label and words of the case, the child first; suspected staff by name."""
    child = [
        (label, str(content["child"].get(name, ""))) for name, label in CHILD.items() if content["child"].get(name)
    ]
    told = words_of(ReportForm, content["case"])
    if content["suspects"]:
        told.append(("怀疑的人里的本校工作人员", "、".join(names(content["suspects"]))))
    return child + told + ([("办结情况", content["result"])] if content["result"] else [])


def names(ids: list[str]) -> list[str]:
    """Give the names of staff."""
    return list(User.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))


def steps_told(content: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Give code, label and words of each step that was taken, in the order of the law."""
    return [
        (step.code, step.label, [*words_of(form_of(step), content["steps"][step.code]["told"]), ("登记人", content["steps"][step.code]["by"])])
        for step in STEPS
        if step.code in content["steps"]
    ]  # fmt: skip


def history_of(wordings: list[ReportWording]) -> list[tuple[ReportWording, str, list[tuple[str, str]]]]:
    """Give every act, newest first, with its words and how the report's facts stood after a correction."""
    found = []
    for row in wordings:
        act = ACTS.get(row.act) or f"登记{STEPS.get(row.act).label}"
        reason = row.content.get("reason", "")
        facts = facts_of(row.content) if row.act in ("start", "correct") else _step(row)
        found.append((row, f"{act}{'：' if reason else ''}{reason}", facts))
    return found


def _step(row: ReportWording) -> list[tuple[str, str]]:
    if row.act not in STEPS:
        return []
    return words_of(form_of(STEPS.get(row.act)), row.content["steps"][row.act]["told"])


def born(content: dict[str, Any]) -> str:
    """Give the birthday in words, nothing when it is not known."""
    from_file = content["child"].get("birth", "")
    return zh_full(date.fromisoformat(from_file)) if from_file else ""
