"""Takes every trace of the demo out again: all rows of its schools, its users, its regions."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction

from oasis.people import heads, trail
from oasis.people.closed import ScopedQuerySet
from oasis.people.models import Post, Trail, User
from oasis.places.models import Region, School

MARK = "（演示）"


def clear() -> int:
    """Remove the demo and give the number of rows removed; real schools in the same database stay as they are."""
    schools = list(School.objects.filter(demo=True).values_list("pk", flat=True))
    removed = 0
    ours = [model for model in apps.get_models() if model.__module__.startswith("oasis.")]
    with transaction.atomic():
        for model in ours:  # rows that reach their school through another row go before it
            if "__" in (path := getattr(model, "scope_paths", {}).get("school", "")):
                removed += _drop(model, pk__in=_keys(model, **{f"{path}__in": schools}))
        for model in ours:
            if _has_school(model):
                removed += _drop(model, school__in=schools)
        removed += _drop(Trail, school_key__in=[*schools, *(trail.apart(school) for school in schools)])
        transaction.on_commit(lambda: heads.forget({*schools, *(trail.apart(school) for school in schools)}))
        removed += _drop(Post, user__demo=True) + _drop(Post, region__name__endswith=MARK)
        users = User.objects.filter(demo=True)
        for session in Session.objects.all():
            if session.get_decoded().get("_auth_user_id") in {str(pk) for pk in users.values_list("pk", flat=True)}:
                session.delete()
        removed += users.delete()[0]
        removed += _drop(School, demo=True)
        removed += _drop(Region, name__endswith=MARK)
    return removed


def _has_school(model: type[models.Model]) -> bool:
    return any(
        field.name == "school" and field.concrete for field in model._meta.get_fields() if hasattr(field, "concrete")
    )


def _drop(model: type[models.Model], **which: object) -> int:
    """Delete without walking the cascades: every table below a school is dealt with by itself."""
    rows = _rows(model, **which)
    return rows._raw_delete(rows.db)


def _keys(model: type[models.Model], **which: object) -> models.QuerySet[models.Model, object]:
    return _rows(model, **which).values("pk")


def _rows(model: type[models.Model], **which: object) -> models.QuerySet[models.Model]:
    rows = model._default_manager.filter(**which)
    return rows.everywhere(why="the demo is removed whole") if isinstance(rows, ScopedQuerySet) else rows
