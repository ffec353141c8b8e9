"""The tables of a child's file, one module per group."""

from oasis.children.models.assessment import Assessment, Score
from oasis.children.models.care import Away, CareArrangement, Person, Phone, Tie
from oasis.children.models.child import CensusEntry, Change, Child, ChildStatus, Enrolment, Hardship, RiskLevel
from oasis.children.models.consent import Consent
from oasis.children.models.merging import Merging
from oasis.children.models.pairing import Pairing
from oasis.children.models.petition import Petition

__all__ = [
    "Assessment",
    "Away",
    "CareArrangement",
    "CensusEntry",
    "Change",
    "Child",
    "ChildStatus",
    "Consent",
    "Enrolment",
    "Hardship",
    "Merging",
    "Pairing",
    "Person",
    "Petition",
    "Phone",
    "RiskLevel",
    "Score",
    "Tie",
]
