"""A row laid from a tuple is the row Django would read; what its values are called is what Django calls them."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models.signals import post_init, pre_init

from oasis.children.models import Child, Person
from oasis.kit.columns import Columns
from oasis.people.closed import ScopedModel
from tests.world import World

OURS = [model for model in apps.get_models() if issubclass(model, ScopedModel)]


def test_a_row_is_what_django_would_have_read(world: World) -> None:
    columns = Columns(Person)
    rows = Person.objects.everywhere(why="a test compares rows").order_by("pk")
    for told, known in zip(rows.values_list(*columns.paths), rows, strict=True):
        made = columns.sure(told)
        assert made.__dict__.keys() == known.__dict__.keys()
        assert all(made.__dict__[name] == known.__dict__[name] for name in columns.names)
        assert (made._state.adding, made._state.db) == (known._state.adding, known._state.db)
        assert made == known


def test_what_was_left_shut_is_read_when_it_is_asked_for(world: World, django_assert_num_queries: Any) -> None:
    columns = Columns(Child, sealed=False)
    rows = Child.objects.everywhere(why="a test compares rows").exclude(pk=None).order_by("pk")
    known = next(child for child in rows if child.id_number)
    made = columns.sure(rows.filter(pk=known.pk).values_list(*columns.paths)[0])
    assert "id_number" in made.get_deferred_fields()
    with django_assert_num_queries(1):
        assert made.id_number == known.id_number


def test_nobody_listens_to_rows_being_made() -> None:
    """Columns sends no signal; whoever connects one must know."""
    for model in {Child, Person, *OURS}:
        assert not pre_init.has_listeners(model)
        assert not post_init.has_listeners(model)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_value_is_called_what_django_calls_it(model: type[ScopedModel]) -> None:
    for field in model._meta.concrete_fields:
        for value, _label in [*field.flatchoices, ("unknown", ""), ("", ""), (None, "")]:
            row = model(**{field.attname: value})
            if field.choices:
                said = getattr(row, f"get_{field.name}_display")()
                assert said == models.Model._get_FIELD_display(row, field)  # type: ignore[attr-defined]
