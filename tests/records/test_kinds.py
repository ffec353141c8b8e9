"""Every kind of record keeps the same promises; the tests walk over KINDS by themselves."""

import pytest
from django import forms

from oasis.kit.ids import new_id
from oasis.records.actions import Invalid, write_record
from oasis.records.kinds import KINDS, Kind
from oasis.records.kinds.base import COLUMNS
from oasis.records.models import Record
from oasis.records.queries import timeline
from oasis.records.wording import headline, line, sentence
from tests.world import TODAY, World

EACH = pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.code) for kind in KINDS])


def write(world: World, kind: type[Kind], **more: object) -> Record:
    fields = {"happened_on": TODAY, **kind.sample, **more}
    return write_record(
        world.scope("zhao"), id=new_id(), kind=kind.code, children=[world.children["lin"]], fields=fields
    )[0]


@EACH
def test_a_blank_form_is_refused(kind: type[Kind]) -> None:
    assert not kind.Form({}).is_valid()
    assert not kind.Form({"happened_on": str(TODAY)}).is_valid()


@EACH
def test_the_sample_is_accepted_and_stands_on_the_timeline(kind: type[Kind], world: World) -> None:
    row = write(world, kind)
    assert [found.pk for found in timeline(world.scope("zhao"), world.children["lin"], kind.code)] == [row.pk]
    assert row.outcome == Record.Outcome.DONE


@EACH
def test_its_words_are_whole(kind: type[Kind], world: World) -> None:
    row = write(world, kind)
    assert kind.label
    assert kind.hint
    assert headline(row)
    assert "{" not in line(row)
    assert sentence(row, "赵明霞").endswith("。")


@EACH
def test_every_field_has_a_label_and_every_detail_is_worded(kind: type[Kind], world: World) -> None:
    assert all(field.label for field in kind.Form.base_fields.values())
    row = write(world, kind)
    told = kind.lines(row)
    assert len(told) == len(row.details)
    codes = {
        str(code)
        for field in kind.Form.base_fields.values()
        if isinstance(field, forms.ChoiceField)
        for code, words in field.choices
        if code
    }
    assert not codes & {words for _, words in told}


@EACH
def test_fields_folded_away_may_stay_empty(kind: type[Kind]) -> None:
    fields = kind.Form.base_fields
    assert set(kind.Form.more) <= fields.keys()
    assert all(not fields[name].required or fields[name].initial for name in kind.Form.more)


@EACH
def test_columns_hold_what_the_forms_offer(kind: type[Kind]) -> None:
    for name in COLUMNS & kind.Form.base_fields.keys():
        field = kind.Form.base_fields[name]
        if isinstance(field, forms.ChoiceField):
            known = dict(Record._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
            assert {code for code, _ in field.choices if code} <= known.keys(), name


@EACH
def test_a_contact_that_failed_says_so(kind: type[Kind], world: World) -> None:
    if not kind.can_fail():
        return
    row = write(world, kind, outcome="no-answer", summary="")
    assert row.outcome == "no-answer"
    assert headline(row) != headline(write(world, kind))


def test_a_letter_has_no_room_for_its_content(world: World) -> None:
    form = KINDS.get("family-letter").Form
    assert not [name for name, field in form.base_fields.items() if type(field) is forms.CharField]
    row = write(world, KINDS.get("family-letter"), summary="信里说……")
    assert row.summary == ""


def test_a_visit_that_came_about_wants_its_sentence(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        write(world, KINDS.get("visit"), summary="  ")
    assert set(caught.value.form.errors) == {"summary"}


def test_lines_read_like_speech(world: World) -> None:
    visit = write(world, KINDS.get("visit"))
    assert headline(visit) == "上门家访，见到照护人"
    failed = write(world, KINDS.get("family-call"), outcome="wrong-number", channel="phone")
    assert line(failed) == "给母亲打电话，空号或错号"
    talk = write(world, KINDS.get("talk"))
    assert sentence(talk, "赵明霞") == "11月23日，赵明霞谈心：聊了周末在家的情况，愿意和奶奶一起做饭。"
