"""Times each screen of the main job inside the process: WSGI handler, bare SQL beside it, hello beside both."""

import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oasis.children.models import Child
from oasis.kit.dates import today
from oasis.kit.ids import new_id
from oasis.people.models import Post, User

WHY = "the benchmark looks for a class to measure"
ROUNDS = 200


@dataclass
class Row:
    """One line of the table; times in microseconds."""

    page: str
    median: float
    p95: float
    queries: int
    sql: float
    kilobytes: float
    per_second: float = 0.0


class Visitor:
    """A logged-in teacher who speaks to the WSGI handler directly."""

    def __init__(self, user: User) -> None:
        self.app = get_wsgi_application()
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.csrf = _get_new_csrf_string()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={self.csrf}"

    def ask(self, address: str, body: bytes | None = None) -> int:
        """Send one request; give the size of the answer. Raises AssertionError unless it succeeds."""
        path, _, query = address.partition("?")
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST" if body is not None else "GET", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body or b""), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
            "HTTP_COOKIE": self.cookie, "HTTP_X_CSRFTOKEN": self.csrf, "CONTENT_LENGTH": str(len(body or b"")),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        answer = self.app(environ, lambda status, headers, exc=None: told.append(status))
        size = sum(len(part) for part in answer)
        answer.close()
        good = ("302", "303") if body is not None else ("200",)
        assert told[0][:3] in good, (address, told[0])
        return size


def timed(act: Callable[[int], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Give median and 95th percentile in microseconds, after three warm-ups."""
    for n in range(3):
        act(n)
    spent = []
    for n in range(rounds):
        before = time.perf_counter()
        act(n + 3)
        spent.append((time.perf_counter() - before) * 1e6)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def bare(queries: list[dict[str, str]]) -> float:
    """Send the page's SQL again over the driver alone; median microseconds for all of it together."""
    reads = [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith("SELECT")]
    cursor = connection.connection.cursor()

    def send(_n: int) -> None:
        for sql in reads:
            cursor.execute(sql)
            cursor.fetchall()

    return timed(send, 60)[0]


def measure(
    visitor: Visitor, page: str, address: Callable[[int], str], body: Callable[[int], bytes] | None = None
) -> Row:
    """Measure one page over changing addresses."""

    def ask(n: int) -> int:
        return visitor.ask(address(n), body(n) if body else None)

    size = ask(0)
    with CaptureQueriesContext(connection) as seen:
        ask(1)
    sent = list(seen.captured_queries)
    median, p95 = timed(ask)
    return Row(page, median, p95, len(sent), bare(sent) if sent and not body else 0.0, size / 1024)


def main() -> None:
    """Print the rows as JSON."""
    post = Post.objects.held_on(today()).filter(role="homeroom", user__demo=True).order_by("user__username")[0]
    visitor = Visitor(post.user)
    mine = list(Child.objects.everywhere(why=WHY).filter(klass=post.klass, left_behind__gt=0).order_by("pk"))
    rng = random.Random(7)
    rng.shuffle(mine)

    def child(n: int) -> str:
        return reverse("child", kwargs={"pk": mine[n % len(mine)].pk})

    def talk(n: int) -> bytes:
        fields = f"id={new_id()}&happened_on={today()}&summary=ok&reason=daily&child={mine[n % len(mine)].pk}"
        return fields.encode()

    rows = [
        measure(visitor, "hello", lambda _n: "/hello/"),
        measure(visitor, "今日 today", lambda _n: reverse("today")),
        measure(visitor, "孩子 list", lambda _n: reverse("children")),
        measure(visitor, "一个孩子 child", child),
        measure(visitor, "班级 matrix", lambda _n: reverse("klass", kwargs={"pk": post.klass_id})),
        measure(
            visitor,
            "记一笔 form",
            lambda n: f"{reverse('record-new', kwargs={'kind': 'talk'})}?child={mine[n % len(mine)].pk}",
        ),
        measure(visitor, "保存 record saved", lambda _n: reverse("record-new", kwargs={"kind": "talk"}), talk),
        measure(visitor, "hello", lambda _n: "/hello/"),
    ]
    json.dump({"files": Child.objects.everywhere(why=WHY).count(), "rows": [asdict(row) for row in rows]}, sys.stdout)


if __name__ == "__main__":
    main()
