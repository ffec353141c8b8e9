"""What every row of the school's own work has: its school, who wrote it, when."""

from django.db import models

from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School


class Own(ScopedModel):
    """A row of a school that concerns no single child; abstract."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True
