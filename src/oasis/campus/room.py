"""Reading the children's room: the week, the openings, books, works, ledger."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum

from oasis.campus.models import Book, Item, ItemCount, Loan, Opening, RoomHour, Scrap, Visit, Work
from oasis.campus.reach import at_work
from oasis.children.models import Child
from oasis.people.models import Post
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import School


def week(scope: Scope, school: School) -> list[RoomHour]:
    """Give the hours of a week."""
    return list(at_work(scope, RoomHour).filter(school=school, ended_on__isnull=True).select_related("user"))


@dataclass(frozen=True)
class Month:
    """Openings of a period: how many, how many came, by what was done, calls made there, different children."""

    openings: int
    came: int
    by_what: list[tuple[str, int]]
    calls: int
    children: int


def openings(scope: Scope, school: School, start: date, end: date) -> list[Opening]:
    """Give the log, newest first."""
    return list(at_work(scope, Opening).filter(school=school, on__range=(start, end)).select_related("user"))


def summed(scope: Scope, school: School, start: date, end: date) -> Month:
    """Count a period. Three queries."""
    rows = at_work(scope, Opening).filter(school=school, on__range=(start, end)).order_by()
    kinds = Counter(dict(rows.values("what").annotate(n=Count("pk")).values_list("what", "n")))
    came = rows.aggregate(n=Sum("count"))["n"] or 0
    visits = at_work(scope, Visit).filter(opening__in=rows.values("pk")).values_list("child_id", "called")
    told = list(visits)
    return Month(
        sum(kinds.values()), came, [(label, kinds[code]) for code, label in Opening.What.choices if kinds[code]],
        sum(called for _, called in told), len({child for child, _ in told}),
    )  # fmt: skip


def opening_of(scope: Scope, pk: UUID) -> Opening | None:
    """Give an opening."""
    return at_work(scope, Opening).filter(pk=pk).select_related("user", "by", "school").first()


def visits(scope: Scope, opening: Opening) -> list[Visit]:
    """Give who came, as far as one may see names."""
    rows = Visit.objects.within(scope, Need.NAMES).filter(opening=opening).select_related("child")
    return list(rows.order_by("child__pinyin"))


def present(scope: Scope, school: School) -> list[Child]:
    """Give the children of the school in reach, by class and sound of name."""
    rows = Child.objects.within(scope, Need.NAMES).filter(school=school, state=Child.State.HERE).select_related("klass")
    return list(rows.order_by("klass__stage", "-klass__entry_year", "klass__number", "pinyin"))


def lent(scope: Scope, school: School) -> tuple[list[Loan], int]:
    """Give the books that are out to children in reach, and how many are out in all."""
    rows = (
        Loan.objects.within(scope, Need.NAMES)
        .filter(school=school, back_on__isnull=True)
        .select_related("book", "child")
    )
    return list(rows.order_by("due_on")), at_work(scope, Loan).filter(school=school, back_on__isnull=True).count()


def books(scope: Scope, school: School) -> list[tuple[Book, bool, int]]:
    """Give the books, whether each is out, and how often it was lent."""
    out = set(at_work(scope, Loan).filter(school=school, back_on__isnull=True).values_list("book_id", flat=True))
    often = Counter(at_work(scope, Loan).filter(school=school).values_list("book_id", flat=True))
    rows = at_work(scope, Book).filter(school=school, gone_on__isnull=True)
    return [(row, row.pk in out, often[row.pk]) for row in rows]


def works(scope: Scope, school: School) -> list[Work]:
    """Give the works on show of children in reach."""
    rows = Work.objects.within(scope, Need.NAMES).filter(school=school, to_on__isnull=True)
    return list(rows.select_related("child"))


def ledger(scope: Scope, school: School) -> list[Item]:
    """Give the ledger."""
    return list(at_work(scope, Item).filter(school=school).select_related("keeper", "checker"))


def last_count(scope: Scope, school: School) -> tuple[date | None, list[ItemCount]]:
    """Give the day of the last stocktaking and what differed on it."""
    rows = at_work(scope, ItemCount).filter(school=school).select_related("item")
    first = rows.first()
    return (first.on, [row for row in rows.filter(on=first.on) if row.booked != row.found]) if first else (None, [])


def scraps(scope: Scope, school: School) -> list[Scrap]:
    """Give the forms of writing off, open ones first."""
    rows = at_work(scope, Scrap).filter(school=school).select_related("item", "by", "dean", "principal")
    return sorted(rows, key=lambda row: (bool(row.principal_id or row.refused), -row.on.toordinal()))


def is_principal(scope: Scope, school: UUID) -> bool:
    """Tell whether a person is the school's principal today."""
    return Post.objects.held_on(scope.on).filter(user=scope.actor, school_id=school, role="principal").exists()


def item_of(scope: Scope, pk: UUID) -> Item | None:
    """Give a thing of the ledger to whoever keeps it."""
    return Item.objects.within(scope, Need.ACTIVITY).filter(pk=pk).first()
