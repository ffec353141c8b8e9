"""Activities and lessons for safety, law and character: planned, signed up for, held, who came, who won (D4, D5; domain.md 2.16)."""

from django.db import models

from oasis.campus.models.own import Own
from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar, SealedText
from oasis.people.models import User
from oasis.places.models import Klass


class Activity(Own):
    """Something the school holds for its pupils: with names and places, or for whole classes."""

    class Kind(models.TextChoices):
        FESTIVAL = "festival", "节日"
        ARTS = "arts", "文艺、艺术节"
        SPORT = "sport", "体育"
        READING = "reading", "读书"
        LABOUR = "labour", "劳动"
        TRIP = "trip", "研学"
        INTEREST = "interest", "兴趣小组"
        FAMILY = "family", "亲子"
        GIVING = "giving", "公益"
        SAFETY = "safety", "安全教育"
        DRILL = "drill", "应急演练"
        LAW = "law", "法治教育"
        MIND = "mind", "心理健康教育"
        MORAL = "moral", "思想品德教育"

    kind = models.CharField("类型", max_length=10, choices=Kind)
    title = models.CharField("名称", max_length=60)
    on = models.DateField("日期")
    hours = models.CharField("时间", max_length=30, blank=True, help_text="如：下午第三节、16:00—17:00")
    place = models.CharField("地点", max_length=40, blank=True)
    department = models.CharField("组织部门", max_length=40, blank=True)
    lead = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="负责人")
    aim = models.CharField("内容和目的", max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField(
        "名额", null=True, blank=True, help_text="要报名的填名额；整班参加的不用填"
    )
    sign_until = models.DateField("报名截止", null=True, blank=True)
    off_campus = models.BooleanField("在校外进行", default=False, blank=True)
    risk_plan = models.TextField(
        "安全预案",
        max_length=1500,
        blank=True,
        help_text="校外活动必须写：路线、车辆、带队、分工、医药、突发情况怎么办",
    )
    cost = models.DecimalField("经费（元）", max_digits=8, decimal_places=2, null=True, blank=True)
    held_on = models.DateField("登记完成日期", null=True, blank=True, editable=False)
    dropped = models.BooleanField("取消", default=False, editable=False)
    story = SealedText("过程", max_length=1500, blank=True)
    effect = SealedChar("成效", max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["school", "on"], name="activity_of_school")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sign_until__isnull=True) | models.Q(sign_until__lte=models.F("on")), name="sign_before_activity",
                violation_error_message="报名截止不能晚于活动日期",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class ActivityKlass(Own):
    """A class that takes part whole."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    klass = models.ForeignKey(Klass, models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField("参加人数", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "klass"], name="activity_klass_once")]

    def __str__(self) -> str:
        return str(self.klass_id)


class ActivityPart(Dated):
    """A child signed up for an activity: has a place or waits, the parents' word, came or not, what came of it."""

    class Award(models.TextChoices):
        FIRST = "first", "一等奖"
        SECOND = "second", "二等奖"
        THIRD = "third", "三等奖"
        GOOD = "good", "优秀奖"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    placed = models.BooleanField("有名额", default=False)
    agreed_on = models.DateField("家长同意日期", null=True, blank=True)
    came = models.BooleanField("到场", null=True, blank=True)
    award = models.CharField("奖项", max_length=6, choices=Award, blank=True)
    result = models.CharField("成绩、作品", max_length=60, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["activity", "child"], name="activity_part_once")]
        indexes = [models.Index(fields=["school", "child"], name="activity_part_of_child")]

    def __str__(self) -> str:
        return str(self.activity_id)
