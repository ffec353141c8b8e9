"""Safety incidents 安全事件、学生伤害事故: what happened, who was told when, the reports with their hours, cause and closing (domain.md 2.19)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from oasis.campus.models.own import Own
from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar, SealedText


class Incident(Dated):
    """An incident about one pupil, from being found until it is closed; others who were in it stand in words."""

    class Sort(models.TextChoices):
        TRAFFIC = "traffic", "交通"
        DROWNING = "drowning", "溺水"
        FALL = "fall", "跌落"
        FIRE = "fire", "火灾、触电"
        FOOD = "food", "食物、饮水"
        INFECTION = "infection", "传染病"
        ILLNESS = "illness", "突发疾病"
        BULLYING = "bullying", "校园欺凌"
        FIGHT = "fight", "打架"
        ASSAULT = "assault", "性侵、骚扰"
        VIOLENCE = "violence", "家庭暴力"
        LOST = "lost", "走失、离家出走"
        NIGHT = "night", "夜不归宿"
        SELF = "self", "自伤、自杀倾向"
        ANIMAL = "animal", "动物伤害"
        SPORT = "sport", "体育伤害"
        GEAR = "gear", "设施伤害"
        NATURE = "nature", "自然灾害"
        NET = "net", "网络侵害"
        FRAUD = "fraud", "诈骗"
        OTHER = "other", "其他"

    class Harm(models.TextChoices):
        NONE = "none", "没有受伤"
        SLIGHT = "slight", "轻微"
        MINOR = "minor", "轻伤"
        SERIOUS = "serious", "重伤"
        DEATH = "death", "死亡"
        MIND = "mind", "心理伤害"

    SERIOUS = (Harm.SERIOUS, Harm.DEATH)
    DELICATE = (Sort.BULLYING, Sort.ASSAULT, Sort.VIOLENCE, Sort.SELF, Sort.NET)
    REPORTED = (Sort.ASSAULT, Sort.VIOLENCE)  # the mandatory report comes first

    number = models.CharField("事件编号", max_length=12, editable=False)
    sort = models.CharField("类型", max_length=9, choices=Sort)
    happened_at = models.DateTimeField("发生时间")
    found_at = models.DateTimeField("发现时间")
    place = models.CharField("地点", max_length=60)
    others = SealedChar("其他涉及的人", max_length=200, blank=True, help_text="别的学生、教职工、校外的人")
    course = SealedText("经过", max_length=1500, help_text="按先后写看到、听到的，只写事实，不写猜测和责任")
    harm = models.CharField("伤害程度", max_length=7, choices=Harm, default=Harm.SLIGHT)
    on_spot = SealedText("现场处置", max_length=500, help_text="怎样救护、疏散，保护现场")
    sent_to = SealedChar("送到哪家医院，谁陪同", max_length=120, blank=True)
    cause = SealedText("原因", max_length=800, blank=True)
    liability = SealedText("责任分析", max_length=800, blank=True)
    mended = SealedText("整改", max_length=800, blank=True)
    mind_care = SealedText("心理跟进", max_length=500, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="incident_number_once"),
            models.CheckConstraint(condition=Q(found_at__gte=models.F("happened_at")), name="incident_in_order",
                violation_error_message="发现时间不能早于发生时间"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["school", "closed_on"], name="incident_open")]

    def __str__(self) -> str:
        return self.number

    @property
    def serious(self) -> bool:
        """Whether the shorter hours hold."""
        return self.harm in self.SERIOUS


class IncidentNotice(Dated):
    """Whom the school told of an incident or reported it to, when, how, and what was answered."""

    class Step(models.TextChoices):
        GUARDIAN = "guardian", "通知监护人"
        ORAL = "oral", "口头报告教育局（学区）"
        WRITTEN = "written", "书面报告教育局（学区）"
        POLICE = "police", "报公安"
        CIVIL = "civil", "报民政"
        HEALTH = "health", "报卫生健康部门"
        INSURER = "insurer", "报保险公司"

    class Way(models.TextChoices):
        PHONE = "phone", "电话"
        FACE = "face", "当面"
        PAPER = "paper", "书面"
        ONLINE = "online", "微信、网上"

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+", editable=False)
    step = models.CharField("通知、报告", max_length=8, choices=Step)
    told_at = models.DateTimeField("什么时候")
    whom = SealedChar("对谁", max_length=60, help_text="如：奶奶黄某；县教育局安全股张同志")
    way = models.CharField("方式", max_length=6, choices=Way, default=Way.PHONE)
    heard = models.BooleanField("通知到了", default=True)
    paper_no = models.CharField("文号、受案回执号", max_length=40, blank=True)
    answer = SealedChar("对方怎么说", max_length=200, blank=True)

    class Meta:
        ordering = ["told_at", "id"]

    def __str__(self) -> str:
        return f"{self.step} {self.told_at}"


class IncidentLimit(Own):
    """A school's own hours for a step: ordinary and serious; nought is no clock."""

    step = models.CharField(max_length=8, choices=IncidentNotice.Step, editable=False)
    ordinary = models.PositiveSmallIntegerField("一般事件几小时内")
    serious = models.PositiveSmallIntegerField("重伤、死亡几小时内")

    scope_paths: ClassVar[dict[str, str]] = {"school": "school"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "step"], name="incident_limit_once")]

    def __str__(self) -> str:
        return self.step
