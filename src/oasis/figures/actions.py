"""Closing a term: its figures are kept as they stand, and stay so."""

from django.db import transaction

from oasis.figures.book import Book
from oasis.figures.freezing import pack
from oasis.figures.models import Snapshot
from oasis.figures.queries import book_of_today
from oasis.figures.where import Calendar, Place
from oasis.kit.dates import now, zh_full
from oasis.kit.refused import Refused
from oasis.kit.text import fitting
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Term


def may_close(scope: Scope, place: Place) -> bool:
    """Tell whether a person may close the terms of a school."""
    return all(place.school in scope.ids(ArmKind.SCHOOL, need) for need in (Need.FIGURES, Need.CADENCES))


def closable(scope: Scope, opened: Book) -> bool:
    """Tell whether a person may close, now, the term a book is open at."""
    term = next((one for one in opened.calendar.terms if opened.period.code == f"t{one.year}-{one.half}"), None)
    return (
        opened.place.kind == "school"
        and may_close(scope, opened.place)
        and term is not None
        and scope.on >= term.visit3_from
    )


def frozen(opened: Book, term: Term, *, number: int) -> Snapshot:
    """Give the figures of a book of today as they will be kept; who closes, and why, is for the caller to say."""
    table = opened.table(compare=False)
    values = {row.place.code: {code: one.value for code, one in row.numbers.items()} for row in (table, *table.rows)}
    return Snapshot(
        school_id=opened.place.school, term=term, number=number, on=opened.period.as_at, at=now(), values=values,
        facts=pack(opened.sources),
    )  # fmt: skip


def close_term(scope: Scope, *, place: Place, term: Term, reason: str = "") -> Snapshot:
    """Keep a school's term as it stands. A second closing is a correction and asks for its reason."""
    if place.kind != "school" or term.school_id != place.school or not may_close(scope, place):
        raise Refused("out-of-reach", "只有校长或德育主任可以为本校的学期结账")
    if scope.on < term.visit3_from:
        raise Refused("too-early", f"这个学期还没有到期末，{zh_full(term.visit3_from)}以后才能结账")
    calendar = Calendar(place.school, scope.on)
    opened = book_of_today(scope, place, calendar.of_term(term), calendar)
    with transaction.atomic():
        held = Term.objects.select_for_update().get(pk=term.pk)
        number = Snapshot.objects.within(scope, Need.FIGURES).filter(term=held).count() + 1
        if number > 1 and not reason.strip():
            raise Refused("reason", "这个学期已经结过账。更正要写明原因，原来的数字会保留", field="reason")
        made = frozen(opened, held, number=number)
        made.by_id, made.reason = scope.person, fitting(reason, 120, "更正的原因", field="reason")
        made.save(force_insert=True)
        held.closed_at = held.closed_at or made.at
        held.save(update_fields=["closed_at"])
        trail.note(scope, "term.close", school=place.school, subject=str(term.pk), detail=str(number))
    return made
