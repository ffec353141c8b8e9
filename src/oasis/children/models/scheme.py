"""A school's own scheme for proposing levels of care (requirements.md A6)."""

from django.db import models
from django.db.models import F, Q

from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School


class RiskScheme(ScopedModel):
    """Points and limits a school has set; appended, the latest counts, so that an old proposal can be explained."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+", editable=False)
    points = models.JSONField(default=dict)  # code of a factor: points, 0 for not counted
    high = models.PositiveSmallIntegerField("高度关注：不少于几分")
    key = models.PositiveSmallIntegerField("重点帮扶：不少于几分")
    watch = models.PositiveSmallIntegerField("一般关注：不少于几分")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(high__gt=F("key")) & Q(key__gt=F("watch")) & Q(watch__gt=0),
                name="scheme_in_order",
                violation_error_message="分数线要从高到低：高度关注、重点帮扶、一般关注",
            )
        ]

    def __str__(self) -> str:
        return f"{self.high}/{self.key}/{self.watch}"
