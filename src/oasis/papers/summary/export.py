"""A summary as a Word file in official layout, with its tables attached."""

from django.db import transaction

from oasis.papers.actions import MEDIA
from oasis.papers.models import Draft, Paragraph
from oasis.papers.official.shape import OfficialText, Part
from oasis.papers.official.writing import docx_bytes
from oasis.papers.plaintext import breadth, file_name
from oasis.papers.shape import Export
from oasis.papers.summary.citing import changed, restored
from oasis.papers.summary.drafting import about
from oasis.papers.summary.facts import Facts, facts_of
from oasis.papers.summary.outline import outline_of
from oasis.papers.summary.tables import tables_of
from oasis.papers.wording import doubt
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

SHOWN = 5  # changed figures named in the file
_TITLE = 19.0  # characters of 22 pt in a line


def export_summary(scope: Scope, *, draft: Draft) -> Export:
    """Write the file of a draft opened within the scope."""
    rows = list(Paragraph.objects.within(scope, Need.SUMMARY).filter(draft=draft).order_by("place"))
    facts = facts_of(scope, draft)
    data = docx_bytes(official(draft, rows, facts, scope.name))
    with transaction.atomic():
        trail.note(scope, "export.summary", school=draft.school_id, subject=str(draft.pk), detail=draft.period)
    name = file_name(
        facts.place.full_name, about(draft.kind, facts.period), f"关爱{draft.get_kind_display()}", ending="docx"
    )
    return Export(name, MEDIA["docx"], data)


def official(draft: Draft, rows: list[Paragraph], facts: Facts, filler: str) -> OfficialText:
    """Give the draft as an official document; parts without text are left out and not numbered."""
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(row.section, []).extend(line.strip() for line in row.text.splitlines() if line.strip())
    parts: list[tuple[str, tuple[str, ...], list[Part]]] = []
    for section in outline_of(draft):
        own = tuple(texts.get(section.code, ()))
        if section.level == 1:
            parts.append((section.heading, own, []))
        elif section.level == 2 and own:
            parts[-1][2].append(Part(section.heading, own))
    return OfficialText(
        title=_broken(draft.title, about(draft.kind, facts.period)),
        foreword=(*outdated(rows, facts), *texts.get("foreword", ())),
        parts=tuple(Part(heading, own, tuple(below)) for heading, own, below in parts if own or below),
        signature=draft.signature,
        signed_on=draft.signed_on,
        attachments=tables_of(facts, filler) if draft.kind == Draft.Kind.SUMMARY else (),
    )


def outdated(rows: list[Paragraph], facts: Facts) -> tuple[str, ...]:
    """Say in the file itself which figures of the text are no longer those of the tables; nothing when all agree."""
    found = [one for row in rows if row.text.strip() for one in changed(restored(row.figures), facts)]
    if not found:
        return ()
    told = "、".join(f"{one.figure.shown}现为{one.now}" for one in found[:SHOWN]) + ("等" if len(found) > SHOWN else "")
    return (
        doubt(f"正文写好以后，有{len(found)}处数字变了（{told}），附表是最新数字。请先更新正文再定稿，并删去这一段。"),
    )


def _broken(title: str, period: str) -> str:
    """Break a long title around its period, never inside a word."""
    front, found, rest = title.partition(period)
    if not found or not rest or breadth(title) <= _TITLE:
        return title
    if breadth(front + period) <= _TITLE:
        return f"{front}{period}\n{rest}"
    return f"{front}\n{period}\n{rest}"
