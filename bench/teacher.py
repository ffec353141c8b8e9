"""One teacher at work, for locust: looks at what is due, opens files, writes down; never the same pace twice.

The environment gives HOUSE, a JSON file of {"cookie", "csrf", "klass", "children"} for each teacher who logs in.
"""

import itertools
import json
import os
import random
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from locust import HttpUser, between, task

from oasis.kit.ids import new_id

PROBLEM = r'class="[^"]*(?:error|problem|invalid)[^"]*"[^>]*>([^<]{3,60})'
PEOPLE = itertools.cycle(json.loads(Path(os.environ["HOUSE"]).read_text(encoding="utf-8")))


class Teacher(HttpUser):
    """A homeroom teacher with a class."""

    wait_time = between(1, 4)

    def on_start(self) -> None:
        """Be somebody."""
        me: dict[str, Any] = next(PEOPLE)
        self.today_there = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
        self.klass, self.children = me["klass"], me["children"]
        self.client.headers.update({"Cookie": me["cookie"], "X-CSRFToken": me["csrf"]})

    @task(5)
    def today(self) -> None:
        """Look at what is due."""
        self.client.get("/", name="today")

    @task(2)
    def children_of_mine(self) -> None:
        """Look at the list."""
        self.client.get("/children/", name="children")

    @task(4)
    def child(self) -> None:
        """Open a file."""
        self.client.get(f"/children/{random.choice(self.children)}/", name="child")

    @task(2)
    def matrix(self) -> None:
        """Look at the class."""
        self.client.get(f"/klasses/{self.klass}/", name="klass")

    @task(1)
    def search(self) -> None:
        """Find a child by the sound of its name."""
        self.client.post("/children/", {"words": random.choice(("l", "wang", "zh", "陈"))}, name="search")

    @task(6)
    def write(self) -> None:
        """Open the form and write a talk down."""
        child = random.choice(self.children)
        self.client.get("/record/talk/", params={"child": child}, name="record form")
        fields = {"id": str(new_id()), "child": child, "happened_on": self.today_there, "reason": "daily"}
        sent = self.client.post(
            "/record/talk/",
            fields | {"summary": "聊了近况，情绪平稳。"},
            name="record saved",
            allow_redirects=False,
            catch_response=True,
        )
        with sent as answer:
            if answer.status_code != 302:
                answer.failure(f"not saved: {answer.status_code} {re.findall(PROBLEM, answer.text)}")
