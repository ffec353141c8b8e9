"""The alerts measured on the demo: every planted trouble is found, and a class of 45 gives its teacher few a week."""

from datetime import timedelta
from uuid import UUID

from oasis.alerts.queries import alerts_for
from oasis.children.access import scope_of
from oasis.config import demo
from oasis.duties.queries import children_of
from oasis.people.models import Post
from oasis.people.roles import Need
from tests.world import TODAY, World

WEEKS = 8


def test_all_planted_troubles_are_found_and_a_class_of_45_gives_at_most_five_a_week(world: World) -> None:
    planted = demo.build("village", on=TODAY)
    principal = Post.objects.filter(school__demo=True, role="principal").select_related("user").get().user
    kids = children_of(scope_of(principal, TODAY), Need.RECORD_READ)
    today = {(one.kid.id, one.signal.code) for one in alerts_for(kids, TODAY)}
    assert len(planted) >= 8
    assert set(planted) <= today, set(planted) - today
    begun: set[tuple[UUID, str, object]] = set()
    new = []
    for week in range(WEEKS, -1, -1):
        now = {(one.kid.id, one.signal.code, one.since) for one in alerts_for(kids, TODAY - timedelta(weeks=week))}
        new.append(len({one for one in now - begun if (one[0], one[1]) not in planted}))
        begun |= now
    a_week = sum(new[1:]) / WEEKS * 45 / len(kids)
    assert a_week <= 5, new
