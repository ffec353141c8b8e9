"""Parents who were at home for some days in the year of the demo: nobody rang them up then."""

from datetime import date

from oasis.children.models import Person, Tie
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.config.demo.year import PARENTS
from oasis.records.models import Record

CALLS = ("family-call", "family-letter")


def at_home(stage: Stage, one: Kept, person: Person, after: date, until: date) -> None:
    """Let the other parent be rung up in the days between, or nobody when both were at home."""
    ties = {row.child_id: row for row in stage.rows.tables[Tie] if isinstance(row, Tie) and row.person_id == person.pk}
    gone = set()
    for row in stage.rows.tables[Record]:
        if not isinstance(row, Record) or row.kind not in CALLS or row.child_id not in ties:
            continue
        me, other = ("father", "mother") if ties[row.child_id].relation == "51" else ("mother", "father")
        if row.with_whom != me or not after < row.happened_on < until:
            continue
        since, back = one.away.get(other, (date.max, date.max))
        if since <= row.happened_on <= back:
            row.with_whom, row.summary = other, row.summary.replace(PARENTS[me], PARENTS[other])
        else:
            gone.add(row.pk)
    for model, rows in list(stage.rows.tables.items()):
        if model.__module__.startswith("oasis.records"):
            stage.rows.tables[model] = [row for row in rows if row.pk not in gone]
