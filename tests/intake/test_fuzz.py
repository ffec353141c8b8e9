"""Whatever comes in, the answer is a preview or a refusal in words, never a crash, and nothing is half-written.

OASIS_FUZZ sets how many mutated files are read (10,000 before a release); one in fifty goes the whole way and is imported.
"""

import contextlib
import os
import random
import resource

import pytest

from oasis.intake import actions, unpacking
from oasis.intake.commit import commit
from oasis.intake.facts import FactReader
from oasis.intake.fields import FIELDS
from oasis.intake.layout import laid_out
from oasis.intake.reading import SheetOfRows, read, shape_of, sheets
from oasis.intake.rows import Walker
from oasis.kit.refused import Refused
from oasis.places.models import School
from tests.intake import ugly
from tests.intake.acts import HEAD, ROW, everything
from tests.world import TODAY, World

FILES = int(os.environ.get("OASIS_FUZZ", "0"))
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


def walked(rng: random.Random, sheet: SheetOfRows) -> None:
    """Lay a sheet out and read every row of it: each is refused in words or has a name."""
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


@pytest.mark.parametrize("seed", range(300))
def test_any_grid_is_laid_out_and_read(seed: int) -> None:
    rng = random.Random(seed)
    walked(rng, grid(rng))


def mutated(rng: random.Random) -> bytes:
    """Give a roster with cells of other rosters, sent as one of three kinds of file, often damaged and sometimes cut short."""
    rows = [
        [rng.choice([cell, cell, cell, rng.choice(BITS[:-5])]) for cell in ROW] for _row in range(rng.randint(1, 6))
    ]
    rows.insert(rng.randint(0, 1), HEAD)
    data = bytearray((ugly.xlsx(("名单", rows)), ugly.xls("名单", rows), ugly.csv(rows, "gb18030"))[rng.randrange(3)])
    for _hit in range(rng.choice((0, 0, 1, 3, 30))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data[: rng.randint(1, len(data))]) if rng.random() < 0.2 else bytes(data)


def unpacked(data: bytes) -> list[SheetOfRows]:
    """Read a file as the guarded process does; what it answers with a reason is a refusal."""
    shape = shape_of(data)
    try:
        told, pages, _remarks = unpacking.book(data, 1000) if shape == "book" else unpacking.table(data, 1000)
    except Exception as error:
        raise Refused("roster-damaged", "") from error
    return list(sheets(told, b"".join(pages)))


def read_from(seeds: list[int], pipe: int) -> None:
    """Read one mutated file after another, and say each one's number beforehand; a fault of ours is said too. Never returns."""
    for seed in seeds:
        os.write(pipe, f"{seed}\n".encode())
        rng = random.Random(f"file {seed}")
        try:
            for sheet in unpacked(mutated(rng)):
                walked(rng, sheet)
        except Refused:
            continue
        except Exception as error:
            os.write(pipe, f"{seed} {error!r}\n".encode())
            os._exit(1)
        except (
            BaseException
        ):  # the reader of workbooks panics on some damaged ones: the guarded process ends, that is a refusal
            continue
    os._exit(0)


@pytest.mark.parametrize("part", range(10))
def test_mutated_files_are_read_or_refused(part: int) -> None:
    """In processes of their own, as the reader of workbooks aborts outright on some damaged files: the next one goes on behind it."""
    seeds, faults = list(range(part, max(40, FILES), 10)), []
    while seeds:
        out, into = os.pipe()
        if (child := os.fork()) == 0:
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            read_from(seeds, into)
        os.close(into)
        with os.fdopen(out, encoding="utf-8") as told:
            lines = told.read().splitlines()
        _pid, status = os.waitpid(child, 0)
        faults += [line for line in lines if " " in line]
        seeds = [] if status == 0 else [seed for seed in seeds if seed > int(lines[-1].split()[0])]
    assert not faults


@pytest.mark.parametrize("seed", range(max(6, FILES // 50)))
def test_a_mutated_file_comes_in_row_by_row_or_not_at_all(seed: int, world: World) -> None:
    School.objects.update(demo=True)
    li, before = world.scope("li"), everything()
    try:
        batch = actions.preview(li, actions.receive(li, name="名册.xlsx", data=mutated(random.Random(f"way {seed}"))))
    except Refused:
        assert everything() == before
        return
    if batch.state != "preview":
        assert everything() == before
        return
    new = batch.rows.everywhere(why="a test counts").filter(state="new").count()
    commit(li, batch)
    refused = batch.rows.everywhere(why="a test counts").filter(state="refused").count()
    after = everything()
    assert 0 <= after["Child"] - before["Child"] <= new + refused
    assert after["Enrolment"] - before["Enrolment"] == after["Child"] - before["Child"], "no file without its class"


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
