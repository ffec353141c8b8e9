"""典型事例: two or three stories a teacher chooses from the records, told so that nobody is named (domain.md 7.1)."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from oasis.campus.reach import staff
from oasis.children.models import Child, Tie
from oasis.kit.dates import zh_short
from oasis.kit.refused import Refused
from oasis.papers.models import Draft, Paragraph
from oasis.papers.official.numbering import chinese
from oasis.papers.summary.drafting import add_paragraph, save_paragraph
from oasis.papers.summary.facts import facts_of
from oasis.people import trail
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.models import Record
from oasis.records.wording import headline, in_full

KINDS = ("talk", "tutoring", "visit", "feedback", "life-service", "moral")
MOST, SHOWN = 3, 80
CASES = "results.cases"
_NUMBER = re.compile(r"\d{5,}")
_KLASS = re.compile(r"[一二三四五六七八九]\s*[（(]\s*\d+\s*[）)]\s*班")
HIDDEN = "names are read only to be hidden"


@dataclass(frozen=True)
class Told:
    """One record to choose from, as it stands; names are hidden only when it is chosen."""

    pk: UUID
    child: Child
    title: str
    text: str
    day: str


def candidates(scope: Scope, draft: Draft) -> list[Told]:
    """Give the open records of a draft's place and time that say something, the latest first."""
    rows = list(_rows(scope, draft).order_by("-happened_on", "-pk")[: SHOWN * 2])
    return [
        Told(row.pk, row.child, headline(row), row.summary, zh_short(row.happened_on)) for row in rows if row.summary
    ][:SHOWN]


def note_looks(scope: Scope, draft: Draft, told: Sequence[Told]) -> None:
    """Write on the trail that these records were shown: one line a child."""
    children = list(dict.fromkeys(one.child.pk for one in told))
    if children:
        trail.note_many(
            scope, "record.look", school=draft.school_id, children=children, subject=str(draft.pk), detail="stories"
        )


def tell_stories(scope: Scope, *, draft: Draft, records: Sequence[UUID]) -> Paragraph:
    """Write the chosen records into the part of the summary that tells of cases; raises Refused for none or too many."""
    rows = list(_rows(scope, draft).filter(pk__in=records).order_by("happened_on", "pk"))
    by_child: dict[UUID, list[Record]] = defaultdict(list)
    for row in rows:
        by_child[row.child_id].append(row)
    if not 1 <= len(by_child) <= MOST:
        raise Refused("stories", f"请选一到{MOST}名孩子的记录", field="records")
    with transaction.atomic():
        stories = [_story(scope, held) for held in by_child.values()]
        text = (
            "\n".join(f"事例{chinese(n)}：{story}" for n, story in enumerate(stories, start=1))
            if len(stories) > 1
            else stories[0]
        )
        paragraph = Paragraph.objects.within(scope, Need.SUMMARY).filter(draft=draft, key=CASES).first()
        if paragraph is None:
            return add_paragraph(scope, draft=draft, section="results", id=draft.pk, text=text)
        return save_paragraph(scope, paragraph=paragraph, version=paragraph.version, text=text)


def _rows(scope: Scope, draft: Draft) -> ScopedQuerySet[Record]:
    period = facts_of(scope, draft).period
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(
        school=draft.school_id, kind__in=KINDS, outcome=Record.Outcome.DONE, withdrawn=False, confidential=False,
        happened_on__range=(period.starts, period.ends),
    )  # fmt: skip
    return (rows.filter(child__klass=draft.klass_id) if draft.klass_id else rows).select_related(
        "child__klass", "child__school"
    )


def _story(scope: Scope, rows: list[Record]) -> str:
    """Tell one child's records: a stage of school instead of a class, roles instead of names."""
    child = rows[0].child
    hide = _hider(scope, child)
    done = "；".join(f"{zh_short(row.happened_on)}，{hide(in_full(row)).rstrip('。')}" for row in rows)
    return f"{_stage(scope, child)}一名学生，{child.get_care_display() or '父母外出'}。{done}。"


def _stage(scope: Scope, child: Child) -> str:
    grade = child.klass.grade(scope.on, child.school.primary_years) if child.klass else 0
    return "低年级" if grade <= 2 else "中年级" if grade <= 4 else "高年级"


def _hider(scope: Scope, child: Child) -> Callable[[str], str]:
    """Give what puts a role in the place of every name this school knows."""
    school = child.school_id
    everybody = Tie.objects.everywhere(why=HIDDEN).filter(school=school).values_list("person__name", flat=True)
    pupils = Child.objects.everywhere(why=HIDDEN).filter(school=school).values_list("name", flat=True)
    own = Tie.objects.within(scope, Need.CONTACTS).filter(child=child).values_list("person__name", flat=True)
    names = dict.fromkeys(everybody, "一位家长") | dict.fromkeys(pupils, "一名同学")
    names |= {user.name: "老师" for user in staff(school, scope.on)} | dict.fromkeys(own, "家人")
    names |= {child.name: "孩子"} | ({child.name[1:]: "孩子"} if len(child.name) > 2 else {})
    found = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1))
    return lambda text: _KLASS.sub("一个班", _NUMBER.sub("＊＊＊", found.sub(lambda hit: names[hit.group()], text)))
