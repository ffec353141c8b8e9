"""What the school runs, by chance: nights, illness, activities, places, the room, goods, meetings, helpers from outside."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from oasis.campus.models import (
    Absence,
    Activity,
    ActivityKlass,
    ActivityPart,
    BedMark,
    Book,
    Dropout,
    Goods,
    Growth,
    Handout,
    Hazard,
    HealthCheck,
    HealthFinding,
    HolidayStay,
    HomeLeave,
    House,
    Illness,
    IllnessTold,
    Incident,
    IncidentNotice,
    Loan,
    Meeting,
    MeetingPresence,
    Movement,
    NightCheck,
    Opening,
    Outsider,
    OutsiderDeed,
    ParentMeeting,
    ParentSeat,
    Persuasion,
    PlaceList,
    PlaceWish,
    Resolution,
    Rule,
    RuleVersion,
    Screening,
    Visit,
    Work,
)
from oasis.children.models import Child, Plan, PlanAction
from oasis.kit.dates import CHINA, now
from tests.world import TODAY, World

FIRST = date(2026, 2, 20)


def live(world: World, seed: int, children: list[Child]) -> None:
    """Fill the daily life of the first school; the same seed gives the same life."""
    dice, school, user = Random(seed), world.schools["青河县"], world.users["zhou"]
    base: dict[str, Any] = {"school": school}
    _house(dice, base, user, children)
    _health(world, dice, base, user, children)
    _activities(world, dice, base, user, children)
    _room(dice, base, user, children)
    _homes(world, dice, base, user, children)
    _group(dice, base, user)
    _safety(dice, base, user, children)
    for child in children:
        _one(world, dice, {**base, "child": child}, user)


def _day(dice: Random) -> date:
    return FIRST + timedelta(days=dice.randint(0, (TODAY - FIRST).days))


def _at(dice: Random) -> datetime:
    return datetime.combine(_day(dice), time(dice.choice([7, 23]), 30), CHINA)


def _house(dice: Random, base: dict[str, Any], user: Any, children: list[Child]) -> None:
    houses = [House.objects.create(**base, name=name) for name in (f"{dice.random()}"[:20], f"{dice.random()}"[:20])]
    for on in {_day(dice) for _ in range(8)}:
        for house in houses:
            turn = dice.choice(NightCheck.Turn.values)
            check = NightCheck.objects.create(
                **base, house=house, on=on, turn=turn, by=user, closed_at=dice.choice([None, now()])
            )
            for child in dice.sample(children, 3):
                state, care = dice.choice(BedMark.State.values), dice.choice(["", "fever"])
                BedMark.objects.create(**base, child=child, check_of=check, state=state, care=care)


def _health(world: World, dice: Random, base: dict[str, Any], user: Any, children: list[Child]) -> None:
    for key in ("三1", "三2", "五1"):
        for on in {_day(dice) for _ in range(4)}:
            check = HealthCheck.objects.create(
                **base, klass=world.klasses[key], on=on, turn=dice.choice(HealthCheck.Turn.values), expected=9, present=8, by=user
            )  # fmt: skip
            HealthFinding.objects.create(**base, child=dice.choice(children), check_of=check)
    for child in dice.sample(children, 8):
        lent = dice.choice([None, "12.50", "0.29", "130"])
        row = Illness.objects.create(
            **base, child=child, sort=dice.choice(Illness.Sort.values), seen_at=_at(dice), seen="试验", advanced=lent, advanced_by=user if lent else None,
            repaid_on=dice.choice([None, TODAY]) if lent else None, back_on=dice.choice([None, TODAY]),
        )  # fmt: skip
        IllnessTold.objects.create(**base, child=child, illness=row, whom=dice.choice(["carer", "leader"]), told_at=now(), heard=dice.random() < 0.7)  # fmt: skip


def _activities(world: World, dice: Random, base: dict[str, Any], user: Any, children: list[Child]) -> None:
    for kind in (*Activity.Kind.values, "safety", "drill"):
        on, done = _day(dice), dice.random() < 0.8
        row = Activity.objects.create(
            **base, kind=kind, title="试验", on=on, lead=user, held_on=on if done else None, dropped=dice.random() < 0.1, seats=dice.choice([None, 9])
        )  # fmt: skip
        for key in dice.sample(["三1", "三2", "五1"], 2):
            ActivityKlass.objects.create(**base, activity=row, klass=world.klasses[key], count=9)
        for child in dice.sample(children, 4):
            placed, came, award = (
                dice.random() < 0.8,
                dice.choice([True, True, False, None]),
                dice.choice(["", "first"]),
            )
            ActivityPart.objects.create(
                **base, child=child, activity=row, placed=placed, came=came, award=award if came else ""
            )
    for sort in PlaceList.Sort.values:
        held = PlaceList.objects.create(**base, sort=sort, title="试验", seats=4)
        for child in dice.sample(children, 6):
            PlaceWish.objects.create(**base, child=child, place_list=held, placed=dice.random() < 0.6, at=_at(dice))


def _room(dice: Random, base: dict[str, Any], user: Any, children: list[Child]) -> None:
    for _ in range(5):
        row = Opening.objects.create(**base, on=_day(dice), user=user, what="reading", count=dice.randint(0, 20))
        for child in dice.sample(children, 4):
            Visit.objects.create(**base, child=child, opening=row, called=dice.random() < 0.3)
        book = Book.objects.create(**base, code=f"{dice.random()}"[:20], title="试验")
        Loan.objects.create(**base, child=dice.choice(children), book=book, lent_on=_day(dice), due_on=TODAY)
        Work.objects.create(**base, child=dice.choice(children), kind="painting", title="试验", from_on=_day(dice))
    goods = Goods.objects.create(**base, name=f"{dice.random()}", unit="个")
    for sort in Movement.Sort.values:
        moved = Movement.objects.create(**base, goods=goods, sort=sort, on=_day(dice), quantity=3, by=user)
        if sort == "out":
            for child in dice.sample(children, 3):
                Handout.objects.create(**base, child=child, movement=moved)


def _homes(world: World, dice: Random, base: dict[str, Any], user: Any, children: list[Child]) -> None:
    for klass in (None, world.klasses["三1"]):
        row = ParentMeeting.objects.create(
            **base, klass=klass, kind="meeting", topic="试验", on=_day(dice), room="试验", tell_by=TODAY + timedelta(days=9), ended=True
        )  # fmt: skip
        for child in dice.sample(children, 6):
            ParentSeat.objects.create(**base, child=child, meeting=row, came=dice.random() < 0.5, told_on=dice.choice([None, TODAY]))  # fmt: skip


def _group(dice: Random, base: dict[str, Any], user: Any) -> None:
    for kind in Meeting.Kind.values:
        row = Meeting.objects.create(**base, kind=kind, on=_day(dice), topic="试验", chair=user)
        MeetingPresence.objects.create(**base, meeting=row, user=user, state="came")
        Resolution.objects.create(**base, meeting=row, words="试验", owner=user, due_on=_day(dice), done_on=dice.choice([None, _day(dice)]))  # fmt: skip
    rule = Rule.objects.create(**base, title="试验")
    for number in (1, 2):
        RuleVersion.objects.create(**base, rule=rule, number=number, issued_on=_day(dice), in_force_on=TODAY)
    helper = Outsider.objects.create(**base, name=f"{dice.random()}", kind="volunteer", from_on=FIRST)
    for _ in range(3):
        OutsiderDeed.objects.create(
            **base, outsider=helper, on=_day(dice), what="试验", children=dice.choice([None, 7])
        )


def _safety(dice: Random, base: dict[str, Any], user: Any, children: list[Child]) -> None:
    for child in (None, None, None, *dice.sample(children, 8)):
        found, fixed = _day(dice), dice.choice([None, TODAY])
        Hazard.objects.create(
            **base, child=child, found_on=found, sort=dice.choice(Hazard.HOME if child else Hazard.PLACE), level=dice.choice(Hazard.Level.values),
            owner=user, due_on=found + timedelta(days=dice.randint(0, 40)), fixed_on=fixed, closed_on=dice.choice([None, TODAY]) if fixed else None,
        )  # fmt: skip
    for child in dice.sample(children, 8):
        at = _at(dice)
        row = Incident.objects.create(
            **base, child=child, number=f"{dice.random()}"[:12], sort=dice.choice(Incident.Sort.values), happened_at=at, found_at=at,
            closed_on=dice.choice([None, TODAY]),
        )  # fmt: skip
        IncidentNotice.objects.create(**base, child=child, incident=row, step=dice.choice(["guardian", "oral"]), told_at=at, heard=dice.random() < 0.7)  # fmt: skip
    for child in dice.sample(children, 8):
        opened, state = _day(dice), dice.choice(Dropout.State.values)
        ended = None if state in Dropout.RUNNING else dice.choice([opened, TODAY])
        case = Dropout.objects.create(**base, child=child, state=state, absent_from=opened, reason="weary", opened_on=opened, ended_on=ended)  # fmt: skip
        Persuasion.objects.create(**base, child=child, dropout=case, on=_day(dice), who="试验", result="agreed")
    for _ in range(2):
        Screening.objects.create(**base, on=_day(dice), scale="试验", about="试验", organiser="试验", took=9, red=2)


def _one(world: World, dice: Random, base: dict[str, Any], user: Any) -> None:
    if dice.random() < 0.3:
        left = _at(dice)
        back = dice.choice([None, left + timedelta(days=2)])
        HomeLeave.objects.create(**base, fetched_by="试验", left_at=left, due_at=left + timedelta(days=2), back_at=back)
    if dice.random() < 0.3:
        Absence.objects.create(**base, on=_day(dice), reason=dice.choice(Absence.Reason.values))
        Growth.objects.create(**base, on=_day(dice), kind=dice.choice(["good", "honour"]), level="school")
    if dice.random() < 0.3:
        term = world.terms["青河县"]
        HolidayStay.objects.create(**base, term=term, with_whom=dice.choice(HolidayStay.Whom.values), at=_at(dice))
        plan = Plan.objects.create(**base, term=term, from_on=FIRST, lead=user, situation="试", causes="试", mid_on=FIRST, end_on=TODAY)  # fmt: skip
        done = dice.choice([None, _day(dice)])
        outcome = dice.choice(["done", "dropped"]) if done else ""
        PlanAction.objects.create(**base, plan=plan, area="study", words="试", owner=user, due_on=_day(dice), done_on=done, outcome=outcome)  # fmt: skip
