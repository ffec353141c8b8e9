"""Two entries of one person brought together, step by step, so that it can be undone."""

from typing import ClassVar

from django.db import models

from oasis.children.models.care import Person
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedJSON
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School


class Merging(ScopedModel):
    """One merger: who stays, whose entry went into it, and each value it changed. Leaders alone reach it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="+")
    on = models.DateField("合并日期")
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    steps = SealedJSON(default=list)  # table, row, column, old, new
    undone_at = models.DateTimeField(null=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school"}

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="merging_of_school")]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
