"""Fifty teachers at once: python -m bench.load, with SIZE, MINUTES, ALONE, TEACHERS and ENGINES in the environment.

For each engine: a school is filled, the server runs as `oasis up` runs it (granian, two workers). A few teachers warm it up, which is
not counted, so that the one is not flattered by a cold start; then one works alone for ALONE seconds, then all of them.
Prints errors and the p95 of all against the p95 of one (issue 3, part 4: at most 4 times).
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from bench.serve import running
from tools import postgres  # type: ignore[import-not-found]

SIZE, MINUTES = os.environ.get("SIZE", "township"), os.environ.get("MINUTES", "5")
ALONE = int(os.environ.get("ALONE", "120"))
TEACHERS, ENGINES = os.environ.get("TEACHERS", "50"), os.environ.get("ENGINES", "sqlite,postgres")


def main() -> int:
    """Run both engines; give 1 when a request failed."""
    failed = 0
    for engine in ENGINES.split(","):
        with house(engine) as env, running(env) as address:
            work(address, env, 4, 30)
            alone, all_of_them = (
                work(address, env, 1, ALONE),
                work(address, env, int(TEACHERS), round(float(MINUTES) * 60)),
            )
        print(f"\n## {engine}, {SIZE}, {TEACHERS} teachers for {MINUTES} minutes\n")
        print("| page | requests | failed | p50 ms, one | p95 ms, one | p50 ms, all | p95 ms, all | p95 all / one |")
        print("|---|---|---|---|---|---|---|---|")
        for page, row in all_of_them.items():
            failed += int(row["Failure Count"]) if page != "Aggregated" else 0
            print(line(page, row, alone.get(page)))
    return 1 if failed else 0


def line(page: str, row: dict[str, str], one: dict[str, str] | None) -> str:
    """Word one page."""
    before = [one["50%"], one["95%"]] if one else ["-", "-"]
    ratio = f"{float(row['95%']) / float(one['95%']):.1f}" if one else "-"
    told = [page, row["Request Count"], row["Failure Count"], *before, row["50%"], row["95%"], ratio]
    return f"| {' | '.join(told)} |"


@contextmanager
def house(engine: str) -> Iterator[dict[str, str]]:
    """Fill a database and log its homeroom teachers in; give the environment of the server."""
    server = postgres.cluster(postgres.DURABLE) if engine == "postgres" else nullcontext("")
    with server as url, tempfile.TemporaryDirectory(prefix="oasis-load-") as home:
        env = os.environ | {
            "OASIS_HOME": home,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": "src:.:tools",
        }
        env["HOUSE"] = f"{home}/people.json"
        for words in (
            ("bench.tables",),
            ("bench.fill", SIZE, "0"),
            ("bench.people", env["HOUSE"]),
        ):
            subprocess.run([sys.executable, "-m", *words], env=env, check=True)
        yield env


def work(address: str, env: dict[str, str], teachers: int, seconds: int) -> dict[str, dict[str, str]]:
    """Let so many teachers work; give locust's row of each page."""
    with tempfile.TemporaryDirectory() as place:
        words = [
            "-f",
            "bench/teacher.py",
            "--headless",
            "-u",
            str(teachers),
            "-r",
            "10",
            "-t",
            f"{seconds}s",
            "--only-summary",
            "--host",
            address,
            "--csv",
            f"{place}/x",
        ]
        subprocess.run(
            [sys.executable, "-m", "locust", *words, "--loglevel", "ERROR"],
            env=env,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        with Path(f"{place}/x_stats.csv").open(encoding="utf-8") as told:
            return {row["Name"]: row for row in csv.DictReader(told)}


if __name__ == "__main__":
    sys.exit(main())
