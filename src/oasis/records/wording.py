"""How a record reads in one line: plain sentences for the timeline, the due list and the summary."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from oasis.kit.dates import zh_full, zh_short
from oasis.records.kinds import KINDS, Kind
from oasis.records.kinds.base import worded
from oasis.records.models import Record

UNKNOWN = {"with_whom": "家人", "channel": ""}
LONGEST = 60


def choice_words(entry: type[Kind], field: str, value: str) -> str:
    """Give a stored choice in the words of the kind's own form, else of the table."""
    return _choices(entry.code, field).get(value) or UNKNOWN.get(field, "")


@cache
def _choices(kind: str, field: str) -> dict[str, str]:
    own = dict(getattr(KINDS.get(kind).Form.base_fields.get(field), "choices", ()) or ())
    table = {"with_whom": Record.Whom, "channel": Record.Channel, "outcome": Record.Outcome}[field]
    return {str(value): str(words) for value, words in (dict(table.choices) | own).items() if words}


def headline(record: Record) -> str:
    """Say what was done with whom, without the text: 上门家访，见到照护人; 给母亲打电话，没接."""
    entry = KINDS.get(record.kind)
    whom = choice_words(entry, "with_whom", record.with_whom)
    channel = choice_words(entry, "channel", record.channel)
    if record.outcome == Record.Outcome.DONE:
        return (entry.verb or entry.label).format(whom=whom, channel=channel)
    tried = (entry.attempt or entry.label).format(whom=whom, channel=channel)
    return f"{tried}，{choice_words(entry, 'outcome', record.outcome)}"


def line(record: Record) -> str:
    """Say it with the beginning of its text: 谈心：聊了周末……; sealed text never shows."""
    told = headline(record)
    if record.confidential:
        return f"{told}（内容保密）"
    if not record.summary:
        return told
    text = " ".join(record.summary.split())
    return f"{told}：{text[:LONGEST]}{'……' if len(text) > LONGEST else ''}"


def copied(told: Mapping[str, Any]) -> str:
    """Say all of a copied record: it is put together again in memory only."""
    parts = ("kind", "with_whom", "channel", "outcome", "summary", "details")
    return in_full(Record(**{part: told[part] for part in parts}))


def in_full(record: Record) -> str:
    """Say all of a record that is not confidential, for papers that take it along."""
    details = "；".join(f"{label}：{words}" for label, words in KINDS.get(record.kind).lines(record))
    return "。".join(part.strip("。") for part in (headline(record), record.summary, details) if part) + "。"


def sentence(record: Record, who: str = "") -> str:
    """Write a whole sentence with day and writer, for papers: 11月23日，赵明霞上门家访，见到照护人：……。"""
    told = headline(record)
    text = "" if record.confidential else " ".join(record.summary.split())
    whole = f"{zh_short(record.happened_on)}，{who}{told}{'：' if text else ''}{text}"
    return whole if whole[-1] in "。！？" else f"{whole}。"


def pairs(kind: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give label and words of every filled field of a kind, in the order of its form."""
    told = []
    for name, field in KINDS.get(kind).Form.base_fields.items():
        value = values.get(name)
        if value in (None, "", [], False):
            continue
        if name.endswith("_on"):
            value = zh_full(value if isinstance(value, date) else date.fromisoformat(value))
        told.append((str(field.label), worded(field, value)))
    return told
