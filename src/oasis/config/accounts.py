"""Log-in rules for django-allauth: an invitation by the administrator is the only way to an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; after a changed password the person may go on."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Set the password and lift the demand to change it."""
        user.must_change_password = False
        super().set_password(user, password)
