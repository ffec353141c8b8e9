"""Puts the eyes on the request: who is looking, made from today's posts and pairings. Opens the first page of an empty house."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from oasis.children.access import scope_of
from oasis.kit.dates import today
from oasis.people.entrance import Doorway, has_factor
from oasis.people.founding import nobody_here
from oasis.people.gate import led, unproved
from oasis.people.models import User

SLACK = 5 * 1024 * 1024
PROVED = 15  # minutes a proof opens the pages about one's factors, where no school says another number
TOO_LARGE = "内容太大，没有接收。请返回上一页，换一个小一些的文件再试（照片可以先缩小，表格可以拆开或另存为 .xlsx）。"


def eyes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.scope` for a logged-in person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.scope = scope_of(request.user, today(), get_adapter().get_client_ip(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def own_password(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Shut every page but changing the password and leaving, while a one-time password has let somebody in."""
    change = reverse("account_change_password")
    opened = {change, reverse("account_logout")}

    def middleware(request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "must_change_password", False) and request.path not in opened:
            return led(request, change)
        return get_response(request)

    return middleware


def own_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Ask who has a second factor to prove it before another is added, one removed or codes shown: a password is not enough."""
    index = reverse("mfa_index")
    ways = ("mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn")
    opened = {index, *map(reverse, ways)}

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or not request.path.startswith(index) or request.path in opened:
            return get_response(request)
        if has_factor(user):
            door: Doorway = request.door  # type: ignore[attr-defined]
            elsewhere = unproved(request, user, door.fresh or PROVED)
            return led(request, elsewhere) if elsewhere else get_response(request)
        answer = get_response(request)
        if has_factor(user):  # the first one was set up just now, and so proved
            # allauth (65.21) lets others read these records (allauth.account.authentication), but only its own flows write them
            record_authentication(request, user, "mfa")
        return answer

    return middleware


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body that is too large before anything reads it; files come to the routes that say so."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > SLACK + _files(request, int(length)):
            return HttpResponse(TOO_LARGE, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


def _files(request: HttpRequest, length: int) -> int:
    """Give how large a file the route takes from somebody with a session; only a large body is worth the question."""
    if length <= SLACK or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return 0
    try:
        limit = getattr(resolve(request.path_info).func, "file_limit", "")
    except Resolver404:
        return 0
    return int(getattr(settings, limit)) if limit else 0


def first_page(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead from the log-in page to the setting-up page while the database is empty."""
    log_in = reverse("account_login")

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == log_in and request.method == "GET" and nobody_here():
            return HttpResponseRedirect(reverse("setup"))
        return get_response(request)

    return middleware
