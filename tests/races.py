"""A program of its own: the same press several times at the same moment, each on a connection of its own.

Run by tests/config/test_races.py on an empty database named by DATABASE_URL; prints one line of JSON a race.
"""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Event
from time import sleep
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "oasis.config.settings"

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402

from oasis.campus.actions.incidents import tell_of  # noqa: E402
from oasis.campus.actions.schooling import report_month  # noqa: E402
from oasis.campus.models import IncidentNotice, Persuasion, SchoolingMonth  # noqa: E402
from oasis.children.actions.family import add_person  # noqa: E402
from oasis.children.actions.files import open_file  # noqa: E402
from oasis.children.actions.looks import note_look  # noqa: E402
from oasis.children.models import Child, Person, Tie  # noqa: E402
from oasis.config.laying import lay  # noqa: E402
from oasis.figures.where import Calendar  # noqa: E402
from oasis.kit.dates import now  # noqa: E402
from oasis.kit.ids import new_id  # noqa: E402
from oasis.kit.refused import Refused  # noqa: E402
from oasis.papers.cards.issuing import issue  # noqa: E402
from oasis.papers.models import CardIssue, Draft  # noqa: E402
from oasis.papers.places import place_of  # noqa: E402
from oasis.papers.summary.drafting import begin  # noqa: E402
from oasis.people import approvals, trail  # noqa: E402
from oasis.people.actions import invite  # noqa: E402
from oasis.people.founding import found_school  # noqa: E402
from oasis.people.models import Approval, Trail, User  # noqa: E402
from oasis.people.school import mark_day  # noqa: E402
from oasis.people.scope import Scope  # noqa: E402
from oasis.places.models import School, SchoolDay  # noqa: E402
from oasis.records.actions.incidents import open_incident  # noqa: E402
from oasis.records.actions.schooling import open_case, persuade  # noqa: E402
from oasis.records.models import Record  # noqa: E402
from tests import world as cast  # noqa: E402

HANDS, LOOKS = 4, 10
WHY = "a test counts what was made"


def race(name: str, act: Callable[[int], Any], left: Callable[[], int]) -> None:
    """Let several hands press at once; print what each got and how many rows are left."""
    gate = Barrier(HANDS)

    def press(hand: int) -> str:
        connection.ensure_connection()
        gate.wait()
        try:
            act(hand)
        except Refused as refused:
            return f"refused {refused.code}"
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(HANDS) as pool:
        answers = sorted(pool.map(press, range(HANDS)))
    sys.stdout.write(json.dumps({"race": name, "answers": answers, "left": left()}) + "\n")


def founding() -> None:
    nobody = Scope(actor=None, name="首次设置", on=cast.TODAY, arms=())
    race(
        "found",
        lambda n: found_school(
            nobody, name=f"新校{n}", administrator="王立新", username=f"root{n}", password=cast.PASSWORD
        ),
        lambda: School.objects.count() + User.objects.count(),
    )


def files(world: cast.World) -> None:
    li, klass = world.scope("li"), world.klasses["三1"]
    where = {"klass": klass, "school": klass.school, "on": cast.TODAY}
    key, number = new_id(), cast.demo_id(date(2017, 4, 2), "1", 77)
    race(
        "open",
        lambda n: open_file(li, id=key, name="方小舟", **where),
        lambda: Child.objects.everywhere(why=WHY).filter(name="方小舟").count(),
    )
    race(
        "number",
        lambda n: open_file(li, id=new_id(), name="周一飞", id_number=number, **where),
        lambda: Child.objects.everywhere(why=WHY).filter(name="周一飞").count(),
    )
    tie = new_id()
    race(
        "family",
        lambda n: add_person(
            li, world.children["yang"], id=tie, relation="51", from_on=cast.TODAY, name="杨大江", number="19911110001"
        ),
        lambda: (
            Tie.objects.everywhere(why=WHY).filter(person__name="杨大江").count()
            * Person.objects.everywhere(why=WHY).filter(name="杨大江").count()
        ),
    )


def school(world: cast.World) -> None:
    wang, place, key = world.scope("wang"), world.schools["青河县"], new_id()
    race(
        "invite",
        lambda n: invite(wang, id=key, school=place, name="新来者", role="subject", from_on=cast.TODAY),
        lambda: User.objects.filter(name="新来者").count(),
    )
    race(
        "day",
        lambda n: mark_day(wang, school=place, on=date(2026, 12, 5), open_=True),
        lambda: SchoolDay.objects.filter(on=date(2026, 12, 5)).count(),
    )
    race(
        "approval",
        lambda n: approvals.ask_factor_removal(wang, user=world.users["wu"], purpose="手机丢了"),
        lambda: Approval.objects.everywhere(why=WHY).filter(about=world.users["wu"]).count(),
    )


def papers(world: cast.World) -> None:
    li, lin = world.scope("li"), world.children["lin"]
    place = place_of(lin.school, lin.klass, cast.TODAY)
    term = next(period.code for period in Calendar(lin.school_id, cast.TODAY).choices())
    race(
        "summary",
        lambda n: begin(li, place=place, period=term),
        lambda: Draft.objects.everywhere(why=WHY).filter(klass=lin.klass).count(),
    )
    race(
        "card",
        lambda n: issue(li, [lin], cast.TODAY, str),
        lambda: CardIssue.objects.everywhere(why=WHY).filter(child=lin, ended_on__isnull=True).count(),
    )


def ledgers(world: cast.World) -> None:
    zhao, lin, at = world.scope("zhao"), world.children["lin"], now()
    two = [world.scope("wu"), world.scope("li")]
    race(
        "month",
        lambda n: report_month(two[n % 2], school=lin.school_id, month=cast.TODAY, on=cast.TODAY),
        lambda: SchoolingMonth.objects.everywhere(why=WHY).count(),
    )
    told: dict[str, Any] = {"sort": "fall", "place": "操场", "course": "摔倒", "on_spot": "消毒", "harm": "slight"}
    fell = open_incident(zhao, lin, id=new_id(), happened_at=at, found_at=at, **told)
    away = open_case(zhao, lin, absent_from=cast.TODAY, reason="weary", words="在镇上")
    first, second = new_id(), new_id()
    heard: dict[str, Any] = {"step": "guardian", "told_at": at, "whom": "奶奶", "way": "phone", "heard": True}
    race(
        "told",
        lambda n: tell_of(zhao, fell, id=first, **heard),
        lambda: IncidentNotice.objects.everywhere(why=WHY).count(),
    )
    tried: dict[str, Any] = {"on": cast.TODAY, "who": "赵明霞", "way": "visit", "result": "agreed", "words": "下周来"}
    race(
        "tried",
        lambda n: persuade(zhao, away, id=second, **tried),
        lambda: (
            Persuasion.objects.everywhere(why=WHY).count()
            * (Record.objects.everywhere(why=WHY).filter(kind="schooling").count() - 1)
        ),
    )


def looks(world: cast.World) -> None:
    """Look many times at once: each look is on the trail once, and the chain holds."""
    zhao, lin = world.scope("zhao"), world.children["lin"]
    lines = Trail.objects.everywhere(why=WHY).filter(school_key=lin.school_id)
    race(
        "looks",
        lambda hand: [note_look(zhao, lin, part=f"{hand} {n}") for n in range(LOOKS)],
        lambda: (
            len(set(lines.filter(deed="child.look").values_list("detail", flat=True))) - len(list(trail.broken(lines)))
        ),
    )


def apart(world: cast.World) -> None:
    """Look at another school while one school's chain is held, which only PostgreSQL can keep apart."""
    here, there = (
        world.children["lin"],
        next(one for one in world.children.values() if one.school_id != world.children["lin"].school_id),
    )
    held, looked = Event(), Event()

    def act(hand: int) -> None:
        if hand == 0:
            with transaction.atomic():
                trail.note(world.scope("zhao"), "child.look", school=here.school_id)
                held.set()
                if connection.vendor == "postgresql" and not looked.wait(20):
                    raise TimeoutError("another school's look waited")
        elif hand == 1:
            held.wait(20)
            note_look(world.scope("zhao"), here, part="waits")
        elif hand == 2:
            held.wait(20)
            sleep(0.2)  # the look at the held school stands in line by now
            note_look(world.scope("zhao"), there, part="goes on")
            looked.set()

    race("apart", act, lambda: Trail.objects.everywhere(why=WHY).filter(detail__in=("waits", "goes on")).count())


if __name__ == "__main__":
    lay()
    founding()
    world = cast.build()
    files(world)
    school(world)
    papers(world)
    ledgers(world)
    looks(world)
    apart(world)
