"""All routes of the desk: each screen's own, one line a screen."""

from django.urls import URLPattern

from oasis.desk import cards, children, papers

ROUTES: tuple[URLPattern, ...] = (*children.ROUTES, *papers.ROUTES, *cards.ROUTES)
