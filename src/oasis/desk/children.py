"""孩子: the children in reach."""

from django.http import HttpResponse

from oasis.children import queries
from oasis.desk.page import DeskRequest, page
from oasis.people.gate import screen
from oasis.people.roles import Need


def index(request: DeskRequest) -> HttpResponse:
    """List the children in reach, by class and name."""
    return page(request, "desk/children.html", children=queries.here(request.scope))


ROUTES = (screen("children/", index, needs=Need.NAMES, name="children"),)
