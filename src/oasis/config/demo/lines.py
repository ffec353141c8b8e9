"""What the demo's longer matters leave on a child's timeline: one line when they are found, one when they end."""

from datetime import date, datetime, time

from oasis.children.models import Child
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA
from oasis.kit.ids import new_id
from oasis.people.models import User
from oasis.records.models import Record


def line(stage: Stage, child: Child, kind: str, step: str, on: date, by: User | None, words: str) -> None:
    """Add the line of a step, written the same afternoon; today, before it comes."""
    stage.rows.add(
        Record(
            id=new_id(), school=stage.school, child=child, kind=kind, by=by, happened_on=on,
            at=datetime.combine(on, time(8, 30) if on == stage.on else time(17, 5), CHINA), summary=words, details={"stage": step},
        )
    )  # fmt: skip
