"""All routes of the desk: each screen's own, one line a screen."""

from django.urls import URLPattern

from oasis.desk import children

ROUTES: tuple[URLPattern, ...] = (*children.ROUTES,)
