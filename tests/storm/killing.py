"""Kill the server again and again while clients write, then count: python -m tests.storm.killing TIMES [restart].

Uses OASIS_HOME and DATABASE_URL, which must point at an empty database. The server is the program itself (the WSGI application, a
thread a request) in a process of its own, killed with SIGKILL after a twentieth to half a second of life. Clients behave as
the screens do: they make the id, and ask again with the same id until they are told that it is saved. With `restart` the
server lives and PostgreSQL is restarted under it instead. Prints one JSON line.
"""

import json
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from multiprocessing import Event, Process
from multiprocessing.synchronize import Event as Flag
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.middleware.csrf import _get_new_csrf_string

from oasis.children.models import Child
from oasis.config import demo
from oasis.config.laying import lay
from oasis.kit.dates import today
from oasis.kit.ids import new_id
from oasis.people.models import Post, Trail, User
from oasis.people.trail import broken
from oasis.records.models import Record
from tools import postgres

WHY = "a test counts what the storm left"
CLIENTS = 4
GRACE = 60  # seconds a client goes on asking after the storm


class Server(ThreadingMixIn, WSGIServer):
    """A thread a request, as many clients as come."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_words: Any) -> None:
        """Stay silent."""


@dataclass
class Told:
    """What the clients were told: acts acknowledged and all acts tried, with the number of children; odd answers."""

    saved: dict[UUID, int] = field(default_factory=dict)
    tried: dict[UUID, int] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    cut: int = 0


def serve(port: int) -> None:
    """Be the server."""
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115  until the process is killed
    server = Server(("127.0.0.1", port), Quiet)
    server.set_app(get_wsgi_application())
    server.serve_forever()


def keep_killing(port: int, kills: int, over: Flag, done: Flag) -> None:
    """Start the server and kill it, so many times; then let it live until `done`."""
    get_wsgi_application()
    rng = random.Random(1)
    for _n in range(kills):
        server = Process(target=serve, args=(port,))
        server.start()
        time.sleep(0.05 + rng.random() * 0.4)
        os.kill(server.pid or 0, signal.SIGKILL)
        server.join()
    over.set()
    _live(port, done)


def keep_restarting(port: int, times: int, over: Flag, done: Flag) -> None:
    """Let the server live, and restart its PostgreSQL so many times, by turns in order and by force."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
    connections.close_all()
    server = Process(target=serve, args=(port,))
    server.start()
    for n in range(times):
        time.sleep(1)
        way = "immediate" if n % 2 else "fast"
        postgres.serve(postgres.binaries() / "pg_ctl", "-D", folder, "-m", way, "-w", "-l", f"{folder}/log", "restart")
    over.set()
    done.wait()
    server.kill()


def _live(port: int, done: Flag) -> None:
    server = Process(target=serve, args=(port,))
    server.start()
    done.wait()
    server.kill()


def write_on(port: int, cookie: str, csrf: str, children: list[UUID], seed: int, told: Told, over: Flag) -> None:
    """Be one client: acts for one child or three, each asked for until it is acknowledged."""
    rng = random.Random(seed)
    while not over.is_set():
        act, whom = new_id(), rng.sample(children, rng.choice((1, 1, 3)))
        told.tried[act] = len(whom)
        fields = [("id", act), ("happened_on", today()), ("summary", f"风浪{act}"), ("reason", "daily")]
        body = urlencode([*fields, *(("child", child) for child in whom)])
        until = time.monotonic() + GRACE
        while time.monotonic() < until:
            status = _ask(port, cookie, csrf, body)
            if status in (302, 303):
                told.saved[act] = len(whom)
                break
            told.cut += status is None
            if status not in (None, 503):
                told.odd.append(str(status))
            time.sleep(0.02)
        else:
            told.odd.append("never answered")


def _ask(port: int, cookie: str, csrf: str, body: str) -> int | None:
    heads = {"Cookie": cookie, "X-CSRFToken": csrf, "Content-Type": "application/x-www-form-urlencoded"}
    talk = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        talk.request("POST", "/record/talk/", body, heads)
        return talk.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        talk.close()


def prepared() -> tuple[str, str, list[UUID]]:
    """Fill the database; give cookie and token of a homeroom teacher and the children of the class."""
    lay()
    demo.build("village")
    post = Post.objects.held_on(today()).filter(role="homeroom", user__demo=True).order_by("user__username")[0]
    session, csrf = SessionStore(), _get_new_csrf_string()
    user: User = post.user
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={csrf}"
    mine = Child.objects.everywhere(why=WHY).filter(klass=post.klass, state="here").values_list("pk", flat=True)
    return cookie, csrf, list(mine)


def counted(told: Told) -> dict[str, Any]:
    """Look at what is there: every acknowledged act whole and once, none half, one trail line an act, the chain unbroken."""
    rows: dict[UUID, int] = {}
    for record in Record.objects.everywhere(why=WHY).filter(kind="talk", happened_on=today()):
        if record.summary.startswith("风浪"):  # sealed in the table, so it is read here
            act = UUID(record.summary.removeprefix("风浪"))
            rows[act] = rows.get(act, 0) + 1
    lines = Trail.objects.everywhere(why=WHY).filter(deed="record.write")
    noted = set(lines.values_list("subject", flat=True))
    return {
        "acknowledged": len(told.saved), "tried": len(told.tried), "cut": told.cut, "odd": sorted(set(told.odd)),
        "lost": sum(1 for act in told.saved if act not in rows),
        "wrong": sum(1 for act, count in rows.items() if count != told.tried.get(act)),
        "untraced": sum(1 for act in rows if str(act) not in noted and not _noted_by_row(act, noted)),
        "broken": _broken(),
    }  # fmt: skip


def _broken() -> int:
    lines = Trail.objects.everywhere(why=WHY)
    schools = lines.order_by().values_list("school_key", flat=True).distinct()
    return sum(len(list(broken(lines.filter(school_key=school)))) for school in schools)


def _noted_by_row(act: UUID, noted: set[str]) -> bool:
    """Tell whether the trail names a row of the act instead of the act."""
    found = Record.objects.everywhere(why=WHY).filter(group=act).values_list("pk", flat=True)
    return any(str(pk) in noted for pk in found)


def storm(blows: int, keeper: Callable[[int, int, Flag, Flag], None]) -> dict[str, Any]:
    """Let the storm blow and count what it left."""
    cookie, csrf, children = prepared()
    connections.close_all()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    over, done, told = Event(), Event(), Told()
    keeping = Process(target=keeper, args=(port, blows, over, done))
    keeping.start()
    clients = [
        threading.Thread(target=write_on, args=(port, cookie, csrf, children, seed, told, over))
        for seed in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    done.set()
    keeping.join()
    return counted(told) | {"blows": blows}


if __name__ == "__main__":
    print(json.dumps(storm(int(sys.argv[1]), keep_restarting if "restart" in sys.argv else keep_killing)))
