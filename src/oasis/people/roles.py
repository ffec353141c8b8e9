"""Who may do what: one table of roles, each with the arm of its scope and its needs (design.md 5)."""

from dataclasses import dataclass
from enum import StrEnum

from oasis.kit.catalogue import Catalogue


class Need(StrEnum):
    """What an act or a look asks for. A route names one; a query may name one more."""

    DESK = "desk"  # be logged in and hold any post
    NAMES = "names"  # names and classes of children
    CHILD_READ = "child-read"  # the child's file
    CHILD_WRITE = "child-write"
    ID_NUMBER = "id-number"
    CONTACTS = "contacts"  # phones of parents and carers
    FAMILY = "family"  # family history, health, hardship
    RECORD_READ = "record-read"
    RECORD_WRITE = "record-write"
    CONFIDENTIAL = "confidential"  # text of confidential records
    CENSUS = "census"
    PAIR = "pair"
    IMPORT = "import"
    FIGURES = "figures"
    SUMMARY = "summary"
    EXPORT = "export"
    MERGE = "merge"  # bring two entries of one parent together
    CADENCES = "cadences"
    SETTINGS = "settings"
    PEOPLE = "people"
    TRAIL = "trail"
    VETTING = "vetting"  # the yearly record check of staff and of helpers from outside
    LAW = "law"  # consent texts, requests of parents, retention, hand-over: what a leader answers for
    CONCERN = "concern"  # write a concern about a pupil of a class taught, and read nothing back
    GUIDE = "guide"  # the school's own work: leading group, rules, meetings, the year's plan
    ACTIVITY = "activity"  # activities, the children's room, helpers from outside
    STOCK = "stock"  # goods in and out, donors, lists to sign
    BOARDING = "boarding"  # the boarding house: beds, nights, leave, visitors
    HEALTH = "health"  # illness, accidents, the checks of a class, who advanced money
    SCREENING = "screening"  # results of screenings of the mind
    APPROVE = "approve"  # decide what the law wants a leader to decide
    INSPECT = "inspect"  # read the packages a school put before its inspectors


class ArmKind(StrEnum):
    """How far a post reaches."""

    NONE = "none"
    REGION = "region"
    SCHOOL = "school"
    KLASS = "klass"
    CHILD = "child"
    BOARDERS = "boarders"
    PACKAGE = "package"  # of a school, and nothing of it but the packages it put out


SIGHT = frozenset(
    {Need.NAMES, Need.CONCERN, Need.CONTACTS, Need.CHILD_READ, Need.RECORD_READ, Need.INSPECT}
)  # each shows children


@dataclass(frozen=True)
class Role:
    """A post a person may hold: its words, its arm, what it may."""

    code: str
    label: str
    arm: ArmKind
    needs: frozenset[Need]
    second_factor: bool = False
    given: bool = True  # as a post; otherwise it comes with a pairing, a leader's word, or a code without an account
    ends: bool = False  # a post that must have a last day

    @property
    def works(self) -> bool:
        """Tell whether who holds it works with the school's children: pairs, stands in, is checked yearly."""
        return self.arm not in (ArmKind.PACKAGE, ArmKind.REGION, ArmKind.NONE)

    @property
    def sees(self) -> bool:
        """Tell whether the post shows children, be it only their names."""
        return bool(self.needs & SIGHT)


N = Need
FILE = frozenset({N.DESK, N.NAMES, N.CHILD_READ, N.CHILD_WRITE, N.ID_NUMBER, N.CONTACTS, N.FAMILY})
WORK = frozenset({N.RECORD_READ, N.RECORD_WRITE, N.CENSUS, N.PAIR, N.IMPORT, N.FIGURES, N.SUMMARY, N.EXPORT})
LEAD = (
    FILE | WORK | {N.CADENCES, N.MERGE, N.TRAIL, N.LAW, N.APPROVE, N.GUIDE, N.ACTIVITY, N.BOARDING, N.HEALTH, N.STOCK}
)

ROLES = Catalogue(
    Role("principal", "校长", ArmKind.SCHOOL, LEAD | {N.CONFIDENTIAL, N.VETTING}, second_factor=True),
    Role("dean", "德育主任", ArmKind.SCHOOL, LEAD | {N.CONFIDENTIAL}, second_factor=True),
    Role("homeroom", "班主任", ArmKind.KLASS, FILE | WORK | {N.HEALTH}),
    Role(
        "helper",
        "帮扶教师",
        ArmKind.CHILD,
        frozenset({N.DESK, N.NAMES, N.CHILD_READ, N.CONTACTS, N.RECORD_READ, N.RECORD_WRITE, N.HEALTH}),
    ),
    Role(
        "life-care",
        "生管老师",
        ArmKind.BOARDERS,
        frozenset({N.DESK, N.NAMES, N.CONTACTS, N.RECORD_WRITE, N.BOARDING, N.HEALTH}),
    ),
    Role(
        "counsellor",
        "心理教师",
        ArmKind.CHILD,
        frozenset({N.DESK, N.NAMES, N.CHILD_READ, N.RECORD_READ, N.RECORD_WRITE, N.CONFIDENTIAL, N.SCREENING}),
        second_factor=True,
    ),
    Role("keeper", "大队辅导员", ArmKind.SCHOOL, frozenset({N.DESK, N.NAMES, N.ACTIVITY, N.STOCK})),
    Role("subject", "科任教师", ArmKind.KLASS, frozenset({N.DESK, N.CONCERN})),
    Role(
        "administrator",
        "管理员",
        ArmKind.SCHOOL,
        frozenset({N.DESK, N.SETTINGS, N.PEOPLE, N.CADENCES, N.VETTING}),
        second_factor=True,
    ),
    Role("reader", "经批准查阅", ArmKind.CHILD, frozenset({N.DESK, N.NAMES, N.CHILD_READ, N.RECORD_READ}), given=False),
    Role("county", "教育局（学区）工作人员", ArmKind.REGION, frozenset({N.DESK, N.FIGURES}), second_factor=True),
    Role("inspector", "督导", ArmKind.PACKAGE, frozenset({N.INSPECT}), second_factor=True, ends=True),
    # Without an account: a pupil writes by a code the teacher prints and reads nothing, a guardian comes by a link of her own.
    Role("classmate", "爱心同学", ArmKind.NONE, frozenset(), given=False),
    Role("guardian", "监护人、家长", ArmKind.NONE, frozenset(), given=False),
)
