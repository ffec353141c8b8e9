"""Consent: who may answer, what a no and a withdrawal do, who has not answered."""

from datetime import date

import pytest

from oasis.children.actions.consent import answer, withdraw
from oasis.children.actions.files import revise
from oasis.children.actions.pairing import begin
from oasis.children.consents import answered, progress
from oasis.children.models import Change, Child, Consent, Pairing
from oasis.duties.judging import State
from oasis.duties.queries import owed
from oasis.kit.refused import Refused
from oasis.people import consenting
from oasis.people.models import ConsentText
from oasis.people.uses import ASKED
from tests.world import TODAY, World, agree

ALL = {use.code: "yes" for use in ASKED}


def lin(world: World) -> Child:
    return Child.objects.within(world.scope("li")).get(pk=world.children["lin"].pk)


def state(world: World) -> State:
    lines = owed(world.scope("zhao"), TODAY, codes=("consent",)).lines
    return next(line.state for line in lines if line.pupil.id == world.children["lin"].pk)


def test_a_guardians_answer_settles_the_duty_and_keeps_the_text(world: World) -> None:
    assert state(world) != State.DONE
    row = agree(world, world.scope("zhao"), "photo")
    assert state(world) == State.DONE
    told = answered(world.scope("zhao"), lin(world))
    assert (told.allows("photo"), told.allows("mind")) == (False, True)
    assert row.text.number == 1
    assert "29" in row.text.purpose
    counted = {one.name: (one.asked, one.children) for one in progress(world.scope("li"))}
    assert counted["三（1）班"] == (1, 3)


def test_only_a_guardian_answers_and_a_telephone_needs_a_witness(world: World) -> None:
    scope, child = world.scope("zhao"), world.children["lin"]
    father, granny = (str(world.persons[key].pk) for key in ("lin_father", "lin_granny"))
    for code, fields in (
        ("not-guardian", {"signer": granny, "signed": "paper"}),
        ("not-guardian", {"signer": "self", "signed": "paper"}),
        ("witness", {"signer": father, "signed": "phone"}),
        ("witness", {"signer": father, "signed": "phone", "witness": "赵明霞"}),
        ("signed", {"signer": father, "signed": ""}),
        ("future", {"signer": father, "signed": "paper", "on": date(2026, 12, 1)}),
        ("unanswered", {"signer": father, "signed": "paper", "answers": {}}),
    ):
        with pytest.raises(Refused) as refused:
            answer(scope, child, **{"on": TODAY, "answers": ALL, **fields})  # type: ignore[arg-type]
        assert refused.value.code == code, fields
    answer(scope, child, on=TODAY, answers=ALL, signer=father, signed="phone", witness="吴秀英")


def test_a_question_left_open_stays_unanswered(world: World) -> None:
    scope, child = world.scope("zhao"), world.children["lin"]
    father = str(world.persons["lin_father"].pk)
    answer(scope, child, on=TODAY, answers={"photo": "yes"}, signer=father, signed="paper")
    told = answered(scope, child)
    assert (told.says("photo"), told.says("publicity")) == ("yes", "")


def test_another_class_and_school_cannot_answer(world: World) -> None:
    for who in ("qian", "feng", "sun", "wang"):
        with pytest.raises(Refused) as refused:
            agree(world, world.scope(who))
        assert refused.value.code == "out-of-reach"


def test_what_needs_a_yes_stays_empty_without_one(world: World) -> None:
    scope = world.scope("zhao")
    with pytest.raises(Refused) as refused:
        revise(scope, lin(world), mind="测评正常")
    assert (refused.value.code, refused.value.field) == ("no-consent", "mind")
    revise(scope, lin(world), study="认真")
    agree(world, scope)
    assert revise(scope, lin(world), mind="测评正常").mind == "测评正常"


def test_a_withdrawal_empties_the_column_its_history_and_ends_the_outsider(world: World) -> None:
    scope = world.scope("zhao")
    agree(world, scope, on=date(2026, 11, 20))
    revise(scope, lin(world), mind="测评正常", study="认真")
    begin(scope, lin(world), role="volunteer", outsider="何某", checked_on=TODAY, from_on=TODAY)
    father = str(world.persons["lin_father"].pk)
    withdraw(scope, lin(world), uses=["mind", "outside"], signer=father, signed="paper", on=TODAY)
    assert lin(world).mind == ""
    assert lin(world).study == "认真"
    assert "测评正常" not in str(list(Change.objects.within(scope).values_list("old", "new")))
    assert not Pairing.objects.within(scope).filter(child=lin(world), to_on=None).exclude(outsider="").exists()
    told = answered(scope, lin(world))
    assert (told.allows("mind"), told.allows("photo"), told.asked is not None) == (False, True, True)
    with pytest.raises(Refused) as refused:
        withdraw(scope, lin(world), uses=["mind"], signer=father, signed="paper", on=TODAY)
    assert refused.value.code == "no-yes"


def text(world: World, **change: object) -> ConsentText:
    school = world.schools["青河县"]
    parts = consenting.usual(school) | change
    return consenting.write_text(world.scope("li"), school=school, asks_again=bool(parts.pop("again", False)), **parts)  # type: ignore[arg-type]


def test_a_new_version_changes_no_old_one_and_asks_again_only_when_told(world: World) -> None:
    row = agree(world, world.scope("zhao"))
    assert text(world, period="离校后三年").number == 2
    assert state(world) == State.DONE
    assert text(world, kinds="另加一项", again=True).number == 3
    assert state(world) != State.DONE
    assert not answered(world.scope("zhao"), lin(world)).allows("photo")
    assert Consent.objects.within(world.scope("zhao")).get(pk=row.pk).text.period != "离校后三年"
    with pytest.raises(Refused) as refused:
        text(world, kinds="另加一项")
    assert refused.value.code == "same-text"


def test_only_leaders_of_the_school_change_the_text_and_the_settings(world: World) -> None:
    school = world.schools["青河县"]
    for who in ("zhao", "wang", "feng"):
        with pytest.raises(Refused):
            consenting.write_text(world.scope(who), school=school, asks_again=False, **consenting.usual(school))
        with pytest.raises(Refused):
            consenting.set_law(world.scope(who), school=school, officer="吴秀英")
    law = consenting.set_law(world.scope("wu"), school=school, officer="吴秀英", officer_phone="0000-7654321")
    assert law.answer_days == 15
    assert "吴秀英，电话0000-7654321" in consenting.usual(school)["rights"]


def test_a_withdrawal_dated_before_the_yes_is_refused_and_undoes_nothing(world: World) -> None:
    scope = world.scope("zhao")
    agree(world, scope, on=date(2026, 11, 20))
    revise(scope, lin(world), mind="测评正常")
    father = str(world.persons["lin_father"].pk)
    with pytest.raises(Refused) as refused:
        withdraw(scope, lin(world), uses=["mind"], signer=father, signed="paper", on=date(2026, 11, 19))
    assert (refused.value.code, refused.value.field) == ("order", "on")
    assert (lin(world).mind, answered(scope, lin(world)).allows("mind")) == ("测评正常", True)
