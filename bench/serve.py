"""Requests per second of a page as the server really runs: granian with two workers, asked by wrk."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from oasis.config.server import THREADS
from tools.postgres import free_port

SECONDS = 4


def served(addresses: dict[str, tuple[str, str]]) -> dict[str, float]:
    """Give the requests per second of each page, from its address and the cookie to send, or nothing where wrk is not installed."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("  wrk is missing (apt-get install wrk): no requests per second", file=sys.stderr)
        return {}
    with running(dict(os.environ)) as root:
        return {page: _rate(wrk, root + address, cookie) for page, (address, cookie) in addresses.items()}


@contextmanager
def running(env: dict[str, str]) -> Iterator[str]:
    """Run the program on a free port; give its address."""
    port = free_port()
    words = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    words += ["--blocking-threads", str(THREADS), "--no-ws"]
    server = subprocess.Popen(
        [sys.executable, *words, "bench.wsgi:application"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=env,
    )
    try:
        root = f"http://127.0.0.1:{port}"
        _wait(root)
        yield root
    finally:
        server.terminate()
        server.wait()


def _wait(root: str) -> None:
    for _n in range(600):  # a busy machine takes its time
        try:
            urllib.request.urlopen(f"{root}/hello/", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    sys.exit("the server did not start")


def _rate(wrk: str, address: str, cookie: str) -> float:
    """Warm both processes up, two at a time so that few word the same queries, then measure; raises SystemExit when answers were not 2xx."""
    for asking, seconds in (("-c2", 2), ("-c16", SECONDS)):
        done = subprocess.run(
            [wrk, "-t1", asking, f"-d{seconds}s", "-H", f"Cookie: {cookie}", address],
            capture_output=True,
            text=True,
            check=True,
        )
    if "Non-2xx" in done.stdout:
        sys.exit(f"{address} did not answer 200:\n{done.stdout}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0
