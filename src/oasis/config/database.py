"""From DATABASE_URL to Django's DATABASES, with the settings that design.md 2 fixes for each engine."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
)
PLANNED_AFTER = 2  # times a statement is sent before PostgreSQL keeps its plan (`kit.postgres`)
STATEMENTS = 300  # kept compiled on a connection, where Python keeps 128: a child's page costs 2.9 ms more without them


def database(url: str, home: Path) -> dict[str, Any]:
    """Read sqlite:///path or postgres://user:secret@host:port/name?option=value; empty means home/oasis.sqlite3.

    Raises ValueError for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme in ("", "sqlite"):
        name = parts.path.removeprefix("/") if url else str(home / "oasis.sqlite3")
        return {
            "ENGINE": "oasis.kit.sqlite",
            "NAME": name or ":memory:",
            "CONN_MAX_AGE": None,
            "TEST": {
                "NAME": ":memory:"
            },  # what Django takes anyway; pytest's workers must read it, for they know its own engine only
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": SQLITE_PRAGMAS,
                "cached_statements": STATEMENTS,
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        told = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "oasis.kit.postgres",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or told.get("host", ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"prepare_threshold": None if told.get("plans") == "none" else PLANNED_AFTER},
        }
    raise ValueError(f"DATABASE_URL: unknown scheme {parts.scheme}")
