"""A school's own cadence of a duty, and a child's exception from one."""

from django.db import models
from django.db.models import F, Q

from oasis.children.models.child import Dated
from oasis.children.populations import POPULATIONS
from oasis.duties.catalogue import DUTIES
from oasis.duties.rounds import ROUNDS
from oasis.kit.ids import new_id
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School

CODES = [(duty.code, duty.label) for duty in DUTIES]
DAILY = [(one.code, one.label) for one in ROUNDS]


class DutySetting(ScopedModel):
    """What a school has set for one duty; an empty value means the usual one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+", editable=False)
    duty = models.CharField("事项", max_length=20, choices=[*CODES, *DAILY], editable=False)
    on = models.BooleanField("启用", default=True)
    every = models.PositiveSmallIntegerField("间隔", null=True, blank=True)
    grace = models.PositiveSmallIntegerField("提前提醒（上课日）", null=True, blank=True)
    whom = models.CharField(
        "对象", max_length=24, blank=True, choices=[(population.code, population.label) for population in POPULATIONS]
    )
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "duty"], name="duty_set_once")]

    def __str__(self) -> str:
        return self.get_duty_display()


class Waiver(Dated):
    """A child's exception from a duty, with the reason, its author and its end."""

    duty = models.CharField("事项", max_length=20, choices=CODES)
    reason = models.CharField("原因", max_length=120, help_text="例如：母亲已经返乡，每天在家")
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True, blank=True, help_text="留空表示一直有效，直到有人取消")

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="waiver_ends_after_start",
                violation_error_message="结束日期不能早于开始日期",
            )
        ]
        indexes = [models.Index(fields=["school", "child", "duty"], name="waiver_of_child")]

    def __str__(self) -> str:
        return self.get_duty_display()
