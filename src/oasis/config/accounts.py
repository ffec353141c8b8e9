"""Log-in rules for django-allauth: an invitation by the administrator is the only way to an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from oasis.kit.dates import today
from oasis.people import trail
from oasis.people.models import User
from oasis.people.scope import Scope


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; every log-in and every failed attempt leaves a line; a changed password opens the way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in and note it."""
        super().login(request, user)
        trail.note(_eyes(request, user), "login", school=None)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed attempt: for which account, if there is one, and from where. What was typed is not kept."""
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(username=credentials.get("username", "")).first()
        trail.note(_eyes(request, user), "login.failed", school=None)

    def set_password(self, user: Any, password: str) -> None:
        """Set the password and lift the demand to change it."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go to work after the first change; later changes come from 我的 too."""
        return str(settings.LOGIN_REDIRECT_URL)


def _eyes(request: HttpRequest, user: User | None) -> Scope:
    address = request.META.get("REMOTE_ADDR", "")
    return Scope(actor=user.pk if user else None, name=user.name if user else "", on=today(), address=address)
