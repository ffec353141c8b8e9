"""How a screen answers with a file to keep."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from oasis.papers.shape import Export

MARK = re.compile(r"[0-9a-f-]{36}")


def sent(export: Export) -> HttpResponse:
    """Answer with a file; no cache keeps it."""
    answer = HttpResponse(export.data, content_type=export.media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=export.name)
    answer["Cache-Control"] = "no-store"
    return answer


def receipted(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Tell the page that asked for a file that it has come, by the mark it sent along (printed.js)."""
    mark = request.POST.get("receipt", "")
    if MARK.fullmatch(mark):
        answer.set_cookie("receipt", mark, max_age=60, secure=request.is_secure(), samesite="Strict")
    return answer
