"""联系卡: the cards of a class as one PDF (domain.md 2.5)."""

import re
from collections.abc import Sequence

from django.conf import settings

from oasis.papers.cards.issuing import issue
from oasis.papers.cards.shape import HELP_LINES, Card, HelpLine
from oasis.papers.cards.sheet import cards_pdf
from oasis.papers.forms.base import Order, Paper

_LINE = re.compile(r"(?P<label>[^\d，、；,;]+?)[：:\s]*(?P<number>\d[\d-]*)")


def help_lines(written: str) -> tuple[HelpLine, ...]:
    """Read the school's help lines as written in its settings: 报警110，急救120."""
    found = tuple(HelpLine(hit["label"].strip(), hit["number"]) for hit in _LINE.finditer(written))
    return tuple(HelpLine(line.label.replace("热线", ""), line.number) for line in found) or HELP_LINES


def cards(printed: Sequence[Card], *, lines: str, mark: str = "") -> bytes:
    """Print the cards with the fonts of the installation."""
    return cards_pdf(
        printed, help_lines=help_lines(lines), font_dirs=[str(one) for one in settings.OASIS_FONT_DIRS], mark=mark
    )


def make(order: Order) -> bytes:
    """Issue and print the cards of a place or of one child."""
    printed = issue(order.scope, order.children, order.on, order.link)
    return cards(printed, lines=order.place.school.helplines, mark=order.mark)


PAPER = Paper("cards", "联系卡", "A6 大字，四张一页，每人两份：一份贴在家里，一份放书包", "pdf", make, single=True)
