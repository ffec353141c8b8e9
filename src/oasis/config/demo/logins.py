"""The accounts of the demo data: one a role is shown to the person who starts Oasis."""

from dataclasses import dataclass

from oasis.kit.dates import today
from oasis.people.models import Post, User
from oasis.people.roles import ROLES

# Public on purpose: demo accounts see demo data only, and `oasis check` warns while they exist.
PASSWORD = "oasis-demo-2026"  # noqa: S105


@dataclass(frozen=True)
class Login:
    """What a person types to see the demo through the eyes of a role."""

    role: str
    name: str
    username: str
    password: str


def logins() -> list[Login]:
    """Give the first demo account of each role that anybody holds today, in the order of the table of roles."""
    posts = Post.objects.held_on(today()).filter(user__demo=True, user__is_active=True).order_by("user__username")
    first: dict[str, User] = {}
    for post in posts.select_related("user"):
        first.setdefault(post.role, post.user)
    return [Login(r.label, first[r.code].name, first[r.code].username, PASSWORD) for r in ROLES if r.code in first]
