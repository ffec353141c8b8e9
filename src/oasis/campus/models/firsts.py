"""The three firsts: lists with a number of places for tutoring and care, and who is signed up (requirements.md C8)."""

from django.db import models

from oasis.campus.models.own import Own
from oasis.children.models.child import Dated
from oasis.places.models import Klass


class PlaceList(Own):
    """Tutoring or care with so many places, for one class or for the school."""

    class Sort(models.TextChoices):
        TUTORING = "tutoring", "学习辅导"
        CARE = "care", "生活照顾"

    sort = models.CharField("是什么", max_length=8, choices=Sort, default=Sort.TUTORING)
    title = models.CharField("名称", max_length=40, help_text="如：数学补习小组、早餐、午休看护")
    hours = models.CharField("时间", max_length=40, blank=True)
    seats = models.PositiveSmallIntegerField("名额")
    klass = models.ForeignKey(Klass, models.PROTECT, null=True, related_name="+", editable=False)
    allotted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.title


class PlaceWish(Dated):
    """A child signed up, with a place or waiting for one."""

    place_list = models.ForeignKey(PlaceList, models.CASCADE, editable=False)
    placed = models.BooleanField("有名额", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place_list", "child"], name="place_wish_once")]

    def __str__(self) -> str:
        return str(self.place_list_id)
