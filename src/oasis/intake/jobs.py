"""Long acts in the background: small files at once, large ones by the worker, with progress that can be left."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django_tasks import task

from oasis.children.access import scope_of
from oasis.intake import actions, commit, undo
from oasis.intake.models import Batch
from oasis.intake.queries import batch_in_reach
from oasis.kit.bulk import frugal
from oasis.kit.dates import now, today
from oasis.kit.refused import Refused
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope

AT_ONCE = 3_000  # rows that a person waits for; a larger file goes to the worker
SILENT = timedelta(seconds=90)  # no sign of life for so long: the act may be taken up again
State = Batch.State
ACTS: dict[str, tuple[Callable[[Scope, Batch], Batch], tuple[str, ...], str]] = {
    "preview": (actions.preview, (State.COLUMNS, State.PREVIEW), State.PREVIEWING),
    "commit": (commit.commit, (State.PREVIEW,), State.COMMITTING),
    "take-back": (undo.take_back, (State.DONE,), State.TAKING_BACK),
}


def start(scope: Scope, batch: Batch, act: str) -> None:
    """Begin an act, or take it up again after the worker was stopped; raises Refused when it is not its turn."""
    batch = batch_in_reach(scope, batch.pk)
    _run, before, running = ACTS[act]
    if batch.state != running and batch.state not in before:
        raise Refused("not-its-turn", "这批名册的状态已经变了，请刷新页面。")
    if batch.state == running and not stalled(batch):
        return
    if batch.total <= AT_ONCE:
        ACTS[act][0](scope, batch)
        return
    check(scope, batch, act)
    Batch.objects.filter(pk=batch.pk).within(scope, Need.IMPORT).update(moved_at=now())
    work.enqueue(act, str(batch.pk), str(scope.actor))


def check(scope: Scope, batch: Batch, act: str) -> None:
    """Take the batch for an act now, so that the page shows it, and refuse now what the worker would refuse."""
    if act == "preview":
        Batch.objects.filter(pk=batch.pk).within(scope, Need.IMPORT).update(state=State.PREVIEWING, done=0)
    elif act == "commit":
        commit.begin(scope, batch)
    else:
        undo.begin_back(scope, batch)


def stalled(batch: Batch) -> bool:
    """Tell whether a running act has given no sign of life for long."""
    return batch.busy and (batch.moved_at is None or now() - batch.moved_at > SILENT)


@task()
def work(act: str, batch: str, user: str) -> None:
    """Run one act in the worker, with the eyes the person has today."""
    who = User.objects.get(pk=UUID(user))
    with frugal():
        scope = scope_of(who, today())
        ACTS[act][0](scope, batch_in_reach(scope, UUID(batch)))
