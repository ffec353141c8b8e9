"""Words for the codes that stand in the lists behind figures of daily life and of the school's own work."""

from oasis.campus.models import (
    Absence,
    Activity,
    ActivityPart,
    BedMark,
    Dropout,
    Growth,
    Hazard,
    HealthCheck,
    HolidayStay,
    HomeLeave,
    Illness,
    Incident,
    Item,
    Letter,
    Meeting,
    Movement,
    NightCheck,
    Notice,
    Opening,
    Outsider,
    ParentMeeting,
    ParentSeat,
    Persuasion,
    Rule,
    Work,
    WorkItem,
)
from oasis.children.models import PlanAction, PlanReview
from oasis.figures.daily import ADVANCED
from oasis.figures.sources import Mark
from oasis.records.kinds.gift import OCCASIONS

CODES = {
    "leave": HomeLeave.Reason, "bed-absent": BedMark.State, "bed-care": BedMark.Care, "ill-told": Illness.Sort, "activity": Activity.Kind,
    "award": ActivityPart.Award, "work": Work.Kind, "absent": Absence.Reason, "truant": Absence.Part, "honour": Growth.Level,
    "meet-missed": ParentMeeting.Kind, "meet-told": ParentSeat.Way, "action": PlanAction.Area, "action-done": PlanAction.Area,
    "review": PlanReview.Part, "holiday": HolidayStay.Whom, "dropout": Dropout.Reason, "persuaded": Persuasion.Way, "home-hazard": Hazard.Sort,
    "incident-case": Incident.Sort, "incident-told": Incident.Sort,
}  # fmt: skip
LEVELS = [(code, f"{label}隐患") for code, label in Hazard.Level.choices]
DEEDS: dict[str, dict[str, str]] = {
    tag: {str(code): str(label) for code, label in choices}
    for tag, choices in (
        ("night", NightCheck.Turn.choices), ("check", HealthCheck.Turn.choices), ("activity", Activity.Kind.choices),
        ("lesson", Activity.Kind.choices), ("opening", Opening.What.choices), ("rule", Rule.Kind.choices), ("meeting", Meeting.Kind.choices),
        ("trained", [("", "参加培训的教职工")]), ("resolution", [("", "会议决议")]), ("resolution-done", [("", "完成的决议")]),
        ("resolution-due", [("", "没有完成的决议")]), ("item-done", WorkItem.Area.choices), ("item-due", WorkItem.Area.choices),
        ("outsider", Outsider.Kind.choices), ("deed", Outsider.Kind.choices), ("thanks", Outsider.Kind.choices),
        ("letter", Letter.Part.choices), ("parents", ParentMeeting.Kind.choices), ("goods-in", Movement.Source.choices),
        ("goods-out", OCCASIONS), ("stocktaking", Item.State.choices), ("scrap", [("", "报废")]),
        ("hazard", LEVELS), ("hazard-closed", LEVELS), ("hazard-due", LEVELS), ("screening", [("", "心理筛查")]), ("notice", Notice.State.choices),
    )
}  # fmt: skip


def words_of(mark: Mark) -> str:
    """Say what a row of daily life tells besides its day; the sum of an advance in yuan."""
    if mark.tag == ADVANCED:
        return f"{int(mark.code) / 100:.2f}元"
    return str(dict(CODES[mark.tag].choices).get(mark.code, "")) if mark.tag in CODES else ""
