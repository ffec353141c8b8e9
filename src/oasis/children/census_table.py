"""The school's census table by grade, for one of the two definitions, with its cross-checks and what each cell counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from oasis.children.models import Child
from oasis.kit import codes
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import age_on
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import DIGITS, Klass, School


@dataclass(frozen=True, slots=True)
class Counted:
    """What the table asks of one child."""

    grade: int
    sex: str
    age: int | None
    boarding: bool
    registered: bool | None
    left_behind: int
    civil: bool
    care: str
    rating: str
    stage: str  # of the class: the column of schooling, of whose eight values a school of grades 1 to 9 knows two


@dataclass(frozen=True)
class Column:
    """A column of the census table."""

    code: str
    label: str
    holds: Callable[[Counted], bool]


def _aged(low: int, high: int, sex: str = "") -> Callable[[Counted], bool]:
    return lambda c: c.age is not None and low <= c.age <= high and sex in ("", c.sex)


def _care(code: str) -> Callable[[Counted], bool]:
    return lambda c: c.care == code


def _rating(code: str) -> Callable[[Counted], bool]:
    return lambda c: c.rating == code


COLUMNS = Catalogue(
    Column("total", "合计", lambda c: True),
    *(
        column
        for low, high, name in ((0, 5, "0—5岁"), (6, 13, "6—13岁"), (14, 16, "14—16岁"))
        for column in (
            Column(f"age{low}", name, _aged(low, high)),
            Column(f"age{low}-boys", f"{name}男", _aged(low, high, "1")),
            Column(f"age{low}-girls", f"{name}女", _aged(low, high, "2")),
        )
    ),
    Column("one", "一方外出", lambda c: c.left_behind == 1),
    Column("both", "双方外出", lambda c: c.left_behind == 2),
    Column("primary", "小学在读", lambda c: c.stage == Klass.Stage.PRIMARY),
    Column("junior", "初中在读", lambda c: c.stage == Klass.Stage.JUNIOR),
    Column("registered", "已登记户口", lambda c: c.registered is True),
    Column("unregistered", "未登记户口", lambda c: c.registered is False),
    Column("boards", "寄宿", lambda c: c.boarding),
    Column("day", "走读", lambda c: not c.boarding),
    *(Column(f"care-{code}", str(label), _care(code)) for code, label in codes.Care.choices),
    *(Column(f"rating-{code}", f"照护{label}", _rating(code)) for code, label in codes.CareRating.choices),
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A cross-foot relation (勾稽关系): the whole equals the sum of its parts; `mend` says what is lacking if not."""

    whole: str
    parts: tuple[str, ...]
    mend: str
    code: str = ""


_AGES = ("age0", "age6", "age14")

_DECLARED = (
    Check("total", _AGES, "出生日期未填，或已满17岁"),
    *(Check(age, (f"{age}-boys", f"{age}-girls"), "性别未填") for age in _AGES),
    Check("total", ("one", "both"), "父母外出情况与民政口径不一致"),
    Check("total", ("primary", "junior"), "还没有编班"),
    Check("total", ("registered", "unregistered"), "户口登记未填"),
    Check("total", ("boards", "day"), "就读方式未填"),
    Check("total", tuple(f"care-{code}" for code in codes.Care.values), "实际照护类型未填"),
    Check("total", tuple(f"rating-{code}" for code in codes.CareRating.values), "照护评级未填"),
)

CHECKS = Catalogue(*(replace(check, code=f"lacking-{number}") for number, check in enumerate(_DECLARED)))


@dataclass(frozen=True)
class Failed:
    """A relation that does not hold, in words that name the column."""

    code: str
    label: str
    whole: int
    parts: int
    mend: str


@dataclass(frozen=True)
class Table:
    """The census table of a school by grade, for one of the two definitions."""

    rows: tuple[tuple[int, str, dict[str, int]], ...]
    sums: dict[str, int]
    failed: tuple[Failed, ...]


def table(scope: Scope, school: School, on: date, *, civil: bool) -> Table:
    """Count the children in reach of a school who count by a definition, by grade; checks its own sums. One query."""
    counted = [fact for _, fact in _facts(scope, school, on, civil)]
    grades = sorted({fact.grade for fact in counted})
    rows = tuple((grade, _grade(grade), _sums(fact for fact in counted if fact.grade == grade)) for grade in grades)
    sums = _sums(counted)
    return Table(rows, sums, tuple(_failed(sums)))


def behind(
    scope: Scope, school: School, on: date, *, civil: bool, column: str, grade: int | None = None
) -> tuple[str, list[Child]]:
    """Give what a cell of the table counts: its words and its children. `column` is of COLUMNS, or a failed check's code,
    for the children who fall under none of its parts. Raises KeyError for an unknown one."""
    held = [(child, fact) for child, fact in _facts(scope, school, on, civil) if grade in (None, fact.grade)]
    if column in CHECKS:
        check = CHECKS.get(column)
        whole, parts = COLUMNS.get(check.whole), [COLUMNS.get(part) for part in check.parts]
        lost = [child for child, fact in held if whole.holds(fact) and not any(part.holds(fact) for part in parts)]
        return check.mend, lost
    asked = COLUMNS.get(column)
    label = asked.label if grade is None else f"{_grade(grade)} · {asked.label}"
    return label, [child for child, fact in held if asked.holds(fact)]


def _facts(scope: Scope, school: School, on: date, civil: bool) -> list[tuple[Child, Counted]]:
    rows = Child.objects.within(scope, Need.CENSUS).filter(school=school, state=Child.State.HERE)
    rows = rows.filter(civil=True) if civil else rows.filter(left_behind__gt=0)
    rows = rows.select_related("klass", "klass__school").order_by("pinyin", "pk")
    return [(child, _counted(child, school, on)) for child in rows]


def _counted(child: Child, school: School, on: date) -> Counted:
    grade = child.klass.grade(on, school.primary_years) if child.klass else 0
    return Counted(
        grade, child.sex, age_on(child.birth_on, on) if child.birth_on else None, child.boarding, child.registered,
        child.left_behind, child.civil, child.care, child.care_rating, child.klass.stage if child.klass else "",
    )  # fmt: skip


def _grade(grade: int) -> str:
    return f"{DIGITS[grade]}年级" if 1 <= grade <= 9 else "未编班"


def _sums(counted: Iterable[Counted]) -> dict[str, int]:
    children = list(counted)
    return {column.code: sum(column.holds(child) for child in children) for column in COLUMNS}


def _failed(sums: dict[str, int]) -> Iterable[Failed]:
    for check in CHECKS:
        whole, parts = sums[check.whole], sum(sums[part] for part in check.parts)
        if whole != parts:
            names = "、".join(COLUMNS.get(part).label for part in check.parts)
            yield Failed(check.code, f"{COLUMNS.get(check.whole).label} = {names}", whole, parts, check.mend)
