"""The one door to sealed text and to earlier wordings. Whoever calls has asked first whether these eyes may."""

from oasis.records.models import Record, Sealed, Version


def fill(row: Record) -> Record:
    """Put the sealed text into a confidential row in memory; leaves others alone."""
    if row.confidential:
        text = Sealed.objects.everywhere(why="the caller has asked whether these eyes may open it").get(pk=row.pk)
        row.summary, row.details = text.summary, text.details
    return row


def store(row: Record) -> None:
    """Save a changed row, its text apart when it is confidential."""
    if row.confidential:
        Sealed(record=row, school_id=row.school_id, summary=row.summary, details=row.details).save()
        row.summary, row.details = "", {}
    else:
        Sealed.objects.everywhere(why="the record is no longer confidential").filter(record=row).delete()
    row.save()


def versions(row: Record) -> list[Version]:
    """Give the earlier wordings of a readable record, newest first, sealed ones with their text."""
    rows = Version.objects.everywhere(why="they belong to a record these eyes may read")
    return list(rows.filter(record=row).select_related("by").order_by("-number"))


def close_versions(row: Record) -> None:
    """Seal the earlier wordings of a record that became confidential."""
    Version.objects.everywhere(why="a confidential record closes its earlier wordings too").filter(record=row).update(
        sealed=True
    )
