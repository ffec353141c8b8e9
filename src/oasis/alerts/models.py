"""What a person decided about an alert, and a school's own limits; the alerts themselves are computed when asked."""

from django.db import models
from django.db.models import Q

from oasis.children.models.child import Dated
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School


class AlertDecision(Dated):
    """A person took an alert up, or set it aside with a reason until a day. The alert ends itself when its cause is gone."""

    class State(models.TextChoices):
        TAKEN = "taken", "已接手"
        ASIDE = "aside", "已放下"

    signal = models.CharField("预警", max_length=12, editable=False)
    state = models.CharField("处理", max_length=5, choices=State)
    on = models.DateField("日期")
    since_on = models.DateField("预警开始", null=True, editable=False)
    reason = SealedChar("说明", max_length=200, blank=True)
    until_on = models.DateField("放到哪一天", null=True, blank=True)
    ended_on = models.DateField(null=True, editable=False)  # by a later decision

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="taken") | Q(until_on__isnull=False), name="alert_aside_has_end",
                violation_error_message="放下的预警要写明到哪一天",
            ),
            models.UniqueConstraint(
                fields=["child", "signal"], condition=Q(ended_on__isnull=True), name="alert_decided_once",
                violation_error_message="这条预警刚有人处理过，请刷新页面",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["school", "child", "signal"], name="alert_of_child")]

    def __str__(self) -> str:
        return f"{self.signal} {self.state}"


class AlertSetting(ScopedModel):
    """What a school has set for one signal; no row means the usual limit."""

    class State(models.TextChoices):
        ON = "on", "启用"
        OFF = "off", "停用"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+", editable=False)
    signal = models.CharField("预警", max_length=12, editable=False)
    state = models.CharField(max_length=3, choices=State, default=State.ON)
    limit = models.PositiveSmallIntegerField("到多少提醒")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "signal"], name="alert_set_once")]

    def __str__(self) -> str:
        return f"{self.signal} {self.limit}"
