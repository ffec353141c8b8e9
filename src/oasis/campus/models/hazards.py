"""Hazards 安全隐患: at a place of the school, or around a child at home; who mends it until when, and the second look (domain.md 2.20)."""

from typing import ClassVar

from django.db import models

from oasis.campus.models.own import Own
from oasis.children.models import Child
from oasis.kit.sealed import SealedChar, SealedText
from oasis.people.models import User


class Hazard(Own):
    """A danger somebody saw: of a place when no child is named, else of that child at home or on the way."""

    class Sort(models.TextChoices):
        WATER = "water", "水域、溺水"
        ROAD = "road", "道路、交通"
        BUILDING = "building", "房屋、围墙"
        POWER = "power", "用电"
        FIRE = "fire", "消防、用火"
        FOOD = "food", "食品、饮水"
        DORM = "dorm", "宿舍"
        GEAR = "gear", "器材、设施"
        GAS = "gas", "煤气中毒"
        SLIDE = "slide", "山体滑坡等地质灾害"
        ALONE = "alone", "白天没有人看护"
        VIOLENCE = "violence", "家庭暴力、虐待"
        ASSAULT = "assault", "受性侵害的危险"
        OTHER = "other", "其他"

    class Level(models.TextChoices):
        PLAIN = "plain", "一般"
        LARGE = "large", "较大"
        MAJOR = "major", "重大"

    PLACE = (Sort.WATER, Sort.ROAD, Sort.BUILDING, Sort.POWER, Sort.FIRE, Sort.FOOD, Sort.DORM, Sort.GEAR, Sort.OTHER)
    HOME = (
        Sort.WATER, Sort.ROAD, Sort.BUILDING, Sort.POWER, Sort.FIRE, Sort.GAS, Sort.SLIDE, Sort.ALONE, Sort.VIOLENCE, Sort.ASSAULT,
        Sort.OTHER,
    )  # fmt: skip
    DELICATE = (Sort.VIOLENCE, Sort.ASSAULT)

    child = models.ForeignKey(Child, models.CASCADE, null=True, editable=False)
    found_on = models.DateField("排查日期")
    where = models.CharField("哪里", max_length=40, help_text="如：教学楼二楼东侧楼梯、校门口池塘")
    sort = models.CharField("隐患类别", max_length=8, choices=Sort)
    level = models.CharField("等级", max_length=5, choices=Level, default=Level.PLAIN)
    words = SealedText("看到的情况", max_length=300)
    measure = SealedText("整改措施", max_length=300)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="责任人")
    due_on = models.DateField("整改期限")
    fixed_on = models.DateField("整改完成日期", null=True, blank=True, editable=False)
    fixed_words = SealedChar("怎样整改的", max_length=200, blank=True)
    fixed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    closed_on = models.DateField("销号日期", null=True, blank=True, editable=False)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "klass": "child__klass", "child": "child"}

    class Meta:
        ordering = ["-found_on", "-id"]
        indexes = [
            models.Index(fields=["school", "closed_on"], name="hazard_open"),
            models.Index(fields=["owner", "closed_on"], name="hazard_owed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("found_on")), name="hazard_in_order",
                violation_error_message="整改期限不能早于排查日期",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.found_on} {self.sort}"

    @property
    def state(self) -> str:
        """Say how far it is."""
        return "已销号" if self.closed_on else "等复查" if self.fixed_on else "整改中"


class HazardCheck(Own):
    """A second look 复查 after it was mended: well, or once more until another day."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="+", editable=False)
    on = models.DateField("复查日期")
    passed = models.BooleanField("合格", default=False)
    words = SealedChar("复查情况", max_length=200, blank=True)

    scope_paths: ClassVar[dict[str, str]] = {
        "school": "school",
        "klass": "hazard__child__klass",
        "child": "hazard__child",
    }

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.passed}"
