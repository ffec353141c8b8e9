"""The file of any past day: whatever is done on later days, the day stays as it was seen when it ended."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from oasis.children.actions import absence, care, census, family, moves, pairing, phones, status
from oasis.children.actions.files import revise
from oasis.children.history import history
from oasis.children.household import household
from oasis.children.models import Child, Pairing
from oasis.children.past import as_of
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.people.scope import Scope
from tests.world import World

FIRST = date(2026, 10, 8)
FIELDS = ("name", "address", "health", "disability_grade", "distance_km", "only_child", "interests", "state")
TODAYS = ("left_behind", "civil", "care", "key", "boarding", "klass_id")


@dataclass
class Day:
    """One day of a random story."""

    world: World
    scope: Scope
    child: Child
    dice: random.Random

    def members(self) -> list[Any]:
        return household(self.scope, self.child, self.scope.on)

    def rewrite(self) -> None:
        revise(
            self.scope, self.child, address=f"{self.dice.randint(1, 9)}组", distance_km=self.dice.choice(["1.5", "2.0", None]),
            disability_grade=self.dice.choice([None, 1, 2]), only_child=self.dice.choice([None, True, False]),
            interests=self.dice.choice(["", "画画", "跑步"]),
        )  # fmt: skip

    def restatus(self) -> None:
        left = self.dice.choice([0, 1, 2])
        census.enter(
            self.scope, self.child, term=self.world.terms["青河县"], on=self.scope.on, left_behind=left,
            care=self.dice.choice(["grandparents", "one-parent", "elder-kin"]),
        )  # fmt: skip

    def risk(self) -> None:
        status.set_risk(
            self.scope, self.child, on=self.scope.on, level=self.dice.choice(["key", "plain"]), reasons="评定"
        )

    def move(self) -> None:
        klass = self.world.klasses[self.dice.choice(["三1", "三2"])]
        moves.place(self.scope, self.child, klass=klass, boarding=self.dice.random() < 0.5, on=self.scope.on)

    def retie(self) -> None:
        tie = self.dice.choice(self.members()).tie
        family.revise_tie(
            self.scope, self.child, tie, call_order=self.dice.randint(1, 9), lives_with=self.dice.random() < 0.5
        )

    def rename(self) -> None:
        person = self.dice.choice(self.members()).person
        family.revise_person(self.scope, self.child, person, workplace=self.dice.choice(["鞋厂", "工地", ""]))

    def part(self) -> None:
        family.end_tie(self.scope, self.child, self.dice.choice(self.members()).tie, on=self.scope.on, reason="变更")

    def join(self) -> None:
        family.add_person(
            self.scope, self.child, relation=self.dice.choice(["61", "83", "90"]), from_on=self.scope.on,
            name=f"亲{self.dice.randint(10, 99)}", number=f"1990000{self.dice.randint(1000, 9999)}",
        )  # fmt: skip

    def call(self) -> None:
        known = [phone for member in self.members() for phone in member.phones]
        act = self.dice.choice([phones.worked, phones.failed, phones.wrong])
        act(self.scope, self.dice.choice(known), self.scope.on)

    def plug(self) -> None:
        person = self.dice.choice(self.members()).person
        number = f"1990000{self.dice.randint(1000, 9999)}"
        phones.add_phone(self.scope, self.child, person, number=number, on=self.scope.on)

    def unplug(self) -> None:
        known = [phone for member in self.members() for phone in member.phones]
        phones.end_phone(self.scope, self.child, self.dice.choice(known), on=self.scope.on)

    def go(self) -> None:
        absence.went_away(
            self.scope, self.child, self.dice.choice(self.members()).person, since_on=self.scope.on, city="东莞"
        )

    def back(self) -> None:
        away = self.dice.choice([member.away for member in self.members() if member.away])
        if self.dice.random() < 0.5:
            absence.revise_absence(self.scope, self.child, away, city=self.dice.choice(["东莞", "温州", "宁波"]))
        else:
            absence.came_home(self.scope, self.child, away, on=self.scope.on)

    def entrust(self) -> None:
        care.arrange(
            self.scope, self.child, carer=self.dice.choice(self.members()).person, kind="notice", signed="paper", signer="父亲",
            on=self.scope.on, from_on=self.scope.on, child_heard=True, checked=True,
        )  # fmt: skip

    def pair(self) -> None:
        pairing.begin(self.scope, self.child, role="helper", staff=self.world.users["shen"], from_on=self.scope.on)

    def unpair(self) -> None:
        running = list(Pairing.objects.within(self.scope, Need.PAIR).filter(child=self.child, to_on=None))
        pairing.end(self.scope, self.dice.choice(running), on=self.scope.on, reason="调整")

    def hard(self) -> None:
        status.add_hardship(self.scope, self.child, kind=self.dice.choice(["single", "ill"]), from_on=self.scope.on)

    @property
    def deeds(self) -> list[Callable[[], None]]:
        return [
            self.rewrite, self.restatus, self.risk, self.move, self.retie, self.rename, self.part, self.join, self.call, self.plug, self.unplug,
            self.go, self.back, self.entrust, self.pair, self.unpair, self.hard,
        ]  # fmt: skip


def picture(scope: Scope, child: Child, on: date) -> dict[str, Any]:
    """The file as `as_of` tells it, in plain values."""
    past = as_of(scope, child, on)
    return {
        "child": [str(getattr(past.child, name)) for name in FIELDS + TODAYS],
        "family": sorted(
            (
                str(m.tie.pk), m.tie.call_order, m.tie.lives_with, m.tie.carer, m.tie.standing, m.person.name, m.person.workplace,
                tuple(sorted((p.number, p.failed_times, p.wrong, str(p.last_worked_on)) for p in m.phones)),
                (m.away.city, str(m.away.since_on)) if m.away else None,
            )
            for m in past.family
        ),
        "care": past.arrangement.pk if past.arrangement else None,
        "pairs": sorted(str(pair.pk) for pair in past.pairings),
        "hard": sorted(row.kind for row in past.hardships),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_later_days_never_change_the_file_of_a_past_day(world: World, seed: int) -> None:
    dice = random.Random(seed)
    child = world.children["lin"]
    pictures: dict[date, dict[str, Any]] = {}
    done = 0
    for n in range(12):
        on = FIRST + timedelta(days=n)
        with time_machine.travel(datetime(on.year, on.month, on.day, 2, tzinfo=UTC), tick=False):
            scope = world.scope("li", on)
            day = Day(world, scope, child, dice)
            for deed in dice.sample(day.deeds, 5):
                try:
                    deed()
                    done += 1
                except (Refused, IndexError):
                    continue
            fresh = Child.objects.within(scope).get(pk=child.pk)
            pictures[on] = picture(scope, fresh, on)
            assert pictures[on]["child"] == [str(getattr(fresh, name)) for name in FIELDS + TODAYS]
    scope = world.scope("li")
    fresh = Child.objects.within(scope).get(pk=child.pk)
    assert done > 20
    for on, seen in pictures.items():
        assert picture(scope, fresh, on) == seen, on
    assert all(event.title for event in history(scope, fresh))
