"""Puts the eyes on the request: who is looking, made from today's posts and pairings. Opens the first page of an empty house."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.access import scope_of
from oasis.kit.dates import today
from oasis.people.founding import nobody_here


def eyes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.scope` for a logged-in person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.scope = scope_of(request.user, today(), request.META.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def first_page(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead from the log-in page to the setting-up page while the database is empty."""
    log_in = reverse("account_login")

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == log_in and request.method == "GET" and nobody_here():
            return HttpResponseRedirect(reverse("setup"))
        return get_response(request)

    return middleware
