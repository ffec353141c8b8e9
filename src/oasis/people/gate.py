"""The only way to make a route: its need stands beside it, so the URL table is the permission table."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from oasis.kit.racing import is_double
from oasis.people.entrance import Doorway
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """A request of a logged-in person: the scope is there."""

    scope: Scope
    user: User
    door: Doorway
    htmx: Any
    shows: list[Callable[[], object]]  # lines to write once a page is shown


@dataclass(frozen=True)
class Passed:
    """What the gate asks at a route; `need` None means open to all, for the reason given."""

    need: Need | None
    why: str = ""


def screen(route: str, view: View, *, needs: Need, name: str, history: bool = False, files: str = "") -> URLPattern:
    """Make a route for people whose posts give `needs`; everybody else logged in gets 404, strangers the log-in page.

    `history` marks a page that shows what was written in the past: a school may ask for a fresh second factor there.
    `files` names the setting with the size of the largest file that may be sent there, in bytes; without it none may.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return led(request, redirect_to_login(request.get_full_path(), settings.LOGIN_URL).url)
        desk = cast(DeskRequest, request)
        if desk.door.shut(desk.scope.on):
            return led(desk, reverse("mfa_index"))
        if not desk.scope.can(needs):
            if request.path == "/" and desk.scope.can(Need.INSPECT):
                return led(desk, reverse("inspect"))
            raise Http404
        if history and (elsewhere := stale(desk)):
            return led(desk, elsewhere)
        if _has_nul(request):
            raise BadRequest("a NUL character")
        answer = _answered(view, desk, kwargs)
        answer["Cache-Control"] = "no-store, private"  # nothing of a child stays in a browser
        return answer

    guarded.passed = Passed(needs)  # type: ignore[attr-defined]
    guarded.file_limit = files  # type: ignore[attr-defined]
    return path(route, guarded, name=name)


def _has_nul(request: HttpRequest) -> bool:
    """Tell whether something sent holds a NUL character: nobody types one, and PostgreSQL stores none."""
    sent = (request.GET, request.POST)
    return any("\0" in str(value) for data in sent for _name, values in data.lists() for value in values)


def _answered(view: View, request: DeskRequest, kwargs: dict[str, Any]) -> HttpResponse:
    """Ask the view; where another press was quicker and the database says so, say that in words."""
    try:
        return view(request, **kwargs)
    except IntegrityError as error:
        if not is_double(error):
            raise
        return render(request, "409.html", status=409)


def led(request: HttpRequest, to: str) -> HttpResponse:
    """Lead to another page; htmx would put a followed page inside this one."""
    return HttpResponseClientRedirect(to) if request.htmx else HttpResponseRedirect(to)  # type: ignore[attr-defined]


def stale(request: DeskRequest) -> str:
    """Give the page on which to prove the second factor once more, or "" when none is asked or it is fresh."""
    minutes = request.door.fresh
    if not minutes:
        return ""
    if not request.door.factor:
        return reverse("mfa_index")
    return unproved(request, request.user, minutes)


def unproved(request: HttpRequest, user: User, minutes: int) -> str:
    """Give the page on which to prove a factor one has, or "" when it was proved in the last `minutes`."""
    proofs = [record for record in get_authentication_records(request, user) if record["method"] == "mfa"]
    if proofs and time.time() - proofs[-1]["at"] < minutes * 60:
        return ""
    ways = get_adapter().get_reauthentication_methods(user)
    way = next((way for way in ways if way["id"].startswith("mfa")), None)
    if way is None:  # the factor was removed since this log-in began
        return reverse("mfa_index")
    return f"{way['url']}?{urlencode({'next': request.get_full_path()})}"


def public(route: str, view: View, *, name: str, why: str) -> URLPattern:
    """Make a route open to strangers; `why` is a reason a parent would accept."""

    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs)

    opened.passed = Passed(None, why)  # type: ignore[attr-defined]
    return path(route, opened, name=name)
