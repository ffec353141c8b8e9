"""家长会、家长学校: planned, invited to, signed in, and who was told afterwards (requirements.md B9)."""

from uuid import UUID

from django.db import models

from oasis.children.models.child import Dated
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.people.roles import ArmKind
from oasis.places.models import Klass, School


class ParentMeeting(ScopedModel):
    """A meeting of parents and carers, of a class or, without one, of the school."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "家长会"
        SCHOOL = "school", "家长学校"
        CARERS = "carers", "照护人培训"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    klass = models.ForeignKey(Klass, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    kind = models.CharField("类型", max_length=8, choices=Kind)
    topic = models.CharField("主题", max_length=80)
    on = models.DateField("日期")
    hours = models.CharField("时间", max_length=40, blank=True, help_text="如：下午2:30—4:00")
    room = models.CharField("地点", max_length=60)
    speaker = models.CharField("主讲", max_length=40, blank=True)
    agenda = models.TextField("议程", max_length=1500, blank=True)
    tell_by = models.DateField("没有到会的，最迟哪天告知")
    opinions = models.TextField("家长的意见（不写姓名）", max_length=1500, blank=True)
    summary = models.TextField("小结", max_length=1500, blank=True)
    ended = models.BooleanField(default=False, editable=False)  # signed in to the end: who is not ticked did not come
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["school", "-on"], name="parent_meeting_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tell_by__gte=models.F("on")), name="parent_meeting_in_order",
                violation_error_message="告知的日期不能早于开会日期",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.topic}"

    @classmethod
    def reached(cls, kind: ArmKind, ids: frozenset[UUID]) -> models.Q | None:
        """Whoever leads a class reads its meetings and those of its school."""
        if kind == ArmKind.KLASS:
            schools = Klass.objects.filter(pk__in=ids).values("school")
            return models.Q(klass__in=ids) | models.Q(klass__isnull=True, school__in=schools)
        return super().reached(kind, ids)


class ParentSeat(Dated):
    """One child's family at a meeting: whether somebody came, and who was told afterwards."""

    class Way(models.TextChoices):
        PHONE = "phone", "电话"
        WECHAT = "wechat", "微信"
        VISIT = "visit", "上门"
        FACE = "face", "当面"

    meeting = models.ForeignKey(ParentMeeting, models.CASCADE, related_name="+", editable=False)
    came = models.BooleanField("到会", default=False, editable=False)
    told_on = models.DateField("告知日期", null=True, blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    way = models.CharField("怎样告知的", max_length=8, choices=Way, blank=True)
    words = SealedChar("告诉了谁、对方怎么说", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "child"], name="parent_seat_once")]
        indexes = [models.Index(fields=["school", "child", "told_on"], name="parent_seat_of_child")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.child_id}"
