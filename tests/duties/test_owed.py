"""What is owed: each state, what settles and what does not, whose it is, and that numbers agree with their lists."""

import random
from datetime import date, timedelta

import pytest

from oasis.children.actions.status import set_status
from oasis.children.models import CareArrangement, CensusEntry, Child, Pairing
from oasis.duties.actions import set_cadence, waive
from oasis.duties.grounds import ground
from oasis.duties.judging import PENDING, Line, State
from oasis.duties.matrix import in_month, matrix, moment
from oasis.duties.queries import children_of, count, owed
from oasis.kit.ids import new_id
from oasis.people.roles import Need
from oasis.places.models import SchoolDay
from oasis.records.models import Record
from tests.world import TODAY, World


def put(world: World, kind: str, on: date, child: str = "lin", **fields: object) -> Record:
    """Put a record as it lies in the table."""
    row = {"school": world.children[child].school, "child": world.children[child], "by": world.users["zhao"]}
    return Record.objects.create(id=new_id(), kind=kind, happened_on=on, **row, **fields)


def line(world: World, code: str, *, who: str = "zhao", child: str = "lin", on: date = TODAY) -> Line | None:
    """Give one line of somebody's board."""
    board = owed(world.scope(who, on), on)
    wanted = (code, world.children[child].pk)
    return next((row for row in board.lines if (row.duty.code, row.pupil.id) == wanted), None)


def state(world: World, code: str, **more: object) -> State | None:
    """Give the state of a line, None when there is none."""
    found = line(world, code, **more)  # type: ignore[arg-type]
    return found.state if found else None


def test_a_visit_waits_presses_is_late_and_is_done(world: World) -> None:
    days = [date(2026, 10, 26), TODAY, date(2026, 12, 2)]
    assert [state(world, "visit-2", on=day) for day in days] == [State.SOON, State.DUE, State.OVERDUE]
    put(world, "visit", date(2026, 11, 5), outcome="done")
    assert state(world, "visit-2") == State.DONE


def test_a_closed_window_is_missed_and_off_the_list(world: World) -> None:
    assert state(world, "visit-1") is None
    board = owed(world.scope("zhao"), TODAY, at=TODAY)
    assert {row.state for row in board.lines if row.duty.code == "visit-1"} == {State.MISSED}


def test_a_months_gap_carries_over(world: World) -> None:
    assert state(world, "family-contact", on=date(2026, 9, 10)) == State.SOON
    assert state(world, "family-contact", on=date(2026, 9, 29)) == State.DUE
    assert state(world, "family-contact", on=date(2026, 10, 12)) == State.OVERDUE
    put(world, "family-letter", date(2026, 10, 13))
    assert state(world, "family-contact") == State.SOON


def test_the_reason_names_the_last_time(world: World) -> None:
    put(world, "family-call", date(2026, 10, 3))
    found = line(world, "family-contact")
    assert found is not None
    assert found.reason == "本月还没有和父母通话或通信，上次10月3日"


@pytest.mark.parametrize("fields", [{"outcome": "no-answer"}, {"outcome": "wrong-number"}, {"withdrawn": True}])
def test_what_failed_or_was_taken_back_settles_nothing(fields: dict[str, object], world: World) -> None:
    put(world, "carer-contact", date(2026, 11, 20), **fields)
    assert state(world, "carer-contact") == State.OVERDUE


def test_a_sealed_record_settles(world: World) -> None:
    put(world, "talk", date(2026, 11, 20), confidential=True)
    assert state(world, "talk-key", who="sun") == State.DONE


def test_a_talk_comes_round_again_and_holidays_stop_the_clock(world: World) -> None:
    put(world, "talk", date(2026, 11, 9))
    assert state(world, "talk-key", who="sun") == State.DUE
    assert state(world, "talk-key", who="sun", on=date(2026, 11, 24)) == State.OVERDUE
    for day in range(16, 21):
        SchoolDay.objects.create(school=world.schools["青河县"], on=date(2026, 11, day), open=False)
    assert state(world, "talk-key", who="sun", on=date(2026, 11, 24)) == State.DONE
    assert state(world, "talk-key", who="sun", on=date(2026, 11, 30)) == State.DUE


def test_in_the_holidays_nothing_is_due(world: World) -> None:
    board = owed(world.scope("zhao"), date(2027, 2, 1))
    assert (board.lines, board.resting) == ((), True)


def test_other_tables_settle_too(world: World) -> None:
    lin, term = world.children["lin"], world.terms["青河县"]
    assert state(world, "pairing") == State.DONE
    assert state(world, "pairing", child="chenhao") == State.OVERDUE
    assert [state(world, code) for code in ("census", "guardian-confirmed")] == [State.OVERDUE] * 2
    CensusEntry.objects.create(
        school=lin.school, child=lin, term=term, on=date(2026, 9, 9), finding="same", left_behind=2
    )
    CareArrangement.objects.create(
        school=lin.school, child=lin, kind="notice", carer=world.persons["lin_granny"], signed="paper", signer="林国平",
        on=date(2026, 3, 1), from_on=date(2026, 3, 1),
    )  # fmt: skip
    assert [state(world, code) for code in ("census", "guardian-confirmed")] == [State.DONE] * 2


def test_a_child_whose_parents_left_late_gets_time(world: World) -> None:
    set_status(world.scope("zhao"), world.children["yang"], on=date(2026, 11, 16), left_behind=2, civil=False)
    assert state(world, "pairing", child="yang") == State.SOON
    assert state(world, "family-contact", child="yang") == State.SOON


def test_a_newcomer_is_not_late_and_what_was_done_all_the_same_counts(world: World) -> None:
    set_status(world.scope("zhao"), world.children["yang"], on=TODAY, left_behind=2, civil=False)
    assert [state(world, code, child="yang") for code in ("visit-2", "family-contact", "carer-contact")] == [None] * 3
    assert state(world, "family-contact", child="yang", on=date(2026, 12, 2)) == State.SOON
    put(world, "family-call", TODAY, child="yang")
    assert state(world, "family-contact", child="yang") == State.DONE
    known = ground(world.schools["青河县"].pk, TODAY)
    assert known is not None
    shown = matrix(known, children_of(world.scope("zhao"), Need.RECORD_READ), TODAY, None)
    at = next(n for n, column in enumerate(shown.columns) if column.duty.code == "family-contact")
    assert {pupil.name: cells[at].text for pupil, cells in shown.rows}[world.children["yang"].name] == "1/1"


def test_a_waiver_lets_off_until_its_end(world: World) -> None:
    waive(world.scope("zhao"), child=world.children["lin"], duty="visit-2", reason="父亲回家", until_on=TODAY)
    assert state(world, "visit-2") == State.WAIVED
    assert state(world, "visit-2", on=TODAY + timedelta(days=1)) == State.DUE


def test_the_schools_cadence_counts(world: World) -> None:
    school, scope = world.schools["青河县"], world.scope("wang")
    set_cadence(scope, school=school, duty="visit-2", on=False, every=None, grace=None, whom="")
    set_cadence(scope, school=school, duty="carer-contact", on=True, every=2, grace=None, whom="both-away")
    put(world, "carer-contact", date(2026, 11, 2))
    assert state(world, "visit-2") is None
    assert state(world, "carer-contact", on=date(2026, 12, 20)) == State.DONE
    assert state(world, "carer-contact", child="chenhao") is None
    assert state(world, "visit-2", who="feng", child="liu") == State.DUE


def test_each_owes_what_is_theirs(world: World) -> None:
    def codes(who: str) -> set[str]:
        return {row.duty.code for row in owed(world.scope(who), TODAY).mine()}

    assert codes("sun") == {"talk-key"}
    assert "visit-2" in codes("zhao")
    assert "talk-key" not in codes("zhao")
    assert codes("li") == set()
    Pairing.objects.everywhere(why="the helper leaves").update(to_on=date(2026, 10, 1))
    assert "talk-key" in codes("zhao")


@pytest.mark.parametrize("who", ["zhao", "qian", "sun", "li", "wu", "zheng", "feng", "chen"])
def test_nobody_sees_another_reach(who: str, world: World) -> None:
    scope = world.scope(who)
    reach = set(Child.objects.within(scope, Need.RECORD_WRITE).values_list("pk", flat=True))
    assert {row.pupil.id for row in owed(scope, TODAY).lines} <= reach


@pytest.mark.parametrize("who", ["zhou", "wang", "wei", "shen", "han", "chu"])
def test_who_writes_no_records_has_no_list(who: str, world: World) -> None:
    assert owed(world.scope(who), TODAY).lines == ()


@pytest.mark.parametrize("seed", range(6))
def test_numbers_agree_with_their_lists(seed: int, world: World) -> None:
    luck = random.Random(seed)
    for _ in range(60):
        kind = luck.choice(["visit", "family-call", "family-letter", "carer-contact", "talk"])
        child = luck.choice(["lin", "chenhao", "he", "yang"])
        day = date(2026, 8, 25) + timedelta(days=luck.randrange(90))
        put(
            world,
            kind,
            day,
            child,
            outcome=luck.choice(["done", "done", "no-answer"]),
            confidential=luck.random() < 0.2,
        )
    scope = world.scope("li")
    known = ground(world.schools["青河县"].pk, TODAY)
    assert known is not None
    now, past = owed(scope, TODAY), owed(scope, TODAY, at=TODAY)
    pending = [{(r.pupil.id, r.duty.code, r.state) for r in board.lines if r.state in PENDING} for board in (now, past)]
    assert pending[0] == pending[1]
    for month in (None, date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)):
        shown = matrix(known, children_of(scope, Need.RECORD_READ), TODAY, month)
        board = owed(scope, TODAY, at=moment(TODAY, month))
        for column in shown.columns:
            rows = [row for row in board.lines if row.duty.code == column.duty.code and in_month(row, month)]
            states = count(rows)
            if column.counted:
                assert (column.done, column.total) == (states[State.DONE], len(rows) - states[State.WAIVED])
