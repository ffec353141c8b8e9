"""Scoring the five needs of a child for a term (requirements.md A4)."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db import transaction

from oasis.children.actions.files import hold
from oasis.children.assessments import last_before
from oasis.children.lacks import LACKS
from oasis.children.models import Assessment, Child, Score
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.closed import ScopedQuerySet
from oasis.people.meanwhile import as_seen, mark
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Term


def assess(
    scope: Scope, child: Child, *, term: Term, on: date, scores: Mapping[str, int], note: str = ""
) -> Assessment:
    """Enter the five scores; in a term that has some already a new row replaces them and the old one stays."""
    with transaction.atomic():
        held = hold(scope, child, Need.CENSUS)
        row = _write(scope, held, term, on, scores, note)
        trail.note(scope, "assess.enter", school=held.school_id, child=held.pk, detail=str(row.total))
    return row


def assess_unchanged(scope: Scope, child: Child, *, term: Term, on: date, seen: str | None = None) -> Assessment:
    """Enter the scores of the last term once more; raises Refused when there are none, or other ones of this term than were `seen`: ""
    for none, None where no page was looked at.
    """
    last = last_before(scope, [child.pk], term).get(child.pk)
    if last is None:
        raise Refused("first", "这个孩子以前没有评过，请逐项选择")
    with transaction.atomic():
        now = _standing(scope, hold(scope, child, Need.CENSUS), term).select_related("by").first()
        if now and (now.scores, now.note) != (last.scores, ""):
            as_seen(seen, mark(now.pk), partial("{}这学期已经评过（{}），没有改动".format, child.name, now.by))
        return assess(scope, child, term=term, on=on, scores=last.scores, note="")


def _standing(scope: Scope, held: Child, term: Term) -> ScopedQuerySet[Assessment]:
    return Assessment.objects.within(scope, Need.CENSUS).filter(term=term, child=held, replaced=False)


def _write(scope: Scope, held: Child, term: Term, on: date, scores: Mapping[str, int], note: str) -> Assessment:
    if held.state != Child.State.HERE or term.school_id != held.school_id:
        raise Refused("not-here", "孩子现在不在本校，不列入这学期的评估")
    for lack in LACKS:
        if scores.get(lack.code) not in Score.values:
            raise Refused("score", f"请给“{lack.label}”选一项", field=lack.code)
    standing = _standing(scope, held, term)
    now = standing.first()
    if now and now.scores == dict(scores) and now.note == note.strip():
        return now
    standing.update(replaced=True)
    return Assessment.objects.create(
        school_id=held.school_id, child=held, term=term, on=on, note=note.strip(), by_id=scope.actor,
        **{lack.code: scores[lack.code] for lack in LACKS},
    )  # fmt: skip
