"""The rows of the school's own work, a file a matter; everything is imported from here."""

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
    "Letter",
    "LetterCopy",
    "Meeting",
    "MeetingPresence",
    "ParentMeeting",
    "ParentSeat",
    "Resolution",
    "Rule",
    "RuleBody",
    "RuleReading",
    "RuleVersion",
    "Seat",
    "WorkItem",
]
