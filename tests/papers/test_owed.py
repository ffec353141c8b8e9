"""What papers owe: a card at home that is no longer right, the yearly audit."""

from datetime import date

from oasis.children.models import Phone
from oasis.papers.audit import audit_owed, export_audit
from oasis.papers.cards.issuing import issue
from oasis.papers.queries import stale_cards
from tests.world import TODAY, World


def test_a_card_at_home_is_stale_as_soon_as_a_number_changes(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    assert stale_cards(scope) == []
    issue(scope, [lin], TODAY, lambda token: token)
    assert stale_cards(scope) == []
    phone = Phone.objects.within(world.scope("li")).filter(person__name="黄桂英").first()
    assert phone is not None
    phone.number = "13800000099"
    phone.save()
    assert [child.pk for child in stale_cards(scope)] == [lin.pk]
    assert stale_cards(world.scope("qian")) == []


def test_the_audit_of_a_year_is_owed_until_it_is_written(world: World) -> None:
    school = world.schools["青河县"]
    assert audit_owed(world.scope("li", date(2026, 10, 30))) == []
    assert audit_owed(world.scope("li")) == [(school, 2026)]
    assert audit_owed(world.scope("zhao")) == []
    export_audit(world.scope("li"), school=school, year=2026)
    assert audit_owed(world.scope("li")) == []
    assert audit_owed(world.scope("li", date(2027, 1, 9))) == []
