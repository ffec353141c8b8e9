"""联系卡: how the cards of a class stand, lost cards, and the page a card's code opens."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from oasis.children.models import Child
from oasis.children.namesakes import called
from oasis.desk.page import DeskRequest, page
from oasis.kit.dates import today
from oasis.kit.refused import Refused
from oasis.papers.actions import withdraw_card
from oasis.papers.cards.issuing import card_page
from oasis.papers.places import places_within
from oasis.papers.queries import ALL, CARED, card_states, children_for
from oasis.people.gate import public, screen
from oasis.people.roles import Need


def index(request: DeskRequest) -> HttpResponse:
    """Choose a class and see whose card is out of date."""
    places = [place for place in places_within(request.scope, Need.EXPORT) if place.klass]
    chosen = next(
        (place for place in places if str(place.pk) == request.GET.get("place")), places[0] if places else None
    )
    whom = ALL if request.GET.get("whom") == ALL else CARED
    states = card_states(request.scope, list(children_for(request.scope, chosen, whom))) if chosen else []
    return page(
        request, "desk/cards.html", places=places, chosen=chosen, whom=whom, states=states, called=called(request.scope, [state.child for state in states]),
        stale=sum(not state.current for state in states),
    )  # fmt: skip


def lost(request: DeskRequest, pk: UUID) -> HttpResponse:
    """End a card that was lost."""
    rows = Child.objects.within(request.scope, Need.EXPORT).select_related("school")
    child = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("papers-cards"))
    try:
        withdraw_card(request.scope, child=child)
        messages.success(request, f"{child.name}原来的联系卡已停用，重新打印后发给家里")
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("papers-cards") + (f"?place={child.klass_id}" if child.klass_id else ""))


def show(request: HttpRequest, token: str) -> HttpResponse:
    """Tell the holder of a card whether it is current; nothing of the child is shown."""
    card = card_page(token, today())
    if card is None:
        raise Http404
    answer = render(request, "desk/card.html", {"card": card})
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


ROUTES = (
    screen("papers/cards/", index, needs=Need.EXPORT, name="papers-cards"),
    screen("papers/cards/<uuid:pk>/lost/", lost, needs=Need.EXPORT, name="papers-card-lost"),
    public(
        "card/<str:token>/", show, name="card",
        why="a grandmother scans the card; she sees the school, the teacher and the school's phone, and no child",
    ),
)  # fmt: skip
