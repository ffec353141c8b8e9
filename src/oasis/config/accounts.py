"""Log-in rules for django-allauth: an invitation by the administrator is the only way to an account."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from django.conf import settings
from django.http import HttpRequest

from oasis.kit.dates import today
from oasis.people import trail
from oasis.people.models import Post, User
from oasis.people.scope import Scope


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; every log-in and every failed attempt leaves a line; a changed password opens the way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in and note it."""
        super().login(request, user)
        _note(request, user, "login")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed attempt: for which account, if there is one, and from where. What was typed is not kept."""
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(username=credentials.get("username", "")).first()
        _note(request, user, "login.failed")

    def set_password(self, user: Any, password: str) -> None:
        """Set the password and lift the demand to change it."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go to work after the first change; later changes come from 我的 too."""
        return str(settings.LOGIN_REDIRECT_URL)


def _note(request: HttpRequest, user: User | None, deed: str) -> None:
    """Note a log-in at each school where the person holds a post, so that its leaders can read it; else at the house."""
    posts = Post.objects.held_on(today()).filter(user=user, school__isnull=False) if user else Post.objects.none()
    schools: set[UUID | None] = set(posts.values_list("school", flat=True))
    for school in schools or {None}:
        trail.note(_eyes(request, user), deed, school=school)


def _eyes(request: HttpRequest, user: User | None) -> Scope:
    address = get_adapter().get_client_ip(request)
    return Scope(actor=user.pk if user else None, name=user.name if user else "", on=today(), address=address)
