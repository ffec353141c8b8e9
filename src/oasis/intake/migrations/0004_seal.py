"""Seal what the sealed columns hold; taken back, it stands there in clear again."""

from django.db import migrations

from oasis.kit.sealing import open_all, seal_all


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_data_key"), ("intake", "0003_sealed_columns")]

    operations = [migrations.RunPython(seal_all("intake"), open_all("intake"))]
