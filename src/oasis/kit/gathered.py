"""What many threads want done at the same moment, done at once: one commit, one wait for the disk, instead of many."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(eq=False)
class _Ticket(Generic[T]):
    """A thing one thread waits for."""

    wanted: T
    done: bool = False


class Gathered(Generic[T]):
    """Do things in the order they come; those that came while the last were being done are done together.

    `act` must do all of what it is given or nothing. Where it fails for several, each thread does its own alone, so that the fault of
    one reaches nobody else.
    """

    def __init__(self, act: Callable[[Sequence[T]], None]) -> None:
        """Begin with nobody waiting."""
        self._act, self._turn, self._waiting = act, Lock(), deque[_Ticket[T]]()

    def do(self, wanted: T) -> None:
        """Come back when it is done; raises whatever `act` raises for this one."""
        ticket = _Ticket(wanted)
        self._waiting.append(ticket)
        with self._turn:
            if not ticket.done:
                self._do_waiting(ticket)

    def _do_waiting(self, own: _Ticket[T]) -> None:
        tickets = self._taken()
        if own not in tickets:  # it was among some that failed together
            tickets.insert(0, own)
        try:
            self._act([one.wanted for one in tickets])
        except Exception:
            if tickets == [own]:
                raise
            self._act([own.wanted])
            return
        for one in tickets:
            one.done = True

    def _taken(self) -> list[_Ticket[T]]:
        return [self._waiting.popleft() for _n in range(len(self._waiting))]
