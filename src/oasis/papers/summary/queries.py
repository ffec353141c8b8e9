"""Reading drafts: those in reach, and one as the screen shows it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from oasis.figures.where import Calendar
from oasis.papers.models import Draft, Paragraph, Wording
from oasis.papers.official.numbering import heading_number
from oasis.papers.places import place_of
from oasis.papers.summary.base import Section
from oasis.papers.summary.citing import Changed, Piece, changed, pieces, restored
from oasis.papers.summary.drafting import about
from oasis.papers.summary.facts import Facts
from oasis.papers.summary.outline import outline_of
from oasis.people.closed import ScopedQuerySet
from oasis.people.roles import Need
from oasis.people.scope import Scope


@dataclass(frozen=True)
class Shown:
    """A paragraph on the screen: its text cut at the figures, and which of them have changed."""

    row: Paragraph
    pieces: list[Piece]
    changed: list[Changed]


@dataclass(frozen=True)
class ShownPart:
    """A part on the screen with its number; the number counts only parts that have text."""

    section: Section
    number: str
    paragraphs: list[Shown]


@dataclass(frozen=True)
class Listed:
    """A draft in a list: whose it is and for which time, without its title."""

    draft: Draft
    place: str
    period: str


def listed(scope: Scope, limit: int = 30) -> list[Listed]:
    """Give the newest drafts in reach with their words."""
    found = list(drafts(scope)[:limit])
    calendars = {school: Calendar(school, scope.on) for school in {draft.school_id for draft in found}}
    return [
        Listed(
            draft,
            place_of(draft.school, draft.klass, scope.on).label,
            about(draft.kind, calendars[draft.school_id].period(draft.period)),
        )
        for draft in found
    ]


def drafts(scope: Scope) -> ScopedQuerySet[Draft]:
    """Give the drafts in reach, newest first."""
    return Draft.objects.within(scope, Need.SUMMARY).select_related("school", "klass", "made_by")


def paragraphs(scope: Scope) -> ScopedQuerySet[Paragraph]:
    """Give paragraphs in reach, each with its draft and its earlier wordings."""
    wordings = Wording.objects.within(scope, Need.SUMMARY).select_related("by")
    rows = Paragraph.objects.within(scope, Need.SUMMARY).select_related("draft__school", "draft__klass", "edited_by")
    return rows.prefetch_related(Prefetch("wordings", wordings)).order_by("place")


def shown(row: Paragraph, facts: Facts) -> Shown:
    """Prepare one paragraph."""
    figures = restored(row.figures)
    return Shown(row, list(pieces(row.text, figures)), changed(figures, facts))


def parts(scope: Scope, draft: Draft, facts: Facts) -> list[ShownPart]:
    """Give the whole draft as the screen shows it."""
    found: dict[str, list[Shown]] = {}
    for row in paragraphs(scope).filter(draft=draft):
        found.setdefault(row.section, []).append(shown(row, facts))
    return list(_numbered(list(outline_of(draft)), found))


def _numbered(sections: list[Section], found: dict[str, list[Shown]]) -> list[ShownPart]:
    counts, made = [0, 0], []
    filled = {code for code, rows in found.items() if any(one.row.text for one in rows)}
    for at, section in enumerate(sections):
        below = [s.code for s in _below(sections, at)]
        number = ""
        if section.level and (section.code in filled or filled & set(below)):
            counts[section.level - 1] += 1
            counts[1] = counts[1] if section.level == 2 else 0
            number = heading_number(section.level, counts[section.level - 1])
        made.append(ShownPart(section, number, found.get(section.code, [])))
    return made


def _below(sections: list[Section], at: int) -> list[Section]:
    """Give the parts under a part of the first level."""
    found = []
    for section in sections[at + 1 :]:
        if sections[at].level != 1 or section.level <= 1:
            break
        found.append(section)
    return found


def paragraph(scope: Scope, pk: UUID) -> Paragraph | None:
    """Give one paragraph in reach."""
    return paragraphs(scope).filter(pk=pk).first()
