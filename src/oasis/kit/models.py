"""The data keys of this database, each wrapped by a master key that lies outside it (docs/adr/0006)."""

from django.db import models

from oasis.kit.dates import now


class DataKey(models.Model):
    """A random key that seals cells; kept wrapped. The one with the highest number seals, older ones still open."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    wrapped = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=now)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.number)
