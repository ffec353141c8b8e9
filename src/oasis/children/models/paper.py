"""Photos, scans and certificates kept in a child's file (design.md 4)."""

from typing import ClassVar

from django.db import models

from oasis.children.models.child import Dated
from oasis.kit.scans import JPEG
from oasis.kit.sealed import SealedBytes, SealedChar
from oasis.people.closed import ScopedModel
from oasis.people.models import User


class Paper(Dated):
    """A file kept: what it is and of which day. Withdrawn, its bytes are gone and this line stays."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "近照"
        CARE = "care", "委托照护告知书、协议"
        CONSENT = "consent", "家长同意书"
        CERTIFICATE = "certificate", "证明、证件"
        HEALTH = "health", "病历、体检"
        LETTER = "letter", "书信、回执"
        OTHER = "other", "其他材料"

    kind = models.CharField("是什么", max_length=12, choices=Kind)
    title = SealedChar("说明", max_length=60, blank=True)
    on = models.DateField("材料日期")
    media = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    why = models.CharField("去掉的原因", max_length=80, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["school", "child", "-on"], name="paper_of_child")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    @property
    def picture(self) -> bool:
        """Tell whether it is a picture; anything else is only handed out to be saved."""
        return self.media == JPEG


class PaperBody(ScopedModel):
    """The bytes of a paper and their small picture, sealed; apart, so that lists do not carry them."""

    paper = models.OneToOneField(Paper, models.CASCADE, primary_key=True, related_name="body")
    data = SealedBytes()
    thumb = SealedBytes(blank=True, default=b"")

    scope_paths: ClassVar[dict[str, str]] = {
        "school": "paper__school", "klass": "paper__child__klass", "child": "paper__child",
    }  # fmt: skip

    def __str__(self) -> str:
        return str(self.paper_id)
