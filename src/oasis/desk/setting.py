"""What every settings screen does: find the school, carry out what a form asks."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.shortcuts import get_object_or_404

from oasis.desk.page import DeskRequest
from oasis.kit.ids import is_client_id, new_id
from oasis.kit.refused import Refused
from oasis.people.queries import own_schools
from oasis.people.roles import Need
from oasis.places.models import School

T = TypeVar("T")


def school_of(request: DeskRequest, need: Need = Need.SETTINGS) -> School:
    """Give the school this person sets up; with several, the first by name."""
    return get_object_or_404(own_schools(request.scope, need)[:1])


def attempt(form: BaseForm, act: Callable[[], T]) -> T | None:
    """Do what a form asks, once it is valid; a refusal becomes the form's error, and the answer is None."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None


def done(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks, as `attempt`; tell whether it was done."""
    return attempt(form, act) is not None


def made_id(request: DeskRequest) -> UUID:
    """Give the id the row of this form will have: the one it was sent with, so that a second press makes no second row."""
    try:
        sent = UUID(request.POST.get("id", ""))
    except ValueError:
        return new_id()
    return sent if is_client_id(sent) else new_id()


def ask(request: DeskRequest, act: Callable[[], object], said: str) -> None:
    """Do what one button asks; say that it is done, or why it was refused."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
