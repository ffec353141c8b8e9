"""The only way to make a route: its need stands beside it, so the URL table is the permission table."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """A request of a logged-in person: the scope is there."""

    scope: Scope
    user: User
    htmx: Any


@dataclass(frozen=True)
class Passed:
    """What the gate asks at a route; `need` None means open to all, for the reason given."""

    need: Need | None
    why: str = ""


def screen(route: str, view: View, *, needs: Need, name: str) -> URLPattern:
    """Make a route for people whose posts give `needs`; everybody else logged in gets 404, strangers the log-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        desk = cast(DeskRequest, request)
        if desk.user.must_change_password:
            return HttpResponseRedirect(reverse("account_change_password"))
        if not desk.scope.can(needs):
            raise Http404
        answer = view(desk, **kwargs)
        answer["Cache-Control"] = "no-store, private"  # nothing of a child stays in a browser
        return answer

    guarded.passed = Passed(needs)  # type: ignore[attr-defined]
    return path(route, guarded, name=name)


def public(route: str, view: View, *, name: str, why: str) -> URLPattern:
    """Make a route open to strangers; `why` is a reason a parent would accept."""

    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs)

    opened.passed = Passed(None, why)  # type: ignore[attr-defined]
    return path(route, opened, name=name)
