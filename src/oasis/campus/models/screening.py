"""Screening of the mind 心理筛查与预警: a screening held, and what it found of the children referred; the counsellor's alone (domain.md 2.24)."""

from django.db import models

from oasis.campus.models.own import Own
from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar, SealedText


class Screening(Own):
    """A screening with one scale: whom it reached and how many fell under each grade; it names nobody."""

    on = models.DateField("日期")
    scale = models.CharField("量表名称", max_length=60, help_text="如：中小学生心理健康量表（MHT）")
    about = models.CharField("哪些学生", max_length=80, help_text="如：四至六年级，家长同意的")
    organiser = models.CharField("组织人", max_length=40)
    took = models.PositiveSmallIntegerField("参加人数")
    red = models.PositiveSmallIntegerField("红色人数", default=0)
    orange = models.PositiveSmallIntegerField("橙色人数", default=0)
    yellow = models.PositiveSmallIntegerField("黄色人数", default=0)
    blue = models.PositiveSmallIntegerField("蓝色人数", default=0)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(took__gte=models.F("red") + models.F("orange") + models.F("yellow") + models.F("blue")),
                name="screening_adds_up", violation_error_message="各等级人数加起来不能多于参加人数",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.scale


class ScreenResult(Dated):
    """What a screening found of one child, its review by a professional, who was told, the referral; sealed."""

    class Grade(models.TextChoices):
        RED = "red", "红色：24小时内可能有危险"
        ORANGE = "orange", "橙色：需要专业评估"
        YELLOW = "yellow", "黄色：需要辅导"
        BLUE = "blue", "蓝色：多关心"

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+", editable=False)
    score = SealedChar("得分、维度", max_length=200, blank=True)
    grade = SealedChar("结果等级", max_length=6, choices=Grade)
    talk = SealedText("访谈", max_length=800, blank=True)
    reviewer = models.CharField("复核的专业人员", max_length=40, blank=True)
    reviewed_on = models.DateField("复核日期", null=True, blank=True)
    review = SealedText("复核结论", max_length=500, blank=True)
    told_on = models.DateField("告知家长日期", null=True, blank=True)
    told_whom = SealedChar("告知了谁", max_length=40, blank=True)
    handling = SealedText("处置", max_length=500, blank=True)
    referral_on = models.DateField("转介日期", null=True, blank=True)
    referral = SealedChar("转介到哪里", max_length=80, blank=True)
    next_on = models.DateField("下次追踪日期", null=True, blank=True)
    closed_on = models.DateField("解除日期", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "child"], name="screen_result_once", violation_error_message="这次筛查已经登记过这个孩子"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.screening_id)

    @property
    def urgent(self) -> bool:
        """Whether it cannot wait until tomorrow."""
        return bool(self.grade == self.Grade.RED)

    @property
    def colour(self) -> str:
        """The grade's colour in words."""
        return self.get_grade_display().partition("：")[0]


class ScreenVersion(Dated):
    """What stood in a result before it was corrected, and why it was; sealed."""

    result = models.ForeignKey(ScreenResult, models.CASCADE, related_name="+", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    score = SealedChar("得分、维度", max_length=200, blank=True)
    grade = SealedChar("结果等级", max_length=6, choices=ScreenResult.Grade)
    why = SealedChar("为什么更正", max_length=120)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["result", "number"], name="screen_version_once")]

    def __str__(self) -> str:
        return str(self.number)


class ScreenFollow(Dated):
    """How the child was on a later day."""

    result = models.ForeignKey(ScreenResult, models.CASCADE, related_name="+", editable=False)
    on = models.DateField("追踪日期")
    words = SealedText("情况", max_length=500)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return str(self.on)
