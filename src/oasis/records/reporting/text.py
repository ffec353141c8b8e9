"""The one door to the text of a mandatory report. Whoever calls has asked first whether this person is named in it."""

import copy
from typing import Any

from oasis.people.scope import Scope
from oasis.records.reporting.models import MandatoryReport, ReportWording

WHY = "the caller has asked whether this person is named in the report"
EMPTY: dict[str, Any] = {"child": {}, "case": {}, "suspects": [], "steps": {}, "reason": "", "result": ""}


def read(report: MandatoryReport) -> dict[str, Any]:
    """Give the newest wording, a copy that may be changed."""
    rows = ReportWording.objects.everywhere(why=WHY).filter(report=report).order_by("-number")
    newest = rows.first()
    return copy.deepcopy(EMPTY) | (newest.content if newest else {})


def wordings(report: MandatoryReport) -> list[ReportWording]:
    """Give every wording, newest first."""
    rows = ReportWording.objects.everywhere(why=WHY).filter(report=report).order_by("-number")
    return list(rows.select_related("by"))


def keep(scope: Scope, report: MandatoryReport, content: dict[str, Any], *, act: str, reason: str = "") -> None:
    """Add a wording; nothing is ever overwritten."""
    ReportWording.objects.create(
        report=report, school_id=report.school_id, number=report.version, act=act, content=content | {"reason": reason},
        by_id=scope.person,
    )  # fmt: skip
