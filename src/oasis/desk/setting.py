"""What every settings screen does: find the school, carry out what a form asks."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms import BaseForm
from django.shortcuts import get_object_or_404

from oasis.desk.meanwhile import Act, Told, Values, over
from oasis.desk.page import DeskRequest
from oasis.kit.ids import is_client_id, new_id
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedModel
from oasis.people.meanwhile import as_seen, mark, while_locked
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


class Several:
    """The forms of one page: each is sent under its own name, and only the one that was sent is bound."""

    def __init__(self, request: DeskRequest) -> None:
        """See which one was sent."""
        self._scope = request.scope
        self._sent = request.POST
        self._acts: dict[str, tuple[forms.Form, Callable[[dict[str, Any]], object]]] = {}

    @property
    def which(self) -> str:
        """The name of the one that was sent."""
        return self._sent.get("form", "")

    @property
    def seen(self) -> str:
        """The mark of what the page showed where the one that was sent changes it."""
        return self._sent.get("seen", "")

    def add(
        self, name: str, made: type[forms.Form], act: Callable[[dict[str, Any]], object], **initial: Any
    ) -> forms.Form:
        """Offer a form, with what it does with its answers."""
        return self._put(name, made, act, initial)

    def over(
        self, name: str, made: type[forms.Form], row: ScopedModel, told: Told, act: Act, *, need: Need
    ) -> forms.Form:
        """Offer a form over a row that somebody else may change meanwhile."""
        form = self._put(name, made, act, told(row))
        self._acts[name] = (form, over(self._scope, form, row, told, act, need=need))
        return form

    def _put(self, name: str, made: type[forms.Form], act: Act, initial: Values) -> forms.Form:
        form = made(self._sent if self.which == name else None, auto_id=f"{name}_%s", initial=dict(initial))
        self._acts[name] = (form, act)
        return form

    def done(self) -> bool:
        """Do what the one that was sent asks; tell whether it was done."""
        if self.which not in self._acts:
            return False
        form, act = self._acts[self.which]
        return done(form, lambda: act(form.cleaned_data))

    @property
    def forms(self) -> dict[str, forms.Form]:
        """The forms by name."""
        return {name: form for name, (form, _act) in self._acts.items()}

    @property
    def status(self) -> int:
        """The answer's status: something has to be mended, or all is well."""
        return 422 if any(form.errors for form, _act in self._acts.values()) else 200


def made_id(request: DeskRequest) -> UUID:
    """Give the id the row of this form will have: the one it was sent with, so that a second press makes no second row."""
    try:
        sent = UUID(request.POST.get("id", ""))
    except ValueError:
        return new_id()
    return sent if is_client_id(sent) else new_id()


def usual_again(
    request: DeskRequest, school: School, told: Callable[[School], Values], act: Callable[[], object], said: str
) -> bool:
    """Go back to what is usual for a school, unless the settings that `told` gives are no more as the page showed them."""

    def once(held: School) -> object:
        as_seen(request.POST.get("seen", ""), mark(*told(held).values()), lambda: "有人改过这一页的设置")
        return act()

    return ask(request, lambda: while_locked(school, once), said)


def ask(request: DeskRequest, act: Callable[[], object], said: str) -> bool:
    """Do what one button asks; say that it is done, or why it was refused, and tell which."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, said)
    return True
