"""Writing a summary: begin it, edit it paragraph by paragraph, draft a paragraph anew, go back."""

from datetime import date
from uuid import UUID

from django.db import transaction

from oasis.figures.where import Calendar, Period
from oasis.kit.dates import now
from oasis.kit.racing import first_wins
from oasis.kit.refused import Refused
from oasis.papers.models import Draft, Paragraph, Wording
from oasis.papers.places import Place
from oasis.papers.summary.citing import Stored, stored
from oasis.papers.summary.facts import Facts, facts_of
from oasis.papers.summary.outline import compose, outline_of
from oasis.papers.summary.planning import following
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

STEP = 10  # places between drafted paragraphs, so that a person may put some between


class Overtaken(Refused):
    """Somebody else saved the paragraph meanwhile; `theirs` is how it reads now, `mine` what was to be saved."""

    def __init__(self, theirs: Paragraph, mine: str) -> None:
        super().__init__("overtaken", "别人刚刚改过这一段，请对照两份文字后再保存")
        self.theirs, self.mine = theirs, mine


def begin(scope: Scope, *, place: Place, period: str, kind: str = Draft.Kind.SUMMARY) -> Draft:
    """Give the summary, or the plan for what follows, of a place and period, drafted when there is none yet."""
    where = {"school": place.school, "klass": place.klass, "period": period, "kind": kind}
    chosen = Calendar(place.school.pk, scope.on).period(period)
    if not period.startswith(("t", "y")) or "v" in period:
        raise Refused("period", "工作总结和计划只能按学期或学年写，请重新选择", field="period")
    draft = Draft(
        **where, made_by_id=scope.actor, signed_on=scope.on, signature=_signature(scope, place),
        title=f"{place.school.name}{place.name}{about(kind, chosen)}关爱留守儿童{Draft.Kind(kind).label}",
    )  # fmt: skip
    return first_wins(
        lambda: _begun(scope, draft), lambda: Draft.objects.within(scope, Need.SUMMARY).filter(**where).first()
    )


def about(kind: str, period: Period) -> str:
    """Name the time a draft speaks of: its period, for a plan the one that follows."""
    return following(period.code) if kind == Draft.Kind.PLAN else period.label


def _begun(scope: Scope, draft: Draft) -> Draft:
    draft.save(force_insert=True)
    Paragraph.objects.bulk_create(_paragraphs(draft, facts_of(scope, draft)))
    trail.note(scope, "summary.begin", school=draft.school_id, subject=str(draft.pk), detail=draft.period)
    return draft


def _signature(scope: Scope, place: Place) -> str:
    return f"{place.school.name}{place.name}班主任 {scope.name}" if place.klass else place.school.name


def _paragraphs(draft: Draft, facts: Facts) -> list[Paragraph]:
    return [
        Paragraph(
            draft=draft, school_id=draft.school_id, section=one.section, key=one.key, place=at * STEP, text=one.told.text,
            drafted=one.told.text, figures=stored(one.told.cited),
        )
        for at, one in enumerate(compose(draft, facts), start=1)
    ]  # fmt: skip


def save_paragraph(scope: Scope, *, paragraph: Paragraph, version: int, text: str) -> Paragraph:
    """Save a person's wording; raises Overtaken when the paragraph is no longer the version that was edited."""
    if text == paragraph.text:
        return paragraph
    return _put(scope, paragraph, version, text=text, deed="summary.edit")


def draft_anew(scope: Scope, *, paragraph: Paragraph, version: int) -> Paragraph:
    """Write a paragraph from the figures of today; the present wording stays in its history."""
    told = next(
        (one.told for one in compose(paragraph.draft, facts_of(scope, paragraph.draft)) if one.key == paragraph.key),
        None,
    )
    if told is None:
        raise Refused("no-figures", "记录里现在没有可写进这一段的内容，可以自己改写或清空这一段")
    return _put(
        scope, paragraph, version, text=told.text, drafted=told.text, figures=stored(told.cited), deed="summary.draft"
    )


def go_back(scope: Scope, *, paragraph: Paragraph, version: int, to: int) -> Paragraph:
    """Give a paragraph an earlier wording; the present one stays in its history."""
    earlier = Wording.objects.within(scope, Need.SUMMARY).filter(paragraph=paragraph, version=to).first()
    if earlier is None:
        raise Refused("no-wording", "没有找到这个旧版本，请刷新页面")
    return _put(scope, paragraph, version, text=earlier.text, figures=earlier.figures, deed="summary.back")


def refresh(scope: Scope, *, draft: Draft) -> int:
    """Draft anew every paragraph that nobody edited, and add what can be told by now; give how many changed."""
    composed = {one.key: one for one in compose(draft, facts_of(scope, draft))}
    count = 0
    with transaction.atomic():
        rows = list(Paragraph.objects.within(scope, Need.SUMMARY).filter(draft=draft))
        for row in rows:
            one = composed.pop(row.key, None)
            if row.edited or (one and one.told.text == row.text and stored(one.told.cited) == row.figures):
                continue
            if one or not row.key.startswith("extra-"):
                text, cited = (one.told.text, stored(one.told.cited)) if one else ("", [])
                count += row.text != text or row.figures != cited
                _put(scope, row, row.version, text=text, drafted=text, figures=cited, deed="")
        for one in composed.values():
            _insert(scope, draft, rows, one.section, one.key, one.told.text, stored(one.told.cited))
            count += 1
        trail.note(scope, "summary.refresh", school=draft.school_id, subject=str(draft.pk), detail=str(count))
    return count


def add_paragraph(scope: Scope, *, draft: Draft, section: str, id: UUID, text: str) -> Paragraph:
    """Put a paragraph of one's own at the end of a part; the same id twice makes one."""
    if section not in outline_of(draft) or not text.strip():
        raise Refused("empty", "请先写下这一段的内容", field="text")
    key = f"extra-{id}"
    with transaction.atomic():
        rows = list(Paragraph.objects.within(scope, Need.SUMMARY).filter(draft=draft))
        made = next((row for row in rows if row.key == key), None)
        if made is None:
            made = _insert(scope, draft, rows, section, key, text.strip(), [])
            trail.note(scope, "summary.add", school=draft.school_id, subject=str(draft.pk), detail=section)
    return made


def set_heading(scope: Scope, *, draft: Draft, title: str, signature: str, signed_on: date) -> Draft:
    """Set title, signature and date."""
    with transaction.atomic():
        Draft.objects.within(scope, Need.SUMMARY).filter(pk=draft.pk).update(
            title=title, signature=signature, signed_on=signed_on
        )
        trail.note(scope, "summary.heading", school=draft.school_id, subject=str(draft.pk))
    draft.title, draft.signature, draft.signed_on = title, signature, signed_on
    return draft


def _insert(
    scope: Scope, draft: Draft, rows: list[Paragraph], section: str, key: str, text: str, figures: Stored
) -> Paragraph:
    """Put a paragraph behind the last one of its part, or where the part would stand."""
    order = outline_of(draft).codes
    ahead = [row.place for row in rows if order.index(row.section) <= order.index(section)]
    place = max(ahead, default=0) + 1
    row = Paragraph(
        draft=draft, school_id=draft.school_id, section=section, key=key, place=place, text=text, figures=figures,
        drafted="" if key.startswith("extra-") else text, edited_by_id=scope.actor, edited_at=now(),
    )  # fmt: skip
    row.save(force_insert=True)
    rows.append(row)
    return row


def _put(
    scope: Scope, paragraph: Paragraph, version: int, *, text: str, figures: Stored | None = None, drafted: str | None = None,
    deed: str,
) -> Paragraph:  # fmt: skip
    """Replace the wording if it is still the version that was seen, and keep the one before."""
    fresh: dict[str, object] = {"text": text, "version": version + 1, "edited_by_id": scope.actor, "edited_at": now()}
    fresh |= {"figures": figures} if figures is not None else {}
    fresh |= {"drafted": drafted} if drafted is not None else {}
    with transaction.atomic():
        rows = Paragraph.objects.within(scope, Need.SUMMARY).filter(pk=paragraph.pk)
        before = rows.select_for_update(of=("self",)).get()
        if before.version != version:
            raise Overtaken(before, text)
        rows.update(**fresh)
        Wording.objects.create(
            paragraph=before, school_id=before.school_id, version=before.version, text=before.text, figures=before.figures,
            by_id=before.edited_by_id,
        )  # fmt: skip
        if deed:
            trail.note(scope, deed, school=before.school_id, subject=str(before.draft_id), detail=before.key)
    return rows.get()
