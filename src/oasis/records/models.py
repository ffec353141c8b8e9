"""Records, their earlier versions, and the sealed text of confidential ones."""

from typing import ClassVar

from django.db import models

from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar, SealedJSON, SealedText
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School
from oasis.records.reporting.models import (
    MandatoryReport,
    ReportDeadline,
    ReportNamed,
    ReportRecord,
    ReportStep,
    ReportWording,
    ReportWords,
)

__all__ = [
    "MandatoryReport",
    "Record",
    "ReportDeadline",
    "ReportNamed",
    "ReportRecord",
    "ReportStep",
    "ReportWording",
    "ReportWords",
    "Sealed",
    "Version",
]
PATHS = {"school": "school", "klass": "child__klass", "child": "child", "boarding": "child__boarding"}


class Record(ScopedModel):
    """What happened to one child on one day (design.md 4). The client makes the id; rows of one act share `group`.

    `outcome` other than done settles no duty. Confidential rows keep their text in Sealed: everybody in reach sees that
    one exists, few may open it.
    """

    class Outcome(models.TextChoices):
        DONE = "done", "已完成"
        NO_ANSWER = "no-answer", "没有接通（没有见到）"
        WRONG = "wrong-number", "空号或错号"
        REFUSED = "refused", "对方拒绝"

    class Whom(models.TextChoices):
        CHILD = "child", "孩子"
        FATHER = "father", "父亲"
        MOTHER = "mother", "母亲"
        CARER = "carer", "照护人"
        OTHER = "other", "其他"

    class Channel(models.TextChoices):
        FACE = "face", "当面"
        PHONE = "phone", "电话"
        VIDEO = "video", "视频"
        WECHAT = "wechat", "微信"
        LETTER = "letter", "书信"
        VISIT = "visit", "上门"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE)
    kind = models.CharField("类型", max_length=20)
    happened_on = models.DateField("日期")
    at = models.DateTimeField("记录时间", default=now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    with_whom = models.CharField("对象", max_length=8, choices=Whom, blank=True)
    channel = models.CharField("方式", max_length=8, choices=Channel, blank=True)
    outcome = models.CharField("结果", max_length=12, choices=Outcome, default=Outcome.DONE)
    summary = SealedChar("内容", max_length=1000, blank=True)
    next_step_on = models.DateField("下次跟进日期", null=True, blank=True)
    confidential = models.BooleanField("保密", default=False)
    phone = models.UUIDField(null=True, blank=True)  # the number that was called; a plain id, for numbers may go
    group = models.UUIDField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    form_version = models.PositiveSmallIntegerField(default=1)
    withdrawn = models.BooleanField(default=False)  # taken back by its writer; kept, shown nowhere but in its history
    details = SealedJSON(default=dict, blank=True)

    scope_paths: ClassVar[dict[str, str]] = PATHS

    class Meta:
        indexes = [
            models.Index(fields=["school", "child", "kind", "-happened_on"], name="record_due"),
            models.Index(fields=["school", "child", "-happened_on", "-id"], name="record_timeline"),
            models.Index(fields=["school", "kind", "happened_on"], name="record_counted"),
            models.Index(fields=["by", "-at"], name="record_by"),
            models.Index(fields=["group"], name="record_group", condition=models.Q(group__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class Sealed(ScopedModel):
    """The text of a confidential record, apart from it, opened by few and with a reason."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    summary = SealedText(blank=True)
    details = SealedJSON(default=dict, blank=True)

    scope_paths: ClassVar[dict[str, str]] = {
        "school": "school", "klass": "record__child__klass", "child": "record__child",
    }  # fmt: skip

    def __str__(self) -> str:
        return str(self.record_id)


class Carried(ScopedModel):
    """A line that came with a child from its former school, in words; read here, counted nowhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE)
    on = models.DateField("日期")
    title = models.CharField("事项", max_length=40)
    text = SealedText("内容", blank=True)
    writer = models.CharField("记录人", max_length=40, blank=True)
    former = models.CharField("原学校", max_length=60)

    scope_paths: ClassVar[dict[str, str]] = PATHS

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["school", "child", "-on"], name="carried_of_child")]

    def __str__(self) -> str:
        return f"{self.on}"


class HandOver(ScopedModel):
    """One side's proof that a child went to another school or came from one; it outlives the file and names nobody."""

    class Way(models.TextChoices):
        INSIDE = "inside", "同一系统内的学校"
        OUTSIDE = "outside", "用转学包"

    class State(models.TextChoices):
        OFFERED = "offered", "等对方接收"
        SENT = "sent", "转学包已导出"
        WAITING = "waiting", "等本校接收"
        ACCEPTED = "accepted", "已接收"
        DECLINED = "declined", "没有接收"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    outgoing = models.BooleanField("转出")
    way = models.CharField(max_length=8, choices=Way)
    state = models.CharField(max_length=8, choices=State)
    package = models.UUIDField(default=new_id)  # the same on both sides
    file = models.UUIDField(null=True)  # the child's file on this side; a plain id, for files go
    other = models.CharField("对方学校", max_length=60)
    other_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    card = models.CharField(max_length=140, blank=True)  # of the other installation
    sealed = models.BinaryField(null=True)  # what came in, as it came, until it is accepted or declined
    told = models.CharField("怎样告知家长", max_length=120, blank=True)
    on = models.DateField("日期")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["school", "package", "outgoing"], name="hand_over_once")]

    def __str__(self) -> str:
        return f"{self.package} {self.state}"


class Erasure(ScopedModel):
    """Proof that data of children who left were erased: who confirmed, by which rule, how much. Ids, never a name."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", "已确认，正在处理"
        DONE = "done", "已处理"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=State, default=State.CONFIRMED)
    rules = models.JSONField(default=dict)  # months by kind and the way, as they stood when it was confirmed
    wanted = models.JSONField(default=list)  # ids of the children confirmed; emptied as they are dealt with
    counts = models.JSONField(default=dict)  # how many rows went, by kind
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at}"


class Version(ScopedModel):
    """An earlier wording of a record: what stood there before a correction, who changed it, when and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(Record, models.CASCADE, related_name="earlier")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content = SealedJSON()
    sealed = models.BooleanField(default=False)  # content belongs to a confidential record
    reason = models.CharField("更正原因", max_length=120, blank=True)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    scope_paths: ClassVar[dict[str, str]] = {
        "school": "school", "klass": "record__child__klass", "child": "record__child",
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.number}"
