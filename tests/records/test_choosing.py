"""Which children a form offers, and what stands under their names."""

from oasis.records.choosing import offered
from tests.world import World


def test_the_class_stands_only_under_children_of_another_class(world: World) -> None:
    lin, zhao = world.children["lin"], world.scope("zhao")
    offer = offered(zhao, ())
    assert {offer.small(child, zhao) for child in offer.near if child.klass == lin.klass} == {""}
    li = world.scope("li")
    whole = offered(li, ())
    assert whole.classes
    assert "三（1）班" in {whole.small(child, li) for child in (*whole.near, *whole.rest)}
