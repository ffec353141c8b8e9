"""Levels: proposed with reasons, decided by a person, dated; the school's own scheme."""

import pytest

from oasis.children.actions.assessing import assess
from oasis.children.actions.scheme import set_scheme, usual_scheme
from oasis.children.actions.status import add_hardship, set_risk
from oasis.children.levels import past_levels, standing_of, standings, weights_of
from oasis.children.models import RiskLevel
from oasis.children.past import as_of
from oasis.children.risks import FACTORS, Case, Level, Weights, propose
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from tests.children.test_assessing import SOME
from tests.world import BEGAN, TODAY, World


def test_a_proposal_names_its_reasons_weightiest_first(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    assess(scope, lin, term=world.terms["青河县"], on=TODAY, scores=SOME)
    add_hardship(scope, lin, kind="single", from_on=BEGAN)
    told = standing_of(scope, lin).proposal
    assert told.points == 2 + 1 + 3 + 3 + 1 + 1
    assert told.level == Level.KEY
    assert set(told.words.split("；")[:2]) == {"学习辅导很缺", "单亲家庭或父母服刑"}
    assert propose(Case(world.children["yang"], TODAY), Weights()).level == Level.PLAIN


def test_a_child_waits_until_somebody_decided_and_again_when_the_facts_change(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    assess(scope, lin, term=world.terms["青河县"], on=TODAY, scores=SOME)
    now = standing_of(scope, lin)
    assert now.waits
    set_risk(scope, lin, on=TODAY, level="plain", reasons="奶奶照顾得好", proposed=now.proposal.level, points=3)
    assert not standing_of(scope, lin).waits
    add_hardship(scope, lin, kind="de-facto", from_on=TODAY)
    assert standing_of(scope, lin).waits


def test_decisions_are_kept_and_make_key_children(world: World) -> None:
    scope, lin = world.scope("zhao"), world.children["lin"]
    set_risk(scope, lin, on=BEGAN, level="high", reasons="无人照护")
    set_risk(scope, lin, on=TODAY, level="watch", reasons="姑姑来了")
    assert [row.level for row in past_levels(scope, lin)] == ["watch", "high"]
    was = as_of(scope, lin, BEGAN)
    assert (was.child.key, was.level and was.level.level) == (True, "high")
    assert not as_of(scope, lin, TODAY).child.key
    assert RiskLevel.objects.within(scope, Need.CHILD_READ).filter(child=lin).count() == 2
    for bad in ({"level": "nothing", "reasons": "x"}, {"level": "key", "reasons": " "}):
        with pytest.raises(Refused):
            set_risk(scope, lin, on=TODAY, **bad)
    with pytest.raises(Refused):
        set_risk(world.scope("qian"), lin, on=TODAY, level="key", reasons="x")


def test_a_school_sets_its_own_scheme_and_goes_back(world: World) -> None:
    li, school = world.scope("li"), world.schools["青河县"]
    points = {one.code: 0 for one in FACTORS} | {"both-away": 9}
    set_scheme(li, school=school, points=points, high=9, key=5, watch=2)
    assert standing_of(world.scope("zhao"), world.children["lin"]).proposal.level == Level.HIGH
    assert [one.child.name for one in standings(world.scope("zhao"), Need.CHILD_WRITE)] == ["林晓晓", "陈浩"]
    usual_scheme(li, school=school)
    assert weights_of([school.pk])[school.pk] == Weights()


@pytest.mark.parametrize(
    ("who", "change"),
    [("zhao", {}), ("feng", {}), ("li", {"high": 3}), ("li", {"points": {"young": 99}})],
)
def test_a_bad_scheme_is_refused(world: World, who: str, change: dict[str, object]) -> None:
    asked: dict[str, object] = {"points": {}, "high": 12, "key": 8, "watch": 4} | change
    with pytest.raises(Refused):
        set_scheme(world.scope(who), school=world.schools["青河县"], **asked)  # type: ignore[arg-type]
