"""What a guardian asked for about the child's data, and what became of it (PIPL 44-50)."""

from django.db import models
from django.db.models import Q

from oasis.children.models.care import Person, named
from oasis.children.models.child import Dated
from oasis.kit import codes
from oasis.kit.sealed import SealedChar
from oasis.people.models import User


class Petition(Dated):
    """A guardian's wish to see, copy, correct or delete; answered in time, refused only with reasons in writing."""

    class Wish(models.TextChoices):
        SEE = "see", "查看"
        COPY = "copy", "复制（带走一份）"
        CORRECT = "correct", "更正、补充"
        DELETE = "delete", "删除"
        EXPLAIN = "explain", "要求说明"

    class How(models.TextChoices):
        FACE = "face", "当面"
        PHONE = "phone", "电话"
        LETTER = "letter", "书面"

    class Proof(models.TextChoices):
        CARD = "card", "看了身份证，和档案一致"
        KNOWN = "known", "老师认识本人，当面确认"
        CALLBACK = "callback", "按档案里的号码回拨，核对了两项信息"

    class State(models.TextChoices):
        OPEN = "open", "待答复"
        DONE = "done", "已答复"
        REFUSED = "refused", "不同意，已书面说明"

    wish = models.CharField("要求", max_length=8, choices=Wish)
    guardian = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True)
    guardian_name = models.CharField("申请人", max_length=60)
    relation = models.CharField("与孩子关系", max_length=2, choices=codes.Relation, blank=True)
    received_on = models.DateField("收到日期")
    how = models.CharField("怎样提出", max_length=6, choices=How)
    proof = models.CharField("怎样核对身份", max_length=8, choices=Proof)
    words = SealedChar("家长要什么", max_length=500, blank=True)
    due_on = models.DateField("答复期限")
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("同意带走的时间", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = SealedChar("怎样答复的（不同意的写理由）", max_length=1000, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["school", "state", "due_on"], name="petition_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="petition_answered_in_words",
                violation_error_message="请写明怎样答复的",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_wish_display()} {self.received_on}"

    @property
    def asker(self) -> str:
        """Who asked: 林国平（父亲）."""
        return named(self.guardian_name, str(self.get_relation_display()) or "本人")
