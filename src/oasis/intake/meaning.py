"""A doubted row decided by a person: it is the child that has a file, or another one after all."""

from django.db import transaction

from oasis.children.rosters import Told
from oasis.intake import packing
from oasis.intake.facts import Facts
from oasis.intake.models import Batch, Row
from oasis.intake.picking import counted_anew, hold
from oasis.intake.previewing import judge_of
from oasis.intake.queries import layouts_of, reader_for
from oasis.intake.rows import Walker
from oasis.intake.verdicts import State, Verdict, undated
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.people.scope import Scope

WHO = frozenset({"child.name", "child.birth_on", "child.id_number"})  # who it is: where they differ the file's stay


def decide(scope: Scope, batch: Batch, *, number: int, same: bool) -> Batch:
    """Take a doubted row as the child it looks like, or, taken back, as a new one that waits; judges the row anew."""
    with transaction.atomic():
        held = hold(scope, batch)
        row = held.rows.within(scope, Need.IMPORT).filter(number=number, doubt=True, alike__isnull=False).first()
        if row is None:
            raise Refused("no-such-row", "没有找到这一行，请刷新页面再看。")
        if same:
            _must_be_free(scope, held, row)
        verdict = judge_of(scope, held).again(_read(scope, held, row), row.alike if same else None)
        if verdict.state == State.REFUSED:
            raise Refused("not-this-child", verdict.facts.refusals[-1])
        held.counts["undated"] = held.counts.get("undated", 0) + verdict.undated - _undated(row)
        _write(row, verdict, same=same)
        return counted_anew(scope, held)


def _must_be_free(scope: Scope, held: Batch, row: Row) -> None:
    others = held.rows.within(scope, Need.IMPORT).filter(child=row.alike).exclude(pk=row.pk)
    if other := others.exclude(state=State.REFUSED).first():
        raise Refused("twice", f"第{other.line}行已经是这个孩子。两行是同一个孩子的，在表里合成一行再导入。")


def _read(scope: Scope, held: Batch, row: Row) -> Facts:
    """Read one row again from the cells; rows above may hold its class or a merged cell."""
    for layout, raw in layouts_of(held):
        if raw["at"] == row.sheet:
            walker, reader = Walker(layout, tuple(tuple(merge) for merge in raw["merges"])), reader_for(held, layout)
            for page in held.pages.within(scope, Need.IMPORT).filter(sheet=row.sheet).iterator(chunk_size=1):
                for one in walker.rows(bytes(page.body)):
                    if one.number == row.line:
                        return reader.read(one)
    raise Refused("no-such-row", "没有找到这一行，请重新导入一次。")


def _write(row: Row, verdict: Verdict, *, same: bool) -> None:
    facts = verdict.facts
    kept = verdict.kept | {at for at, one in enumerate(verdict.found) if one.key in WHO and one.old and same}
    row.state, row.child, row.same, row.skip = verdict.state, verdict.child, same, not same
    row.facts = packing.packed(facts.told, verdict.klass) if verdict.state != State.SAME else ""
    row.differences = packing.packed_differences(verdict.found, verdict.days)
    row.declined, row.newer, row.unnumbered = packing.packed_places(kept), any(verdict.days), facts.unnumbered
    row.said = "\n".join((*facts.refusals, *facts.notices))
    row.save()


def _undated(row: Row) -> bool:
    told = packing.unpacked(row.facts)[0] if row.facts else Told({})
    return undated(row.state, told, packing.unpacked_differences(row.differences))
