"""致家长的一封信: the school's text twice a term, and the letter that went to each child's home (requirements.md B8)."""

from uuid import UUID

from django.db import models

from oasis.children.models.child import Dated
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar, SealedText
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.people.roles import ArmKind
from oasis.places.models import Klass, School, Term


class Letter(ScopedModel):
    """The school's words to all parents at the beginning or the end of a term; it names no child."""

    class Part(models.TextChoices):
        START = "term-start", "期初"
        END = "term-end", "期末"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    part = models.CharField("哪次", max_length=10, choices=Part)
    title = models.CharField("标题", max_length=60)
    text = models.TextField("学校要说的话", max_length=3000)
    issued_on = models.DateField("落款日期")
    send_by = models.DateField("最迟哪天发到家长手里")
    reply_by = models.DateField("最迟哪天收回回执")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "part"], name="letter_once", violation_error_message="这个学期的这封信已经有了，直接修改即可"
            ),
            models.CheckConstraint(
                condition=models.Q(reply_by__gte=models.F("send_by")), name="letter_in_order",
                violation_error_message="收回回执的日期不能早于发出的日期",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.term}{self.get_part_display()}"

    @classmethod
    def reached(cls, kind: ArmKind, ids: frozenset[UUID]) -> models.Q | None:
        """Whoever leads a class of the school reads the school's letters too."""
        if kind == ArmKind.KLASS:
            return models.Q(school__in=Klass.objects.filter(pk__in=ids).values("school"))
        return super().reached(kind, ids)


class LetterCopy(Dated):
    """The letter to one child's home: the child's own paragraph and line, when it went out, what came back."""

    class Way(models.TextChoices):
        CHILD = "child", "孩子带回家"
        WECHAT = "wechat", "微信"
        VISIT = "visit", "送到家里"
        POST = "post", "邮寄"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="+", editable=False)
    paragraph = SealedText("孩子的情况", max_length=600, blank=True)
    words = SealedChar("孩子想说的一句话", max_length=200, blank=True)
    by_hand = models.BooleanField(
        default=False, editable=False
    )  # somebody wrote the paragraph: it is not drafted again
    sent_on = models.DateField("发出日期", null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField("怎样发的", max_length=8, choices=Way, blank=True)
    received_on = models.DateField("家长收到日期", null=True, blank=True)
    answered_on = models.DateField("交回回执日期", null=True, blank=True)
    reply = SealedText("家长的意见", max_length=600, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "child"], name="letter_copy_once")]
        indexes = [models.Index(fields=["school", "child", "answered_on"], name="letter_copy_of_child")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.child_id}"
