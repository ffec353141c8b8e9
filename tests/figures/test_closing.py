"""A closed term stays as it was; a correction is a further snapshot; relations that fail name their column."""

import json
import zlib
from dataclasses import replace
from datetime import date

import pytest

from oasis.children.models import Child, ChildStatus
from oasis.figures.actions import close_term
from oasis.figures.behind import behind_in
from oasis.figures.book import Book
from oasis.figures.catalogue import FIGURES
from oasis.figures.crosschecks import CHECKS, failed
from oasis.figures.freezing import pack, unpack
from oasis.figures.models import Snapshot
from oasis.figures.queries import book, periods, table
from oasis.figures.sources import Act
from oasis.figures.where import Place, klass_place, school_place
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.places.models import Term
from oasis.records.kinds import COUNTED
from oasis.records.models import Record
from tests.figures.chance import fill, spring
from tests.world import TODAY, World

COMPARED = {one.code for one in FIGURES if one.compares}  # told only when it is known since when the files reach


def school(world: World) -> Place:
    return school_place(world.schools["青河县"])


def test_a_closed_term_keeps_numbers_and_lists(world: World) -> None:
    term, place, scope = spring(world), school(world), world.scope("li")
    fill(world, 3)
    period = periods(place, TODAY).period("t2025-2")
    before = {code: one.value for code, one in table(scope, place, period).numbers.items()}
    close_term(scope, place=place, term=term)
    later = Record.objects.within(scope, Need.RECORD_READ).first()
    Child.objects.within(scope).update(left_behind=0, state="moved", closed_on=date(2026, 3, 1))
    assert later is not None
    Record.objects.create(
        school=later.school, child=later.child, kind="talk", happened_on=date(2026, 4, 1), by=later.by
    )
    opened = book(scope, place, period)
    assert {code: one.value for code, one in opened.table().numbers.items()} == before
    for entry in FIGURES:
        if entry.counts not in ("parts", "acts"):
            assert behind_in(scope, opened, entry.code, {}).number == before[entry.code]


def test_a_list_says_how_many_records_a_closed_number_counts_besides(world: World) -> None:
    term, place, scope = spring(world), school(world), world.scope("li")
    fill(world, 3)
    period = periods(place, TODAY).period("t2025-2")
    close_term(scope, place=place, term=term)
    entries = [entry for entry in FIGURES if entry.counts in ("parts", "acts")]
    opened = book(scope, place, period)
    full = {entry.code: behind_in(scope, opened, entry.code, {}) for entry in entries}
    assert not any(found.hidden for found in full.values())
    gone = next(found for found in full.values() if found.records).records[0]
    Record.objects.within(scope, Need.RECORD_READ).filter(pk=gone.pk).update(withdrawn=True)
    left = {entry.code: behind_in(scope, opened, entry.code, {}) for entry in entries}
    assert all(len(found) + found.hidden == found.number for found in left.values())
    assert any(found.hidden for found in left.values())


def test_the_next_term_compares_with_the_closed_one(world: World) -> None:
    term, place, scope = spring(world), school(world), world.scope("li")
    fill(world, 3)
    close_term(scope, place=place, term=term)
    now = periods(place, TODAY).period("t2026-1")
    left = table(scope, place, now)["left"].before
    Child.objects.within(scope).update(left_behind=2)
    assert table(scope, place, now)["left"].before == left is not None


def test_a_teacher_reads_her_class_of_the_closed_term_only(world: World) -> None:
    term, place = spring(world), school(world)
    fill(world, 3)
    close_term(world.scope("li"), place=place, term=term)
    period = periods(place, TODAY).period("t2025-2")
    own = klass_place(world.klasses["三1"], world.schools["青河县"], TODAY)
    whole = book(world.scope("li"), place, period).table()
    mine = book(world.scope("zhao"), own, period).table()
    row = next(row for row in whole.rows if row.place.id == own.id)
    assert {code: one.value for code, one in mine.numbers.items()} == {c: o.value for c, o in row.numbers.items()}
    with pytest.raises(Refused):
        book(world.scope("zhao"), place, period)


def test_a_correction_asks_for_its_reason_and_keeps_the_first(world: World) -> None:
    term, place, scope = spring(world), school(world), world.scope("wu")
    fill(world, 1)
    first = close_term(scope, place=place, term=term)
    with pytest.raises(Refused) as caught:
        close_term(scope, place=place, term=term)
    assert caught.value.code == "reason"
    second = close_term(scope, place=place, term=term, reason="漏报了一个班")
    kept = Snapshot.objects.within(scope, Need.FIGURES)
    assert [(one.number, one.pk) for one in kept] == [(2, second.pk), (1, first.pk)]
    assert Term.objects.get(pk=term.pk).closed_at == first.at
    assert Trail.objects.within(scope, Need.TRAIL).filter(deed="term.close").count() == 2


def test_a_running_term_cannot_be_closed(world: World) -> None:
    with pytest.raises(Refused) as caught:
        close_term(world.scope("li"), place=school(world), term=world.terms["青河县"])
    assert caught.value.code == "too-early"


@pytest.mark.parametrize("who", ["zhao", "sun", "wang", "feng", "wei"])
def test_only_leaders_of_the_school_close_its_terms(who: str, world: World) -> None:
    term = spring(world)
    with pytest.raises(Refused) as caught:
        close_term(world.scope(who), place=school(world), term=term)
    assert caught.value.code == "out-of-reach"


def test_what_is_packed_comes_back_whole(world: World) -> None:
    fill(world, 2)
    place = school(world)
    sources = book(world.scope("li"), place, periods(place, TODAY).period("t2026-1")).sources
    assert unpack(pack(sources), place) == sources
    assert "试验".encode() not in pack(sources)


@pytest.mark.parametrize("seed", range(3))
def test_relations_hold_and_a_missing_sex_is_named(seed: int, world: World) -> None:
    spring(world)
    fill(world, seed)
    place = school(world)
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    assert {found.check.code for found in failed(made)} <= {"sex"}
    words = [found.words for found in failed(made) if found.place == place.name]
    assert all("性别" in line for line in words)
    placed = sum(row["pupils"].value or 0 for row in made.rows)
    assert (made["pupils"].value or 0) - placed == sum(
        1 for _ in Child.objects.within(world.scope("li")).filter(state="here", klass=None)
    )


def test_a_wrong_sum_is_told_with_its_column(world: World) -> None:
    place = school(world)
    made = table(world.scope("li"), place, periods(place, TODAY).period("t2026-1"))
    wrong = replace(made, numbers=made.numbers | {"left-one": replace(made["left-one"], value=9)})
    told = [found.words for found in failed(wrong)]
    assert told == [f"{place.name}：“留守儿童”是3，一方外出＋双方外出是11，不相等。请核对留守类型。"]


def test_relations_speak_of_figures_that_exist() -> None:
    assert all(code in FIGURES for check in CHECKS for code in (check.whole, *check.parts, *check.less))


def test_a_new_id_is_not_a_place(world: World) -> None:
    with pytest.raises(Refused):
        book(
            world.scope("li"), replace(school(world), school=new_id()), periods(school(world), TODAY).period("t2026-1")
        )


def older(opened: Book) -> Book:
    """Give a book as it was when newcomers were owed care at once and the lines of screenings were counted."""
    fact = next(one for one in opened.facts if one.cared)
    acts = [*opened.sources.acts.get(fact.child, []), Act("screening", "done", opened.period.as_at, None)]
    sources = replace(opened.sources, newcomers=False, begins=False, acts={**opened.sources.acts, fact.child: acts})
    return Book(opened.place, opened.period, sources, opened.calendar)


def test_a_term_closed_before_newcomers_had_time_keeps_its_numbers_lists_and_divisions(world: World) -> None:
    term, place, scope = spring(world), school(world), world.scope("li")
    for child in fill(world, 3)[:12]:
        late = {"from_on": date(2026, 6, 29), "left_behind": 2}
        ChildStatus.objects.create(school=child.school, child=child, **late)
    period = periods(place, TODAY).period("t2025-2")
    live = book(scope, place, period)
    then, old = json.loads(zlib.decompress(pack(older(live).sources))), older(live).table()
    assert (old["owed-visit"].value or 0) > (live.table()["owed-visit"].value or 0), "the rule makes a difference"
    made = close_term(scope, place=place, term=term)
    values = {row.place.code: {c: n.value for c, n in row.numbers.items()} for row in (old, *old.rows)}
    for row in values.values():
        row["screening-parts"] = (row["parts"] or 0) - sum(row[f"{kind.code}-parts"] or 0 for kind in COUNTED)
    facts = zlib.compress(
        json.dumps({key: told for key, told in then.items() if key not in ("newcomers", "begins", "first")}).encode()
    )
    Snapshot.objects.within(scope, Need.FIGURES).filter(pk=made.pk).update(values=values, facts=facts)
    opened = book(scope, place, period)
    shown = opened.table()
    assert {code: one.value for code, one in shown.numbers.items() if code not in COMPARED} == {
        code: one.value for code, one in old.numbers.items() if code not in COMPARED
    }
    for entry in FIGURES:
        if not entry.compares:
            found = behind_in(scope, opened, entry.code, {})
            assert found.number == shown[entry.code].value, entry.code
            assert len(found) + found.hidden == (found.number or 0), entry.code
    assert sum(n for *_, n in opened.simple("owed-visit", "klass")) <= (shown["owed-visit"].value or 0)
    assert opened.cross("owed-visit", "grade", "kind").total == shown["owed-visit"].value
    assert not [found for found in failed(shown) if found.check.code == "parts"]


def test_a_term_closed_before_a_figure_was_counted_does_not_say_nought(world: World) -> None:
    term, place, scope = spring(world), school(world), world.scope("li")
    fill(world, 3)
    kept = close_term(scope, place=place, term=term)
    values = {code: {key: n for key, n in row.items() if key != "ill-times"} for code, row in kept.values.items()}
    Snapshot.objects.within(scope, Need.FIGURES).filter(pk=kept.pk).update(values=values)
    opened = book(scope, place, periods(place, TODAY).period("t2025-2"))
    assert opened.table()["ill-times"].value is None
    assert behind_in(scope, opened, "ill-times", {}).number is None
    assert table(scope, place, periods(place, TODAY).period("t2026-1"))["ill-times"].before is None
