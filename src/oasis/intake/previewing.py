"""A preview page by page: who judges the rows of a batch, and how the verdicts are written down."""

from collections import Counter
from uuid import UUID

from django.db import transaction

from oasis.intake import classes, judging, packing
from oasis.intake.models import Batch, Row
from oasis.intake.verdicts import Verdict
from oasis.kit.bulk import insert
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.people.roles import Need
from oasis.people.scope import Scope

ROW = (
    "id",
    "batch_id",
    "number",
    "sheet",
    "line",
    "state",
    "doubt",
    "child",
    "name",
    "facts",
    "differences",
    "said",
    "newer",
    "declined",
    "unnumbered",
    "skip",
    "alike",
)


def judge_of(scope: Scope, batch: Batch) -> judging.Judge:
    """Give who judges the rows of a batch."""
    places = classes.Classes(scope, batch.school, batch.on, batch.default_klass)
    return judging.Judge(scope, places, made_on=batch.made_on, later=later_rosters(scope, batch))


def later_rosters(scope: Scope, batch: Batch) -> list[UUID]:
    """Give the batches that told of a later day than this one does."""
    if batch.made_on is None:
        return []
    rows = Batch.objects.within(scope, Need.IMPORT).filter(school=batch.school, made_on__gt=batch.made_on)
    return list(rows.values_list("pk", flat=True))


def judged(scope: Scope, batch: Batch, sheet: int, verdicts: list[Verdict], counts: Counter[str]) -> None:
    """Write the verdicts of one page and how far the preview has come; count what the rows themselves do not keep."""
    rows = []
    for at, verdict in enumerate(verdicts):
        facts = verdict.facts
        counts["undated"] += verdict.undated
        counts["unpaired"] += facts.unpaired and verdict.state != Row.State.REFUSED
        kept = ""
        if verdict.state in (Row.State.NEW, Row.State.CHANGED):
            kept = packing.packed(facts.told, verdict.klass)
        rows.append((
            new_id(), batch.pk, batch.done + at, sheet, facts.line, verdict.state, verdict.doubt, verdict.child,
            facts.name[:60], kept, packing.packed_differences(verdict.found, verdict.days),
            "\n".join((*facts.refusals, *facts.notices)), any(verdict.days),
            packing.packed_places(verdict.kept), facts.unnumbered,
            verdict.asks or verdict.waits, verdict.alike,
        ))  # fmt: skip
    with transaction.atomic():
        insert(Row, ROW, rows)
        batch.done += len(rows)
        Batch.objects.filter(pk=batch.pk).within(scope, Need.IMPORT).update(done=batch.done, moved_at=now())
