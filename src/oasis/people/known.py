"""Who is asking: the session and the account behind it, which every request reads, each in one query worded once."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.db import connection
from django.db.models import QuerySet

from oasis.kit.columns import Columns
from oasis.kit.dates import now
from oasis.people.models import User
from oasis.people.remembered import remembered

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
USER = Columns(User)


class SessionStore(db.SessionStore):
    """Django's sessions in the database, read without its ORM."""

    def load(self) -> dict[str, Any]:
        """Give what the session holds; a key that is unknown or has run out stands for none."""
        with connection.cursor() as cursor:
            cursor.execute(SESSION, [self.session_key, connection.ops.adapt_datetimefield_value(now())])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0])
        return held


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's way in; only the look-up at every request is its own."""

    def get_user(self, user_id: UUID) -> User | None:
        """Give the account of a session, None when it is gone or closed."""
        user = next((USER.sure(row) for row in _user(user_id)), None)
        return user if user and self.user_can_authenticate(user) else None


@remembered
def _user(pk: UUID) -> QuerySet[User, tuple[Any, ...]]:
    return User.objects.filter(pk=pk).values_list(*USER.paths)
