"""A year of records with natural variety: diligent and busy teachers, missed months, wrong numbers, people who came home."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from oasis.children.models import Pairing
from oasis.config.demo import texts
from oasis.config.demo.details import drawn
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA, next_month
from oasis.kit.ids import new_id
from oasis.people.models import User
from oasis.places.models import Term
from oasis.places.queries import is_school_day
from oasis.records.models import Record, Sealed

NO = "no-answer"
PARENTS = {"father": "爸爸", "mother": "妈妈"}


def live(stage: Stage, kept: list[Kept]) -> None:
    """Draw the year of every left-behind child of a school."""
    care: dict[UUID | None, float] = {klass.pk: 0.55 + 0.43 * stage.random.random() for klass in stage.klasses}
    looked_after = [one for one in kept if one.child.left_behind]
    _classmates(stage, kept)
    for term in stage.terms:
        for one in looked_after:
            if term.ends_on >= one.child.opened_on:
                _term(stage, one, term, care[one.child.klass_id])
        _groups(stage, looked_after, term)


def _term(stage: Stage, one: Kept, term: Term, care: float) -> None:
    for window in (
        (term.starts_on + timedelta(days=3), term.visit1_until), (term.visit2_from, term.visit2_until), (term.visit3_from, term.ends_on),
    ):  # fmt: skip
        if stage.random.random() < care * 0.95:
            _visit(stage, one, *window)
    for start, end in months(term):
        _month(stage, one, start, end, care)


def _month(stage: Stage, one: Kept, start: date, end: date, care: float) -> None:
    if stage.random.random() < care:
        _call(stage, one, start, end)
    if stage.random.random() < care * 0.95:
        _carer(stage, one, start, end)
    talks = sum(stage.random.random() < care for _n in range(2 if one.child.key else 1))
    for _n in range(talks):
        _talk(stage, one, start, end)
    if stage.random.random() < 0.3:
        _other(stage, one, start, end)


def months(term: Term) -> Iterator[tuple[date, date]]:
    """Give first and last day of each month of a term, cut to the term."""
    start = term.starts_on
    while start <= term.ends_on:
        end = min(next_month(start) - timedelta(days=1), term.ends_on)
        yield start, end
        start = next_month(start)


def _day(stage: Stage, start: date, end: date) -> date | None:
    """Draw a day, seldom a weekend, never one that has not come."""
    day = start + timedelta(days=stage.random.randrange((end - start).days + 1))
    if day.weekday() >= 5 and stage.random.random() < 0.8:
        day -= timedelta(days=day.weekday() - 3)
    elif day.weekday() >= 5:
        return day if start <= day <= stage.on else None
    return day if start <= day <= stage.on and is_school_day(day, {}) else _instead(stage, day, start, end)


def _instead(stage: Stage, day: date, start: date, end: date) -> date | None:
    """Move a day off to the next school day of the span; none when that has not come."""
    later = next((day + timedelta(days=n) for n in range(1, 12) if is_school_day(day + timedelta(days=n), {})), None)
    return later if later and start <= later <= min(end, stage.on) else None


def _moment(stage: Stage, day: date) -> datetime:
    """Most are written the same afternoon, some a day later, never tomorrow."""
    late = timedelta(days=1) if stage.random.random() < 0.12 and day < stage.on else timedelta()
    hour, minute = stage.random.choice([7, 8, 12, 16, 17, 20]), stage.random.randrange(60)
    return datetime.combine(day + late, time(hour, minute), CHINA)


def _write(
    stage: Stage, one: Kept, kind: str, by: object, day: date | None, summary: str, **rest: Any
) -> Record | None:
    if day is None or not isinstance(by, User):
        return None
    details = drawn(stage.random, kind, rest.pop("details", {}), done=rest.get("outcome", "done") == "done")
    row = Record(
        id=new_id(),
        school=stage.school,
        child=one.child,
        kind=kind,
        happened_on=day,
        by=by,
        at=_moment(stage, day),
        summary=summary.format(carer=one.carer_word, parent=PARENTS.get(rest.get("with_whom", ""), "爸爸妈妈")),
        details=details,
        **rest,
    )
    stage.rows.add(row)
    return row


def _homeroom(stage: Stage, one: Kept) -> User:
    return stage.homeroom[one.child.klass_id]


def _visit(stage: Stage, one: Kept, start: date, end: date) -> None:
    met = stage.random.random() < 0.94
    summary = stage.random.choice(texts.VISITS) if met else "到家无人，向邻居了解后另约时间。"
    _write(
        stage,
        one,
        "visit",
        _homeroom(stage, one),
        _day(stage, start, end),
        summary,
        channel="visit",
        with_whom="carer",
        outcome="done" if met else NO,
    )


def _call(stage: Stage, one: Kept, start: date, end: date) -> None:
    day, drawn_first = _day(stage, start, end), stage.random.choice(["father", "mother"])
    whom = _absent(one, day, drawn_first)
    if stage.random.random() < 0.1:
        _tell(stage, one, "family-letter", day, "", whom, channel="letter")
        return
    if stage.random.random() < 0.22:
        outcome = stage.random.choices([NO, "wrong-number"], weights=[5, 1])[0]
        _tell(stage, one, "family-call", day, "", whom, channel="phone", outcome=outcome)
        if outcome == "wrong-number" or stage.random.random() < 0.35:
            return
        day = _day(stage, min(end, (day or start) + timedelta(days=1)), end)
    channel = stage.random.choice(["video", "video", "phone", "wechat"])
    _tell(stage, one, "family-call", day, stage.random.choice(texts.CALLS), whom, channel=channel)


def _tell(stage: Stage, one: Kept, kind: str, day: date | None, summary: str, whom: str, **rest: Any) -> None:
    """Write a call or letter, if there was anybody away to write to."""
    if whom:
        _write(stage, one, kind, _homeroom(stage, one), day, summary, with_whom=whom, **rest)


def _absent(one: Kept, day: date | None, first: str) -> str:
    """Give the parent who was away on a day, the one drawn before the other; "" when neither was."""
    gone = [whom for whom in (first, "mother" if first == "father" else "father") if whom in one.away]
    return next((whom for whom in gone if day is None or one.away[whom][0] <= day <= one.away[whom][1]), "")


def _carer(stage: Stage, one: Kept, start: date, end: date) -> None:
    reached = stage.random.random() < 0.88
    _write(
        stage,
        one,
        "carer-contact",
        _homeroom(stage, one),
        _day(stage, start, end),
        stage.random.choice(texts.CARER) if reached else "",
        with_whom="carer",
        channel=stage.random.choice(["phone", "phone", "face", "wechat"]),
        outcome="done" if reached else NO,
    )


def _talk(stage: Stage, one: Kept, start: date, end: date) -> None:
    reason, summary = stage.random.choice(texts.TALKS)
    secret = stage.random.random() < 0.015
    by = one.helper or _homeroom(stage, one)
    row = _write(
        stage,
        one,
        "talk",
        by,
        _day(stage, start, end),
        "" if secret else summary,
        with_whom="child",
        channel="face",
        confidential=secret,
        details={} if secret else {"reason": reason},
    )
    if row is not None and secret:
        row.details = {}
        stage.rows.add(
            Sealed(
                record=row,
                school=stage.school,
                summary="孩子说了家里的难处，请只由心理教师和校领导跟进。",
                details={"reason": "family"},
            )
        )


def _other(stage: Stage, one: Kept, start: date, end: date) -> None:
    kind, pool = stage.random.choice(
        [
            ("tutoring", texts.TUTORING),
            ("tutoring", texts.TUTORING),
            ("life-service", texts.LIFE),
            ("moral", texts.MORAL),
            ("feedback", texts.FEEDBACK),
            ("concern", texts.CONCERNS),
        ]
    )
    by = one.helper or _homeroom(stage, one)
    rest: dict[str, Any] = {"with_whom": "mother", "channel": "wechat"} if kind == "feedback" else {}
    _write(stage, one, kind, by, _day(stage, start, end), stage.random.choice(pool), **rest)


def _groups(stage: Stage, kept: list[Kept], term: Term) -> None:
    """Once a term each class sits together; one act for many children."""
    for klass in stage.klasses:
        members = [one for one in kept if one.child.klass_id == klass.pk and one.child.opened_on <= term.ends_on]
        day = _day(stage, term.starts_on + timedelta(days=10), min(term.starts_on + timedelta(days=45), term.ends_on))
        group: UUID = new_id()
        for n, one in enumerate(members):
            row = _write(
                stage,
                one,
                "group-talk",
                _homeroom(stage, one),
                day,
                texts.GROUP[term.half % 2],
                with_whom="child",
                channel="face",
            )
            if row is not None and len(members) > 1:
                row.group = group
                row.id = group if n == 0 else row.id


def _classmates(stage: Stage, kept: list[Kept]) -> None:
    """Most left-behind children have a caring classmate of the same class."""
    for one in kept:
        others = [
            o.child for o in kept if o.child.klass_id == one.child.klass_id and o is not one and not o.child.left_behind
        ]
        if one.child.left_behind and others and stage.random.random() < 0.75:
            stage.rows.add(
                Pairing(
                    school=stage.school,
                    child=one.child,
                    classmate=stage.random.choice(others),
                    role="classmate",
                    from_on=max(one.child.opened_on, stage.terms[2].starts_on + timedelta(days=14)),
                    by=_homeroom(stage, one),
                )
            )
