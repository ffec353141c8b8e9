"""Going back: a plan has no place in the table of before, where a class had one draft a period; only summaries stay."""

from django.db import migrations


def drop_plans(apps, schema_editor):
    apps.get_model("papers", "Draft")._base_manager.filter(kind="plan").delete()


class Migration(migrations.Migration):

    dependencies = [("papers", "0004_bureau_forms")]

    operations = [migrations.RunPython(migrations.RunPython.noop, drop_plans)]
