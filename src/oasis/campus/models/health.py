"""Health: the morning and noon check of a class, illness and accidents with who was told and who paid (domain.md 2.18)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from oasis.children.models.child import Dated
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar, SealedJSON, SealedText
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import Klass, School


class HealthCheck(ScopedModel):
    """A class looked at before lessons or at noon; without findings it is a nil report."""

    class Turn(models.TextChoices):
        MORNING = "morning", "晨检"
        NOON = "noon", "午检"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    klass = models.ForeignKey(Klass, models.PROTECT, related_name="+", editable=False)
    on = models.DateField("日期")
    turn = models.CharField("班次", max_length=8, choices=Turn)
    expected = models.PositiveSmallIntegerField("应到")
    present = models.PositiveSmallIntegerField("实到")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "klass"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["klass", "on", "turn"], name="health_check_once")]
        indexes = [models.Index(fields=["school", "on"], name="health_check_of_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.turn}"


class HealthFinding(Dated):
    """A child who was absent or unwell at a check."""

    class Symptom(models.TextChoices):
        FEVER = "fever", "发热"
        RASH = "rash", "皮疹"
        DIARRHOEA = "diarrhoea", "腹泻"
        VOMIT = "vomit", "呕吐"
        JAUNDICE = "jaundice", "黄疸"
        EYES = "eyes", "结膜充血"
        CHEEKS = "cheeks", "腮腺肿痛"
        COUGH = "cough", "咳嗽"
        OTHER = "other", "其他"

    check_of = models.ForeignKey(HealthCheck, models.CASCADE, related_name="+", editable=False)
    absent = models.BooleanField("因病没有来", default=False)
    symptoms = SealedJSON("症状", default=list)
    temperature = SealedChar("体温", max_length=5, blank=True)
    doctor = models.BooleanField("看过医生", default=False)
    diagnosis = SealedChar("初步诊断", max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "child"], name="health_finding_once")]

    def __str__(self) -> str:
        return str(self.check_of_id)

    def words(self) -> str:
        """Say what was found."""
        labels = dict(self.Symptom.choices)
        told = [str(labels.get(code, code)) for code in self.symptoms]
        parts = (["因病没有来"] if self.absent else []) + told + ([f"{self.temperature}℃"] if self.temperature else [])
        return "、".join(parts) + (f"，{self.diagnosis}" if self.diagnosis else "")


class Illness(Dated):
    """An illness or accident from being seen until the child is back in class and the money is paid back."""

    class Sort(models.TextChoices):
        ILL = "ill", "生病"
        ACCIDENT = "accident", "受伤、意外"

    sort = models.CharField("是什么", max_length=8, choices=Sort, default=Sort.ILL)
    seen_at = models.DateTimeField("发现时间")
    place = models.CharField("在哪里", max_length=40, blank=True)
    seen = SealedText("看到的情况", max_length=500, help_text="症状、体温、伤在哪里；只写看到的")
    first_care = SealedChar("当时怎样处理", max_length=200, blank=True)
    went_along = models.CharField("谁陪着去", max_length=40, blank=True)
    clinic = SealedChar("医院或诊所", max_length=60, blank=True)
    diagnosis = SealedChar("医生的诊断", max_length=200, blank=True)
    cost = models.DecimalField("费用（元）", max_digits=8, decimal_places=2, null=True, blank=True)
    advanced = models.DecimalField("垫付（元）", max_digits=8, decimal_places=2, null=True, blank=True)
    advanced_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    repaid_on = models.DateField("归还日期", null=True, blank=True, editable=False)
    repaid_how = SealedChar("怎样归还", max_length=60, blank=True)
    back_on = models.DateField("回班日期", null=True, blank=True, editable=False)
    back_words = SealedChar("回班情况", max_length=120, blank=True)

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["school", "back_on"], name="illness_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(advanced__isnull=True, advanced_by__isnull=True)
                | Q(advanced__gt=0, advanced_by__isnull=False),
                name="advance_has_a_lender",
                violation_error_message="垫付了多少、谁垫付的，要一起填",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seen_at}"

    @property
    def owes(self) -> bool:
        """Whether a teacher still waits for her money."""
        return self.advanced is not None and self.repaid_on is None


class IllnessTold(Dated):
    """Whom the school told of it, when, how, and what was answered."""

    class Whom(models.TextChoices):
        CARER = "carer", "照护人"
        FATHER = "father", "父亲"
        MOTHER = "mother", "母亲"
        LEADER = "leader", "校领导"
        OTHER = "other", "其他"

    illness = models.ForeignKey(Illness, models.CASCADE, related_name="+", editable=False)
    whom = models.CharField("告诉了谁", max_length=6, choices=Whom)
    told_at = models.DateTimeField("什么时候")
    heard = models.BooleanField("联系上了", default=True)
    answer = SealedChar("对方怎么说", max_length=120, blank=True)

    class Meta:
        ordering = ["told_at"]

    def __str__(self) -> str:
        return f"{self.told_at}"


FAMILY = (IllnessTold.Whom.CARER, IllnessTold.Whom.FATHER, IllnessTold.Whom.MOTHER)
