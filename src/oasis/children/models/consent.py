"""What guardians answered when the school asked them (PIPL 14, 15, 31)."""

from django.db import models
from django.db.models import Q

from oasis.children.models.care import Person, beside
from oasis.children.models.child import Dated
from oasis.kit import codes
from oasis.kit.ids import new_id
from oasis.people.models import ConsentText


class Consent(Dated):
    """One answer of one guardian on one day, to one version of the text. Appended; the latest answer to a use counts."""

    class Act(models.TextChoices):
        ANSWER = "answer", "答复"
        WITHDRAW = "withdraw", "撤回同意"

    class Signed(models.TextChoices):
        PAPER = "paper", "纸质签字"
        PHONE = "phone", "电话答复（有见证人）"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.CharField("事由", max_length=8, choices=Act, default=Act.ANSWER)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True)
    signer_name = models.CharField("答复人", max_length=60)
    relation = models.CharField("与孩子关系", max_length=2, choices=codes.Relation, blank=True)
    signed = models.CharField("方式", max_length=6, choices=Signed)
    witness = models.CharField("见证人", max_length=40, blank=True, help_text="电话答复必须写：哪位同事在场听到")
    paper_no = models.CharField(
        "纸质件存放编号", max_length=40, blank=True, help_text="签字的原件放在哪个档案袋、第几页"
    )
    on = models.DateField("答复日期")
    answers = models.JSONField(default=dict)  # code of a use: yes or no

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["school", "child", "-on"], name="consent_of_child")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(signed="phone") | ~Q(witness=""),
                name="consent_phone_needs_witness",
                violation_error_message="电话答复必须写明见证人",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.on}"

    @property
    def beside(self) -> str:
        """The relation as it stands beside the name."""
        return beside(self.signer_name, str(self.get_relation_display()) or "本人")
