"""The demo: schools that read like life, drawn from a seed, clearly marked, and removed without a trace."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from oasis.config.demo import (
    activities,
    arriving,
    bureau,
    closing,
    daily,
    families,
    growing,
    letters,
    meetings,
    needs,
    organisation,
    outside,
    places,
    returns,
    room,
    scans,
    stories,
    troubles,
    year,
)
from oasis.config.demo.clear import clear
from oasis.config.demo.logins import PASSWORD, logins
from oasis.config.demo.sheets import Stage
from oasis.kit import statistics
from oasis.kit.dates import today
from oasis.kit.refused import Refused
from oasis.people.models import AccessRules, Post, User
from oasis.places.models import Region, School

__all__ = ["SIZES", "build", "clear", "logins"]
Progress = Callable[[int, int, str], None]
SERIALS = 20_000  # persons and pupils a school may have; the numbers of 20 schools then never meet
SIZES = ("village", "township", "county")


def build(size: str, progress: Progress | None = None, on: date | None = None) -> list[tuple[UUID, str]]:
    """Draw a village school, a township centre school or a county of twenty schools; raises Refused when one is there.

    The same day and size give the same schools, names and records, only their ids differ. Gives the planted troubles: child and signal.
    """
    if School.objects.filter(demo=True).exists():
        raise Refused("demo-there", "已经有演示数据。要重新生成，请先运行 oasis demo --clear")
    day = on or today()
    sizes = {"village": [places.VILLAGE], "township": [places.TOWNSHIP], "county": list(places.county_sizes())}[size]
    with transaction.atomic():
        county = places.region("青河县（演示）", "county")
        township = places.region("柳溪镇学区（演示）", "township", county)
        officer = User.objects.create(
            username="xianju", name="卫东平", demo=True, password=make_password(PASSWORD), phone="10099999999"
        )
        Post.objects.create(user=officer, role="county", region=county, from_on=day - timedelta(days=400))
    planted: list[tuple[UUID, str]] = []
    for n, one in enumerate(sizes):
        if progress:
            progress(n, len(sizes), one.name)
        with transaction.atomic():
            planted += _school(one, n, day, township)
    if progress:
        progress(len(sizes), len(sizes), "")
    statistics.learn()
    return planted


def _school(size: places.Size, n: int, on: date, region: Region) -> list[tuple[UUID, str]]:
    school = School.objects.create(
        name=f"{size.name}（演示）", short_name=size.name, region=region, demo=True, duty_phone="0000-6612345", code=f"9900{n:06d}",
        address="青河县柳溪镇（演示数据）",
    )  # fmt: skip
    AccessRules.objects.create(
        school=school, demand_factor=False
    )  # its passwords are public; the page of the rules says so
    stage = Stage(Random(f"oasis {n} {size.name}"), on, school, serial=n * SERIALS)  # noqa: S311 - a demo wants a seed
    places.found(stage, size, "" if n == 0 else f"s{n}")
    kept = [
        families.pupil(stage, klass, left)
        for klass, lefts in zip(stage.klasses, _shares(stage, size), strict=True)
        for left in lefts
    ]
    stories.tell(stage, kept)
    year.live(stage, kept)
    needs.tell(stage, kept)
    letters.write(stage, kept)
    growing.live(stage, kept)
    organisation.tell(stage)
    meetings.hold(stage, kept)
    daily.tell(stage, kept)
    activities.tell(stage, kept)
    room.tell(stage, kept)
    outside.tell(stage)
    bureau.tell(stage)
    if n == 0:  # drawing takes longer than writing: one school shows it
        scans.tell(stage, kept)
        arriving.tell(stage)
        arriving.tell_past(stage)
    troubles.plant(stage, kept)  # last: it takes away what others wrote
    returns.answered(stage)
    stage.rows.store()
    closing.tell(stage)
    return stage.planted


def _shares(stage: Stage, size: places.Size) -> list[list[int]]:
    """Say for each class who is left-behind: 0 no, 1 one parent away, 2 both; the sums are the size's."""
    flags = [1] * size.left_behind + [0] * (size.pupils - size.left_behind)
    stage.random.shuffle(flags)
    count = len(stage.klasses)
    cut = [flags[i * len(flags) // count : (i + 1) * len(flags) // count] for i in range(count)]
    return [[(1 if stage.random.random() < 0.56 else 2) if flag else 0 for flag in part] for part in cut]
