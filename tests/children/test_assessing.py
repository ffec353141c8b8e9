"""The five needs: scored each term, compared, never overwritten; the picture agrees with its lists."""

from datetime import date

import pytest

from oasis.children.actions.assessing import assess, assess_unchanged
from oasis.children.assessments import brief_asked, course, last_before, picture, progress
from oasis.children.history import history
from oasis.children.lacks import LACKS
from oasis.children.models import Assessment, Score
from oasis.children.past import as_of
from oasis.kit.refused import Refused
from oasis.people.roles import Need
from oasis.places.models import Term
from tests.world import TODAY, World

SOME = {"life": 0, "conduct": 1, "study": 2, "morals": 0, "safety": 1}
MET = dict.fromkeys(LACKS.codes, 0)


def spring(world: World) -> Term:
    """The term before."""
    return Term.objects.create(
        school=world.schools["青河县"], year=2025, half=2, starts_on=date(2026, 2, 24), ends_on=date(2026, 7, 5),
        visit1_until=date(2026, 3, 20), visit2_from=date(2026, 4, 15), visit2_until=date(2026, 5, 15), visit3_from=date(2026, 6, 10),
    )  # fmt: skip


def test_scores_stand_and_a_second_look_keeps_the_first(world: World) -> None:
    scope, lin, term = world.scope("zhao"), world.children["lin"], world.terms["青河县"]
    first = assess(scope, lin, term=term, on=date(2026, 9, 10), scores=SOME)
    second = assess(scope, lin, term=term, on=TODAY, scores=MET, note="外婆来照顾")
    rows = Assessment.objects.within(scope, Need.CENSUS).filter(child=lin)
    assert [(row.pk, row.replaced) for row in rows] == [(first.pk, True), (second.pk, False)]
    told = brief_asked(scope, lin).answer()
    assert told is not None
    assert told.row.scores == MET
    was = as_of(scope, lin, date(2026, 10, 1)).assessment
    assert was is not None
    assert was.scores == SOME
    assert {event.words for event in history(scope, lin) if "五项" in event.title} == {
        "五项都有保障",
        "行为管教有些缺；学习辅导很缺；安全保障有些缺（后来重新评过）",
    }


def test_the_same_again_writes_nothing_new(world: World) -> None:
    scope, lin, term = world.scope("zhao"), world.children["lin"], world.terms["青河县"]
    first = assess(scope, lin, term=term, on=TODAY, scores=SOME)
    assert assess(scope, lin, term=term, on=TODAY, scores=SOME) == first


def test_a_missing_score_a_strange_class_and_a_strange_term_are_refused(world: World) -> None:
    lin, term = world.children["lin"], world.terms["青河县"]
    with pytest.raises(Refused, match="score"):
        assess(world.scope("zhao"), lin, term=term, on=TODAY, scores={**SOME, "safety": 7})
    for who in ("qian", "sun", "feng"):
        with pytest.raises(Refused):
            assess(world.scope(who), lin, term=term, on=TODAY, scores=SOME)
    with pytest.raises(Refused):
        assess(world.scope("zhao"), lin, term=world.terms["柳溪"], on=TODAY, scores=SOME)


def test_as_last_time_needs_a_last_time(world: World) -> None:
    scope, lin, term = world.scope("zhao"), world.children["lin"], world.terms["青河县"]
    with pytest.raises(Refused):
        assess_unchanged(scope, lin, term=term, on=TODAY)
    assess(scope, lin, term=spring(world), on=date(2026, 3, 3), scores=SOME)
    assert last_before(scope, [lin.pk], term)[lin.pk].scores == SOME
    assert assess_unchanged(scope, lin, term=term, on=TODAY).scores == SOME
    assert [row.term.half for row in course(scope, lin)] == [2, 1]
    assess(scope, lin, term=term, on=TODAY, scores=MET)
    with pytest.raises(Refused, match="meanwhile"):
        assess_unchanged(scope, lin, term=term, on=TODAY, seen="")
    assert assess_unchanged(scope, lin, term=term, on=TODAY).scores == SOME, "no page was looked at"


def test_the_picture_counts_compares_and_agrees_with_its_lists(world: World) -> None:
    scope, term, before = world.scope("li"), world.terms["青河县"], spring(world)
    lin, chen, he = (world.children[key] for key in ("lin", "chenhao", "he"))
    assess(scope, lin, term=before, on=date(2026, 3, 3), scores=MET)
    assess(scope, chen, term=before, on=date(2026, 3, 3), scores=SOME)
    assess(scope, lin, term=term, on=TODAY, scores=SOME)
    assess(scope, he, term=term, on=TODAY, scores={**MET, "study": Score.SOME})
    shown = picture(scope, world.schools["青河县"], None, term)
    study = shown.lines[LACKS.codes.index("study")]
    assert (study.sizes["any"], study.sizes["much"], study.sizes["before"], study.change) == (2, 1, 1, 1)
    for line in shown.lines:
        for size, number in line.sizes.items():
            assert len(shown.behind(line.code, size)) == number
    assert [one.child for one in shown.behind("study", "worse")] == [lin.pk]
    assert shown.by_class[lin.klass_id]["study"] == 1
    mine = picture(world.scope("qian"), world.schools["青河县"], world.klasses["三2"], term)
    assert [one.child for one in mine.found] == [he.pk]


def test_progress_counts_only_those_to_be_assessed(world: World) -> None:
    scope, term = world.scope("zhao"), world.terms["青河县"]
    assess(scope, world.children["yang"], term=term, on=TODAY, scores=MET)
    assess(scope, world.children["lin"], term=term, on=TODAY, scores=SOME)
    (row,) = progress(scope, {term.school_id: term})
    assert (row.children, row.entered, row.missing) == (2, 1, 1)
