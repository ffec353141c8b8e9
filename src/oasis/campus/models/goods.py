"""Goods and gifts: what is in store, what came in from whom, what went out to whom, counted at times (domain.md 2.25)."""

from typing import ClassVar

from django.db import models

from oasis.children.models.child import Dated
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import School


class Goods(ScopedModel):
    """A kind of thing in store."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    name = models.CharField("物品", max_length=40, help_text="如：书包、棉被、图书（套）")
    unit = models.CharField("单位", max_length=8, default="件")
    place = models.CharField("存放在哪里", max_length=40, blank=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school"}

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], name="goods_once", violation_error_message="这种物品已经有了"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Movement(ScopedModel):
    """Goods coming in, going out, counted or scrapped; what is in store is the sum."""

    class Sort(models.TextChoices):
        IN = "in", "入库"
        OUT = "out", "发放"
        COUNT = "count", "盘点"
        SCRAP = "scrap", "报废"

    class Source(models.TextChoices):
        SCHOOL = "school", "学校购置"
        STATE = "state", "上级配发"
        DONATED = "donated", "捐赠"
        TEACHER = "teacher", "教师自费"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    goods = models.ForeignKey(Goods, models.PROTECT, editable=False)
    sort = models.CharField("类别", max_length=6, choices=Sort, editable=False)
    on = models.DateField("日期")
    quantity = models.IntegerField("数量")  # out is less than nought; a count holds the difference
    counted = models.PositiveIntegerField("实数", null=True, editable=False)
    price = models.DecimalField("单价（元）", max_digits=8, decimal_places=2, null=True, blank=True)
    source = models.CharField("来源", max_length=8, choices=Source, blank=True)
    donor = SealedChar("捐赠人或单位", max_length=60, blank=True)
    receipt = models.CharField("收据、捐赠证书号", max_length=40, blank=True)
    occasion = models.CharField("事由", max_length=10, blank=True)
    words = SealedChar("说明", max_length=120, blank=True)
    signed_on = models.DateField("签领表收回", null=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school"}

    class Meta:
        ordering = ["-on", "-at"]
        indexes = [models.Index(fields=["school", "goods", "-on"], name="movement_of_goods")]

    def __str__(self) -> str:
        return f"{self.on} {self.sort} {self.quantity}"

    @property
    def amount(self) -> int:
        """How many, whichever way."""
        return abs(self.quantity)


class Handout(Dated):
    """A child who was given something; the row of the list that is signed."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="+", editable=False)
    quantity = models.PositiveSmallIntegerField("数量", default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["movement", "child"], name="handed_once")]

    def __str__(self) -> str:
        return str(self.quantity)
