"""Handing the statistics out: checked, veiled when they leave the school, one line on the trail."""

from django.db import models, transaction

from oasis.figures.book import Book
from oasis.figures.queries import book
from oasis.figures.where import Choice, must_reach
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.papers.actions import MEDIA
from oasis.papers.marking import mark_of
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.papers.statbook import Head, statbook
from oasis.papers.statistics import disagreements, sheets
from oasis.papers.veiling import EXPLAINED
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope


class Reader(models.TextChoices):
    """For whom the statistics are."""

    INSIDE = "inside", "校内使用，数字全部显示"
    OUTSIDE = "outside", "报送校外，不足5人的数不显示"
    FULL = "full", "按上级要求报送，数字全部显示"


def open_statistics(scope: Scope, choice: Choice) -> Book:
    """Open the book to be handed out; raises Refused without a term or without the need to export."""
    must_reach(scope, choice.place, Need.EXPORT)
    if choice.period is None:
        raise Refused("no-period", "还没有学期，请先在设置里添加学期")
    return book(scope, choice.place, choice.period, choice.calendar, compare=False)


def export_statistics(scope: Scope, *, choice: Choice, reader: str) -> Export:
    """Give the statistics of a place and period as .xlsx; failing cross-checks stand on its last sheet."""
    opened = open_statistics(scope, choice)
    place, period = opened.place, opened.period
    head = Head(place.full_name, period.label, zh_full(period.as_at), zh_full(scope.on), scope.name, mark_of(scope))
    veil = EXPLAINED if reader == Reader.OUTSIDE else ""
    with transaction.atomic():
        data = statbook(head, sheets(scope, opened), disagreements(scope, opened), veil=veil)
        trail.note(
            scope,
            "export.statistics",
            school=place.school,
            subject=str(place.id),
            detail=f"statistics {period.code} {reader}",
        )
    name = file_name(place.full_name, period.label, "统计表", ending="xlsx")
    return Export(name, MEDIA["xlsx"], data)
