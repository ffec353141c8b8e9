"""Keeping children at school 控辍保学: a child who stays away, every attempt to bring it back, and the month's report (domain.md 2.29)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from oasis.campus.models.own import Own
from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar, SealedText


class Dropout(Dated):
    """A child who may have left school, from the first day away until it is back or it proved to be something else."""

    class State(models.TextChoices):
        SUSPECTED = "suspected", "疑似辍学"
        OUT = "out", "辍学"
        BACK = "back", "已复学"
        CLEARED = "cleared", "已排除"

    class Reason(models.TextChoices):
        WEARY = "weary", "厌学"
        HARD = "hard", "学习跟不上"
        POOR = "poor", "家庭困难"
        ILL = "ill", "疾病、残疾"
        WORK = "work", "外出打工"
        FOLLOW = "follow", "随父母外出，没有办转学"
        HOME = "home", "留在家里照看家人"
        PEERS = "peers", "和同学的矛盾"
        LOST = "lost", "去向不明"
        OTHER = "other", "其他"

    RUNNING = (State.SUSPECTED, State.OUT)

    state = models.CharField("状态", max_length=9, choices=State, default=State.SUSPECTED, editable=False)
    absent_from = models.DateField("缺勤起日")
    reason = models.CharField("原因", max_length=6, choices=Reason)
    words = SealedText("情况", max_length=500, help_text="孩子现在在哪里、和谁在一起、怎么知道的")
    opened_on = models.DateField(editable=False)
    out_on = models.DateField("认定辍学日期", null=True, blank=True, editable=False)
    marked_on = models.DateField("学籍系统标注日期", null=True, blank=True)
    bureau_on = models.DateField("书面报告教育局日期", null=True, blank=True)
    bureau_no = models.CharField("文号或收件人", max_length=40, blank=True)
    township_on = models.DateField("书面报告乡镇政府日期", null=True, blank=True)
    township_no = models.CharField("文号或收件人", max_length=40, blank=True)
    ended_on = models.DateField("复学日期", null=True, blank=True, editable=False)
    ended_words = SealedChar("复学以后怎样安排", max_length=200, blank=True)

    class Meta:
        ordering = ["-absent_from", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on__isnull=True), name="dropout_runs_once",
                violation_error_message="这个孩子已经登记，还没有了结",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, state__in=("suspected", "out"))
                | Q(ended_on__isnull=False, state__in=("back", "cleared")),
                name="dropout_ends_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["school", "ended_on"], name="dropout_open")]

    def __str__(self) -> str:
        return f"{self.absent_from} {self.state}"

    @property
    def running(self) -> bool:
        """Whether the child is still away."""
        return self.ended_on is None


class Persuasion(Dated):
    """One attempt to bring the child back: who went, how, whom they met, what came of it."""

    class Way(models.TextChoices):
        VISIT = "visit", "上门家访"
        PHONE = "phone", "电话、视频"
        VILLAGE = "village", "和村干部一起上门"
        SCHOOL = "school", "请家长到学校"
        LETTER = "letter", "送达书面通知"

    class Result(models.TextChoices):
        AGREED = "agreed", "答应返校"
        UNSURE = "unsure", "还在犹豫"
        REFUSED = "refused", "不愿返校"
        UNMET = "unmet", "没有见到、没有联系上"

    dropout = models.ForeignKey(Dropout, models.CASCADE, related_name="persuasions", editable=False)
    on = models.DateField("日期")
    who = models.CharField("谁去的", max_length=60, help_text="可以写几个人，如：赵明霞、村主任周国福")
    way = models.CharField("方式", max_length=7, choices=Way, default=Way.VISIT)
    met = SealedChar("见到了谁", max_length=60, blank=True)
    result = models.CharField("结果", max_length=7, choices=Result)
    words = SealedText("说了什么，约定了什么", max_length=500)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.way}"


class SchoolingMonth(Own):
    """A month's report of a school: how many are away, come back; with nobody away it is a nil report."""

    month = models.DateField("月份", editable=False)  # its first day
    on = models.DateField("报出日期")
    pupils = models.PositiveIntegerField("在校学生", editable=False)
    suspected = models.PositiveIntegerField("疑似辍学", editable=False)
    out = models.PositiveIntegerField("辍学", editable=False)
    opened = models.PositiveIntegerField("本月新发现", editable=False)
    back = models.PositiveIntegerField("本月复学", editable=False)
    words = SealedChar("说明", max_length=300, blank=True, help_text="采取了什么措施；没有就写“无”或空着")

    scope_paths: ClassVar[dict[str, str]] = {"school": "school"}

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "month"], name="schooling_month_once", violation_error_message="这个月已经报过了"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def nil(self) -> bool:
        """Whether nobody was away, nor came back."""
        return not (self.suspected or self.out or self.opened or self.back)
