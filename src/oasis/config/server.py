"""Runs the web server and the worker as two children, watches them, and stops both when asked to."""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings

from oasis.kit import backups
from oasis.kit.dates import now

LOG = logging.getLogger("oasis.server")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PATIENCE = 15.0
PROBE = "vendor/htmx/htmx.min.js"
THREADS = 4  # a process; each keeps one connection to the database
NIGHTLY = ("oasis.config.vault.nightly",)
SETTLED = float(os.environ.get("OASIS_BACKUP_AFTER", "120"))  # seconds after the start before the first look
WORKER = ("oasis.config.manage", "db_worker", "--no-startup-delay", "--verbosity", "0")


class PortTaken(RuntimeError):
    """Another program listens where Oasis was told to."""


class _Stop(Exception):
    """The person or the system asked for the end."""


def serve(host: str, port: int, *, workers: int, ready: Callable[[], None]) -> int:
    """Run until Ctrl-C, SIGTERM or the server's own end; give the exit code. Calls `ready` once pages are answered."""
    _must_be_free(host, port)
    settings.STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise wants the folder, though it serves from the package
    os.environ.setdefault("OASIS_HOSTS", ",".join(names_of(host)))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(_child(*_web(host, port, workers)))
        children.append(_child(*WORKER))
        if _answers(host, port, children[0]):
            ready()
        return _watch(children)
    except _Stop:
        return 0
    finally:
        _end(children)


def names_of(host: str) -> list[str]:
    """Give the host names under which requests may come; a server open to the school's network knows its addresses."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in LOOPBACK:
        return names
    if host not in ("0.0.0.0", "::"):  # noqa: S104
        return [*names, host]
    own = socket.gethostname()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(own, None, socket.AF_INET)}
    except OSError:
        found = set()
    return [*names, own, *sorted({*found, _outward()} - {"127.0.0.1", ""})]


def _outward() -> str:
    """Give the address of the card that leads out; connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(str(error)) from error


def _web(host: str, port: int, workers: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    limits = ["--blocking-threads", str(THREADS), "--workers-kill-timeout", "10", "--respawn-failed-workers"]
    return ["granian", *options, *limits, "--log-level", "warning", "--no-ws", "oasis.config.wsgi:application"]


def _child(module: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a module in a session of its own, so that Ctrl-C reaches only the parent, which then ends it in order."""
    setpriv = shutil.which("setpriv")  # Linux: the child also ends if the parent is killed outright
    before = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
    command = [*before, sys.executable, "-m", module, *words]
    return subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603


def _answers(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers anything at all; give up when it has ended."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    while server.poll() is None:
        try:
            urlopen(f"http://{shown}:{port}{settings.STATIC_URL}{PROBE}", timeout=5).close()
            return True
        except HTTPError:
            return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait for the server's end; a worker that ended is started again."""
    server, worker = children
    look = time.monotonic() + SETTLED
    while server.poll() is None:
        time.sleep(0.5)
        if time.monotonic() > look:
            look = time.monotonic() + 30
            _back_up(children)
        if worker.poll() is not None:
            LOG.error("the worker ended with %s and is started again", worker.returncode)
            time.sleep(3)
            worker = children[1] = _child(*WORKER)
    return server.returncode or 1


def _back_up(children: list[subprocess.Popen[bytes]]) -> None:
    """Start a backup when one is due and none is running; a folder out of reach never ends the program."""
    for ended in [child for child in children[2:] if child.poll() is not None]:
        children.remove(ended)
    try:
        if len(children) == 2 and backups.state(settings.OASIS_BACKUPS).due(now()):
            children.append(_child(*NIGHTLY))
    except OSError:
        LOG.exception("no look at the backups; tried again in half a minute")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
