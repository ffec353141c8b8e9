"""STEPS: what is done when a boarder is not found at night, each with its clock in minutes (预防未成年人犯罪法 35)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from oasis.campus.models import Missing, MissingStep
from oasis.kit.catalogue import Catalogue


@dataclass(frozen=True)
class Search:
    """One step: what to do, and within how many minutes of noticing."""

    code: str
    label: str
    todo: str
    minutes: int


STEPS = Catalogue(
    Search("search", "马上找", "叫上值班老师，找宿舍、厕所、教室、操场、校门；问同屋的孩子；看监控", 0),
    Search("leader", "报告校长", "打电话给带班领导，说清姓名、班级、什么时候不见的", 10),
    Search("parents", "告诉家长", "给监护人和父母打电话，问孩子在不在家、可能去哪里", 15),
    Search("police", "报警110", "校内校外都没有找到的，马上报警，不用等24小时", 30),
)


@dataclass(frozen=True)
class Standing:
    """A step of one search: taken, or due by when, and whether that is past."""

    step: Search
    taken: MissingStep | None
    due_at: datetime
    late: bool


def standing(missing: Missing, taken: list[MissingStep], at: datetime) -> list[Standing]:
    """Give how the steps of a search stand at a moment."""
    by_code = {one.step: one for one in taken}
    found = []
    for step in STEPS:
        due = missing.at + timedelta(minutes=step.minutes)
        done = by_code.get(step.code)
        found.append(Standing(step, done, due, done is None and missing.found_at is None and due < at))
    return found
