"""Drafts that people edit, and the contact cards that were handed out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from oasis.children.models import Child
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedBytes, SealedJSON
from oasis.papers.wording import gap
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import Klass, School


class Draft(ScopedModel):
    """A work summary or plan in the making: of a class or, without one, of the school.

    `period` is the code of the term or year whose records it stands on; a plan is for the one that follows.
    """

    class Kind(models.TextChoices):
        SUMMARY = "summary", "工作总结"
        PLAN = "plan", "工作计划"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    klass = models.ForeignKey(Klass, models.PROTECT, null=True, blank=True, related_name="+")
    period = models.CharField("时段", max_length=12)
    kind = models.CharField("文种", max_length=8, choices=Kind, default=Kind.SUMMARY)
    title = models.CharField("标题", max_length=120)
    signature = models.CharField("落款", max_length=80)
    signed_on = models.DateField("落款日期")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "klass"}

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["klass", "period", "kind"], condition=Q(klass__isnull=False), name="draft_of_class_once"
            ),
            models.UniqueConstraint(
                fields=["school", "period", "kind"], condition=Q(klass__isnull=True), name="draft_of_school_once"
            ),
        ]

    def __str__(self) -> str:
        return self.period


class Paragraph(ScopedModel):
    """One paragraph of a draft: as drafted, as it reads now, and the figures it was drafted on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="paragraphs")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    section = models.CharField(max_length=30)
    key = models.CharField(max_length=50)
    place = models.PositiveSmallIntegerField()
    text = models.TextField("内容", blank=True)
    drafted = models.TextField(blank=True)
    figures = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "draft__klass"}

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="paragraph_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def edited(self) -> bool:
        """Tell whether a person changed what was drafted."""
        return self.text != self.drafted


class Wording(ScopedModel):
    """An earlier wording of a paragraph, kept whenever a newer one takes its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="wordings")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    figures = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "paragraph__draft__klass"}

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "version"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.paragraph_id} {self.version}"


class CardIssue(ScopedModel):
    """A contact card handed out. Its token opens a page that says whether the card still holds, and nothing of the child."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE)
    token = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    issued_on = models.DateField("更新日期")
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "child__klass", "child": "child"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_on__isnull=True), name="one_current_card")
        ]

    def __str__(self) -> str:
        return f"{self.issued_on}"


class Dossier(ScopedModel):
    """An inspection package of a school: made in the background, kept for some days for whoever asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", "正在排队"
        WORKING = "working", "正在整理"
        DONE = "done", "已做好"
        FAILED = "failed", "没有做成"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    purpose = models.CharField("给谁看、做什么用", max_length=80)
    masked = models.BooleanField("遮住姓名和号码", default=True)
    samples = models.PositiveSmallIntegerField("抽几份一人一档", default=6)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    moved_at = models.DateTimeField(default=now)
    until_on = models.DateField("保留到")
    pdf = SealedBytes(default=b"")
    archive = SealedBytes(default=b"")

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "package": "school"}

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at}"


class Template(ScopedModel):
    """A form of the bureau's that the school fills again and again; its file stands in versions."""

    class Kind(models.TextChoices):
        CHILD = "child", "一个孩子一张"
        ROSTER = "roster", "一个孩子一行（名册）"
        FIGURES = "figures", "统计数字"

    class Empties(models.TextChoices):
        DASH = "dash", "写“—”"
        GAP = "gap", f"写{gap('…')}"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    title = models.CharField("表名", max_length=60)
    kind = models.CharField("是哪一种表", max_length=8, choices=Kind)
    empties = models.CharField("没有登记的内容", max_length=4, choices=Empties, default=Empties.DASH)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    retired_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class TemplateFile(ScopedModel):
    """A version of such a form: the file as it came, sealed; what stands in it; and what each place is tied to."""

    class State(models.TextChoices):
        DRAFT = "draft", "正在对应"
        USED = "used", "在用"
        OLD = "old", "已换下"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.ForeignKey(Template, models.CASCADE, related_name="files")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    ending = models.CharField(max_length=4)
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    data = SealedBytes()
    layout = SealedJSON()
    ties = SealedJSON()
    tried_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_file_once")]

    def __str__(self) -> str:
        return f"{self.template_id} {self.number}"
