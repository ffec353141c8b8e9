"""The try-out: a form filled with samples, read again, and compared; accepted only when every place took its value."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from oasis.kit.refused import Refused
from oasis.papers.bureau import opening
from oasis.papers.bureau.blanks import empty
from oasis.papers.bureau.grid import Body, grids
from oasis.papers.bureau.places import address
from oasis.papers.bureau.saying import GAP
from oasis.papers.bureau.ties import FIXED, HAND, OPEN, Tie

ROWS = 3  # more than nought, so that the rows after the first are seen


def sample_job(ties: Sequence[Tie], bodies: Sequence[Body]) -> dict[str, Any]:
    """Give a copy filled with samples; lists get more rows than the form has, to see that it grows."""
    values = {tie.key: _sample(tie) for tie in ties if not tie.listed and tie.what not in (HAND, OPEN)}
    made = []
    for body in bodies:
        count = body.last - body.first + 1 + ROWS
        columns = [
            tie for tie in ties if tie.listed and tie.key.startswith(f"t{body.table}c") and tie.what not in (HAND, OPEN)
        ]
        rows = [{tie.key.partition("c")[2]: _sample(tie, n) for tie in columns} for n in range(1, count + 1)]
        made.append({"table": body.table, "first": body.first, "last": body.last, "rows": rows})
    return {"values": values, "bodies": made}


def _sample(tie: Tie, n: int = 1) -> Any:
    if tie.what == FIXED:
        return tie.text
    if tie.options:
        return tie.options[0]
    entry = tie.entry
    words = entry.sample if entry else ""
    if words.isdigit() and len(words) <= 3:
        return n if tie.field == "n" else int(words)
    return words


def tried(data: bytes, ending: str, ties: Sequence[Tie], bodies: Sequence[Body]) -> bytes:
    """Fill with samples and give the file; raises Refused naming what did not take."""
    job = sample_job(ties, bodies)
    before, told, made = opening.trial(data, ending, job)
    wrong = [*_untaken(told, job, {tie.key: tie for tie in ties}), *_lost(before, told)]
    if wrong:
        names = "、".join(dict.fromkeys(wrong[:5]))
        raise Refused("try", f"试填没有成功，这些地方没有写进去：{names}。请检查原表，或把它们改为“留给人手填”")
    return made


def _untaken(told: Mapping[str, Any], job: Mapping[str, Any], ties: Mapping[str, Tie]) -> Iterator[str]:
    """Name the places whose value does not stand in the file afterwards."""
    tables = grids(told)
    lists = {body["table"]: body for body in job["bodies"]}
    for key, value in job["values"].items():
        spot = address(key)
        if spot.paragraph >= 0:
            text = told["paragraphs"][spot.paragraph]
        else:
            body = lists.get(spot.table)
            more = len(body["rows"]) - (body["last"] - body["first"] + 1) if body and spot.row > body["last"] else 0
            cell = tables[spot.table].of(spot.row + max(more, 0), spot.column)
            text = cell.text if cell else ""
        if not all(part in text for part in str(value).split(GAP)):
            yield ties[key].words
    for body in job["bodies"]:
        for at, row in enumerate(body["rows"]):
            for column, value in row.items():
                cell = tables[body["table"]].of(body["first"] + at, int(column))
                if cell is None or cell.text != str(value):
                    yield ties[f"t{body['table']}c{column}"].words


def _lost(before: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    """Name the words of the form that are not there any more."""
    now = {cell[4] for table in told["tables"] for cell in table["cells"]}
    for table in before["tables"]:
        for cell in table["cells"]:
            text = cell[4]
            plain = not empty(text) and not text.startswith("=") and not any(sign in text for sign in "：:_＿□☐")
            if plain and text not in now and not text.strip().isdigit():
                yield text[:20]
