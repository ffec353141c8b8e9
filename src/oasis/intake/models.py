"""A roster on its way in: the batch, its pages as read, its rows as judged, and how columns were chosen before."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedBytes, SealedJSON, SealedText
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import Klass, School

EVERYBODY = UUID(int=0)  # the owner of a choice that counts for the whole school


class Batch(ScopedModel):
    """One file of one person. Its cells are kept until it is committed, then only those of rows to be handed back."""

    class State(models.TextChoices):
        COLUMNS = "columns", "核对列"
        PREVIEWING = "previewing", "正在核对"
        PREVIEW = "preview", "待确认"
        COMMITTING = "committing", "正在导入"
        DONE = "done", "已导入"
        TAKING_BACK = "taking-back", "正在撤回"
        TAKEN_BACK = "taken-back", "已撤回"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    klass = models.ForeignKey(Klass, models.PROTECT, null=True, related_name="+")  # of a homeroom teacher's file
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    on = models.DateField()  # the day from which what it says holds
    # The day whose facts the file tells: stated in it, its last change, or a person's word.
    made_on = models.DateField(null=True)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=State, default=State.COLUMNS)
    layouts = SealedJSON(default=list)  # with samples of cells
    remarks = models.JSONField(default=list)
    left_aside = SealedJSON(default=list)
    default_klass = models.ForeignKey(Klass, models.PROTECT, null=True, related_name="+")
    made_klasses = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)  # rows of the file
    done = models.PositiveIntegerField(default=0)  # rows the running act has dealt with
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)  # last sign of life of a running act
    taken_back_at = models.DateTimeField(null=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "klass"}

    class Meta:
        indexes = [models.Index(fields=["school", "-at"], name="batch_of_school")]

    def __str__(self) -> str:
        return self.name

    @property
    def busy(self) -> bool:
        """Tell whether a job works on it now."""
        return self.state in (self.State.PREVIEWING, self.State.COMMITTING, self.State.TAKING_BACK)


class Page(ScopedModel):
    """Up to 2,000 rows of one sheet as text, compressed; once committed, those to be handed back, for a month."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    sheet = models.PositiveSmallIntegerField()
    body = SealedBytes()

    scope_paths: ClassVar[dict[str, str]] = {"school": "batch__school", "klass": "batch__klass"}

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="page_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Row(ScopedModel):
    """One row of the roster as judged: what it would do, and why it would not."""

    class State(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "有变化"
        SAME = "same", "不变"
        REFUSED = "refused", "有问题"
        LEFT = "left", "没有选"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # its place in the whole file
    sheet = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()  # its number in the sheet, as Excel shows it
    state = models.CharField(max_length=8, choices=State)
    doubt = models.BooleanField(default=False)
    skip = models.BooleanField(default=False)  # a person left the row out
    newer = models.BooleanField(default=False)  # the file was changed after the roster was made
    # Its ID number cannot be right: it goes in without, if a person says so.
    unnumbered = models.BooleanField(default=False)
    alike = models.UUIDField(null=True)  # the file that a doubted row may mean
    same = models.BooleanField(default=False)  # a person said that it does
    child = models.UUIDField(null=True)  # for a new row the id its file will have
    name = models.CharField(max_length=60, blank=True)
    facts = SealedText(blank=True)  # JSON, read by nothing but the commit and the preview
    differences = SealedText(blank=True)  # JSON: key, old, new, and the day of a newer change if there is one
    declined = models.CharField(max_length=400, blank=True)  # places of the differences left out, with commas
    said = SealedText(blank=True)  # notices and reasons, one a line
    done = models.BooleanField(default=False)

    scope_paths: ClassVar[dict[str, str]] = {"school": "batch__school", "klass": "batch__klass"}

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="row_once")]
        indexes = [models.Index(fields=["batch", "state", "number"], name="row_by_state")]

    def __str__(self) -> str:
        return f"{self.line}"


class Remembered(ScopedModel):
    """How a person corrected the columns of these headings, for the next file with the same ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    signature = models.CharField(max_length=32)
    owner = models.UUIDField(default=EVERYBODY)  # a homeroom teacher's id: that person's choice alone
    fields = models.JSONField(default=dict)  # column number as text -> field code, or "" for left out

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "signature", "owner"], name="headings_once")]

    def __str__(self) -> str:
        return self.signature
