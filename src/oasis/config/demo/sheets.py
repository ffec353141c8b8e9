"""Rows waiting for the database: the demo is drawn in memory, school by school, and stored in bulk."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from django.db import models

from oasis.people.models import ConsentText, User
from oasis.places.models import Klass, School, Term

BATCH = 2000


@dataclass
class Rows:
    """Rows by table, in the order in which the tables were first used."""

    tables: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: models.Model) -> None:
        """Keep one row."""
        self.tables[type(row)].append(row)

    def store(self) -> int:
        """Write everything and forget it; gives the number of rows."""
        stored = 0
        for model, rows in self.tables.items():
            model._default_manager.bulk_create(rows, batch_size=BATCH)
            stored += len(rows)
        self.tables.clear()
        return stored


@dataclass
class Stage:
    """One school of the demo while it is being drawn."""

    random: Random
    on: date
    school: School
    rows: Rows = field(default_factory=Rows)
    terms: list[Term] = field(default_factory=list)
    klasses: list[Klass] = field(default_factory=list)
    staff: dict[str, list[User]] = field(default_factory=lambda: defaultdict(list))
    homeroom: dict[object, User] = field(default_factory=dict)
    loads: Counter[User] = field(default_factory=Counter)  # children each member of staff helps
    planted: list[tuple[UUID, str]] = field(
        default_factory=list
    )  # whom a trouble was given, and the signal that finds it
    drawn: list[Any] = field(default_factory=list)  # the children drawn so far
    serial: int = 0
    text: ConsentText = field(init=False)

    def next_serial(self) -> int:
        """Count persons and phones up, for numbers that are not drawn twice."""
        self.serial += 1
        return self.serial
