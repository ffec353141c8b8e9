"""Puts the eyes on the request: who is looking, made from today's posts and pairings."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from oasis.children.access import scope_of
from oasis.kit.dates import today


def eyes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.scope` for a logged-in person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.scope = scope_of(request.user, today(), request.META.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
