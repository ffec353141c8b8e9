"""CUTS: by what a figure can be divided, and the filters that lead from one cell of a table to its list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from oasis.children.models import CensusEntry
from oasis.figures.facts import Fact
from oasis.kit import codes
from oasis.kit.catalogue import Catalogue
from oasis.places.models import DIGITS


@dataclass(frozen=True)
class Cut:
    """A way to divide children: each falls under one value, or, when `many`, under several or none."""

    code: str
    label: str
    values: tuple[tuple[str, str], ...]  # value, label; of grades and classes only those that occur are shown
    of: Callable[[Fact], frozenset[str]]
    many: bool = False
    open: bool = False  # values are not known beforehand


def _one(value: object) -> frozenset[str]:
    return frozenset((str(value),))


def _choices(choices: Iterable[tuple[object, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices)


def _age(fact: Fact) -> str:
    if fact.age is None:
        return ""
    return "0-5" if fact.age < 6 else "6-13" if fact.age < 14 else "14-16" if fact.age < 17 else "17"


CUTS = Catalogue(
    Cut("klass", "班级", (), lambda f: _one(f.klass or ""), open=True),
    Cut("grade", "年级", (*((str(n), f"{DIGITS[n]}年级") for n in range(1, 10)), ("0", "未编班")), lambda f: _one(f.grade)),
    Cut("sex", "性别", (*_choices(codes.Sex.choices), ("", "未填")), lambda f: _one(f.sex)),
    Cut("kind", "留守类型", _choices(codes.LeftBehind.choices[1:]), lambda f: _one(f.left)),
    Cut("boarding", "就读方式", (("yes", "寄宿"), ("no", "走读")), lambda f: _one("yes" if f.boarding else "no")),
    Cut("care", "照护类型", (*_choices(codes.Care.choices), ("", "未填")), lambda f: _one(f.care)),
    Cut("rating", "照护评级", (*_choices(codes.CareRating.choices), ("", "未评")), lambda f: _one(f.rating)),
    Cut("age", "年龄", (("0-5", "0—5岁"), ("6-13", "6—13岁"), ("14-16", "14—16岁"), ("17", "17岁以上"), ("", "未填出生日期")),
        lambda f: _one(_age(f))),
    Cut("registered", "户口登记", (("yes", "已登记户口"), ("no", "未登记户口"), ("", "未填")),
        lambda f: _one({True: "yes", False: "no", None: ""}[f.registered])),
    Cut("census", "排查结果", (*_choices(CensusEntry.Finding.choices), ("", "未排查")), lambda f: _one(f.census)),
    Cut("hardship", "困境类别", _choices(codes.Hardship.choices), lambda f: f.hardship, many=True),
    Cut("helper", "结对教师", (), lambda f: f.helpers, many=True, open=True),
)  # fmt: skip


def kept(fact: Fact, chosen: Mapping[str, str]) -> bool:
    """Tell whether a child falls under every chosen value (cut: value)."""
    return all(value in CUTS.get(cut).of(fact) for cut, value in chosen.items())


@dataclass(frozen=True)
class Cross:
    """A figure divided two ways: counts by (row, column), with the values that are shown."""

    figure: str
    down: Cut
    across: Cut
    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    cells: dict[tuple[str, str], int]

    def row(self, value: str) -> int:
        """Give a row's sum."""
        return sum(self.cells.get((value, column), 0) for column, _ in self.columns)

    def column(self, value: str) -> int:
        """Give a column's sum."""
        return sum(self.cells.get((row, value), 0) for row, _ in self.rows)

    @property
    def total(self) -> int:
        """The sum of all cells."""
        return sum(self.cells.values())


def cross(facts: Iterable[Fact], figure: str, down: Cut, across: Cut) -> Cross:
    """Count children by two cuts; rows that nobody falls under are left out, columns only when their label is 未…."""
    cells: dict[tuple[str, str], int] = {}
    for fact in facts:
        for row in down.of(fact):
            for column in across.of(fact):
                cells[row, column] = cells.get((row, column), 0) + 1
    rows = tuple(pair for pair in down.values if any(row == pair[0] for row, _ in cells))
    columns = tuple(pair for pair in across.values if pair[0] or any(column == pair[0] for _, column in cells))
    return Cross(figure, down, across, rows, columns, cells)
