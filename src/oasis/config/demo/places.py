"""The demo's ground: county, schools, terms, classes, staff and their posts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from oasis.config.demo import names
from oasis.config.demo.logins import PASSWORD
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import school_year
from oasis.people.consenting import usual
from oasis.people.models import ConsentText, Post, StaffCheck, User
from oasis.places.models import Klass, Region, School, Term

LEADERS = (
    ("principal", "xiaozhang", "校长"), ("dean", "dezhu", "德育主任"), ("life-care", "shengguan", "生管老师"),
    ("keeper", "fudaoyuan", "大队辅导员"), ("counsellor", "xinli", "心理教师"), ("administrator", "guanli", "管理员"),
    ("subject", "keren", "科任教师"),
)  # fmt: skip
PER_HELPER = 4  # children a teacher helps, homeroom teachers too: one to four, as most village schools manage


@dataclass(frozen=True)
class Size:
    """How large a demo school is."""

    name: str
    pupils: int
    left_behind: int
    classes_a_grade: int


VILLAGE = Size("青石桥小学", 90, 49, 1)
TOWNSHIP = Size("柳溪镇中心小学", 1100, 260, 4)


def county_sizes() -> Iterator[Size]:
    """Twenty schools with 13,000 left-behind children, from village school to large town school."""
    shares = [0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.8, 0.9, 0.9, 1.0, 1.0, 1.1, 1.1, 1.2, 1.2, 1.3, 1.4, 1.5, 1.6, 1.65]
    total = sum(shares)
    counts = [round(13000 * share / total) for share in shares]
    counts[-1] += 13000 - sum(counts)
    for name, left in zip(names.SCHOOLS, counts, strict=True):
        pupils = round(left * 2.4)
        yield Size(f"{name}镇中心小学", pupils, left, max(1, round(pupils / 6 / 45)))


def region(name: str, kind: str, parent: Region | None = None) -> Region:
    """Make a region with its path."""
    row = Region(name=name, kind=kind, parent=parent)
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    row.save()
    return row


def terms(school: School, on: date) -> list[Term]:
    """Give four terms, ending with the one that holds or follows the day."""
    year = school_year(on)
    return [row for start in (year - 1, year) for row in (_autumn(school, start), _spring(school, start))]


def _autumn(school: School, year: int) -> Term:
    return Term(
        school=school, year=year, half=1, starts_on=date(year, 9, 1), visit1_until=date(year, 9, 30), visit2_from=date(year, 11, 1),
        visit2_until=date(year, 11, 30), visit3_from=date(year, 12, 20), ends_on=date(year + 1, 1, 22),
    )  # fmt: skip


def _spring(school: School, year: int) -> Term:
    return Term(
        school=school, year=year, half=2, starts_on=date(year + 1, 2, 24), visit1_until=date(year + 1, 3, 20),
        visit2_from=date(year + 1, 4, 15), visit2_until=date(year + 1, 5, 15), visit3_from=date(year + 1, 6, 10), ends_on=date(year + 1, 7, 5),
    )  # fmt: skip


def found(stage: Stage, size: Size, prefix: str) -> None:
    """Draw classes and staff; log-ins of the first school have no prefix."""
    year = school_year(stage.on)
    stage.terms = terms(stage.school, stage.on)
    stage.text = ConsentText.objects.create(school=stage.school, number=1, **usual(stage.school))
    stage.klasses = [
        Klass(school=stage.school, entry_year=year - grade + 1, number=number)
        for grade in range(1, 7)
        for number in range(1, size.classes_a_grade + 1)
    ]
    for row in (*stage.terms, *stage.klasses):
        stage.rows.add(row)
    hashed = make_password(PASSWORD)
    for role, login, _label in LEADERS:
        user = _user(stage, f"{prefix}{login}", hashed, "2" if role in ("life-care", "counsellor") else "1")
        stage.staff[role].append(user)
        taught = stage.klasses[2] if role == "subject" else None
        stage.rows.add(Post(user=user, role=role, school=stage.school, klass=taught, from_on=stage.terms[0].starts_on))
    for n, klass in enumerate(stage.klasses, 1):
        user = _user(stage, f"{prefix}banzhuren" if n == 3 else f"{prefix}laoshi{n}", hashed, "2" if n % 3 else "1")
        stage.staff["homeroom"].append(user)
        stage.homeroom[klass.pk] = user
        stage.rows.add(Post(user=user, role="homeroom", school=stage.school, klass=klass, from_on=date(year, 8, 25)))
    _helpers(stage, size, prefix, hashed)
    _checks(stage)


def _helpers(stage: Stage, size: Size, prefix: str, hashed: str) -> None:
    """The post lets a helper log in; the pairing is what lets them see a child."""
    for n in range(1, max(3, -(-size.left_behind // PER_HELPER) - len(stage.klasses)) + 1):
        login = f"{prefix}bangfu" if n == 1 else f"{prefix}bangfu{n}"
        user = _user(stage, login, hashed, "2" if n % 2 else "1")
        stage.staff["helper"].append(user)
        stage.rows.add(Post(user=user, role="helper", school=stage.school, from_on=stage.terms[0].starts_on))


def _checks(stage: Stage) -> None:
    """Everybody was checked this school year but two: one check is over a year old, one ends soon."""
    by = stage.staff["administrator"][0]
    ages = {stage.staff["homeroom"][-1].pk: 400, stage.staff["helper"][-1].pk: 350}
    for user in (one for group in stage.staff.values() for one in group):
        day = stage.on - timedelta(days=ages.get(user.pk, 80))
        stage.rows.add(StaffCheck(school=stage.school, user=user, done_on=day, reference="青河县公安局", by=by))


def _user(stage: Stage, username: str, hashed: str, sex: str) -> User:
    user = User(
        username=username, name=names.adult(stage.random, sex), phone=names.phone(90_000_000 + stage.next_serial()),
        password=hashed, demo=True,
    )  # fmt: skip
    stage.rows.add(user)
    return user
