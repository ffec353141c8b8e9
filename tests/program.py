"""The installed program, run as a school runs it: a process of its own with a data folder of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
PATIENCE = 120


class Oasis:
    """The command line `oasis` with its own OASIS_HOME, on SQLite; `more` goes into its environment."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self.environment = {**os.environ, "OASIS_HOME": str(home), "PYTHONPATH": str(SOURCE), "COLUMNS": "200"} | more
        for name in ("DATABASE_URL", "HOST", "PORT"):
            self.environment.pop(name, None)

    def __call__(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        environment = self.environment | more
        command = self.command(*words)
        return subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=2 * PATIENCE
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command that goes on until it is stopped."""
        out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        return subprocess.Popen(self.command(*words), env=self.environment, text=True, **out)  # type: ignore[call-overload, no-any-return]

    @contextmanager
    def up(self, port: int, *words: str) -> Iterator[subprocess.Popen[str]]:
        """Run the server; it is stopped in the end, come what may."""
        program = self.start("up", "--port", str(port), "--workers", "1", *words)
        try:
            yield program
        finally:
            program.terminate()
            try:
                program.wait(30)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "oasis.config.cli", *words]


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_until(program: subprocess.Popen[str], words: str) -> str:
    """Read what the program prints until these words appear, or it ends."""
    assert program.stdout is not None
    seen, until = "", time.monotonic() + PATIENCE
    while words not in seen and time.monotonic() < until:
        line = program.stdout.readline()
        if not line:
            break
        seen += line
    return seen
