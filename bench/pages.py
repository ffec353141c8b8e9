"""Times each screen of the main job inside the process: WSGI handler, bare SQL beside it, hello beside both."""

import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

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
from django.utils import timezone

from bench.serve import served
from oasis.children.models import Child
from oasis.kit.dates import today
from oasis.kit.ids import new_id
from oasis.people.models import Post, User
from oasis.records.models import Record

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

    def ask(self, address: str, body: bytes | None = None, *, known: bool = True) -> int:
        """Send one request, without the cookies of a log-in unless `known`; give the size of the answer. Raises AssertionError unless it succeeds."""
        path, _, query = address.partition("?")
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST" if body is not None else "GET", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body or b""), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
            "HTTP_COOKIE": self.cookie if known else "", "HTTP_X_CSRFTOKEN": self.csrf, "CONTENT_LENGTH": str(len(body or b"")),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        answer = self.app(environ, lambda status, headers, exc=None: told.append(status))
        size = sum(len(part) for part in answer)
        answer.close()
        good = ("302", "303") if body is not None else ("200",)
        assert told[0][:3] in good, (address, told[0])
        return size


@dataclass(frozen=True)
class Screen:
    """A page to measure: its address and, where something is sent, the body of the n-th round and what takes it back; `known` is logged in."""

    page: str
    address: Callable[[int], str]
    body: Callable[[int], bytes] | None = None
    known: bool = True
    undo: Callable[[], object] | None = None


def bare(queries: list[dict[str, str]]) -> float:
    """Send the page's SQL again over the driver alone; median microseconds for all of it together."""
    reads = [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith("SELECT")]
    cursor, spent = connection.connection.cursor(), []
    for _n in range(60):
        before = time.perf_counter()
        for sql in reads:
            cursor.execute(sql)
            cursor.fetchall()
        spent.append((time.perf_counter() - before) * 1e6)
    return statistics.median(spent)


def measure(visitor: Visitor, screens: list[Screen], rounds: int = ROUNDS) -> list[Row]:
    """Measure the screens in turns, so that a disturbance of the machine meets all of them alike."""
    spent: dict[str, list[float]] = {screen.page: [] for screen in screens}
    first = {screen.page: _first(visitor, screen) for screen in screens}
    for n in range(rounds):
        for screen in screens:
            address, body = screen.address(n), screen.body(n) if screen.body else None
            before = time.perf_counter()
            visitor.ask(address, body, known=screen.known)
            spent[screen.page].append((time.perf_counter() - before) * 1e6)
            if screen.undo:
                screen.undo()
    return [
        Row(page, statistics.median(times), statistics.quantiles(times, n=20)[-1], *first[page])
        for page, times in spent.items()
    ]


def _first(visitor: Visitor, screen: Screen) -> tuple[int, float, float]:
    """Warm a page up; give its queries besides transaction marks, the time of its bare SQL and its kilobytes."""
    size = 0
    for n in range(3):
        size = visitor.ask(screen.address(n), screen.body(n) if screen.body else None, known=screen.known)
    with CaptureQueriesContext(connection) as seen:
        visitor.ask(screen.address(3), screen.body(3) if screen.body else None, known=screen.known)
    if screen.undo:
        screen.undo()
    sent = [q for q in seen.captured_queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    return len(sent), bare(sent) if sent and not screen.body else 0.0, size / 1024


def _main_job(post: Post, mine: list[Child]) -> list[Screen]:
    begun = timezone.now()

    def take_back() -> None:
        """Leave the children as they were filled: with a talk more each round their pages would grow under the measurement."""
        Record.objects.everywhere(why=WHY).filter(by=post.user, at__gte=begun).delete()

    def child(n: int) -> str:
        return reverse("child", kwargs={"pk": mine[n % len(mine)].pk})

    def form(n: int) -> str:
        return f"{reverse('record-new', kwargs={'kind': 'talk'})}?child={mine[n % len(mine)].pk}"

    def talk(n: int) -> bytes:
        fields = f"id={new_id()}&happened_on={today()}&summary=ok&reason=daily&child={mine[n % len(mine)].pk}"
        return fields.encode()

    return [
        Screen("hello, nobody logged in", lambda _n: "/hello/", known=False),
        Screen("hello, logged in", lambda _n: "/hello/"),
        Screen("今日 today", lambda _n: reverse("today")),
        Screen("孩子 list", lambda _n: reverse("children")),
        Screen("一个孩子 child", child),
        Screen("时间线 timeline", lambda n: reverse("child-records", kwargs={"pk": mine[n % len(mine)].pk})),
        Screen("班级 matrix", lambda _n: reverse("klass", kwargs={"pk": post.klass_id})),
        Screen("记一笔 form", form),
        Screen("保存 record saved", lambda _n: reverse("record-new", kwargs={"kind": "talk"}), talk, undo=take_back),
    ]


def main() -> None:
    """Print the rows as JSON."""
    post = Post.objects.held_on(today()).filter(role="homeroom", user__demo=True).order_by("user__username")[0]
    mine = list(Child.objects.everywhere(why=WHY).filter(klass=post.klass, left_behind__gt=0).order_by("pk"))
    random.Random(7).shuffle(mine)
    visitor, screens = Visitor(post.user), _main_job(post, mine)
    rows = measure(visitor, screens)
    connection.close()
    addresses = {s.page: (s.address(0), visitor.cookie if s.known else "") for s in screens if not s.body}
    rates = served(addresses)
    for row in rows:
        row.per_second = rates.get(row.page, 0.0)
    files = Child.objects.everywhere(why=WHY).count()
    json.dump({"files": files, "children": len(mine), "rows": [asdict(row) for row in rows]}, sys.stdout)


if __name__ == "__main__":
    main()
