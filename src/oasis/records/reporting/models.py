"""Mandatory reports: the case, its wordings, its steps, who may know. No post reaches them; see queries.own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedJSON, SealedText
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School
from oasis.records.reporting.steps import STEPS

STEP_CODES = [(step.code, step.label) for step in STEPS]


class MandatoryReport(ScopedModel):
    """A suspicion of harm that the law wants reported at once (未成年人保护法 11, 强制报告意见 4).

    It names no child and no suspect in clear: those stand in the sealed wording. It hangs on no row of a file, so that
    moving, merging or deleting a file neither touches nor betrays it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=20, unique=True)  # day and chance: it tells nobody how many there are
    at = models.DateTimeField("发起时间", default=now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    closed_at = models.DateTimeField("办结时间", null=True)

    scope_paths: ClassVar[dict[str, str]] = {}

    class Meta:
        indexes = [models.Index(fields=["school", "-at"], name="report_of_school")]

    def __str__(self) -> str:
        return self.number


class ReportPart(ScopedModel):
    """A row that belongs to a report and goes where it goes: nowhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(MandatoryReport, models.PROTECT, related_name="%(class)ss")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    scope_paths: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True


class ReportWording(ReportPart):
    """The whole text of a report after one act; the newest holds, the earlier ones stay."""

    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=20)
    content = SealedJSON()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_wording_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class ReportStep(ReportPart):
    """One step of a report: until when by the school's deadlines of the day it began, and when it was taken."""

    step = models.CharField("步骤", max_length=16, choices=STEP_CODES)
    due_at = models.DateTimeField("期限", null=True)
    done_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "step"], name="report_step_once")]

    def __str__(self) -> str:
        return self.get_step_display()


class ReportNamed(ReportPart):
    """A person who may know of a report, from `at` until it was taken back."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "user"], condition=Q(until_at=None), name="report_named_once")
        ]
        indexes = [models.Index(fields=["user"], condition=Q(until_at=None), name="report_of_named")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.user_id}"


class ReportWords(ReportPart):
    """What a person typed at one line of a report's trail: the trail keeps a code, the words stay sealed here."""

    line = models.UUIDField(unique=True)  # the id of the line; no key, the trail outlives everything
    words = SealedText()

    def __str__(self) -> str:
        return f"{self.report_id} {self.line}"


class ReportRecord(ReportPart):
    """A record that a report gathered: a plain id, so that the record does not know, and a sealed copy of what it said.

    The copy is the evidence: the record itself may be erased when its time is over, and nobody learns of the report.
    """

    record = models.UUIDField()
    content = SealedJSON(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "record"], name="report_record_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.record}"


class ReportDeadline(ScopedModel):
    """A school's own deadline of a step; `on` False leaves the step without a clock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+", editable=False)
    step = models.CharField("步骤", max_length=16, choices=STEP_CODES, editable=False)
    on = models.BooleanField("有期限", default=True)
    hours = models.PositiveSmallIntegerField("小时")
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "step"], name="report_deadline_once")]

    def __str__(self) -> str:
        return self.get_step_display()
