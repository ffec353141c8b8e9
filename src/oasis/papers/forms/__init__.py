"""PAPERS: what can be printed, in the order the screen offers it; one file each."""

from oasis.kit.catalogue import Catalogue
from oasis.papers.forms import cards, consent, letter, plan, registration, roster
from oasis.papers.forms.base import Order, Paper

PAPERS: Catalogue[Paper] = Catalogue(
    roster.PAPER, registration.PAPER, plan.PAPER, cards.PAPER, consent.PAPER, letter.PAPER
)  # fmt: skip

__all__ = ["PAPERS", "Order", "Paper"]
