"""make bench: fill databases of several sizes on both engines, measure the main screens, print one table.

python -m bench [--sizes village,county,decade] [--engines sqlite,postgres] [--records N] [--fresh]
"""

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psycopg

from tools import postgres  # type: ignore[import-not-found]

PLACE = Path("var/bench")


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(prog="bench")
    asked.add_argument("--sizes", default="village,county")
    asked.add_argument("--engines", default="sqlite,postgres")
    asked.add_argument("--records", type=int, default=15_000_000)
    asked.add_argument("--fresh", action="store_true")
    choice = asked.parse_args()
    for engine in choice.engines.split(","):
        results = {}
        with postgres.cluster(postgres.DURABLE) if engine == "postgres" else nullcontext("") as server:
            for size in choice.sizes.split(","):
                with database(engine, size, server, choice) as env:
                    results[size] = json.loads(run("bench.pages", env=env))
        print(f"\n## {engine}\n\n{table(results)}\n")


@contextmanager
def database(engine: str, size: str, server: str, choice: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Give the environment of a filled database; a SQLite file is kept for the next run."""
    home = PLACE / f"{engine}-{size}"
    home.mkdir(parents=True, exist_ok=True)
    env = os.environ | {
        "OASIS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": "src:.",
        "DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{size}" if server else "",
    }  # fmt: skip
    if choice.fresh:
        (home / "oasis.sqlite3").unlink(missing_ok=True)
    if server or not (home / "filled").exists() or choice.fresh:
        begin(home, engine, size, server)
        run("bench.tables", env=env)
        run("bench.fill", size, str(choice.records), env=env)
        (home / "filled").touch()
    yield env


def begin(home: Path, engine: str, size: str, server: str) -> None:
    """Lay a copy of the county's database under the decade, with the keys its cells are sealed with; else an empty one."""
    county = PLACE / f"{engine}-county"
    grown = size == "decade" and (county / "filled").exists() and (not server or made(server, "county"))
    if grown:
        shutil.copytree(county, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns("filled"))
    if server:
        words = (size, "county") if grown else (size,)
        run("bench.make", *words, env=os.environ | {"PYTHONPATH": "src:.", "SERVER": server})


def made(server: str, name: str) -> bool:
    """Tell whether this run of the server has the database: it is gone with the server, its folder stays."""
    with psycopg.connect(server) as asked:
        return asked.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def run(module: str, *words: str, env: dict[str, str]) -> str:
    """Run one of our modules in its own process and give what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def table(results: dict[str, Any]) -> str:
    """Lay sizes side by side: median, p95, ratio to hello in process and served, to the bare SQL, queries; the growth."""
    sizes = list(results)
    heads = [f"{size}, {results[size]['files']:,} files, class of {results[size]['children']}" for size in sizes]
    lines = [
        "Each cell: median / p95 µs in process; times hello in process and served, first hello with nobody logged in, then logged"
        " in; requests per second; times its bare SQL; queries with session, user and scope.\n",
        f"| page | {' | '.join(heads)} | exponent |",
        "|---" * (len(sizes) + 2) + "|",
    ]
    for n, first in enumerate(results[sizes[0]]["rows"]):
        cells = [cell(results[size]["rows"][n], results[size]["rows"][:2]) for size in sizes]
        lines.append(f"| {first['page']} | {' | '.join(cells)} | {exponent(results, sizes, n)} |")
    return "\n".join(lines)


def cell(row: dict[str, Any], hellos: list[dict[str, Any]]) -> str:
    """Word one measurement."""
    inside = " / ".join(f"{row['median'] / hello['median']:.1f}" for hello in hellos)
    rates = " / ".join(f"{hello['per_second'] / row['per_second']:.1f}" for hello in hellos if row["per_second"])
    sql = f"{row['median'] / row['sql']:.1f}" if row["sql"] else "-"
    times = f"{row['median']:.0f} / {row['p95']:.0f}"
    return f"{times}; {inside}; {rates or '-'}; {row['per_second']:.0f}/s; {sql}; {row['queries']}"


def exponent(results: dict[str, Any], sizes: list[str], n: int) -> str:
    """Give ln(t2/t1) / ln(N2/N1) between the two largest sizes."""
    if len(sizes) < 2:
        return "-"
    small, large = results[sizes[-2]], results[sizes[-1]]
    grown = math.log(large["files"] / small["files"])
    return f"{math.log(large['rows'][n]['median'] / small['rows'][n]['median']) / grown:.2f}" if grown > 0.1 else "-"


if __name__ == "__main__":
    main()
