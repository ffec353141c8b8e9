"""The statistics as readers outside the school see them: what can be reckoned from all sheets together is hidden."""

from collections.abc import Iterator, Mapping, Sequence

from oasis.figures.catalogue import FIGURES
from oasis.figures.crosschecks import CHECKS
from oasis.papers import veiling
from oasis.papers.statistics import CIVIL, OWED, Sheet, of_census

# What no sheet shows and every reader can reckon: newcomers who are not owed a care, what a closed term counted besides.
REST, SHORT = "rest of ", ("cover-", "parts")
Shown = list[list[int | str | None]]


def shown(sheets: Sequence[Sheet], *, veil: bool) -> list[Shown]:
    """Give the rows of each sheet as they are printed; the same number is hidden in all of them or in none."""
    if not veil:
        return [[list(row) for row in sheet.rows] for sheet in sheets]
    named = cells(sheets)
    marks = veiling.hidden(*known(sheets, named))
    return [
        [
            [marks.get(cell, value) for cell, value in zip(keys, row, strict=True)]
            for keys, row in zip(found, sheet.rows, strict=True)
        ]
        for sheet, found in zip(sheets, named, strict=True)
    ]


def cells(sheets: Sequence[Sheet]) -> list[list[list[veiling.Cell]]]:
    """Name every number of every sheet; one that a closed term kept and that was mended since is not the same."""
    values, named = dict[veiling.Cell, int | None](), list[list[list[veiling.Cell]]]()
    for sheet in sheets:
        named.append([])
        for down, row in enumerate(sheet.rows):
            own = [(sheet.name, f"{down} {across}") for across in range(len(row))]
            keys = sheet.cells[down] if sheet.cells else own
            same = [values.setdefault(cell, value) == value for cell, value in zip(keys, row, strict=True)]
            named[-1].append(
                [
                    (of, code) if kept else (f"{of} {sheet.name}", code)
                    for (of, code), kept in zip(keys, same, strict=True)
                ]
            )
    return named


def known(
    sheets: Sequence[Sheet], named: Sequence[Sequence[Sequence[veiling.Cell]]]
) -> tuple[dict[veiling.Cell, int | None], list[veiling.Line], list[veiling.Share]]:
    """Give what a reader has before her: the numbers, what adds up to what, and what is a part of what."""
    values, lines = dict[veiling.Cell, int | None](), list[veiling.Line]()
    for sheet, keys in zip(sheets, named, strict=True):
        if sheet.open:
            continue
        for row, found in zip(sheet.rows, keys, strict=True):
            values |= dict(zip(found, row, strict=True))
        lines += [((keys[r][c],), tuple(keys[down][n] for down, n in parts)) for (r, c), parts in sheet.lines]
    codes = {code for _, code in values}
    for of, parts in (one for sheet in sheets for one in sheet.made_of):
        lines += [(((of, code),), tuple((part, code) for part in parts if (part, code) in values)) for code in codes]
    for of in dict.fromkeys(of for of, _ in values):
        for check, line in _lines(of):
            rest = _rest(values, *line) if check.startswith(SHORT) else 0
            values |= {(of, f"{REST}{check}"): rest} if rest > 0 else {}
            lines.append((line[0], (*line[1], (of, f"{REST}{check}"))) if rest > 0 else line)
    return values, lines, [share for cell in values for share in _shares(cell)]


def _lines(of: str) -> Iterator[tuple[str, veiling.Line]]:
    for check in CHECKS:
        wholes = (OWED.get(check.whole, check.whole), *check.less)
        yield check.code, (tuple((of, code) for code in wholes), tuple((of, code) for code in check.parts))


def _rest(
    values: Mapping[veiling.Cell, int | None], wholes: Sequence[veiling.Cell], parts: Sequence[veiling.Cell]
) -> int:
    """Give what the parts do not make up, as a reader reckons it."""
    held, made = [values.get(cell) for cell in wholes], [values.get(cell) for cell in parts]
    return 0 if None in held or None in made else sum(filter(None, held)) - sum(filter(None, made))


def _shares(cell: veiling.Cell) -> Iterator[veiling.Share]:
    of, code = cell
    if code.startswith(CIVIL):  # the census counts by the wider definition, too
        yield ((of, of_census(code.removeprefix(CIVIL), civil=False)),), cell
    if code in FIGURES:
        for wholes in FIGURES.get(code).wholes:
            yield tuple((of, OWED.get(whole, whole)) for whole in wholes), cell
