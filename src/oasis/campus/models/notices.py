"""What a pupil tells the teacher: the code of a class in a term, and the notices that came in by it (requirements.md C7)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import Hashed, SealedChar, SealedText
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import Klass, School

PURPOSE = "notice-code"


class NoticeCode(ScopedModel):
    """The code by which the pupils of a class write; a new one ends the one before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    klass = models.ForeignKey(Klass, models.PROTECT, related_name="+", editable=False)
    code = SealedChar(max_length=8)
    code_hash = Hashed("code", purpose=PURPOSE)
    until_on = models.DateField("用到哪天")
    ended_at = models.DateTimeField(null=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "klass"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["klass"], condition=Q(ended_at__isnull=True), name="one_code_a_class"),
            models.UniqueConstraint(fields=["code_hash"], condition=Q(ended_at__isnull=True), name="one_class_a_code"),
        ]

    def __str__(self) -> str:
        return str(self.klass_id)


class Notice(ScopedModel):
    """What somebody of the class wrote: of whom as typed, and the words. Nobody is looked up when it comes in."""

    class State(models.TextChoices):
        OPEN = "open", "等老师看"
        TAKEN = "taken", "已记为关注"
        ASIDE = "aside", "已放下"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    klass = models.ForeignKey(Klass, models.PROTECT, related_name="+", editable=False)
    about = SealedChar("说的是谁", max_length=40, blank=True)
    words = SealedText("看到、听到什么", max_length=500)
    urgent = models.BooleanField("今天就要管", default=False)
    at = models.DateTimeField(default=now, editable=False)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    why = SealedChar("放下的原因", max_length=120, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "klass"}

    class Meta:
        ordering = ["-urgent", "at"]
        indexes = [models.Index(fields=["school", "klass", "state"], name="notice_of_class")]

    def __str__(self) -> str:
        return f"{self.at}"
