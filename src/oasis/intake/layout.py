"""How a sheet is laid out: titles above, one or two rows of headings, the columns and what they hold."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from oasis.intake import contents
from oasis.intake.cleaning.klasses import KlassName, klass_in
from oasis.intake.cleaning.text import Unclear, nothing
from oasis.intake.fields import FIELDS
from oasis.intake.reading import Line, SheetOfRows
from oasis.intake.sheets import SHEETS, Sheet
from oasis.kit import heads
from oasis.kit.heads import OUT, UNKNOWN, Meaning, normal
from oasis.kit.text import plain

LOOK_FOR_HEADS = 25
SAMPLE = 60
# A title that tells of left-behind children among others: 含留守儿童, 是否留守, 非留守, 学生及留守儿童, 留守和困境儿童.
MIXED = re.compile(
    r"(?:含|包括|是否|有无|注明|标注)[^，。；、）)]{0,6}留守|非留守"
    r"|(?:学生|儿童|孩子|少年|子女|全校|全班)(?:以?及|和|与|、|暨)[^，。；）)]{0,6}留守"
    r"|留守(?:儿童|学生|少年|孩子|子女)?(?:以?及|和|与|、|暨)(?!其|监护|家长|父母|照护|委托|家庭|帮扶|结对|教师|关爱)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where, the words over it, what it is taken for and why, and a few of its cells."""

    at: int
    head: str
    field: str | None
    confidence: float
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found in one sheet. `klass` stands in the title or the sheet's name, for rows that name none."""

    sheet: str
    title: str
    head_from: int
    head_to: int
    columns: tuple[Column, ...]
    klass: KlassName | None
    kind: str
    signature: str

    @property
    def fields(self) -> dict[str, int]:
        """Give where each recognised field stands."""
        return {column.field: column.at for column in self.columns if column.field}


@dataclass(frozen=True, slots=True)
class Heads:
    """A row or two of headings with what they mean; `score` counts how many are known words."""

    first: int
    last: int
    heads: tuple[str, ...]
    groups: tuple[str, ...]
    meanings: tuple[Meaning, ...]

    @property
    def score(self) -> float:
        """Weigh how many headings are known words."""
        sure = sum(1 for meaning in self.meanings if meaning.confidence >= 0.85)
        return sure + 0.3 * sum(1 for meaning in self.meanings if 0 < meaning.confidence < 0.85)

    @property
    def good(self) -> bool:
        """Tell whether these can be the headings of a roster."""
        fields = {meaning.field for meaning in self.meanings if meaning.confidence >= 0.6}
        return ("name" in fields and self.score >= 1) or self.score >= 3


def laid_out(sheet: SheetOfRows) -> Layout | None:
    """Find headings and columns of a sheet; None when there are no children in it to be found."""
    lines = sheet.first(LOOK_FOR_HEADS + SAMPLE)
    if not lines:
        return None
    width = max(len(line.cells) for line in lines)
    lines = [Line(line.number, line.cells + [""] * (width - len(line.cells))) for line in lines]
    found = find_heads(lines[:LOOK_FOR_HEADS], sheet.merges)
    data = lines[found.last + 1 :] if found else lines
    above = lines[: found.first] if found else []
    title = " ".join(dict.fromkeys(plain(cell) for line in above for cell in line.cells if cell.strip()))
    words = found or Heads(0, 0, ("",) * width, ("",) * width, (UNKNOWN,) * width)
    kind = kind_of(words, title + sheet.name)
    columns = columns_of(words, kind, data[:SAMPLE])
    if not any(column.field == "name" for column in columns):
        return None
    return Layout(
        sheet=sheet.name,
        title=title[:200],
        head_from=lines[found.first].number if found else 0,
        head_to=lines[found.last].number if found else 0,
        columns=columns,
        klass=klass_in(title) or klass_in(sheet.name),
        kind=kind.code,
        signature=signature(words),
    )


def find_heads(lines: Sequence[Line], merges: Sequence[tuple[int, int, int, int]]) -> Heads | None:
    """Choose the row, or the two rows, with the most known words."""
    best: Heads | None = None
    for at, line in enumerate(lines):
        for one in (single(at, line), double(at, line, lines[at + 1], merges) if at + 1 < len(lines) else None):
            if one and one.good and (best is None or one.score > best.score):
                best = one
    return best


def single(at: int, line: Line) -> Heads:
    """Read one row as headings."""
    blank = ("",) * len(line.cells)
    return Heads(at, at, tuple(line.cells), blank, tuple(heads.meanings(line.cells, blank)))


def double(at: int, upper: Line, lower: Line, merges: Sequence[tuple[int, int, int, int]]) -> Heads | None:
    """Read two rows as group headings over headings; None when the second row holds no words for fields."""
    below = [cell for cell in lower.cells if cell.strip()]
    above = [cell for cell in upper.cells if cell.strip()]
    if len(above) < 2 or len(below) < 2 or lower.number != upper.number + 1:
        return None
    groups = spread(upper, lower, merges)
    names = tuple(low if low.strip() else up for low, up in zip(lower.cells, upper.cells, strict=True))
    over = tuple(group if low.strip() else "" for group, low in zip(groups, lower.cells, strict=True))
    told = tuple(heads.meanings(names, over))
    sure = sum(1 for low, m in zip(lower.cells, told, strict=True) if low.strip() and m.confidence >= 0.6)
    if sure * 2 < len(below):
        return None
    return Heads(at, at + 1, names, over, told)


def spread(upper: Line, lower: Line, merges: Sequence[tuple[int, int, int, int]]) -> list[str]:
    """Spread each group heading over the columns below it, by merged cells where the file has them."""
    row = upper.number - 1
    merged = {c: c1 for r1, c1, r2, c2 in merges if r1 <= row <= r2 for c in range(c1, c2 + 1)}
    groups: list[str] = []
    for at, cell in enumerate(upper.cells):
        if cell.strip():
            groups.append(cell)
        elif at in merged:
            groups.append(upper.cells[merged[at]])
        elif not merged and at and lower.cells[at].strip():
            groups.append(groups[at - 1])
        else:
            groups.append("")
    return groups


def kind_of(words: Heads, title: str) -> Sheet:
    """Tell which of SHEETS this is: by its headings where they are a template's, else by title and fields."""
    shown = {normal(head) for head in words.heads}
    for sheet in SHEETS:
        own = {normal(heading.words) for heading in sheet.headings}
        if sheet.own_headings and len(own & shown) >= 0.7 * len(own):
            return sheet
    fields = {meaning.field for meaning in words.meanings}
    if ("留守" in title and not MIXED.search(title)) or {"carer.name", "left_behind"} <= fields:
        return SHEETS.get("care-roster")
    return SHEETS.get("class-list")


def columns_of(words: Heads, kind: Sheet, data: Sequence[Line]) -> tuple[Column, ...]:
    """Give the columns of a sheet: by the template, by the headings, checked against the cells."""
    meanings = by_template(words, kind) if kind.own_headings else list(words.meanings)
    taken = {meaning.field for meaning in meanings if meaning.field}
    columns: list[Column] = []
    for at, (head, group, meaning) in enumerate(zip(words.heads, words.groups, meanings, strict=True)):
        cells = [line.cells[at] for line in data if not nothing(line.cells[at])]
        if not cells and not head.strip():
            continue
        sure = by_contents(head, meaning, cells, taken)
        if sure.field:
            taken.add(sure.field)
        shown = plain(head) if not group.strip() or normal(group) == normal(head) else f"{plain(group)} / {plain(head)}"
        samples = tuple(dict.fromkeys(plain(cell)[:40] for cell in cells[:12]))[:3]
        columns.append(Column(at, shown[:80], sure.field, sure.confidence, sure.why, samples))
    return tuple(columns)


def by_template(words: Heads, kind: Sheet) -> list[Meaning]:
    """Read headings as the template means them, in its order: the second 姓名 is the first family member's."""
    left: dict[str, list[str | None]] = {}
    for heading in kind.headings:
        left.setdefault(normal(heading.words), []).append(heading.field)
        if heading.group:
            left.setdefault(normal(heading.group + heading.words), []).append(heading.field)
    told: list[Meaning] = []
    for head, group, guess in zip(words.heads, words.groups, words.meanings, strict=True):
        waiting = left.get(normal(group + head)) or left.get(normal(head))
        if guess.field and "." in guess.field and guess.confidence >= 0.95:
            told.append(guess)
        elif waiting:
            field = waiting.pop(0)
            told.append(Meaning(field, 1.0, kind.label if field else f"{kind.label}里的这一列不用导入"))
        else:
            told.append(guess)
    return told


def by_contents(head: str, meaning: Meaning, cells: Sequence[str], taken: set[str]) -> Meaning:
    """Check a guess against the cells; the cells decide where the heading says nothing or plainly errs."""
    if not cells or (meaning.field is None and (normal(head) in OUT or meaning.confidence == 1.0)):
        return meaning
    seen = contents.looks(cells)
    if meaning.field is None:
        return seen if seen and meaning.confidence == 0 and not {seen.field} & taken else meaning
    if seen and seen.field == meaning.field:  # cells with a slip, as a wrong digit, are still of that kind
        return meaning
    share = readable(meaning.field, cells)
    if share < 0.3 and seen and not {seen.field, meaning.field} & (taken - {meaning.field}):
        return replace(seen, why=f"标题写的是“{plain(head)}”，但{seen.why}")
    if share < 0.5:
        label = FIELDS.get(meaning.field).label
        return Meaning(meaning.field, 0.4, f"{meaning.why}，但多数内容不像{label}，请核对")
    return meaning


def readable(code: str, cells: Sequence[str]) -> float:
    """Give the share of cells that the field's cleaner can use."""
    clean = FIELDS.get(code).clean
    good = 0
    for cell in cells:
        try:
            clean(cell)
            good += 1
        except Unclear as unclear:
            good += unclear.value is not None
    return good / len(cells)


def signature(words: Heads) -> str:
    """Name a set of headings, so that the choice of a person is found again for the next file like it."""
    told = "\x1f".join(f"{normal(group)}/{normal(head)}" for group, head in zip(words.groups, words.heads, strict=True))
    return hashlib.sha256(told.rstrip("\x1f/").encode()).hexdigest()[:32]
