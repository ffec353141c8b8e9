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
    tried: bool = False
    alone: bool = False  # it was among several that failed together
    fault: Exception | None = None


class Gathered(Generic[T]):
    """Do things in the order they come; those that came while the last were being done are done together.

    `act` must do all of what it is given or nothing. Where it fails for several, each thread does its own alone, so that the fault of
    one reaches nobody else. A fault `of_all`, as of a database that does not answer, is everybody's who waits at that moment: nobody
    waits for it a second time.
    """

    def __init__(self, act: Callable[[Sequence[T]], None], *, of_all: type[Exception] | tuple[()] = ()) -> None:
        """Begin with nobody waiting."""
        self._act, self._of_all = act, of_all
        self._turn, self._waiting = Lock(), deque[_Ticket[T]]()

    @property
    def waiting(self) -> int:
        """How many came since the last were begun."""
        return len(self._waiting)

    def do(self, wanted: T) -> None:
        """Come back when it is done; raises whatever `act` raises for this one."""
        ticket = _Ticket(wanted)
        self._waiting.append(ticket)
        with self._turn:
            if not ticket.tried:
                self._do_waiting(ticket)
        if ticket.alone:
            self._act([wanted])
        elif ticket.fault:
            raise ticket.fault

    def _do_waiting(self, own: _Ticket[T]) -> None:
        tickets = self._taken()
        try:
            self._act([one.wanted for one in tickets])
        except Exception as fault:
            if isinstance(fault, self._of_all):
                for one in (*tickets, *self._taken()):
                    one.fault = type(fault)(*fault.args)  # each thread raises one of its own
                raise
            if tickets == [own]:
                raise
            for one in tickets:
                one.alone = True
        except BaseException:  # this thread is to end, the others are not
            for one in tickets:
                one.alone = True
            raise

    def _taken(self) -> list[_Ticket[T]]:
        tickets = [self._waiting.popleft() for _n in range(len(self._waiting))]
        for one in tickets:
            one.tried = True
        return tickets
