"""Let the disk run full under a teacher who writes on: python -m tests.storm.filling. Prints one JSON line.

SQLite is told that its file may grow no further, which gives the same error as a full disk. Uses OASIS_HOME.
"""

import json
from typing import Any
from uuid import UUID

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client

from oasis.kit.dates import today
from oasis.kit.ids import new_id
from oasis.records.models import Record
from tests.storm.killing import WHY, prepared

ROOM, LARGEST = 60, 1_000_000_000


def leave(pages: int) -> None:
    """Let the file grow by so many pages and no more."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0] + pages}")


def act(child: UUID, n: int) -> dict[str, Any]:
    """Give the fields of a long talk."""
    return {
        "id": new_id(),
        "child": child,
        "happened_on": today(),
        "reason": "daily",
        "summary": f"{n} 聊了很久。" * 100,
    }


def fill() -> dict[str, Any]:
    """Write until there is no room, make room, press again."""
    settings.ALLOWED_HOSTS = ["testserver"]
    cookie, _csrf, children = prepared()
    client = Client(raise_request_exception=False, headers={"Cookie": cookie})
    client.cookies.load(cookie)
    leave(ROOM)
    saved, n = [], 0
    while True:
        sent = act(children[n % len(children)], n)
        answer = client.post("/record/talk/", sent)
        if answer.status_code != 302:
            break
        saved.append(sent["id"])
        n += 1
    leave(LARGEST)
    rows = Record.objects.everywhere(why=WHY)
    found = {
        "status": answer.status_code, "page": answer.content.decode(), "saved": len(saved), "kept": rows.filter(pk__in=saved).count(),
        "half": rows.filter(pk=sent["id"]).count(), "again": client.post("/record/talk/", sent).status_code,
    }  # fmt: skip
    return found | {"then": rows.filter(pk=sent["id"]).count()}


if __name__ == "__main__":
    print(json.dumps(fill()))
