"""LEDGERS and SLIPS: what the school's own work prints, in the order the screens offer it."""

from oasis.kit.catalogue import Catalogue
from oasis.papers.ledgers import boarding, goods, hazards, health, incidents, organisation, room, schooling, screening
from oasis.papers.ledgers.base import Ledger, Slip

LEDGERS: Catalogue[Ledger] = Catalogue(
    schooling.MONTHS, hazards.HAZARDS, hazards.HOMES, incidents.INCIDENTS, organisation.GROUP, health.CHECKS, health.ABSENT, health.ILL, boarding.BEDS,
    boarding.CALLS, boarding.ROUNDS, boarding.LEAVES, boarding.WEEKENDS, boarding.VISITORS, room.HOURS, room.LOG, room.LOANS, room.THINGS,
    goods.DONATED, goods.BOOK,
)  # fmt: skip
SLIPS: Catalogue[Slip] = Catalogue(
    incidents.REPORT, screening.SCREENING, goods.THANKS, room.SCRAP, organisation.MINUTES, organisation.ACTIVITY
)

__all__ = ["LEDGERS", "SLIPS", "Ledger", "Slip"]
