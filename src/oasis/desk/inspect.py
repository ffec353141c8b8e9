"""督导看到的唯一一页: the packages a school put before its inspectors, and nothing else of the school."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from oasis.desk.page import DeskRequest
from oasis.desk.sending import sent
from oasis.kit.refused import Refused
from oasis.papers.inspection.showing import packages, read, shown_until
from oasis.people.gate import screen
from oasis.people.roles import Need


def index(request: DeskRequest) -> HttpResponse:
    """List the packages."""
    until = shown_until(request.scope, Need.INSPECT)
    rows = [(row, until[str(row.pk)]) for row in packages(request.scope)]
    return render(request, "desk/inspect.html", {"rows": rows, "name": request.scope.name})


def open_(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Send the pages of one."""
    try:
        if request.method == "POST":
            return sent(read(request.scope, dossier=pk))
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("inspect"))


ROUTES = (
    screen("inspect/", index, needs=Need.INSPECT, name="inspect"),
    screen("inspect/<uuid:pk>/", open_, needs=Need.INSPECT, name="inspect-open", history=True),
)
