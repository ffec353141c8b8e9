"""How a screen answers: a page rendered with what every page needs, or a fragment of it for htmx."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from oasis.people.gate import DeskRequest

__all__ = ["DeskRequest", "page"]


def page(request: DeskRequest, template: str, *, fragment: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """Render a template; when htmx asks and `fragment` is named, render only that."""
    chosen = fragment if fragment and request.htmx and not request.htmx.boosted else template
    return render(request, chosen, context | {"scope": getattr(request, "scope", None)}, status=status)
