"""What a reader outside the school can reckon from the whole workbook of statistics: no small number of children."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import chain

import pytest

from oasis.figures.catalogue import FIGURES
from oasis.figures.daily import MATTERS
from oasis.figures.where import choose
from oasis.papers.handing import open_statistics
from oasis.papers.outside import REST, cells, known, shown
from oasis.papers.statistics import ALL, DAILY, OWED, Sheet, sheets
from oasis.papers.veiling import FEW, KEPT_BACK, Cell, Line, columns
from oasis.records.kinds import COUNTED
from tests.figures.chance import fill
from tests.world import World

Sums = dict[Cell, Fraction]


def workbook(world: World, seed: int, count: int, period: str = "") -> list[Sheet]:
    fill(world, seed, count)
    scope = world.scope("li")
    choice = choose(scope, period=period)
    assert choice is not None
    return sheets(scope, open_statistics(scope, choice))


def seen(made: list[Sheet]) -> tuple[dict[Cell, int], set[Cell]]:
    """Give the true numbers, and which of them are not shown in any sheet."""
    truth, open_ = dict[Cell, int](), set[Cell]()
    for sheet, keys, rows in zip(made, cells(made), shown(made, veil=True), strict=True):
        for cell, value, told in zip(*(chain(*part) for part in (keys, sheet.rows, rows)), strict=True):
            if value is not None and not sheet.open:
                truth[cell] = value
                if isinstance(told, int):
                    open_.add(cell)
    return truth, truth.keys() - open_


class Reckoning:
    """All that adds up, as a reader solves it: which sums of hidden numbers follow from what is shown."""

    def __init__(self, lines: Iterable[Line], truth: Mapping[Cell, int], dark: set[Cell]) -> None:
        self.dark, self.solved = dark, dict[Cell, Sums]()
        for wholes, parts in lines:
            if {*wholes, *parts} <= truth.keys() and sum(truth[one] for one in wholes) == sum(
                truth[one] for one in parts
            ):
                left = self.rest([*((whole, -1) for whole in wholes), *((part, 1) for part in parts)])
                if left:
                    first = min(left)
                    self.solved[first] = {cell: n / left[first] for cell, n in left.items()}

    def rest(self, wanted: Iterable[tuple[Cell, int]]) -> Sums:
        """Give what of a sum stays unknown."""
        left: Sums = defaultdict(Fraction)
        for cell, n in wanted:
            if cell in self.dark:
                left[cell] += n
        while found := min((cell for cell, n in left.items() if n and cell in self.solved), default=None):
            factor = left[found]
            for cell, n in self.solved[found].items():
                left[cell] -= factor * n
        return {cell: n for cell, n in left.items() if n}


def told(made: list[Sheet]) -> set[tuple[Cell, ...]]:
    """Give every small number, and every one that only few are missing to, that the workbook gives away."""
    truth, dark = seen(made)
    values, lines, shares = known(made, cells(made))
    besides = {cell: value for cell, value in values.items() if cell not in truth and value is not None}
    truth, dark = truth | besides, dark | besides.keys()
    reader = Reckoning(lines, truth, dark)
    found = {(cell,) for cell, value in truth.items() if 0 < value < FEW and not reader.rest([(cell, 1)])}
    for wholes, part in shares:
        few = truth.keys() >= {part, *wholes} and 0 < sum(truth[one] for one in wholes) - truth[part] < FEW
        if few and not reader.rest([(part, -1), *((one, 1) for one in wholes)]):
            found.add((*wholes, part))
    return found


def table(name: str, codes: Iterable[str], *rows: tuple[int, ...]) -> Sheet:
    """Make a sheet of classes and their sum."""
    codes, body = tuple(codes), (*rows, tuple(map(sum, zip(*rows, strict=True))))
    names = (*(f"{n}班" for n in range(len(rows))), ALL)
    cells_ = tuple(tuple((of, code) for code in codes) for of in names)
    return Sheet(name, "班级", codes, names, body, cells_, tuple(columns(len(body), len(codes))))


@pytest.mark.parametrize(("count", "period"), [(12, ""), (40, ""), (120, ""), (40, "m2026-11"), (120, "m2026-11")])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_of_few_children_can_be_reckoned_from_the_whole_workbook(
    world: World, seed: int, count: int, period: str
) -> None:
    made = workbook(world, seed, count, period)
    newcomers = [value for (_, code), value in known(made, cells(made))[0].items() if code.startswith(REST) and value]
    assert newcomers or not period, "some came too late to be owed anything this month"
    assert told(made) == set()
    printed = [value for rows in shown(made, veil=True) for row in rows for value in row]
    assert sum(isinstance(value, int) and value >= FEW for value in printed) > count / 2, "something is told at all"


def test_every_figure_of_the_sheets_that_is_a_part_of_another_is_compared(world: World) -> None:
    made = workbook(world, 4, 40)
    values, _lines, shares = known(made, cells(made))
    compared = {(tuple(code for _, code in wholes), code) for wholes, (_, code) in shares if {*wholes} <= values.keys()}
    for one in MATTERS:
        if f"{one.code}-left" in {code for _, code in values}:
            assert ((f"{one.code}-times",), f"{one.code}-left") in compared
    for whole, part in (("pupils", "left"), ("left", "key"), ("key", "covered-key-talk"), ("key", "lacking-key-talk"), ("key", "plan"),
                        ("left", "covered-talk"), ("left", "files"), ("pupils", "census"), ("left", "left-boys"),
                        ("incident-case-times", "incident-told-times"), ("incident-case-left", "incident-told-left"),
                        ("absent-times", "truant-times"), ("room-left", "room-call-left"), ("activity-times", "award-times"), ("left-one", "civil one")):  # fmt: skip
        assert ((whole,), part) in compared, part
    assert (("ill-times", "hurt-times"), "ill-told-times") in compared
    for (of, code), value in values.items():
        for wholes in FIGURES.get(code).wholes if code in FIGURES else ():
            held = [values.get((of, OWED.get(whole, whole))) for whole in wholes]
            if value is not None and None not in held:
                assert value <= sum(one or 0 for one in held), (of, code)


def test_one_child_not_left_behind_is_not_told_from_those_who_are() -> None:
    made = table(DAILY[3][0], ("dropout-times", "dropout-left"), (6, 5), (9, 9), (15, 14))
    assert shown([made], veil=True)[0] == [["※", "※"], ["※", 9], [15, "※"], [30, "※"]], "and 6 with ※ beside it says 5"
    assert told([made]) == set()


def test_what_is_lacking_is_not_told_from_another_sheet() -> None:
    people = table("基本情况", ("left", "key"), (30, 10), (40, 12))
    kept = table("落实情况", ("left", "covered-key-talk", "lacking-key-talk"), (30, 8, 2), (40, 6, 6))
    assert shown([people, kept], veil=True)[1][0] == [30, "※", "<5"]
    assert told([people, kept]) == set()


def test_a_few_newcomers_are_not_told_from_who_is_cared_for_and_who_is_not() -> None:
    kept = table("落实情况", ("left", "covered-talk", "lacking-talk"), (30, 20, 8), (40, 30, 10), (50, 30, 20))
    printed = shown([kept], veil=True)[0]
    assert KEPT_BACK in printed[0], "30 less 20 less 8 are the two who came last week"
    assert told([kept]) == set()


def test_what_a_closed_term_counted_besides_is_not_told_from_the_sum() -> None:
    codes = tuple(f"{kind.code}-parts" for kind in COUNTED)
    many = tuple(10 + n for n in range(len(codes)))
    work = table("工作记录（人次）", (*codes, "parts"), (*many, sum(many) + 1), (*many, sum(many)), (*many, sum(many)))
    assert KEPT_BACK in shown([work], veil=True)[0][0], "the one record more is of a screening"
    assert told([work]) == set()


def test_a_number_is_hidden_wherever_it_stands_unless_it_was_mended_since() -> None:
    one, other = table("一", ("left",), (3,), (6,), (20,)), table("二", ("left",), (3,), (6,), (20,))
    assert shown([one, other], veil=True) == [[["<5"], ["※"], [20], [29]]] * 2
    assert shown([one, table("三", ("left",), (9,), (6,), (20,))], veil=True)[1] == [["※"], ["※"], [20], [35]]
