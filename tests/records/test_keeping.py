"""Retention: frozen on leaving, due by the school's periods, confirmed by a leader, proved without a name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from oasis.campus.models import Hazard
from oasis.children.actions import moves
from oasis.children.actions.files import revise
from oasis.children.actions.petitions import receive
from oasis.children.models import (
    CensusEntry,
    Change,
    Child,
    ChildStatus,
    Enrolment,
    Hardship,
    Person,
    RiskLevel,
    Tie,
)
from oasis.children.models.merging import Merging
from oasis.figures.actions import close_term
from oasis.figures.behind import behind_in
from oasis.figures.queries import book, periods, table
from oasis.figures.where import school_place
from oasis.intake import actions as intake
from oasis.intake.models import Row
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.models import CardIssue
from oasis.people.keeping import ends_on, set_keeping
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.people.trail import broken
from oasis.places.models import Term
from oasis.records.actions import write_record
from oasis.records.actions.keeping import carry_out, carry_out_all, confirm, put_away
from oasis.records.keeping import due
from oasis.records.kinds import KINDS
from oasis.records.models import Carried, Erasure, Record, Sealed
from oasis.records.reporting.knowing import gather
from oasis.records.reporting.models import MandatoryReport, ReportNamed
from oasis.records.reporting.queries import copies
from oasis.records.wording import copied
from tests.figures.chance import spring
from tests.world import TODAY, World, agree

LEFT = date(2020, 7, 1)
WHY = "a test looks"


def left_long_ago(world: World) -> Child:
    """Lin left in 2020, with a record, a confidential one, and an answer of her father."""
    lin, scope = world.children["lin"], world.scope("zhao")
    for text, more in (("聊了周末", {}), ("说了心里话", {"confidential": "on"})):
        fields = {"happened_on": str(TODAY), **KINDS.get("talk").sample, "summary": text, **more}
        write_record(scope, id=new_id(), kind="talk", children=[lin], fields=fields)
    agree(world, scope)
    moves.leave(scope, lin, state="moved", on=TODAY, reason="转学")
    rows = Child.objects.within(world.scope("li")).filter(pk=lin.pk)
    rows.update(closed_on=LEFT, opened_on=date(2019, 9, 1))
    return rows.get()


def gone(child: Child) -> bool:
    return not Child.objects.everywhere(why=WHY).filter(pk=child.pk).exists()


def test_a_file_is_frozen_on_leaving_and_opens_on_return(world: World) -> None:
    lin, scope = world.children["lin"], world.scope("zhao")
    moves.leave(scope, lin, state="moved", on=TODAY)
    with pytest.raises(Refused) as refused:
        revise(scope, lin, study="认真")
    assert refused.value.code == "frozen"
    fields = {"happened_on": str(TODAY), **KINDS.get("talk").sample}
    with pytest.raises(Refused) as refused:
        write_record(world.scope("li"), id=new_id(), kind="talk", children=[lin], fields=fields)
    assert refused.value.code == "frozen"
    moves.come_back(scope, lin, klass=world.klasses["三1"], boarding=False, on=TODAY)
    assert revise(scope, lin, study="认真").study == "认真"


def test_after_the_term_only_leaders_see_a_frozen_file(world: World) -> None:
    moves.leave(world.scope("zhao"), world.children["lin"], state="moved", on=TODAY)
    assert put_away(TODAY) == 0
    assert put_away(date(2027, 2, 1)) == 1
    assert put_away(date(2027, 2, 1)) == 0
    seen = {
        who: Child.objects.within(world.scope(who)).filter(pk=world.children["lin"].pk).exists()
        for who in ("zhao", "li")
    }
    assert seen == {"zhao": False, "li": True}


def test_what_is_due_goes_and_leaves_a_proof_without_a_name(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    (one,) = due(scope, school)
    assert (one.child, one.records, one.whole, one.obstacle, one.since) == (lin, 2, True, "", date(2023, 7, 1))
    done = carry_out(confirm(scope, school=school, children=[lin.pk]).pk)
    assert gone(lin)
    assert done.state == "done"
    assert done.counts == {"records": 1, "confidential": 1, "children": 1, "people": 3}
    assert not Person.objects.everywhere(why=WHY).filter(pk=world.persons["lin_father"].pk).exists()
    assert not Record.objects.everywhere(why=WHY).filter(child_id=lin.pk).exists()
    assert not Sealed.objects.everywhere(why=WHY).exists()
    assert not Change.objects.everywhere(why=WHY).filter(child_id=lin.pk).exists()
    told = " ".join(f"{row.subject} {row.detail}" for row in Trail.objects.within(scope, Need.TRAIL))
    proof = str(Erasure.objects.within(scope).values())
    assert not any(name in told + proof for name in ("林晓晓", "林国平", "19900000001"))
    assert list(broken(Trail.objects.within(scope, Need.TRAIL))) == []


def test_doing_it_twice_or_after_a_stop_does_nothing_more(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    erasure = confirm(scope, school=school, children=[lin.pk])
    assert [one.state for one in carry_out_all()] == ["done"]
    counts = Erasure.objects.within(scope).get(pk=erasure.pk).counts
    assert carry_out(erasure.pk).counts == counts
    assert carry_out_all() == []


def test_who_came_back_in_the_meantime_stays(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    erasure = confirm(scope, school=school, children=[lin.pk])
    moves.come_back(scope, lin, klass=world.klasses["三1"], boarding=False, on=TODAY)
    assert carry_out(erasure.pk).counts == {}
    assert not gone(lin)


def test_a_longer_period_set_meanwhile_holds(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    erasure = confirm(scope, school=school, children=[lin.pk])
    set_keeping(scope, school=school, months={"records": 120, "confidential": 120, "file": 120}, way="delete")
    carry_out(erasure.pk)
    assert not gone(lin)
    assert Record.objects.within(scope).filter(child=lin).count() == 2


def test_nameless_keeps_what_figures_count_and_nothing_else(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    set_keeping(scope, school=school, months={"records": 12, "confidential": 12, "file": 12}, way="anonymise")
    carry_out(confirm(scope, school=school, children=[lin.pk]).pk)
    kept = Child.objects.within(scope).get(pk=lin.pk)
    assert (kept.name, kept.id_number, kept.id_hash, kept.sex, kept.birth_on) == (
        "（已去名）",
        "",
        None,
        "2",
        date(2017, 1, 1),
    )
    assert Enrolment.objects.within(scope).filter(child=lin).exists()
    assert not Tie.objects.within(scope).filter(child=lin).exists()
    assert due(scope, school) == []
    assert "林" not in str(Child.objects.within(scope).filter(pk=lin.pk).values())


def test_an_open_term_or_petition_stands_in_the_way(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    asked = {"wish": "see", "how": "face", "proof": "card", "received_on": TODAY}
    receive(scope, lin, guardian=str(world.persons["lin_father"].pk), **asked)  # type: ignore[arg-type]
    assert "申请" in due(scope, school)[0].obstacle
    with pytest.raises(Refused) as refused:
        confirm(scope, school=school, children=[lin.pk])
    assert refused.value.code == "not-due"


def test_a_term_not_closed_stands_in_the_way_until_its_figures_are_frozen(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    term = Term.objects.create(
        school=school, year=2019, half=2, starts_on=date(2020, 2, 24), ends_on=date(2020, 7, 5), visit1_until=date(2020, 3, 20),
        visit2_from=date(2020, 4, 15), visit2_until=date(2020, 5, 10), visit3_from=date(2020, 6, 10),
    )  # fmt: skip
    assert "结账" in due(scope, school)[0].obstacle
    Term.objects.filter(pk=term.pk).update(closed_at=timezone.now())
    assert due(scope, school)[0].obstacle == ""
    assert due(scope, school)[0].child == lin


def test_figures_of_a_closed_term_stay_when_the_child_goes(world: World) -> None:
    scope, school, term = world.scope("li"), world.schools["青河县"], spring(world)
    place = school_place(school)
    period = periods(place, TODAY).period("t2025-2")
    lin = world.children["lin"]
    Child.objects.within(scope).filter(pk=lin.pk).update(opened_on=date(2025, 9, 1))
    before = {code: one.value for code, one in table(scope, place, period).numbers.items()}
    close_term(scope, place=place, term=term)
    left_long_ago(world)
    carry_out(confirm(scope, school=school, children=[lin.pk]).pk)
    assert gone(lin)
    opened = book(scope, place, period)
    assert {code: one.value for code, one in opened.table().numbers.items()} == before
    assert behind_in(scope, opened, "left", {}).number == before["left"]


def test_roster_rows_go_with_the_child(world: World) -> None:
    lin = left_long_ago(world)
    batch = intake.receive(world.scope("li"), name="名册.csv", data="姓名,班级\n林晓晓,三1\n".encode())
    intake.preview(world.scope("li"), batch)
    Row.objects.everywhere(why=WHY).filter(batch=batch).update(child=lin.pk)
    carry_out(confirm(world.scope("li"), school=world.schools["青河县"], children=[lin.pk]).pk)
    assert not Row.objects.everywhere(why=WHY).filter(name="林晓晓").exists()


@pytest.mark.parametrize("who", ["zhao", "wang", "feng"])
def test_nobody_but_a_leader_sets_or_confirms(who: str, world: World) -> None:
    lin, school = left_long_ago(world), world.schools["青河县"]
    with pytest.raises(Refused):
        confirm(world.scope(who), school=school, children=[lin.pk])
    with pytest.raises(Refused):
        set_keeping(world.scope(who), school=school, months={"records": 6, "confidential": 6, "file": 6}, way="delete")


def test_periods_make_sense(world: World) -> None:
    scope, school = world.scope("li"), world.schools["青河县"]
    for code, months in (("order", (36, 36, 12)), ("months", (3, 36, 36))):
        with pytest.raises(Refused) as refused:
            set_keeping(
                scope,
                school=school,
                months=dict(zip(("records", "confidential", "file"), months, strict=True)),
                way="delete",
            )
        assert refused.value.code == code
    assert ends_on(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert ends_on(date(2026, 7, 1), 36) == date(2029, 7, 1)


def test_erasing_goes_on_and_tells_nobody_that_a_report_holds_a_copy(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    li = world.users["li"]
    report = MandatoryReport.objects.create(school=school, number="T1", by=li)
    ReportNamed.objects.create(report=report, school=school, by=li, user=li)
    rows = Record.objects.within(scope).filter(child=lin)
    assert gather(scope, report=report.pk, records=rows.values_list("pk", flat=True)) == 2
    assert copies(scope, report) == []
    done = carry_out(confirm(scope, school=school, children=[lin.pk]).pk)
    assert done.counts == {"records": 1, "confidential": 1, "children": 1, "people": 3}, "as without a report"
    assert gone(lin)
    assert not Record.objects.everywhere(why=WHY).filter(child_id=lin.pk).exists()
    assert {one["summary"] for one in copies(scope, report)} == {"聊了周末", "说了心里话"}
    assert [one["summary"] for one in copies(world.scope("zhao"), report)] == ["聊了周末"]
    assert any("聊了周末" in copied(one) for one in copies(scope, report))


def test_an_entry_merged_into_a_parent_goes_with_it(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    double = Person.objects.create(school=school, name="林国平")
    Merging.objects.create(school=school, kept=world.persons["lin_father"], gone=double, on=TODAY)
    carry_out(confirm(scope, school=school, children=[lin.pk]).pk)
    assert not Person.objects.everywhere(why=WHY).filter(name="林国平").exists()


ROW = {"id", "school", "child", "by", "at"}
MAY_STAY: dict[Any, set[str]] = {
    Child: {
        "id", "school", "klass", "state", "sex", "birth_on", "boarding", "left_behind", "civil", "key", "care", "care_rating",
        "registered", "opened_on", "closed_on", "erased_on", "demo", "version",
    },
    Enrolment: ROW | {"klass", "boarding", "from_on", "to_on"},
    ChildStatus: ROW | {"from_on", "left_behind", "civil", "care"},
    CensusEntry: ROW | {"term", "on", "finding", "left_behind", "civil", "care", "was_left_behind", "was_civil", "was_care"},
    Hardship: ROW | {"kind", "from_on", "to_on"},
    RiskLevel: ROW | {"on", "level"},
}  # fmt: skip


def filled(row: Any) -> None:
    """Put something into every column that is none of those that may stay."""
    for column in row._meta.concrete_fields:
        if column.name in MAY_STAY[type(row)] or column.name in ("id_hash", "erased_on"):
            continue
        kind = column.get_internal_type()
        values = {
            "DateField": LEFT, "DecimalField": Decimal("3.5"), "UUIDField": new_id(), "BooleanField": True,
            "PositiveSmallIntegerField": 3,
        }  # fmt: skip
        text = "3" if column.choices is None else str(list(column.choices)[-1][0])
        number = column.name == "disability_grade"
        setattr(row, column.name, 3 if number else values.get(kind, text))
    row.save()


def test_nameless_empties_every_column_that_is_not_counted(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    own = {"school": school, "child": lin}
    Hardship.objects.create(**own, kind="poverty", from_on=LEFT)
    RiskLevel.objects.create(**own, on=LEFT, level="key", reasons="x")
    CensusEntry.objects.create(**own, term=world.terms["青河县"], on=LEFT, finding="same", left_behind=2)
    for model in MAY_STAY:
        which = {"pk": lin.pk} if model is Child else {"child": lin}
        for row in model.objects.within(scope).filter(**which):
            filled(row)
    set_keeping(scope, school=school, months={"records": 12, "confidential": 12, "file": 12}, way="anonymise")
    carry_out(confirm(scope, school=school, children=[lin.pk]).pk)
    spelled = {"name", "pinyin", "initials", "given_name", "given_pinyin"}
    for model, stays in MAY_STAY.items():
        rows = list(model.objects.within(scope).filter(**({"pk": lin.pk} if model is Child else {"child": lin})))
        assert rows, model
        for row in rows:
            for column in model._meta.concrete_fields:
                if column.name not in stays | (spelled if model is Child else set()):
                    empty = None if column.null else column.get_default()
                    assert getattr(row, column.attname) == empty, f"{model.__name__}.{column.name}"


def test_nameless_leaves_no_row_of_any_other_table(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    days = {"found_on": LEFT, "due_on": LEFT}
    Hazard.objects.create(school=school, child=lin, owner=world.users["zhao"], sort="water", words="屋后有塘", **days)
    Carried.objects.create(school=school, child=lin, on=LEFT, title="谈心", text="想妈妈", former="柳溪小学")
    CardIssue.objects.create(school=school, child=lin, token="t", digest="d", issued_on=LEFT)
    set_keeping(scope, school=school, months={"records": 12, "confidential": 12, "file": 12}, way="anonymise")
    carry_out(confirm(scope, school=school, children=[lin.pk]).pk)
    about = [
        model
        for model in apps.get_models()
        if any(f.related_model is Child and f.name == "child" for f in model._meta.fields)
    ]
    left = {model for model in about if model._base_manager.filter(child=lin.pk).exists()}
    assert left <= MAY_STAY.keys()


def test_one_bad_file_does_not_stop_the_others(world: World) -> None:
    lin, scope, school = left_long_ago(world), world.scope("li"), world.schools["青河县"]
    chenhao = world.children["chenhao"]
    moves.leave(world.scope("zhao"), chenhao, state="moved", on=TODAY, reason="转学")
    Child.objects.within(scope).filter(pk=chenhao.pk).update(closed_on=LEFT, opened_on=date(2019, 9, 1))
    erasure = confirm(scope, school=school, children=[lin.pk, chenhao.pk])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE children_child SET address = %s WHERE name = %s", ["1:AAAA", "林晓晓"])
    assert [one.state for one in carry_out_all()] == ["done"]
    assert gone(chenhao)
    assert not gone(lin)
    counts = Erasure.objects.within(scope).get(pk=erasure.pk).counts
    assert (counts["failed"], counts["children"]) == (1, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE children_child SET address = %s WHERE name = %s", ["", "林晓晓"])
    assert [one.child for one in due(scope, school)] == [lin]
