"""The whole suite: on SQLite, then on a PostgreSQL of its own, then the stories in a real browser."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from machine import prepare
from postgres import cluster

ROOT = Path(__file__).resolve().parent.parent
PARALLEL = ("-n", os.environ.get("OASIS_TEST_WORKERS", str(os.cpu_count() or 2)), "--dist", "worksteal")
APART = "--ignore=tests/browser"


@dataclass(frozen=True)
class Part:
    name: str
    good: bool
    passed: int
    failed: int
    skipped: int
    seconds: float


def main() -> int:
    installed = prepare()
    print(f"installed for the tests: {', '.join(installed) or 'nothing'}", flush=True)
    with tempfile.TemporaryDirectory(prefix="oasis-test-") as home:
        os.environ["OASIS_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        parts = [part("SQLite", APART, *PARALLEL)]
        with cluster() as url:
            parts.append(part("PostgreSQL", APART, "-m", "not program and not once", *PARALLEL, DATABASE_URL=url))
        parts.append(part("browser", "tests/browser"))
    for one in parts:
        print(f"{one.name}: {one.passed} passed, {one.failed} failed, {one.skipped} skipped in {one.seconds:.0f} s")
    total = [sum(counts) for counts in zip(*((one.passed, one.failed, one.skipped) for one in parts), strict=True)]
    print("{} passed, {} failed, {} skipped".format(*total), flush=True)
    return 0 if all(one.good for one in parts) else 1


def part(name: str, *options: str, **environment: str) -> Part:
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    report = Path(os.environ["OASIS_HOME"]) / f"{name}.xml"
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "--no-header", f"--junitxml={report}", *options]
    code = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, stdin=subprocess.DEVNULL, check=False
    ).returncode
    return counted(name, code, report, time.monotonic() - started)


def counted(name: str, code: int, report: Path, seconds: float) -> Part:
    if not report.is_file():  # pytest itself did not come up
        return Part(name, good=False, passed=0, failed=1, skipped=0, seconds=seconds)
    sums = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        sums = {key: value + int(suite.get(key, "0")) for key, value in sums.items()}
    failed = sums["failures"] + sums["errors"]
    good = code == 0 and sums["tests"] > sums["skipped"]
    return Part(name, good, sums["tests"] - failed - sums["skipped"], failed, sums["skipped"], seconds)


if __name__ == "__main__":
    sys.exit(main())
