"""How a child grows: marks of exams, days absent, and what is worth keeping (requirements.md A7; domain.md 2.26, 3.12)."""

from django.db import models
from django.db.models import F, Q

from oasis.children.models.child import Dated
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School, Term


class Subject(models.TextChoices):
    """The subjects of primary and junior school."""

    CHINESE = "chinese", "语文"
    MATHS = "maths", "数学"
    ENGLISH = "english", "英语"
    MORALS = "morals", "道德与法治"
    SCIENCE = "science", "科学"
    PHYSICS = "physics", "物理"
    CHEMISTRY = "chemistry", "化学"
    HISTORY = "history", "历史"
    GEOGRAPHY = "geography", "地理"
    BIOLOGY = "biology", "生物"


class Exam(ScopedModel):
    """An exam of a school: its name, its day, and what the whole paper is worth."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="+", editable=False)
    name = models.CharField("名称", max_length=40, help_text="如：期中考试、第三单元测验")
    on = models.DateField("考试日期")
    full = models.PositiveSmallIntegerField("满分", default=100)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name", "on"], name="exam_once", violation_error_message="这次考试已经有了"
            ),
            models.CheckConstraint(condition=Q(full__gte=10), name="exam_has_points"),
        ]

    def __str__(self) -> str:
        return self.name


class Mark(Dated):
    """The points of a child in one subject of an exam."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="+")
    subject = models.CharField("科目", max_length=10, choices=Subject)
    points = models.DecimalField("分数", max_digits=5, decimal_places=1)

    class Meta:
        ordering = ["exam__on", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["exam", "child", "subject"], name="mark_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="mark_not_below_nothing"),
        ]
        indexes = [models.Index(fields=["school", "child"], name="mark_of_child")]

    def __str__(self) -> str:
        return f"{self.subject} {self.points}"


class Absence(Dated):
    """A day, or half of one, on which a child was not at school, and why."""

    class Part(models.TextChoices):
        DAY = "day", "全天"
        MORNING = "am", "上午"
        AFTERNOON = "pm", "下午"

    class Reason(models.TextChoices):
        ILL = "ill", "生病"
        LEAVE = "leave", "事假"
        FAMILY = "family", "随父母外出"
        TRUANT = "truant", "没有请假"
        UNKNOWN = "unknown", "原因还不清楚"

    on = models.DateField("日期")
    part = models.CharField("时间", max_length=3, choices=Part, default=Part.DAY)
    reason = models.CharField("原因", max_length=7, choices=Reason)
    words = SealedChar("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "on", "part"], name="absence_once", violation_error_message="这一天已经登记过缺勤"
            )
        ]
        indexes = [models.Index(fields=["school", "child", "-on"], name="absence_of_child")]

    def __str__(self) -> str:
        return f"{self.on} {self.part}"


class Growth(Dated):
    """Something of a child worth keeping: good or bad conduct, an honour, a work, a book read."""

    class Kind(models.TextChoices):
        GOOD = "good", "好表现"
        BAD = "bad", "不良行为"
        HONOUR = "honour", "荣誉"
        WORK = "work", "作品"
        BOOK = "book", "读过的书"

    class Level(models.TextChoices):
        KLASS = "klass", "班级"
        SCHOOL = "school", "校级"
        TOWNSHIP = "township", "镇（学区）级"
        COUNTY = "county", "县（区）级"
        CITY = "city", "市级"
        PROVINCE = "province", "省级"
        NATION = "nation", "国家级"

    kind = models.CharField(max_length=6, choices=Kind, editable=False)
    on = models.DateField("日期")
    sort = models.CharField("类别", max_length=12, blank=True)  # which ones, by kind: campus.growth.SORTS
    title = models.CharField("名称", max_length=60, blank=True)
    level = models.CharField("级别", max_length=8, choices=Level, blank=True)
    giver = models.CharField("授予单位", max_length=40, blank=True)
    certificate = models.CharField("证书编号", max_length=40, blank=True)
    words = SealedChar("说明", max_length=300, blank=True)

    class Meta:
        ordering = [F("on").desc(), "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="honour") | ~Q(level=""), name="honour_has_level",
                violation_error_message="荣誉要选级别"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["school", "child", "kind", "-on"], name="growth_of_child")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
