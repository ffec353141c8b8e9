"""A roster's import seen from the command line: a bar while it runs, then what it found."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from rich.markup import escape
from rich.table import Table

from oasis.config.show import console, progress
from oasis.intake.models import Batch, Row
from oasis.intake.queries import rows_of
from oasis.people.roles import Need
from oasis.people.scope import Scope

SHOWN = 20
LOOK = 0.3  # seconds between two looks at how far it is


def watched(title: str, scope: Scope, batch: Batch, act: Callable[[Scope, Batch], Batch]) -> Batch:
    """Run a long act beside a bar that follows it; gives what the act gives, raises what it raises."""

    def work() -> Batch:
        try:
            return act(scope, batch)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as beside, progress(title) as advance:
        running = beside.submit(work)
        while not running.done():
            advance(*_state(scope, batch), "")
            time.sleep(LOOK)
        done = running.result()
        advance(done.total, done.total, "")
    return done


def _state(scope: Scope, batch: Batch) -> tuple[int, int]:
    done = Batch.objects.within(scope, Need.IMPORT).filter(pk=batch.pk).values_list("done", flat=True).first()
    return done or 0, batch.total


def report_batch(scope: Scope, batch: Batch) -> None:
    """Show the counts of a preview and why rows are refused; rows are named by sheet and line, not by the child."""
    told = [f"{label} {batch.counts[code]}" for code, label in Row.State.choices if batch.counts.get(code)]
    console.print(f"{batch.name}：{'，'.join(told) or '没有行'}", highlight=False)
    refused = list(rows_of(scope, batch, state=Row.State.REFUSED)[: SHOWN + 1])
    if not refused:
        return
    table = Table(title="有问题、不会写入的行", title_justify="left")
    for heading in ("第几行", "原因"):
        table.add_column(heading)
    for row in refused[:SHOWN]:
        table.add_row(str(row.line), escape(row.said))
    console.print(table)
    if len(refused) > SHOWN:
        console.print(f"只列出前 {SHOWN} 行，其余请在网页的“导入”里看。")
