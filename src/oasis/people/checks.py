"""System checks that keep the closed query sets closed."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db.models import ForeignKey

from oasis.people.closed import ScopedModel

# Tables without secrets: ground, posts, settings; the data keys are wrapped.
UNSCOPED = frozenset(
    {
        "Region",
        "School",
        "Klass",
        "Term",
        "SchoolDay",
        "User",
        "Post",
        "ConsentText",
        "LawSetting",
        "Retention",
        "DataKey",
    }
)


@register()
def every_table_is_scoped(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a table of ours that is neither scoped nor on the written list, and open joins into scoped tables."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("oasis."):
            continue
        if not issubclass(model, ScopedModel):
            if model.__name__ not in UNSCOPED:
                found.append(Error(f"{model.__name__} is not a ScopedModel", id="oasis.E001"))
            continue
        for field in model._meta.get_fields():
            open_join = isinstance(field, ForeignKey) and not issubclass(field.related_model, ScopedModel)
            if open_join and field.remote_field and not field.remote_field.hidden:
                found.append(Error(f"{model.__name__}.{field.name}: related_name must be '+'", id="oasis.E002"))
    return found
