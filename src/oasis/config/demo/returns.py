"""What the demo's calls must agree with: nobody rings up a parent at home, and a number worked when it was last answered."""

from datetime import date

from oasis.children.models import Person, Phone, Tie
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


def answered(stage: Stage) -> None:
    """Let every number have worked last on the day of the last call that was answered, as the records tell it."""
    ties = [row for row in stage.rows.tables[Tie] if isinstance(row, Tie)]
    who = {(row.child_id, {"51": "father", "52": "mother"}.get(row.relation, "")): row.person_id for row in ties}
    carers = {row.child_id: row.person_id for row in ties if row.carer}
    last: dict[object, date] = {}
    for row in stage.rows.tables[Record]:
        if isinstance(row, Record) and row.outcome == "done" and row.channel in ("phone", "video", "wechat"):
            person = carers.get(row.child_id) if row.with_whom == "carer" else who.get((row.child_id, row.with_whom))
            if person:
                last[person] = max(last.get(person, row.happened_on), row.happened_on)
    for phone in stage.rows.tables[Phone]:
        if isinstance(phone, Phone) and phone.last_worked_on:
            phone.last_worked_on = last.get(phone.person_id)
