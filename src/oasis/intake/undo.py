"""Taking a batch back: files it opened go, those it changed are as they were, unless somebody has built on them."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError

from oasis.children.actions.roster_undo import built_on, close_opened, turn_rest, turn_round
from oasis.children.models import Child
from oasis.intake.commit import CHUNK, breathe
from oasis.intake.models import Batch, Row
from oasis.intake.queries import batch_in_reach, touched_rows
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

State = Batch.State


def take_back(scope: Scope, batch: Batch) -> Batch:
    """Undo a batch as long as nobody has built on it; raises Refused otherwise. Goes on where it stopped."""
    batch = batch_in_reach(scope, batch.pk)
    since = begin_back(scope, batch)
    touched = touched_rows(scope, batch).order_by("-number")
    rows = list(touched[:500])
    while rows:
        with transaction.atomic():
            close_opened(scope, [row.child for row in rows if row.state == Row.State.NEW and row.child])
            for row in rows:
                if row.state == Row.State.CHANGED and row.child:
                    turn_round(scope, row.child, batch.pk, since)
            batch.rows.within(scope, Need.IMPORT).filter(pk__in=[row.pk for row in rows]).update(done=False)
            moved = Batch.objects.filter(pk=batch.pk).within(scope, Need.IMPORT)
            moved.update(done=F("done") + len(rows), moved_at=now())
        breathe(batch)
        rows = list(touched.filter(number__lt=rows[-1].number)[:500])
    return taken_back(scope, batch)


def begin_back(scope: Scope, batch: Batch) -> datetime:
    """Take a batch for taking back, if nobody has built on it; give the moment from which its rows count."""
    with transaction.atomic():
        held = Batch.objects.within(scope, Need.IMPORT).select_for_update().get(pk=batch.pk)
        if held.state not in (State.DONE, State.TAKING_BACK) or held.committed_at is None or held.started_at is None:
            raise Refused("not-committed", "这批名册还没有导入，不用撤回。")
        if held.state == State.DONE:
            refuse_built_on(scope, held, list(touched_rows(scope, held).values_list("child", flat=True)))
            held.state, held.done = State.TAKING_BACK, 0
            held.save(update_fields=["state", "done"])
    return held.started_at


def refuse_built_on(scope: Scope, batch: Batch, children: list[UUID | None]) -> None:
    """Raise Refused when somebody has written about one of the children since."""
    ids = [child for child in children if child]
    later: set[UUID] = set()
    for start in range(0, len(ids), CHUNK):
        later |= built_on(scope, ids[start : start + CHUNK], until=batch.committed_at)  # type: ignore[arg-type]
    if later:
        rows = Child.objects.within(scope, Need.IMPORT).filter(pk__in=list(later)[:CHUNK]).order_by("pinyin", "pk")
        names = "、".join(rows.values_list("name", flat=True)[:5]) + ("等" if len(later) > 5 else "")
        raise Refused(
            "built-on",
            f"导入之后，其中 {len(later)} 名孩子（{names}）已有新的记录或改动，不能整批撤回。请逐个修改有误的档案。",
        )


def taken_back(scope: Scope, batch: Batch) -> Batch:
    """Close the taking back: what is left of the batch goes, with one line of the trail."""
    with transaction.atomic():
        held = Batch.objects.within(scope, Need.IMPORT).select_for_update().get(pk=batch.pk)
        if held.state == State.TAKING_BACK:
            turn_rest(scope, held.pk)
            for klass in Klass.objects.filter(pk__in=held.made_klasses):
                with suppress(ProtectedError):  # other children or posts are in it by now
                    klass.delete()
            held.state, held.taken_back_at = State.TAKEN_BACK, now()
            held.save(update_fields=["state", "taken_back_at"])
            back = batch.rows.within(scope, Need.IMPORT).filter(
                child__isnull=False, state__in=(Row.State.NEW, Row.State.CHANGED)
            )
            ids = list(dict.fromkeys(back.order_by("number").values_list("child", flat=True)))
            trail.note_many(scope, "roster.child-back", school=held.school_id, children=ids, subject=str(held.pk))
            trail.note(scope, "roster.take-back", school=held.school_id, subject=str(held.pk))
    return held
