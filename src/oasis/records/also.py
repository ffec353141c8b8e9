"""Records that stand for another kind as well: a visit that met the carer is a contact with the carer (records/kinds)."""

from django.db.models import Case, CharField, Q, Value, When

from oasis.records.kinds import KINDS
from oasis.records.models import Record

# What records of another kind stand for besides their own.
BESIDES = {kind.also.kind: (kind.code, kind.also) for kind in KINDS if kind.also}


def besides(kind: str, column: str = "kind") -> Q:
    """The condition that a record stands for a kind besides its own; `column` is where its own is asked for."""
    own, also = BESIDES[kind]
    return Q(**{column: own}, with_whom__in=also.with_whom, channel__in=also.channel)


ALSO = Case(
    *(When(besides(code), outcome=Record.Outcome.DONE, then=Value(code)) for code in BESIDES),
    default=Value(""),
    output_field=CharField(),
)


def standing_for(kind: str) -> Q:
    """The condition that a record is of a kind or stands for it."""
    return Q(kind=kind) | besides(kind) if kind in BESIDES else Q(kind=kind)
