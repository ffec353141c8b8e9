"""Ask the public lists of known holes about everything that is locked: pip-audit and npm audit (issue 3, part 5).

A hole fails the check. A list that cannot be reached is said so and fails only with AUDIT=strict: a school's own machine, and
some build machines, have no way out.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from assets import npm

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


def main() -> int:
    """Tell what was found, one line a hole."""
    holes: list[str] = []
    unasked: list[str] = []
    for lock in LOCKS:
        _python(lock, holes, unasked)
    _node(holes, unasked)
    for line in sorted(set(holes)):
        print(f"known hole: {line}")
    for line in unasked:
        print(f"not asked: {line}")
    if holes or (unasked and os.environ.get("AUDIT") == "strict"):
        return 1
    print("no known hole" if not unasked else "no known hole in what could be asked")
    return 0


def _python(lock: str, holes: list[str], unasked: list[str]) -> None:
    words = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        lock,
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "-f",
        "json",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    told = _json(done.stdout)
    if told is None:
        unasked.append(f"{lock}: the list of PyPI cannot be reached")
        return
    skipped = 0
    for one in told["dependencies"]:
        skipped += "skip_reason" in one
        holes += [f"{one['name']} {one['version']}: {hole['id']}" for hole in one.get("vulns", ())]
    if skipped:
        unasked.append(
            f"{lock}: {skipped} of {len(told['dependencies'])} packages are not on the list that can be reached"
        )


def _node(holes: list[str], unasked: list[str]) -> None:
    told = _json(npm("audit", "--json", "--package-lock-only", stderr=subprocess.DEVNULL))
    if told is None or "vulnerabilities" not in told:
        unasked.append("package-lock.json: the list of npm cannot be reached")
        return
    holes += [f"npm {name}: {one['severity']}" for name, one in told["vulnerabilities"].items()]


def _json(text: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        return None
    return found


if __name__ == "__main__":
    sys.exit(main())
