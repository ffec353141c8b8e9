"""The statistics leave the school checked, and so that no child can be told from a small number."""

from collections.abc import Sequence
from io import BytesIO
from itertools import product
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from oasis.figures.where import choose
from oasis.papers.handing import Reader, export_statistics, open_statistics
from oasis.papers.statistics import disagreements, sheets
from oasis.papers.veiling import FEW, Cell, Sum, across, columns, hidden
from oasis.people.models import Trail
from oasis.people.roles import Need
from tests.figures.chance import fill, spring
from tests.world import World


def veiled(rows: Sequence[Sequence[int]], lines: Sequence[Sum], parts: Sequence[int] = ()) -> list[list[int | str]]:
    """Hide what is to be hidden in one table; `parts` are columns that are a part of the first."""

    def cell(down: int, across: int) -> Cell:
        return str(down), str(across)

    values = {cell(down, n): value for down, row in enumerate(rows) for n, value in enumerate(row)}
    named = [((cell(*whole),), tuple(cell(*part) for part in some)) for whole, some in lines]
    shares = [((cell(down, 0),), cell(down, part)) for down in range(len(rows)) for part in parts]
    marks = hidden(values, named, shares)
    return [[marks.get(cell(down, n), value) for n, value in enumerate(row)] for down, row in enumerate(rows)]


@pytest.mark.parametrize("seed", range(20))
def test_no_hidden_number_can_be_worked_out_from_a_sum(seed: int) -> None:
    dice = Random(seed)
    body = [[dice.choice([0, 1, 3, 7, 20]) for _ in range(3)] for _ in range(4)]
    body = [[*row, sum(row)] for row in body]
    rows = [*body, [sum(row[n] for row in body) for n in range(4)]]
    lines = [*columns(5, 4), *across(5, 3, range(3))]
    shown = veiled(rows, lines)
    for down, wide in product(range(5), range(4)):
        assert isinstance(shown[down][wide], str) or not 0 < rows[down][wide] < FEW
    for (down, wide), parts in lines:
        hidden = sum(isinstance(shown[r][c], str) for r, c in parts)
        assert isinstance(shown[down][wide], str) or hidden != 1


def test_the_file_says_the_same_as_the_figures_and_can_be_signed(world: World) -> None:
    spring(world)
    fill(world, 4)
    scope = world.scope("li")
    choice = choose(scope)
    assert choice is not None
    made = export_statistics(scope, choice=choice, reader=Reader.INSIDE)
    table = open_statistics(scope, choice).table()
    page = load_workbook(BytesIO(made.data))["基本情况"]
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    heads, last = cells[2], next(row for row in cells if row[0] == "合计")
    assert dict(zip(heads, last, strict=True))["在校学生"] == table["pupils"].value
    text = "".join(str(cell) for row in cells for cell in row if cell)
    assert all(word in text for word in ("填报单位（盖章）", "填报日期", "填表人", "审核人", "单位负责人"))
    assert (page.page_setup.orientation, page.page_setup.paperSize) == (
        "landscape",
        "9",
    ) or page.page_setup.paperSize == 9
    assert "留守" not in made.name
    assert Trail.objects.within(scope, Need.TRAIL).filter(deed="export.statistics").exists()


def test_small_numbers_stay_inside_the_school(world: World) -> None:
    fill(world, 4)
    scope = world.scope("li")
    choice = choose(scope)
    assert choice is not None
    book = load_workbook(BytesIO(export_statistics(scope, choice=choice, reader=Reader.OUTSIDE).data))
    pages = [page for page in book if page.title != "学校工作"]  # counts meetings and nights, no children
    numbers = [cell.value for page in pages for row in page.iter_rows(min_row=4, min_col=2) for cell in row]
    assert not [value for value in numbers if isinstance(value, int) and 0 < value < FEW]


@pytest.mark.parametrize("seed", range(3))
def test_every_column_of_a_class_table_adds_up(seed: int, world: World) -> None:
    fill(world, seed)
    scope = world.scope("li")
    choice = choose(scope)
    assert choice is not None
    for sheet in sheets(scope, open_statistics(scope, choice)):
        if sheet.corner == "班级":
            for column in zip(*sheet.rows, strict=True):
                *parts, whole = (value for value in column)
                assert whole is None or whole == sum(value or 0 for value in parts)


def test_what_does_not_agree_is_named_before_the_export(world: World, login: "object") -> None:
    child = world.children["lin"]
    child.sex = ""
    child.save()
    scope = world.scope("li")
    choice = choose(scope)
    assert choice is not None
    told = disagreements(scope, open_statistics(scope, choice))
    assert any("有孩子没有填性别" in line for line in told)


def test_a_teacher_exports_her_class_and_not_the_next(world: World) -> None:
    client = Client()
    client.force_login(world.users["zhao"])
    address = reverse("school-export")
    answer = client.post(f"{address}?place=klass-{world.klasses['三1'].pk}", {"reader": "inside"})
    assert answer.content.startswith(b"PK")
    assert "%E7%95%99%E5%AE%88" not in answer["Content-Disposition"]
    assert client.get(f"{address}?place=klass-{world.klasses['三2'].pk}").status_code == 404


def test_a_number_to_which_only_few_are_missing_is_kept_back_with_one_beside_it() -> None:
    rows = [[24, 23, 24], [20, 20, 9], [44, 43, 33]]
    lines = columns(3, 3)
    assert veiled(rows, lines, (1, 2)) == [[24, "※", 24], [20, 20, 9], [44, "※", 33]]
    rows[1] = [30, 20, 9]
    rows[2] = [54, 43, 33]
    assert veiled(rows, lines, (1, 2)) == [[24, "※", 24], [30, "※", 9], [54, 43, 33]]


def test_a_sum_that_is_hidden_is_not_to_be_added_up_nor_are_two_small_ones_that_make_two() -> None:
    assert veiled([[1, 0], [43, 43], [44, 43]], columns(3, 2), (1,)) == [["<5", 0], ["※", "※"], [44, "※"]]
    assert veiled([[1], [1], [9], [20], [31]], columns(5, 1)) == [["<5"], ["<5"], ["※"], [20], [31]]
