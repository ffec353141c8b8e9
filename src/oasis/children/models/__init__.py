"""The tables of a child's file, one module per group."""

from oasis.children.models.assessment import Assessment, Score
from oasis.children.models.care import Away, CareArrangement, Person, Phone, Tie
from oasis.children.models.child import (
    KEY_LEVELS,
    CensusEntry,
    Change,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    RiskLevel,
)  # fmt: skip
from oasis.children.models.consent import Consent
from oasis.children.models.merging import Merging
from oasis.children.models.pairing import Pairing
from oasis.children.models.paper import Paper, PaperBody
from oasis.children.models.petition import Petition
from oasis.children.models.plan import Plan, PlanAction, PlanGoal, PlanReview, Problem, ProblemNote
from oasis.children.models.scheme import RiskScheme

__all__ = [
    "KEY_LEVELS",
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
    "Paper",
    "PaperBody",
    "Person",
    "Petition",
    "Phone",
    "Plan",
    "PlanAction",
    "PlanGoal",
    "PlanReview",
    "Problem",
    "ProblemNote",
    "RiskLevel",
    "RiskScheme",
    "Score",
    "Tie",
]
