"""The one door to sealed text and to earlier wordings. Whoever calls has asked first whether these eyes may."""

from collections.abc import Sequence

from oasis.kit.sealed import cells
from oasis.records.kinds.base import COLUMNS
from oasis.records.models import Record, Sealed, Version

CHANGING = [*sorted(COLUMNS), "details", "form_version", "phone", "version", "withdrawn"]  # of a record that is written


def fill(row: Record) -> Record:
    """Put the sealed text into a confidential row in memory; leaves others alone."""
    return fill_all([row])[0]


def fill_all(rows: Sequence[Record]) -> Sequence[Record]:
    """Do the same for many rows. One query at the most."""
    shut = [row for row in rows if row.confidential]
    if shut:
        texts = Sealed.objects.everywhere(why="the caller has asked whether these eyes may open it")
        found = texts.in_bulk([row.pk for row in shut])
        for row in shut:
            row.summary, row.details = found[row.pk].summary, found[row.pk].details
    return rows


def store(rows: Sequence[Record]) -> None:
    """Save changed rows that the caller holds, the text of confidential ones apart. Three queries at the most."""
    shut = [row for row in rows if row.confidential]
    texts = [Sealed(record=row, school_id=row.school_id, summary=row.summary, details=row.details) for row in shut]
    Sealed.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["record"], update_fields=["summary", "details"]
    )
    for row in shut:
        row.summary, row.details = "", {}
    if len(shut) < len(rows):
        shown = [row.pk for row in rows if not row.confidential]
        Sealed.objects.everywhere(why="the record is no longer confidential").filter(pk__in=shown).delete()
    with cells(rows):
        Record.objects.everywhere(why="the caller holds these rows for writing").bulk_update(rows, CHANGING)


def versions(row: Record) -> list[Version]:
    """Give the earlier wordings of a readable record, newest first, sealed ones with their text."""
    rows = Version.objects.everywhere(why="they belong to a record these eyes may read")
    return list(rows.filter(record=row).select_related("by").order_by("-number"))


def close_versions(rows: Sequence[Record]) -> None:
    """Seal the earlier wordings of records that became confidential."""
    kept = Version.objects.everywhere(why="a confidential record closes its earlier wordings too")
    kept.filter(record__in=rows).update(sealed=True)
