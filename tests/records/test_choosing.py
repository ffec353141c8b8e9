"""Which children a form offers, and what stands under their names."""

from oasis.children.actions.files import open_file
from oasis.records.choosing import offered
from tests.world import BEGAN, World


def test_the_class_stands_only_under_children_of_another_class(world: World) -> None:
    lin, zhao = world.children["lin"], world.scope("zhao")
    offer = offered(zhao, ())
    assert {offer.small(child, zhao) for child in offer.near if child.klass_id == lin.klass_id} == {""}
    li = world.scope("li")
    whole = offered(li, ())
    assert whole.classes
    assert "三（1）班" in {whole.small(child, li) for child in (*whole.near, *whole.rest)}


def test_two_children_of_one_name_are_told_apart(world: World) -> None:
    zhao, lin = world.scope("zhao"), world.children["lin"]
    twin = open_file(
        zhao, klass=world.klasses["三1"], school=world.schools["青河县"], on=BEGAN, name=lin.name, sex="1", class_no="7"
    )
    offer = offered(zhao, [])
    said = {child.pk: offer.small(child, zhao) for child in (*offer.near, *offer.rest)}
    assert said[twin.pk] == "男 7号"
    assert lin.birth_on
    assert said[lin.pk] == f"女 {lin.birth_on.month}月{lin.birth_on.day}日生", "without a number in the class"
    assert {words for pk, words in said.items() if pk not in (twin.pk, lin.pk)} == {""}
