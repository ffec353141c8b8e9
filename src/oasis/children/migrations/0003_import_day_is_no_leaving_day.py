"""Absences that a roster brought without a day bore the day of the import; nobody left on that day."""

from itertools import islice
from zoneinfo import ZoneInfo

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, F, OuterRef, Q

from oasis.kit.ids import new_id

CHUNK = 2_000
CHINA = ZoneInfo("Asia/Shanghai")


def forget_the_day(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Leave open since when, where an import's own day stands; and mark each such row as made by its batch."""
    at = schema.connection.alias  # a backup is proved in a second database
    away, change = apps.get_model("children", "Away"), apps.get_model("children", "Change")
    tie, enrolment = apps.get_model("children", "Tie"), apps.get_model("children", "Enrolment")
    opened = enrolment.objects.using(at).filter(at=OuterRef("at"), reason="名册导入")
    kin = tie.objects.using(at).filter(at=OuterRef("at"), person=OuterRef("person"))
    told = change.objects.using(at).filter(table="away", row=OuterRef("pk"), field="since_on", old__isnull=True, batch__isnull=False)
    rows = away.objects.using(at).filter(Q(Exists(opened)) | Q(Exists(kin)) | Q(Exists(told)), since_on__isnull=False)
    found = rows.order_by("pk").values_list("pk", "since_on", "at")
    undated = iter([pk for pk, since, moment in found if moment.astimezone(CHINA).date() == since])
    while some := list(islice(undated, CHUNK)):
        away.objects.using(at).filter(pk__in=some).update(since_on=None)
    mark_made(change, at)


def mark_made(change: type, at: str) -> None:
    """Say of absences begun by a batch that they began with it: taking it back removes them."""
    lines = change.objects.using(at).filter(table="away", field="since_on", batch__isnull=False, old__isnull=True)  # type: ignore[attr-defined]
    made = iter(list(lines.order_by("pk").values_list("school_id", "child_id", "row", "at", "by_id", "batch")))
    while some := list(islice(made, CHUNK)):
        change.objects.using(at).bulk_create(  # type: ignore[attr-defined]
            change(
                id=new_id(), school_id=school, child_id=child, table="away", row=row, field="reason", old=None, new="work",
                at=moment, by_id=by, batch=batch,
            )
            for school, child, row, moment, by, batch in some
        )  # fmt: skip


def remember_the_day(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Put the day of hearing back where none is known."""
    at = schema.connection.alias  # a backup is proved in a second database
    away, change = apps.get_model("children", "Away"), apps.get_model("children", "Change")
    undated = iter(list(away.objects.using(at).filter(since_on__isnull=True).order_by("pk").values_list("pk", flat=True)))
    while some := list(islice(undated, CHUNK)):
        away.objects.using(at).filter(pk__in=some).update(since_on=F("at__date"))
    change.objects.using(at).filter(table="away", field="reason", batch__isnull=False, old__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("children", "0002_away_since_unknown")]

    operations = [migrations.RunPython(forget_the_day, remember_the_day)]
