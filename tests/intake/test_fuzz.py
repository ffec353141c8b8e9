"""Whatever comes in, the answer is a preview or a refusal in words, never a crash."""

import contextlib
import random

import pytest

from oasis.intake import actions, unpacking
from oasis.intake.facts import FactReader
from oasis.intake.fields import FIELDS
from oasis.intake.layout import laid_out
from oasis.intake.reading import SheetOfRows, read
from oasis.intake.rows import Walker
from oasis.kit.refused import Refused
from oasis.places.models import School
from tests.intake import ugly
from tests.intake.acts import HEAD, ROW
from tests.world import TODAY, World

BITS = [
    "姓名",
    "性别",
    "身份证号",
    "班级",
    "父亲",
    "母亲",
    "电话",
    "监护人",
    "合计",
    "林晓晓",
    "张",
    "三（1）班",
    "301",
    "2023级2班",
    "十三年级",
    "男",
    "？",
    "=",
    "=1+1",
    "#REF!",
    "1.1E+17",
    "13800138000",
    "0",
    "-1",
    "无",
    "/",
    "2015.3.5",
    "2015年13月",
    "99999",
    "是",
    "否",
    "√",
    "住校",
    "双亲留守",
    "爷爷",
    "祖孙",
    "汉族",
    "\u3000",
    "\u200b",
    "\ufeff",
    "𠀀𠀁",
    "🙂",
    "A",
    "",
    " ",
    "\n",
    "\x1f",
    "x" * 5000,
    "一" * 300,
    "1" * 400,
]


def grid(rng: random.Random) -> SheetOfRows:
    """Make a sheet of bits of rosters thrown together, sometimes with a proper heading."""
    width = rng.randint(1, 30)
    rows = [[rng.choice(BITS) for _column in range(width)] for _row in range(rng.randint(1, 25))]
    if rng.random() < 0.7:
        rows.insert(rng.randint(0, min(3, len(rows))), [*HEAD[:width], *[""] * (width - len(HEAD))])
    made = list(unpacking.pages(enumerate(rows, 1)))
    merges = tuple(
        (r, c, r + rng.randint(0, 3), c + rng.randint(0, 3))
        for r, c in ((rng.randint(0, 9), rng.randint(0, 9)) for _ in range(3))
    )
    return SheetOfRows(rng.choice(["三1", "Sheet1", ""]), False, merges, tuple(body for body, _n in made), len(rows))


@pytest.mark.parametrize("seed", range(300))
def test_any_grid_is_laid_out_and_read(seed: int) -> None:
    rng = random.Random(seed)
    sheet = grid(rng)
    found = laid_out(sheet)
    if found is None:
        return
    columns = [(c.at, rng.choice(FIELDS.codes) if rng.random() < 0.3 else c.field) for c in found.columns]
    reader = FactReader(
        [(at, code) for at, code in columns if code], on=TODAY, demo=rng.random() < 0.5, since_1904=rng.random() < 0.2, all_left_behind=rng.random() < 0.3
    )  # fmt: skip
    walker = Walker(found, sheet.merges)
    for page in sheet.pages:
        for row in walker.rows(page):
            facts = reader.read(row)
            assert facts.refusals or facts.name


@pytest.mark.parametrize("seed", range(80))
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    whole = [ugly.xlsx(("名单", [HEAD, ROW])), ugly.xls("名单", [HEAD, ROW]), ugly.csv([HEAD, ROW], "gbk")][seed % 3]
    data = bytearray(whole)
    for _hit in range(rng.randint(1, 30)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    cut = bytes(data[: rng.randint(1, len(data))]) if rng.random() < 0.3 else bytes(data)
    with contextlib.suppress(Refused):
        assert read(cut).rows


@pytest.mark.parametrize("seed", range(40))
def test_any_roster_gets_a_preview(seed: int, world: World) -> None:
    School.objects.update(demo=True)
    rng = random.Random(seed)
    rows = [[rng.choice([cell, cell, rng.choice(BITS[:-5])]) for cell in ROW] for _row in range(8)]
    li = world.scope("li")
    batch = actions.receive(li, name="x.csv", data=ugly.csv([HEAD, *rows]))
    batch = actions.preview(li, batch)
    assert batch.state == "preview"
