"""Registers the checks of the closed query sets."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, posts, roles, scope, trail."""

    name = "oasis.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the checks."""
        from oasis.people import checks  # noqa: F401
