"""The version of the static files, for their address: a browser keeps what it has for as long as nothing changed."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

WHOLE = 1 << 20  # a file up to this size counts by its content, a larger one (a font) by its size
OTHERS = ("django", "django-allauth", "django-htmx")  # whose own files the pages load too


def version_of(folder: Path, others: Iterable[str] = OTHERS) -> str:
    """Give twelve signs that change whenever a static file does."""
    seal = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in others).encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz"):
        size = path.stat().st_size
        seal.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        if size <= WHOLE:
            seal.update(path.read_bytes())
    return seal.hexdigest()[:12]
