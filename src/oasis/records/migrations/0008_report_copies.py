"""A report keeps its own sealed copy of each record it gathered, so that the record may be erased unseen."""

from django.db import migrations

import oasis.kit.sealed


def copy_all(apps, schema_editor):
    """Fill the copies of what reports hold already."""
    Record, Sealed = apps.get_model("records", "Record"), apps.get_model("records", "Sealed")
    for row in apps.get_model("records", "ReportRecord").objects.iterator(chunk_size=200):
        record = Record.objects.select_related("by").filter(pk=row.record).first()
        if record is None:
            continue
        said = Sealed.objects.get(pk=record.pk) if record.confidential else record
        row.content = {
            "kind": record.kind, "happened_on": str(record.happened_on), "by": record.by.name,
            "confidential": record.confidential, "with_whom": record.with_whom, "channel": record.channel,
            "outcome": record.outcome, "summary": said.summary, "details": said.details,
        }  # fmt: skip
        row.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("records", "0007_report_words")]

    operations = [
        migrations.AddField(
            model_name="reportrecord", name="content", field=oasis.kit.sealed.SealedJSON(null=True)
        ),
        migrations.RunPython(copy_all, migrations.RunPython.noop),
    ]
