"""The program as it runs at a school: it starts, answers, says when the port is taken, and stops."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from oasis.config.server import names_of

SOURCE = Path(__file__).resolve().parents[2] / "src"
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "OASIS_HOME": str(home), "PYTHONPATH": str(SOURCE)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "oasis.config.cli", "up", "--port", str(port), "--workers", "1"]
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    try:
        yield program
    finally:
        if program.poll() is None:
            program.kill()
        program.wait()


def read_until(program: subprocess.Popen[str], words: str) -> str:
    assert program.stdout is not None
    seen, until = "", time.monotonic() + PATIENCE
    while words not in seen and time.monotonic() < until:
        line = program.stdout.readline()
        if not line:
            break
        seen += line
    return seen


def test_oasis_starts_answers_and_stops_without_leaving_anyone_behind(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port) as program:
        told = read_until(program, "Ctrl-C")
        assert f"http://localhost:{port}/" in told
        assert "oasis init" in told, "an empty database says what to do first"
        assert urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=10).status == 200
        with running(tmp_path, port) as second:
            assert "已被别的程序占用" in read_until(second, "占用")
            assert second.wait(PATIENCE) == 1
        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_server_open_to_the_network_answers_to_the_addresses_of_the_machine() -> None:
    assert names_of("127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]
    assert names_of("oasis.example")[-1] == "oasis.example"
    assert socket.gethostname() in names_of("0.0.0.0")
    assert "*" not in names_of("0.0.0.0")
