"""The demo's troubles: one child for each signal, so that the alerts have something to find; and what a teacher decided."""

from collections.abc import Callable
from datetime import timedelta

from oasis.alerts.models import AlertDecision
from oasis.campus.models import Absence, Mark
from oasis.children.models import Assessment, Away, Phone, Tie
from oasis.config.demo.homes import Kept
from oasis.config.demo.returns import at_home
from oasis.config.demo.sheets import Stage
from oasis.kit.ids import new_id
from oasis.people.models import User
from oasis.places.models import Term
from oasis.places.queries import is_school_day
from oasis.records.models import Record

LONG = timedelta(days=300)
AGAIN = (
    "school",
    "person",
    "province",
    "city",
    "work",
    "reason",
    "home_every",
)  # the same work after some days at home


def plant(stage: Stage, kept: list[Kept]) -> None:
    """Give one child after another a trouble; `stage.planted` remembers whom and which."""
    free = [one for one in kept if one.child.left_behind and not one.child.key and one.sibling_of is None]
    free.sort(key=lambda one: one.child.opened_on > stage.on - LONG)  # old files first: they have sat the exams
    free = free[: max(len(TROUBLES), len(free) // 2)]
    stage.random.shuffle(free)
    for code, trouble in TROUBLES.items():
        if not free:
            return
        one = free.pop()
        trouble(stage, one)
        stage.planted.append((one.child.pk, code))
    _decided(stage)


def _decided(stage: Stage) -> None:
    """One alert somebody has taken up already."""
    (child, code) = stage.planted[-1]
    klass = next(one.child for one in stage.drawn if one.child.pk == child).klass_id
    stage.rows.add(
        AlertDecision(
            school=stage.school, child_id=child, signal=code, state="taken", on=stage.on, by=stage.homeroom[klass],
            reason="这周找孩子聊一聊，再和奶奶通个电话",
        )
    )  # fmt: skip


def _rows(stage: Stage, one: Kept) -> list[Record]:
    return [row for row in stage.rows.tables[Record] if isinstance(row, Record) and row.child_id == one.child.pk]


def _drop(stage: Stage, one: Kept, kinds: frozenset[str], days: int) -> None:
    """Take away what was done in the last days, together with what hangs on it."""
    since = stage.on - timedelta(days=days)
    gone = {row.pk for row in _rows(stage, one) if row.happened_on > since and (not kinds or row.kind in kinds)}
    for model, rows in list(stage.rows.tables.items()):
        if model.__module__.startswith("oasis.records"):
            stage.rows.tables[model] = [row for row in rows if row.pk not in gone]


def _write(stage: Stage, one: Kept, kind: str, days: int, **more: object) -> None:
    by = one.helper if isinstance(one.helper, User) else stage.homeroom[one.child.klass_id]
    stage.rows.add(
        Record(
            id=new_id(), school=stage.school, child=one.child, kind=kind, by=by,
            happened_on=stage.on - timedelta(days=days), **more,
        )
    )  # fmt: skip


HOME = frozenset({"family-call", "family-letter", "carer-contact", "visit", "feedback"})


def _quiet(stage: Stage, one: Kept) -> None:
    _drop(stage, one, frozenset(), 45)


def _missed(stage: Stage, one: Kept) -> None:
    _drop(stage, one, HOME, 70)
    _write(
        stage,
        one,
        "talk",
        6,
        summary="聊了学校里的事，说起家里不太愿意多讲。",
        details={"reason": "daily", "mood": "calm"},
    )


def _unreached(stage: Stage, one: Kept) -> None:
    _drop(stage, one, HOME, 20)
    for days in (16, 9, 3):
        _write(stage, one, "family-call", days, with_whom="father", channel="phone", outcome="no-answer")


def _dead(stage: Stage, one: Kept) -> None:
    people = {row.person_id for row in stage.rows.tables[Tie] if isinstance(row, Tie) and row.child_id == one.child.pk}
    for row in stage.rows.tables[Phone]:
        if isinstance(row, Phone) and row.person_id in people:
            row.failed_times, row.last_worked_on = 2, None


def _left(stage: Stage, one: Kept) -> None:
    _drop(stage, one, frozenset({"talk"}), 9)
    ties = [row for row in stage.rows.tables[Tie] if isinstance(row, Tie) and row.child_id == one.child.pk]
    parents = {row.person_id for row in ties if row.relation in ("51", "52")}
    for row in stage.rows.tables[Away]:
        if isinstance(row, Away) and row.person_id in parents and row.to_on is None:
            left, came = stage.on - timedelta(days=8), stage.on - timedelta(days=22)
            again = Away(**{name: getattr(row, name) for name in AGAIN}, since_on=left)
            row.to_on, row.next_return_on = came, None
            stage.rows.add(again)
            at_home(stage, one, row.person, came, left)
            return


def _mood(stage: Stage, one: Kept) -> None:
    _drop(stage, one, frozenset({"talk"}), 25)
    for days, mood in ((20, "upset"), (8, "low")):
        words = "问一句答一句，说晚上睡不好，想妈妈。"
        _write(stage, one, "talk", days, summary=words, details={"reason": "mood", "mood": mood})


def _concern(stage: Stage, one: Kept) -> None:
    for days, words in ((12, "这几天午饭吃得少，课间一个人坐着。"), (4, "放学后在校门口待到很晚才走。")):
        details = {"areas": ["mood"], "source": "seen", "weight": "soon"}
        _write(stage, one, "concern", days, summary=words, details=details)


def _needs(stage: Stage, one: Kept) -> None:
    """This term two needs are worse than the term before."""
    terms = sorted((term for term in stage.terms if term.starts_on <= stage.on), key=lambda term: term.starts_on)[-2:]
    rows = stage.rows.tables[Assessment]
    stage.rows.tables[Assessment] = [
        row for row in rows if not (isinstance(row, Assessment) and row.child_id == one.child.pk)
    ]
    before, now = {"life": 0, "study": 0}, {"life": 2, "study": 1}
    for term, days, worse in ((terms[0], 20, before), (terms[-1], 0, now)):
        _score(stage, one, term, days, worse)


def _score(stage: Stage, one: Kept, term: Term, days: int, worse: dict[str, int]) -> None:
    day = term.starts_on + timedelta(days=days) if days else max(term.starts_on, stage.on - timedelta(days=12))
    scores = {"life": 0, "conduct": 0, "study": 0, "morals": 0, "safety": 0} | worse
    by = stage.homeroom[one.child.klass_id]
    stage.rows.add(Assessment(school=stage.school, child=one.child, term=term, on=min(day, stage.on), by=by, **scores))


def _absent(stage: Stage, one: Kept) -> None:
    stage.rows.tables[Absence] = [
        row for row in stage.rows.tables[Absence] if not (isinstance(row, Absence) and row.child_id == one.child.pk)
    ]
    days = [day for n in range(14) if is_school_day(day := stage.on - timedelta(days=n), {})][:4]
    by = stage.homeroom[one.child.klass_id]
    for day in days[1:]:
        stage.rows.add(Absence(school=stage.school, child=one.child, on=day, part="day", reason="unknown", by=by))


def _marks(stage: Stage, one: Kept) -> None:
    last = max(
        (row.exam for row in stage.rows.tables[Mark] if isinstance(row, Mark)), key=lambda exam: exam.on, default=None
    )
    for row in stage.rows.tables[Mark]:
        if isinstance(row, Mark) and row.child_id == one.child.pk and row.exam is last:
            row.points = max(row.points - 30, row.points * 0)


TROUBLES: dict[str, Callable[[Stage, Kept], None]] = {
    "quiet": _quiet, "missed": _missed, "unreached": _unreached, "dead": _dead, "mood": _mood, "concern": _concern,
    "needs": _needs, "absent": _absent, "marks": _marks, "left": _left,
}  # fmt: skip
