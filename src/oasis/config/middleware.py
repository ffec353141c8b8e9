"""Puts the eyes on the request: who is looking, made from today's posts and pairings. Opens the first page of an empty house."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.children.access import scope_of
from oasis.kit.dates import today
from oasis.people.founding import nobody_here

FILES = "/intake/"
SLACK = 5 * 1024 * 1024
TOO_LARGE = "内容太大，没有接收。请返回上一页，把文件拆小或另存为 .xlsx 后再试。"


def eyes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.scope` for a logged-in person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.scope = scope_of(request.user, today(), get_adapter().get_client_ip(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body that is too large before anything reads it; files come to the import only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        files = request.path.startswith(FILES) and settings.SESSION_COOKIE_NAME in request.COOKIES
        most = settings.OASIS_UPLOAD_LIMIT + SLACK if files else SLACK
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > most:
            return HttpResponse(TOO_LARGE, status=413, content_type="text/plain; charset=utf-8")
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
