"""Run a command with DATABASE_URL pointing at a private PostgreSQL that lives only as long as the command.

python tools/postgres.py pytest -q
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing in this cluster outlives the tests, so it need not survive a power cut.
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=256MB -c max_connections=60"
DURABLE = "-c shared_buffers=512MB -c max_connections=60"  # as a school's own server: the benchmark writes to disk


def binaries() -> Path | None:
    """Give the folder of Debian's newest PostgreSQL server, or of the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def cluster(options: str = SPEED) -> Iterator[str]:
    """Start a PostgreSQL on a free local port and give its address; it is gone afterwards, come what may."""
    folder = binaries()
    if folder is None:
        sys.exit("PostgreSQL is missing: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="oasis-pg-", ignore_cleanup_errors=True) as place:
        data, port = Path(place) / "data", free_port()
        hand_over(Path(place))
        serve(folder / "initdb", "-D", data, "-U", "oasis", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        told = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={place} {options}"
        serve(folder / "pg_ctl", "-D", data, "-w", "-l", f"{place}/log", "-o", told, "start")
        try:
            yield f"postgres://oasis@127.0.0.1:{port}/postgres"
        finally:
            serve(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; it then runs as Debian's postgres, or as nobody."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def hand_over(place: Path) -> None:
    if user := owner():
        os.chown(place, user.pw_uid, user.pw_gid)


def serve(*words: str | Path) -> None:
    user = owner()
    done = subprocess.run(
        [str(word) for word in words],
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a pipe would stay open in the server and never end
        stderr=subprocess.PIPE if "start" not in words else subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{words[0]} failed: {done.stderr or 'see the log in its folder'}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    with cluster() as url:
        return subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
