"""Populations: named conditions on the file, for duties, filters and figures; each says since when a child belongs to it."""

from dataclasses import dataclass

from django.db.models import Q

from oasis.kit.catalogue import Catalogue


@dataclass(frozen=True)
class Population:
    """Children of one kind. `label` is read by staff only; `since` names the dated history the belonging follows from."""

    code: str
    label: str
    q: Q
    since: str = ""  # status, risk, or the day the file was opened


CONFIRMS = Q(unfit="")  # of CareArrangement: it confirms who cares; one with an unfit carer does not
HELPS = Q(staff__isnull=False) & ~Q(role="counsellor")  # of Pairing: a member of staff who stands by the child
ANY = Q(pk__isnull=False)
POPULATIONS = Catalogue(
    Population("left-behind", "留守儿童（教育口径）", Q(left_behind__gt=0), "status"),
    Population("both-away", "父母双方外出的儿童", Q(left_behind=2), "status"),
    Population("civil", "留守儿童（民政口径）", Q(civil=True), "status"),
    Population("key", "重点帮扶对象", Q(key=True), "risk"),
    Population("not-with-parents", "不由父母照护的儿童", Q(care__gt="") & ~Q(care__in=["parents", "one-parent"]), "status"),
    Population("boarders", "寄宿生", Q(boarding=True)),
    Population("left-behind-boarders", "寄宿的留守儿童", Q(boarding=True, left_behind__gt=0), "status"),
    Population("everyone", "全体学生", ANY),
)  # fmt: skip
