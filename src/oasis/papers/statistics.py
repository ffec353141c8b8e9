"""统计表: the tables of a place and period, as sheets ready to be written; checked before they leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from oasis.children import census_table
from oasis.figures import own_figures
from oasis.figures.book import Book, tally
from oasis.figures.catalogue import FIGURES
from oasis.figures.crosschecks import failed
from oasis.figures.cuts import CUTS, Cross
from oasis.figures.daily import MATTERS
from oasis.figures.entry import OWN
from oasis.figures.numbers import Row, Table
from oasis.kit import codes
from oasis.papers import veiling
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.coverage import COVERAGES
from oasis.records.kinds import COUNTED

PEOPLE = (
    "pupils", "left", "left-boys", "left-girls", "left-one", "left-both", "left-boarding", "left-day", "civil", "key",
    "hardship", "before", "new", "begun", "ended", "gone",
)  # fmt: skip
CARE = ("left", *(f"care-{code}" for code in codes.Care.values), "care-unsaid")
KEPT = (
    "left", "files", "confirmed", "paired", "classmate", "census",
    *(f"{part}-{one.code}" for one in COVERAGES for part in ("covered", "lacking")),
)  # fmt: skip
WORK = (*(f"{kind.code}-parts" for kind in COUNTED), "parts", "failed")
DAILY = tuple(
    (name, tuple(f"{one.code}-{end}" for one in MATTERS if one.group in groups for end in ("times", "left")))
    for name, groups in (
        ("寄宿与健康（人次）", ("boarding", "health")), ("活动与活动室（人次）", ("activities", "room")), ("优先、物资、出勤（人次）", ("firsts", "goods", "growing")),
        ("控辍保学与安全", ("schooling", "safety")),
    )
)  # fmt: skip
DIVIDED = (
    "left", "key", "files", "confirmed", "paired", "assessed", "plan", *(f"covered-{one.code}" for one in COVERAGES if not one.key),
    "left-took-part", "never-part", "parts", "ill-left", "room-left", "given-left",
)  # fmt: skip
INSIDE = frozenset({"notices"})  # counted for the school alone
ALL, REST = "all", "rest"
# Of whom those to whom a care is owed are a part: the rest are newcomers of two weeks. The sheets show these, not those.
OWED = {f"owed-{one.code}": "key" if one.key else "left" for one in COVERAGES}
# What a value of a cut says of left-behind children as a figure says it, too.
CUT: dict[str, dict[str, str]] = {
    "sex": {codes.Sex.MALE: "left-boys", codes.Sex.FEMALE: "left-girls"}, "kind": {"1": "left-one", "2": "left-both"},
    "boarding": {"yes": "left-boarding", "no": "left-day"},
    "care": {**{code: f"care-{code}" for code in codes.Care.values}, "": "care-unsaid"},
}  # fmt: skip
CENSUS = {"total": "left", "one": "left-one", "both": "left-both", "boards": "left-boarding", "day": "left-day"}
CIVIL = "civil "
CROSSES = (("grade", "sex"), ("grade", "kind"), ("grade", "boarding"), ("grade", "care"))


@dataclass(frozen=True)
class Sheet:
    """A table: its head, its rows with the sum last, and the lines by which a hidden number could be told."""

    name: str
    corner: str
    heads: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[int | None, ...], ...]
    cells: tuple[tuple[veiling.Cell, ...], ...] = ()  # what each number is, for every row
    lines: tuple[veiling.Sum, ...] = ()
    made_of: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a grade and its classes: every number adds up
    open: bool = False  # tells nothing of children: no number is hidden

    @property
    def title(self) -> str:
        """The name as it stands above the table."""
        return self.name if "表" in self.name else f"{self.name}表"


def sheets(scope: Scope, opened: Book) -> list[Sheet]:
    """Give every sheet of a place and period; the census table only while the period runs."""
    table = opened.table(compare=False)
    made = [
        _by_class("基本情况", table, PEOPLE),
        _by_class("照护类型", table, CARE),
        _by_class("落实情况", table, KEPT),
        _by_class("工作记录（人次）", table, WORK),
    ]
    made += [_by_class(name, table, codes) for name, codes in DAILY]
    made += [_cross(opened.cross("left", down, across)) for down, across in CROSSES]
    made.append(_divided(opened))
    if opened.place.kind == "school":
        made.append(_own(opened, table))
    if opened.place.kind == "school" and opened.period.as_at == scope.on:
        school = School.objects.get(pk=opened.place.school)
        made += [_census(scope, school, civil=civil) for civil in (False, True)]
    return made


def disagreements(scope: Scope, opened: Book) -> list[str]:
    """Run every cross-check and say in words which columns do not agree, and what to mend."""
    told = [found.words for found in failed(opened.table(compare=False))]
    if opened.place.kind == "school" and opened.period.as_at == scope.on:
        school = School.objects.get(pk=opened.place.school)
        for civil, name in ((False, "教育口径"), (True, "民政口径")):
            found = census_table.table(scope, school, scope.on, civil=civil).failed
            told += [
                f"摸底统计表（{name}）：{one.label}，左边是{one.whole}，右边是{one.parts}。{one.mend}" for one in found
            ]
    return told


def _by_class(name: str, table: Table, codes: Sequence[str]) -> Sheet:
    places: list[Row] = [*table.rows, table]
    rows = [tuple(place[code].value for code in codes) for place in places]
    names = [row.place.name for row in table.rows] + ["合计" if table.rows else table.place.name]
    keys = [*(row.place.code for row in table.rows), ALL]
    if table.rows and (rest := _rest(rows)):
        rows.insert(-1, rest)
        names.insert(-1, "未编班")
        keys.insert(-1, REST)
    heads = tuple(FIGURES.get(code).label for code in codes)
    lines = veiling.columns(len(rows), len(codes)) if len(rows) > 1 else []
    cells = tuple(tuple((key, code) for code in codes) for key in keys)
    return Sheet(name, "班级", heads, tuple(names), tuple(rows), cells, tuple(lines))


def _divided(opened: Book) -> Sheet:
    """Put the main figures side by side by grade, sex, boarding and care: each of the four adds up to the last row."""
    names, rows = list[str](), list[tuple[int | None, ...]]()
    cells, lines = list[tuple[veiling.Cell, ...]](), list[veiling.Sum]()
    groups = [(cut, opened.by(cut)) for cut in ("grade", "sex", "boarding", "care")]
    last = sum(len(group) for _, group in groups)
    for cut, group in groups:
        span = range(len(rows), len(rows) + len(group))
        values = {label: value for value, label in CUTS.get(cut).values}
        for label, numbers in group:
            names.append(label)
            rows.append(tuple(numbers[code] for code in DIVIDED))
            cells.append(tuple(_cell(cut, values[label], code) for code in DIVIDED))
        lines += [((last, n), tuple((row, n) for row in span)) for n in range(len(DIVIDED))]
    whole = tally(opened.facts)
    rows.append(tuple(whole[code] for code in DIVIDED))
    cells.append(tuple((ALL, code) for code in DIVIDED))
    heads = tuple(FIGURES.get(code).label for code in DIVIDED)
    return Sheet("分类情况", "类别", heads, (*names, "合计"), tuple(rows), tuple(cells), tuple(lines), _grades(opened))


def _grades(opened: Book) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give of which classes each grade is made, as their numbers are named; who is in no class is a grade, too."""
    codes = {place.id: place.code for place in opened.classes}
    found = dict[str, set[str]]()
    for fact in opened.facts:
        found.setdefault(f"grade {fact.grade}", set()).add(codes.get(fact.klass, REST) if fact.klass else REST)
    return tuple((grade, tuple(sorted(of))) for grade, of in found.items())


def _cell(cut: str, value: str, code: str) -> veiling.Cell:
    """Say what a figure of those under a value of a cut is: the left-behind ones have a figure of their own."""
    return (ALL, CUT[cut][value]) if code == "left" and value in CUT.get(cut, ()) else (f"{cut} {value}", code)


def _own(opened: Book, table: Table) -> Sheet:
    """Give the school's own work month by month, which no child can be told from; the last column is the period's."""
    months = opened.calendar.months(opened.period)
    shown = [one for one in FIGURES if one.counts == OWN and one.code not in INSIDE]
    deeds, place = opened.sources.own, opened.place
    rows = [
        (*(own_figures.counted(one, deeds, place, month) for month in months), table[one.code].value) for one in shown
    ]
    heads = (*(f"{month.starts.month}月" for month in months), "本期")
    return Sheet(
        "学校工作", "项目", heads, tuple(f"{one.label}（{one.unit}）" for one in shown), tuple(rows), open=True
    )


def _rest(rows: Sequence[tuple[int | None, ...]]) -> tuple[int | None, ...] | None:
    """Give what the classes do not add up to: children in no class; None when there are none."""
    body, whole = rows[:-1], rows[-1]
    rest = tuple(None if total is None else total - sum(row[n] or 0 for row in body) for n, total in enumerate(whole))
    return rest if any(rest) else None


def _cross(cross: Cross) -> Sheet:
    rows = [tuple(cross.cells.get((row, column), 0) for column, _ in cross.columns) for row, _ in cross.rows]
    rows = [(*row, sum(row)) for row in rows]
    rows.append(tuple(sum(row[n] for row in rows) for n in range(len(cross.columns) + 1)))
    width, down, across = len(cross.columns), cross.down.code, cross.across.code
    columns = [CUT[across].get(value, f"{across} {value}") for value, _ in cross.columns]
    cells = [(*((f"{down} {row}", column) for column in columns), (f"{down} {row}", "left")) for row, _ in cross.rows]
    cells.append((*(_cell(across, value, "left") for value, _ in cross.columns), (ALL, "left")))
    return Sheet(
        f"{cross.down.label}与{cross.across.label}", cross.down.label, (*(label for _, label in cross.columns), "合计"),
        (*(label for _, label in cross.rows), "合计"), tuple(rows), tuple(cells),
        (*veiling.columns(len(rows), width + 1), *veiling.across(len(rows), width, range(width))),
    )  # fmt: skip


def _census(scope: Scope, school: School, *, civil: bool) -> Sheet:
    found = census_table.table(scope, school, scope.on, civil=civil)
    items = [column.code for column in census_table.COLUMNS]
    columns = [sums for *_, sums in found.rows] + [found.sums]
    rows = tuple(tuple(sums[code] for sums in columns) for code in items)
    whole = len(columns) - 1
    lines = veiling.across(len(items), whole, range(whole)) if whole else []
    for check in census_table.CHECKS:
        lines += veiling.down(len(columns), items.index(check.whole), [items.index(part) for part in check.parts])
    heads = (*(label for _, label, _ in found.rows), "合计")
    names = tuple(column.label for column in census_table.COLUMNS)
    of = [*(f"grade {grade}" for grade, *_ in found.rows), ALL]
    cells = tuple(tuple((one, of_census(item, civil=civil)) for one in of) for item in items)
    return Sheet(f"摸底统计表（{'民政' if civil else '教育'}口径）", "项目", heads, names, rows, cells, tuple(lines))


def of_census(column: str, *, civil: bool) -> str:
    """Say which figure a column of the census is, where there is one."""
    if civil:
        return "civil" if column == "total" else f"{CIVIL}{column}"
    return CENSUS.get(column, column if column in CUT["care"].values() else f"census {column}")
