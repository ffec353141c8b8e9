"""What a person reads when a request fails: the database away, the disk full, or a mistake of ours (requirements.md F4)."""

import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import bad_request

FULL = ("disk is full", "No space left", "could not extend file")


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for an exception that nobody caught: 503 with what to do when the database gave way, else 500."""
    error = sys.exc_info()[1]
    if not isinstance(error, OperationalError | InterfaceError):
        return HttpResponse(loader.get_template("500.html").render(), status=500)
    return _later(full=any(words in str(error) for words in FULL))


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a malformed request; a session that could not be written is the database's failure, not the person's."""
    return _later() if isinstance(exception, SessionInterrupted) else bad_request(request, exception)


def _later(*, full: bool = False) -> HttpResponse:
    answer = HttpResponse(loader.get_template("503.html").render({"full": full}), status=503)
    answer["Retry-After"] = "10"
    return answer
