"""KINDS: every kind of record, in the order the screens offer them."""

from oasis.kit.catalogue import Catalogue
from oasis.records.kinds.base import Kind
from oasis.records.kinds.carer_contact import CarerContact
from oasis.records.kinds.concern import Concern
from oasis.records.kinds.family_call import FamilyCall
from oasis.records.kinds.family_letter import FamilyLetter
from oasis.records.kinds.feedback import Feedback
from oasis.records.kinds.gift import Gift
from oasis.records.kinds.group_talk import GroupTalk
from oasis.records.kinds.hazard import Hazard
from oasis.records.kinds.illness import Illness
from oasis.records.kinds.incident import Incident
from oasis.records.kinds.life_service import LifeService
from oasis.records.kinds.moral import Moral
from oasis.records.kinds.night_care import NightCare
from oasis.records.kinds.schooling import Schooling
from oasis.records.kinds.screening import Screening
from oasis.records.kinds.talk import Talk
from oasis.records.kinds.tutoring import Tutoring
from oasis.records.kinds.visit import Visit

KINDS: Catalogue[type[Kind]] = Catalogue(
    Talk,
    CarerContact,
    FamilyCall,
    Visit,
    Feedback,
    FamilyLetter,
    Tutoring,
    Moral,
    LifeService,
    NightCare,
    Illness,
    Incident,
    Schooling,
    Hazard,
    Screening,
    Gift,
    GroupTalk,
    Concern,
)
COUNTED = tuple(kind for kind in KINDS if kind.counted and not kind.ledger)
UNCOUNTED = tuple(kind.code for kind in KINDS if kind not in COUNTED)

__all__ = ["COUNTED", "KINDS", "UNCOUNTED", "Kind"]
