"""The rows of the school's own work, a file a matter; everything is imported from here."""

from oasis.campus.models.activities import Activity, ActivityKlass, ActivityPart
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
from oasis.campus.models.firsts import PlaceList, PlaceWish
from oasis.campus.models.goods import Goods, Handout, Movement
from oasis.campus.models.growth import Absence, Exam, Growth, Mark
from oasis.campus.models.hazards import Hazard, HazardCheck
from oasis.campus.models.health import HealthCheck, HealthFinding, Illness, IllnessTold
from oasis.campus.models.holiday import HolidayStay
from oasis.campus.models.incidents import Incident, IncidentLimit, IncidentNotice
from oasis.campus.models.letters import Letter, LetterCopy
from oasis.campus.models.meetings import ParentMeeting, ParentSeat
from oasis.campus.models.notices import Notice, NoticeCode
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
from oasis.campus.models.outside import Outsider, OutsiderDeed
from oasis.campus.models.room import Book, Item, ItemCount, Loan, Opening, RoomHour, Scrap, Visit, Work
from oasis.campus.models.schooling import Dropout, Persuasion, SchoolingMonth
from oasis.campus.models.screening import ScreenFollow, Screening, ScreenResult, ScreenVersion

__all__ = [
    "Absence",
    "Activity",
    "ActivityKlass",
    "ActivityPart",
    "BedMark",
    "BedStay",
    "Book",
    "Collector",
    "DormRoom",
    "Dropout",
    "Exam",
    "Goods",
    "Growth",
    "Handout",
    "Hazard",
    "HazardCheck",
    "HealthCheck",
    "HealthFinding",
    "HolidayStay",
    "HomeLeave",
    "House",
    "Illness",
    "IllnessTold",
    "Incident",
    "IncidentLimit",
    "IncidentNotice",
    "Item",
    "ItemCount",
    "Letter",
    "LetterCopy",
    "Loan",
    "Mark",
    "Meeting",
    "MeetingPresence",
    "Missing",
    "MissingStep",
    "Movement",
    "NightCheck",
    "Notice",
    "NoticeCode",
    "Opening",
    "Outsider",
    "OutsiderDeed",
    "ParentMeeting",
    "ParentSeat",
    "Persuasion",
    "PlaceList",
    "PlaceWish",
    "Resolution",
    "RoomHour",
    "Rule",
    "RuleBody",
    "RuleReading",
    "RuleVersion",
    "SchoolingMonth",
    "Scrap",
    "ScreenFollow",
    "ScreenResult",
    "ScreenVersion",
    "Screening",
    "Seat",
    "Visit",
    "Visitor",
    "Work",
    "WorkItem",
]
