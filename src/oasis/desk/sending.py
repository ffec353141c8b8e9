"""How a screen answers with a file to keep."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from oasis.papers.shape import Export


def sent(export: Export) -> HttpResponse:
    """Answer with a file; no cache keeps it."""
    answer = HttpResponse(export.data, content_type=export.media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=export.name)
    answer["Cache-Control"] = "no-store"
    return answer
