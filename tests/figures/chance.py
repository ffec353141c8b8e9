"""A school filled by chance from a seed: children who come, go, fall under every code, and records of every sort."""

from datetime import date, timedelta
from random import Random

from oasis.children.models import (
    CareArrangement,
    CensusEntry,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    Pairing,
    Person,
    RiskLevel,
)  # fmt: skip
from oasis.kit import codes
from oasis.kit.ids import new_id
from oasis.places.models import Term
from oasis.records.kinds import KINDS
from oasis.records.models import Record
from tests.figures.chance_daily import live
from tests.world import BEGAN, TODAY, World

SPRING = date(2026, 2, 20)


def spring(world: World) -> Term:
    """Give the school a term before the present one."""
    return Term.objects.create(
        school=world.schools["青河县"], year=2025, half=2, starts_on=SPRING, ends_on=date(2026, 7, 3),
        visit1_until=date(2026, 3, 15), visit2_from=date(2026, 4, 15), visit2_until=date(2026, 5, 15),
        visit3_from=date(2026, 6, 10),
    )  # fmt: skip


def fill(world: World, seed: int, count: int = 40) -> list[Child]:
    """Fill the school with children of chance and what happened to them; the same seed gives the same school."""
    dice = Random(seed)
    made = [_child(world, dice, n) for n in range(count)]
    for child in made:
        _dated(world, dice, child)
        _acts(world, dice, child)
    _together(world, dice, made)
    _late(made)
    live(world, seed, made)
    return made


def _late(made: list[Child]) -> None:
    """Let every seventh child be left-behind since these days only: it is not owed yet what others are."""
    for child in made[3::7]:
        child.left_behind = 2
        child.spell()
        child.save()
        spell = {"from_on": TODAY - timedelta(days=4), "left_behind": 2, "care": child.care}
        ChildStatus.objects.create(school=child.school, child=child, **spell)


def _day(dice: Random, first: date = SPRING, last: date = TODAY) -> date:
    return first + timedelta(days=dice.randint(0, (last - first).days))


def _child(world: World, dice: Random, n: int) -> Child:
    klass = dice.choice([world.klasses[key] for key in ("三1", "三2", "五1")] + ([None] if n % 9 == 0 else []))
    gone = dice.random() < 0.15
    child = Child(
        school=world.schools["青河县"], klass=klass, name=f"试验{n}", sex=dice.choice(["1", "2", ""]),
        birth_on=dice.choice([None, date(2016, 1, 1), date(2020, 5, 5), date(2010, 2, 2)]),
        state=dice.choice(["moved", "graduated", "away"]) if gone else "here", closed_on=_day(dice) if gone else None,
        boarding=dice.random() < 0.3, left_behind=dice.choice([0, 0, 1, 2]), civil=dice.random() < 0.3,
        key=dice.random() < 0.2, care=dice.choice(["", *codes.Care.values]), care_rating=dice.choice(["", "good", "poor"]),
        registered=dice.random() < 0.9, opened_on=SPRING, address=dice.choice(["", "柳溪村一组"]),
    )  # fmt: skip
    child.spell()
    child.save()
    starts = dice.choice([SPRING, BEGAN, date(2025, 9, 1)])
    Enrolment.objects.create(
        school=child.school, child=child, klass=klass, boarding=child.boarding, from_on=starts, to_on=child.closed_on
    )
    for on in sorted(_day(dice) for _ in range(dice.randint(0, 2))):
        ChildStatus.objects.create(
            school=child.school,
            child=child,
            from_on=max(on, starts),
            left_behind=dice.choice([0, 1, 2]),
            care=child.care,
        )
    return child


def _dated(world: World, dice: Random, child: Child) -> None:
    base = {"school": child.school, "child": child}

    def span() -> dict[str, date | None]:
        first = _day(dice)
        return {"from_on": first, "to_on": dice.choice([None, first + timedelta(days=dice.randint(1, 90))])}

    if dice.random() < 0.5:
        carer = Person.objects.create(school=child.school, name="试验照护人")
        CareArrangement.objects.create(
            **base, **span(), kind="notice", carer=carer, signed="paper", signer="甲", on=TODAY
        )
    if dice.random() < 0.5:
        Pairing.objects.create(**base, **span(), staff=world.users[dice.choice(["sun", "zhao"])])
    if dice.random() < 0.3:
        Pairing.objects.create(**base, **span(), classmate=world.children["lin"], role="classmate")
    if dice.random() < 0.3:
        Hardship.objects.create(**base, **span(), kind=dice.choice(codes.Hardship.values))
    if dice.random() < 0.3:
        RiskLevel.objects.create(**base, on=_day(dice), level=dice.choice(["key", "watch"]), reasons="试验")
    if dice.random() < 0.6:
        CensusEntry.objects.create(
            **base, term=world.terms["青河县"], on=_day(dice, BEGAN), left_behind=1, finding=dice.choice(CensusEntry.Finding.values)
        )  # fmt: skip


def _acts(world: World, dice: Random, child: Child) -> None:
    for _ in range(dice.randint(0, 6)):
        Record.objects.create(
            school=child.school, child=child, kind=dice.choice(KINDS.codes), happened_on=_day(dice), by=world.users["zhao"],
            outcome=dice.choice(["done", "done", *Record.Outcome.values]), withdrawn=dice.random() < 0.1,
            confidential=dice.random() < 0.1,
        )  # fmt: skip


def _together(world: World, dice: Random, children: list[Child]) -> None:
    for _ in range(4):
        group, on, kind = new_id(), _day(dice), dice.choice(KINDS.codes)
        for child in dice.sample(children, 5):
            Record.objects.create(
                school=child.school, child=child, kind=kind, happened_on=on, by=world.users["zhao"], group=group
            )
