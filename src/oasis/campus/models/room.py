"""The children's room 活动室: hours, openings and who came, books lent, works on show, equipment (D6; domain.md 2.15)."""

from typing import ClassVar

from django.db import models

from oasis.campus.models.own import Own
from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar
from oasis.people.models import User


class RoomHour(Own):
    """A weekday on which the room is open, from when until when, who is on duty."""

    class Day(models.IntegerChoices):
        MONDAY = 0, "星期一"
        TUESDAY = 1, "星期二"
        WEDNESDAY = 2, "星期三"
        THURSDAY = 3, "星期四"
        FRIDAY = 4, "星期五"
        SATURDAY = 5, "星期六"
        SUNDAY = 6, "星期日"

    day = models.PositiveSmallIntegerField("星期", choices=Day)
    from_at = models.TimeField("从几点")
    to_at = models.TimeField("到几点")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="值班教师")
    what = models.CharField("活动内容", max_length=60, blank=True)
    ended_on = models.DateField("停开日期", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["day", "from_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at")), name="room_hour_in_order", violation_error_message="结束时间要晚于开始时间"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_day_display()


class Opening(Own):
    """The room was open: who opened it, how many came, what they did. `by` wrote it down."""

    class What(models.TextChoices):
        READING = "reading", "阅读"
        STUDY = "study", "共同学习、写作业"
        TALK = "talk", "集体讨论"
        CALL = "call", "亲情通话、视频"
        PLAY = "play", "棋类、游戏"
        SHOW = "show", "作品展示"
        FILM = "film", "看影片"

    on = models.DateField("日期")
    from_at = models.TimeField("从几点", null=True, blank=True)
    to_at = models.TimeField("到几点", null=True, blank=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="值班教师")
    what = models.CharField("主要做什么", max_length=8, choices=What)
    theme = models.CharField("主题", max_length=60, blank=True, help_text="集体讨论、共同学习的写一写")
    count = models.PositiveSmallIntegerField("到室人数", default=0)
    safe = models.BooleanField("走时检查过门窗水电", default=False, blank=True)
    note = SealedChar("备注", max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["school", "on"], name="opening_of_school")]

    def __str__(self) -> str:
        return str(self.on)


class Visit(Dated):
    """A child came to the room on an opening; `called` when it called home from there."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="+")
    called = models.BooleanField("在这里给家里打了电话", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opening", "child"], name="visit_once")]

    def __str__(self) -> str:
        return str(self.opening_id)


class Book(Own):
    """A book of the room with the code on its back."""

    code = models.CharField("编号", max_length=20)
    title = models.CharField("书名", max_length=80)
    source = models.CharField("来源", max_length=60, blank=True, help_text="配发、购置，或捐赠的单位")
    gone_on = models.DateField("注销日期", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="book_code_once", violation_error_message="这个编号已经有一本书了")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Loan(Dated):
    """A book lent to a child."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    lent_on = models.DateField("借出日期")
    due_on = models.DateField("应还日期")
    back_on = models.DateField("归还日期", null=True, blank=True)

    class Meta:
        ordering = ["-lent_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["book"], condition=models.Q(back_on__isnull=True), name="book_lent_once")
        ]

    def __str__(self) -> str:
        return str(self.book_id)


class Work(Dated):
    """A child's work on show in the room."""

    class Kind(models.TextChoices):
        PAINTING = "painting", "绘画"
        WRITING = "writing", "书法"
        ESSAY = "essay", "作文、日记"
        CRAFT = "craft", "手工"
        OTHER = "other", "其他"

    kind = models.CharField("类别", max_length=8, choices=Kind)
    title = models.CharField("作品名称", max_length=60)
    from_on = models.DateField("展出日期")
    to_on = models.DateField("撤下日期", null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Item(Own):
    """A thing of the room in the ledger."""

    class Source(models.TextChoices):
        GIVEN = "given", "上级配发"
        BOUGHT = "bought", "学校购置"
        DONATED = "donated", "捐赠"

    class State(models.TextChoices):
        GOOD = "good", "完好"
        WORN = "worn", "能用，有损坏"
        BROKEN = "broken", "坏了"

    code = models.CharField("编号", max_length=20, blank=True)
    name = models.CharField("名称", max_length=60)
    quantity = models.PositiveIntegerField("数量", default=1)
    unit = models.CharField("单位", max_length=8, default="件")
    source = models.CharField("来源", max_length=8, choices=Source, default=Source.GIVEN)
    from_whom = models.CharField("配发、捐赠单位", max_length=60, blank=True)
    price = models.DecimalField("单价（元）", max_digits=9, decimal_places=2, null=True, blank=True)
    on = models.DateField("入库日期")
    place = models.CharField("存放", max_length=40, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.GOOD)
    keeper = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    checker = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="验收人",
        help_text="和经手人不是同一个人",
    )

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class ItemCount(Own):
    """How many of a thing were found on a day of stocktaking."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    on = models.DateField("盘点日期")
    booked = models.PositiveIntegerField("账上")
    found = models.PositiveIntegerField("实有")
    state = models.CharField("状态", max_length=8, choices=Item.State)

    class Meta:
        ordering = ["-on", "item__name"]
        constraints = [models.UniqueConstraint(fields=["item", "on"], name="item_counted_once")]

    def __str__(self) -> str:
        return str(self.on)


class Scrap(Own):
    """A wish to write things off 报废申报: by the keeper, then the dean, then the principal; each another person."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField("数量")
    reason = models.CharField("报废原因", max_length=120)
    on = models.DateField("申报日期")
    dean = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    dean_on = models.DateField(null=True, editable=False)
    principal = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    principal_on = models.DateField(null=True, editable=False)
    refused = models.CharField("不同意的原因", max_length=80, blank=True, editable=False)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school"}

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.item} {self.quantity}"
