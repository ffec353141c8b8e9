"""What a person leaves out of a preview: whole rows, or single differences; kept on the batch until it is committed."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import Count, Q

from oasis.children.rosters import Difference, Told
from oasis.intake import packing
from oasis.intake.models import Batch, Row
from oasis.intake.queries import tallied
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.people.scope import Scope

State = Row.State
BLANK = Told({})
WAITS = Q(unnumbered=True, state__in=(State.NEW, State.CHANGED)) & ~Q(doubt=True, state=State.NEW)
ASKS = Q(doubt=True, state=State.NEW)
FOLLOWS = {"left_behind": ("civil",)}  # the second definition is concluded from the first


def pick(
    scope: Scope, batch: Batch, *, shown: Collection[int], rows: Collection[int], fields: Mapping[int, Collection[int]]
) -> Batch:
    """Keep what is ticked on one page of the preview: `rows` of those `shown`, and of each row the differences."""
    with transaction.atomic():
        held = hold(scope, batch)
        mine = held.rows.within(scope, Need.IMPORT)
        chosen = list(mine.filter(number__in=shown, state__in=(State.NEW, State.CHANGED)))
        for row in chosen:
            row.skip = row.number not in rows
            if row.differences:
                found = packing.unpacked_differences(row.differences)
                row.declined = packing.packed_places(left_out(found, fields.get(row.number, ())))
        mine.bulk_update(chosen, ["skip", "declined"])
        return recounted(scope, held)


def take_unnumbered(scope: Scope, batch: Batch, *, take: bool) -> Batch:
    """Take every row whose ID number cannot be right, without the number; or leave all of them out again."""
    with transaction.atomic():
        held = hold(scope, batch)
        rows = held.rows.within(scope, Need.IMPORT).filter(WAITS)
        rows.update(skip=not take)
        return recounted(scope, held)


def hold(scope: Scope, batch: Batch) -> Batch:
    """Give the batch locked, or raise Refused when its preview is over."""
    held = Batch.objects.within(scope, Need.IMPORT).select_for_update().get(pk=batch.pk)
    if held.state != Batch.State.PREVIEW:
        raise Refused("too-late", "这批名册已经导入，不能再改。")
    return held


def counted_anew(scope: Scope, held: Batch) -> Batch:
    """Count the rows of a preview by what they would do, as its lists give them, and then those left out."""
    waits = held.rows.within(scope, Need.IMPORT).filter(WAITS).count()
    held.counts = {**held.counts, **tallied(scope, held), "waits": waits}
    return recounted(scope, held)


def recounted(scope: Scope, held: Batch) -> Batch:
    """Count the rows left out, all of them and by what they would have done."""
    mine = held.rows.within(scope, Need.IMPORT)
    out: Counter[str] = Counter()
    for state, n in mine.filter(skip=True).values_list("state").annotate(n=Count("pk")).order_by():
        out[state] += n
    taken = mine.filter(WAITS, skip=False).count()
    asks = mine.filter(ASKS, skip=True).count()
    repeats = mine.filter(ASKS, skip=True, alike__isnull=True).count()
    partly = 0
    for row in mine.filter(skip=False).exclude(declined="").values_list("skip", "state", "differences", "declined"):
        if nothing_left(*row):
            out[row[1]] += 1
        else:
            partly += 1
    by_state = {f"out-{state}": out[state] for state in (State.NEW.value, State.CHANGED.value)}
    held.counts = {**held.counts, **by_state, "out": out.total(), "partly": partly, "taken": taken, "asks": asks}
    held.counts["repeats"] = repeats
    held.save(update_fields=["counts"])
    return held


def left_out(found: list[Difference], ticked: Collection[int]) -> set[int]:
    """Give the places of the differences that are not ticked, with those that follow from them."""
    left = {at for at in range(len(found)) if at not in ticked}
    gone = {follower for at in left for follower in FOLLOWS.get(found[at].key, ())}
    return left | {at for at, one in enumerate(found) if one.key in gone}


def nothing_left(skip: bool, state: str, differences: str, declined: str) -> bool:
    """Tell whether a row has nothing left to bring in."""
    if skip:
        return True
    places = packing.unpacked_places(declined)
    return state == State.CHANGED and bool(places) and len(places) == len(packing.unpacked_differences(differences))


def without(told: Told, found: list[Difference], declined: str) -> tuple[Told, list[Difference]]:
    """Give what a row still tells and its differences, without those left out."""
    places = packing.unpacked_places(declined)
    gone = {found[at].key for at in places}
    if not gone:
        return told, found
    blank = {name: getattr(BLANK, name) for name in gone & {"klass", "boarding", "left_behind", "civil", "care"}}
    return replace(told, **blank), [one for at, one in enumerate(found) if at not in places]
