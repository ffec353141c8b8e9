"""How a screen answers: a page rendered with what every page needs, or a fragment of it for htmx."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from oasis.people.gate import DeskRequest

__all__ = ["DeskRequest", "page", "when_shown"]


def page(request: DeskRequest, template: str, *, fragment: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """Render a template; when htmx asks and `fragment` is named, render only that."""
    chosen = fragment if fragment and request.htmx and not request.htmx.boosted else template
    answer = render(request, chosen, context | {"scope": getattr(request, "scope", None)}, status=status)
    for note in getattr(request, "shows", ()):
        note()
    request.shows = []
    return answer


def when_shown(request: DeskRequest, note: Callable[[], object]) -> None:
    """Write a line on the trail once this request is answered with a page; an answer that leads elsewhere shows nothing."""
    request.shows = [*getattr(request, "shows", ()), note]


def one_token(request: HttpRequest) -> dict[str, Any]:
    """Give templates one csrf token a page: Django's own would mask a new one for every form. A context processor."""
    token = cache(lambda: get_token(request))
    field = cache(lambda: format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token()))
    return {"csrf_token": SimpleLazyObject(token), "csrf_input": SimpleLazyObject(field)}
