"""What a batch would do, or did, in the numbers its page says."""

from dataclasses import dataclass

from oasis.intake.models import Batch
from oasis.intake.queries import counted

State = Batch.State


@dataclass(frozen=True)
class Outlook:
    """A batch in numbers; before it is confirmed, what nobody chose is counted out."""

    waiting: bool  # nothing is brought in yet
    new: int
    changed: int
    same: int
    refused: int
    left: int  # not chosen, when it was confirmed
    out: int  # not ticked
    partly: int  # ticked but for some of what they say
    undated: int  # parents away since nobody says when
    newer: int  # of whom the file tells later news
    unpaired: int  # staff not found
    waits: int  # of a wrong ID number
    taken: int  # of those: to be brought in without one
    asks: int  # perhaps a child that has a file
    repeats: int  # perhaps the child of another row
    klasses: tuple[str, ...]  # to be made
    ready: bool  # something is ticked
    handed: bool  # rows can be taken away to be mended


def outlook(batch: Batch) -> Outlook:
    """Give the numbers of a batch as they stand."""
    waiting = batch.state == State.PREVIEW

    def n(code: str) -> int:
        return int(batch.counts.get(code, 0))

    kept = batch.state != State.TAKEN_BACK
    return Outlook(
        waiting=waiting, new=n("new") - (n("out-new") if waiting else 0), changed=n("changed") - (n("out-changed") if waiting else 0),
        same=n("same"), refused=n("refused"), left=n("left"), out=n("out"), partly=n("partly"), undated=n("undated"), newer=n("newer"),
        unpaired=n("unpaired") if kept else 0, waits=n("waits"), taken=n("taken"), asks=max(0, n("asks") - n("repeats")),
        repeats=n("repeats"), klasses=tuple(batch.counts.get("klasses", ())), ready=waiting and n("new") + n("changed") > n("out"),
        handed=kept and any(map(n, ("refused", "left", "out", "unnumbered"))),
    )  # fmt: skip


def lists(batch: Batch, codes: tuple[tuple[str, str], ...], chosen: str, look: int) -> list[tuple[str, str, int]]:
    """Give the lists of a batch's rows that hold any, with the one that is shown: code, words, how many."""
    found = [(code, words, look if code == "look" else counted(batch, code)) for code, words in codes]
    return [one for one in found if one[2] or one[0] in (chosen, "all")]
