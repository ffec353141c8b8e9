"""The rows of the school's own work, a file a matter; everything is imported from here."""

from oasis.campus.models.dormitory import (
    BedMark,
    BedStay,
    Collector,
    DormRoom,
    HomeLeave,
    House,
    Missing,
    MissingStep,
    NightCheck,
    Visitor,
)
from oasis.campus.models.growth import Absence, Exam, Growth, Mark
from oasis.campus.models.health import HealthCheck, HealthFinding, Illness, IllnessTold
from oasis.campus.models.letters import Letter, LetterCopy
from oasis.campus.models.meetings import ParentMeeting, ParentSeat
from oasis.campus.models.organisation import (
    Meeting,
    MeetingPresence,
    Resolution,
    Rule,
    RuleBody,
    RuleReading,
    RuleVersion,
    Seat,
    WorkItem,
)

__all__ = [
    "Absence",
    "BedMark",
    "BedStay",
    "Collector",
    "DormRoom",
    "Exam",
    "Growth",
    "HealthCheck",
    "HealthFinding",
    "HomeLeave",
    "House",
    "Illness",
    "IllnessTold",
    "Letter",
    "LetterCopy",
    "Mark",
    "Meeting",
    "MeetingPresence",
    "Missing",
    "MissingStep",
    "NightCheck",
    "ParentMeeting",
    "ParentSeat",
    "Resolution",
    "Rule",
    "RuleBody",
    "RuleReading",
    "RuleVersion",
    "Seat",
    "Visitor",
    "WorkItem",
]
