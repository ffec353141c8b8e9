"""Boarding: houses, rooms, who sleeps in which bed, the checks of a night, leave, visitors, who may fetch a child (domain.md 2.17)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from oasis.children.models.child import Dated
from oasis.kit import codes
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School

WHOLE = {"school": "school", "boarders": "school"}  # the house itself, not the children in it


class House(ScopedModel):
    """A boarding house."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    name = models.CharField("宿舍楼", max_length=20, help_text="如：女生楼、一号楼")
    sex = models.CharField("住的是", max_length=1, choices=codes.Sex, blank=True)

    scope_paths: ClassVar[dict[str, str]] = WHOLE

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], name="house_once", violation_error_message="这栋楼已经有了"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DormRoom(ScopedModel):
    """A room with its number of beds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    house = models.ForeignKey(House, models.CASCADE, related_name="+", editable=False)
    name = models.CharField("房号", max_length=10)
    beds = models.PositiveSmallIntegerField("床位", default=8)

    scope_paths: ClassVar[dict[str, str]] = WHOLE

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"], name="dorm_room_once", violation_error_message="这个房号已经有了"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BedStay(Dated):
    """Which bed a child sleeps in, from a day to a day."""

    room = models.ForeignKey(DormRoom, models.PROTECT, related_name="+", editable=False)
    bed = models.PositiveSmallIntegerField("床号")
    head = models.BooleanField("室长", default=False)
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True, blank=True)

    class Meta:
        ordering = ["bed"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_on__isnull=True), name="one_bed_a_child"),
            models.UniqueConstraint(
                fields=["room", "bed"],
                condition=Q(to_on__isnull=True),
                name="one_child_a_bed",
                violation_error_message="这张床已经有人了",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.bed}"


class NightCheck(ScopedModel):
    """A roll call or a round of a house in one night; the night belongs to the day on which it begins."""

    class Turn(models.TextChoices):
        CALL = "call", "晚点名"
        FIRST = "first", "第一次巡夜"
        SECOND = "second", "第二次巡夜"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    house = models.ForeignKey(House, models.PROTECT, related_name="+", editable=False)
    on = models.DateField("日期")
    turn = models.CharField("班次", max_length=6, choices=Turn)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField("结束时间", null=True, editable=False)
    safe = models.BooleanField("门窗水电都查过", default=False)
    note = SealedChar("交班留言", max_length=200, blank=True)

    scope_paths: ClassVar[dict[str, str]] = WHOLE

    class Meta:
        ordering = ["-on", "-at"]
        constraints = [models.UniqueConstraint(fields=["house", "on", "turn"], name="night_check_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.turn}"


class BedMark(Dated):
    """What was seen at one bed in one check."""

    class State(models.TextChoices):
        IN = "in", "在"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "不在"

    class Care(models.TextChoices):
        FEVER = "fever", "发热"
        UNWELL = "unwell", "不舒服"
        CRYING = "crying", "哭闹"
        QUILT = "quilt", "盖被"
        QUARREL = "quarrel", "争吵"
        CLINIC = "clinic", "送医"

    check_of = models.ForeignKey(NightCheck, models.CASCADE, related_name="+", editable=False)
    state = models.CharField("在不在", max_length=6, choices=State)
    care = models.CharField("照看", max_length=8, choices=Care, blank=True)
    record = models.UUIDField(null=True, editable=False)  # what stands on the child's timeline; a plain id

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "child"], name="bed_marked_once")]

    def __str__(self) -> str:
        return f"{self.state} {self.care}"


class HomeLeave(Dated):
    """A boarder away from the house: why, fetched by whom, agreed to by whom, home and back when."""

    class Reason(models.TextChoices):
        WEEKEND = "weekend", "周末、放假回家"
        ILL = "ill", "生病"
        FAMILY = "family", "家里有事"
        OTHER = "other", "其他"

    reason = models.CharField("事由", max_length=8, choices=Reason, default=Reason.WEEKEND)
    words = SealedChar("说明", max_length=120, blank=True)
    fetched_by = SealedChar("接走的人", max_length=40)
    relation = models.CharField("与孩子关系", max_length=20, blank=True)
    checked = SealedChar("怎样核实的", max_length=80, blank=True)
    approver = models.CharField("准假的老师", max_length=40, blank=True)
    left_at = models.DateTimeField("离校时间")
    due_at = models.DateTimeField("应当返校")
    home_at = models.DateTimeField("到家确认", null=True, blank=True, editable=False)
    back_at = models.DateTimeField("返校时间", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-left_at"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(back_at__isnull=True), name="one_leave_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.left_at}"


class Collector(Dated):
    """Somebody outside the household whom the guardian lets fetch the child."""

    name = SealedChar("姓名", max_length=40)
    relation = models.CharField("与孩子关系", max_length=20)
    phone = SealedChar("电话", max_length=30, blank=True)
    agreed = SealedChar("谁同意的", max_length=60, help_text="哪位监护人、怎样同意的，如：父亲电话同意")
    to_on = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return self.relation


class Visitor(Dated):
    """Somebody who came to see a boarder."""

    name = SealedChar("来访人", max_length=40)
    relation = models.CharField("与孩子关系", max_length=20)
    id_tail = SealedChar("证件末四位", max_length=4, blank=True)
    why = SealedChar("事由", max_length=80)
    came_at = models.DateTimeField(default=now, editable=False)
    went_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-came_at"]

    def __str__(self) -> str:
        return f"{self.came_at}"


class Missing(Dated):
    """A boarder not found at night: the search that the law asks for (预防未成年人犯罪法 35)."""

    last_seen = SealedChar("最后在哪里见到", max_length=200, blank=True)
    found_at = models.DateTimeField(null=True, editable=False)
    result = SealedChar("怎样找到的，现在怎样", max_length=300, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(found_at__isnull=True), name="one_search_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.at}"


class MissingStep(Dated):
    """A step of the search, taken when and by whom."""

    missing = models.ForeignKey(Missing, models.CASCADE, related_name="+", editable=False)
    step = models.CharField(max_length=10)
    words = SealedChar("情况", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["missing", "step"], name="missing_step_once")]

    def __str__(self) -> str:
        return self.step
