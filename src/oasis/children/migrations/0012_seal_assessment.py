"""Seal the words written beside an assessment; taken back, they stand there in clear again."""

from django.db import migrations

import oasis.kit.sealed
from oasis.kit.sealed import seal, unseal
from oasis.kit.sealing import rewrite


def _all(apps, schema_editor, change):
    model, after, read = apps.get_model("children", "Assessment"), None, 1
    while read:
        read, after = rewrite(schema_editor.connection, model, change, after)


def shut(apps, schema_editor):
    link = schema_editor.connection
    _all(apps, schema_editor, lambda field, row, cell: seal(link, field.context, row, cell.encode()))


def open_again(apps, schema_editor):
    link = schema_editor.connection
    _all(apps, schema_editor, lambda field, row, cell: unseal(link, field.context, row, cell).decode())


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_data_key"), ("children", "0011_risk_scheme")]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="note",
            field=oasis.kit.sealed.SealedChar(blank=True, max_length=200, verbose_name="说明"),
        ),
        migrations.RunPython(shut, open_again),
    ]
