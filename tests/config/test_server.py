"""The program as it runs at a school: it starts, answers, says when the port is taken, and stops."""

import signal
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest

from oasis.config.server import names_of
from tests.program import PATIENCE, Oasis, free_port, read_until

pytestmark = pytest.mark.program


def test_oasis_starts_answers_and_stops_without_leaving_anyone_behind(tmp_path: Path) -> None:
    oasis, port = Oasis(tmp_path), free_port()
    with oasis.up(port) as program:
        told = read_until(program, "Ctrl-C")
        assert f"http://localhost:{port}/" in told
        assert "oasis init" in told, "an empty database says what to do first"
        assert urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=10).status == 200
        with oasis.up(port) as second:
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
