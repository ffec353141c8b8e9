"""Figures of a closed term, kept as they stood."""

from django.db import models

from oasis.kit.ids import new_id
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School, Term


class Snapshot(ScopedModel):
    """A school's term as it was closed: the numbers, and the facts they were counted from, by id and without a name.

    It never changes. A correction is a further snapshot with its reason; the newest holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    on = models.DateField("统计日")
    at = models.DateTimeField("结账时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("更正原因", max_length=120, blank=True)
    values = models.JSONField()  # place code -> figure code -> value; never filtered on
    facts = models.BinaryField()  # the sources, packed

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["term", "number"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.term_id} {self.number}"
