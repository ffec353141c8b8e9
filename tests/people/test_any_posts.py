"""Whatever posts and pairings a person holds, the scope shows exactly the children they reach: drawn at random, told twice.

The second telling is the plainest one can write: walk over every child and every post (design.md 5, promise 5).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oasis.children.access import needs_over, scope_of
from oasis.children.models import Child, Pairing
from oasis.people.models import Post
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.records.models import Record
from tests.world import TODAY, World

WHY = "the test compares with every child there is"
GIVEN = [role.code for role in ROLES if role.given and role.arm not in (ArmKind.CHILD, ArmKind.REGION)]
DAYS = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))


@dataclass(frozen=True)
class Held:
    """A post or a pairing as it is drawn: numbers stand for places and children of the world."""

    role: str
    place: int
    from_on: date
    to_on: date | None

    def on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


SPANS = st.tuples(DAYS, st.one_of(st.none(), DAYS)).filter(lambda span: span[1] is None or span[0] <= span[1])
HELD = st.builds(lambda role, place, span: Held(role, place, *span), st.sampled_from(GIVEN), st.integers(0, 50), SPANS)
HELPS = st.builds(
    lambda role, place, span: Held(role, place, *span),
    st.sampled_from(["helper", "counsellor"]),
    st.integers(0, 50),
    SPANS,
)


def give(world: World, posts: list[Held], helps: list[Held]) -> tuple[list[Post], list[Pairing]]:
    """Put what was drawn into the database, for a person who held nothing."""
    user = world.users["chu"]
    Post.objects.filter(user=user).delete()
    Pairing.objects.everywhere(why=WHY).filter(staff=user).delete()
    klasses, children = list(world.klasses.values()), list(world.children.values())
    made = []
    for held in posts:
        klass = klasses[held.place % len(klasses)]
        of_klass = ROLES.get(held.role).arm == ArmKind.KLASS
        made.append(Post.objects.create(
            user=user, role=held.role, school=klass.school, klass=klass if of_klass else None, from_on=held.from_on, to_on=held.to_on
        ))  # fmt: skip
    paired = []
    for child, held in {
        children[held.place % len(children)].pk: (children[held.place % len(children)], held) for held in helps
    }.values():
        paired.append(Pairing.objects.create(
            school_id=child.school_id, child=child, role="counsellor" if held.role == "counsellor" else "helper", staff=user,
            from_on=held.from_on, to_on=held.to_on, by=user,
        ))  # fmt: skip
    return made, paired


def reached(need: Need, posts: list[Post], helps: list[Pairing], on: date) -> set[UUID]:
    """Tell it again, plainly."""

    def holds(one: Post | Pairing) -> bool:
        return one.from_on <= on and (one.to_on is None or on <= one.to_on)

    found = set()
    every = list(Child.objects.everywhere(why=WHY))
    for child, post in product(every, filter(holds, posts)):
        role = ROLES.get(post.role)
        here = {
            ArmKind.SCHOOL: child.school_id == post.school_id, ArmKind.KLASS: child.klass_id == post.klass_id,
            ArmKind.BOARDERS: child.school_id == post.school_id and child.boarding,
        }.get(role.arm, False)  # fmt: skip
        if need in role.needs and here:
            found.add(child.pk)
    for pairing in filter(holds, helps):
        fit = {"counsellor"} if pairing.role == "counsellor" else set(GIVEN) - {"inspector"}
        employed = any(post.school_id == pairing.school_id and post.role in fit for post in filter(holds, posts))
        if employed and need in ROLES.get("counsellor" if pairing.role == "counsellor" else "helper").needs:
            found.add(pairing.child_id)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HELD, max_size=4), st.lists(HELPS, max_size=3), st.sampled_from([TODAY, TODAY + timedelta(days=20)]))
def test_any_posts_reach_exactly_their_children(world: World, drawn: list[Held], helping: list[Held], on: date) -> None:
    with transaction.atomic():
        posts, helps = give(world, drawn, helping)
        scope = scope_of(world.users["chu"], on)
        for need in Need:
            expected = reached(need, posts, helps, on)
            if need is Need.DESK:
                continue
            assert set(Child.objects.within(scope, need).values_list("pk", flat=True)) == expected, need
            of_those = Record.objects.everywhere(why=WHY).filter(child__in=expected)
            assert set(Record.objects.within(scope, need)) == set(of_those), need
        for child in Child.objects.everywhere(why=WHY):
            over = needs_over(scope, child)
            assert over == {need for need in Need if child.pk in reached(need, posts, helps, on)}
        transaction.set_rollback(True)
