"""Carries what holds for a log-in from request to request, and signs out who has rested too long."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from oasis.config.accounts import noted
from oasis.kit.dates import today
from oasis.people.entrance import Doorway, doorway
from oasis.people.models import User

KEY = "door"
STEP = 60  # seconds: what holds is asked, and being here is written down, once a minute and not at every request


def resting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put what holds on `request.door`; lead to the log-in page after too long a rest."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            kept, at = request.session.get(KEY), int(time.time())
            if kept and at - kept["at"] > rest_allowed(request, kept) * 60:
                return _signed_out(request, request.user)
            request.door = _door(request, request.user, kept, at)  # type: ignore[attr-defined]
            request.rest = rest_allowed(request, request.session[KEY]) * 60  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def rest_allowed(request: HttpRequest, kept: dict[str, int]) -> int:
    """Give the minutes of rest: fewer where the browser was not said to be one's own."""
    return kept["shared" if request.session.get_expire_at_browser_close() else "own"]


def _door(request: HttpRequest, user: User, kept: dict[str, int] | None, at: int) -> Doorway:
    if kept:
        known = Doorway(**{name: value for name, value in kept.items() if name != "at"})  # type: ignore[arg-type]
        if at - kept["at"] < STEP and not known.wanting:
            return known
    door = doorway(user, today())
    told = door.kept()
    if kept is None or at - kept["at"] >= STEP or told != {name: kept[name] for name in told}:
        request.session[KEY] = {**told, "at": at}
        UserSession.objects.create_from_request(request)
    return door


def _signed_out(request: HttpRequest, user: User) -> HttpResponse:
    noted(request, user, "logout.rest")
    logout(request)
    to = f"{reverse('account_login')}?{urlencode({'next': _page(request), 'rest': '1'})}"
    return HttpResponseClientRedirect(to) if request.htmx else HttpResponseRedirect(to)  # type: ignore[attr-defined]


def _page(request: HttpRequest) -> str:
    """Give the page to come back to: the one that was open, where the draft waits."""
    if request.method == "GET" and not request.htmx:  # type: ignore[attr-defined]
        return request.get_full_path()
    came = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, request.get_host()):
        return "/"
    parts = urlsplit(came)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
