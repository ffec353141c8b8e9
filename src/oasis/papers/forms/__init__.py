"""PAPERS: what can be printed, in the order the screen offers it; one file each."""

from oasis.kit.catalogue import Catalogue
from oasis.papers.forms import (
    cards,
    consent,
    entrust,
    growth,
    growth_lists,
    letter,
    lists,
    logs,
    meeting,
    plan,
    registration,
    roster,
    schooling,
    talk,
    visit,
)
from oasis.papers.forms.base import Order, Paper

PAPERS: Catalogue[Paper] = Catalogue(
    roster.PAPER, registration.PAPER, plan.PAPER, cards.PAPER, consent.PAPER, growth.PAPER, letter.PAPER,
    entrust.PAPER, meeting.INVITATION, meeting.SIGN_IN, visit.PAPER, talk.PAPER, logs.CONTACTS, logs.CARERS,
    logs.TUTORING, logs.HELPING, lists.PAIRING, lists.KEY, schooling.PAPER, growth_lists.HONOURS, growth_lists.CHANGES,
)  # fmt: skip

__all__ = ["PAPERS", "Order", "Paper"]
