"""Install what the suite needs from Debian, and say so: Chromium, PostgreSQL, LibreOffice, fonts, poppler."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path

from postgres import binaries

NEEDS: dict[str, Callable[[], object]] = {
    "chromium": lambda: os.environ.get("OASIS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"),
    "postgresql": binaries,
    "libreoffice-writer": lambda: shutil.which("soffice"),
    "libreoffice-calc": lambda: Path("/usr/lib/libreoffice/program/libsclo.so").exists(),
    "libatomic1": lambda: find_library("atomic"),  # playwright's node
    "poppler-utils": lambda: shutil.which("pdftoppm"),
    "fonts-noto-cjk": lambda: Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
}


def prepare() -> list[str]:
    """Give the names of the Debian packages that had to be installed now."""
    missing = [package for package, found in NEEDS.items() if not found()]
    if not missing:
        return []
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        sys.exit(
            f"The tests need: {', '.join(missing)}.\nAs root: apt-get update && apt-get install {' '.join(missing)}"
        )
    print(f"installing from Debian: {', '.join(missing)}", flush=True)
    apt("update")
    apt("install", "--yes", "--no-install-recommends", *missing)
    return missing


def apt(*words: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *words]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}")


if __name__ == "__main__":
    print(f"installed: {', '.join(prepare()) or 'nothing'}")
