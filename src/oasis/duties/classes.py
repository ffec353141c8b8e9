"""How the classes stand that a person leads, by what is owed in them."""

from collections.abc import Sequence

from oasis.duties.judging import Pupil
from oasis.duties.queries import owed
from oasis.duties.tally import Place, by_class
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope


def own_classes(scope: Scope) -> tuple[list[Place], Sequence[Pupil]]:
    """Give the classes that a person leads or that are in the schools led, with all pupils in reach."""
    classes, schools = scope.ids(ArmKind.KLASS, Need.RECORD_READ), scope.ids(ArmKind.SCHOOL, Need.RECORD_READ)
    board = owed(scope, scope.on, need=Need.RECORD_READ)
    mine = classes | {pupil.klass_id for pupil in board.pupils if pupil.klass_id and pupil.school_id in schools}
    return [place for place in by_class(board.lines, board.pupils) if place.klass_id in mine], board.pupils
