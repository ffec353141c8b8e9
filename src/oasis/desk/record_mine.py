"""我写的: what a person wrote, newest first."""

from django.http import HttpResponse

from oasis.desk.page import DeskRequest, page
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.story import own_story


def index(request: DeskRequest) -> HttpResponse:
    """List one's own records, narrowed to a kind when asked."""
    after = request.GET.get("after", "")
    mine = own_story(request.scope, request.GET.get("kind", ""), after)
    return page(request, "desk/record_mine.html", mine=mine, onward=bool(after))


ROUTES = (screen("records/", index, needs=Need.RECORD_WRITE, name="record-mine", history=True),)
