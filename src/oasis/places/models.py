"""Where and when: regions, schools, classes, terms and school days. No secrets here, so nothing is scoped."""

from datetime import date

from django.db import models

from oasis.kit.dates import school_year
from oasis.kit.ids import new_id

DIGITS = "〇一二三四五六七八九"


class Region(models.Model):
    """A township, county, city or province. `path` holds the ids from the top, for "everything below"."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县（区）"
        TOWNSHIP = "township", "乡镇（学区）"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("层级", max_length=10, choices=Kind)
    name = models.CharField("名称", max_length=60)
    code = models.CharField("行政区划代码", max_length=12, blank=True)
    path = models.CharField(max_length=200, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school: village school, township centre school, nine-year school."""

    class System(models.TextChoices):
        SIX_THREE = "6-3", "六三制"
        FIVE_FOUR = "5-4", "五四制"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所属学区")
    name = models.CharField("学校名称", max_length=60, unique=True)
    short_name = models.CharField("简称", max_length=20, blank=True)
    code = models.CharField("学校标识码", max_length=12, blank=True)
    system = models.CharField("学制", max_length=3, choices=System, default=System.SIX_THREE)
    address = models.CharField("地址", max_length=120, blank=True)
    duty_phone = models.CharField("学校值班电话", max_length=30, blank=True)
    helplines = models.CharField(
        "求助电话", max_length=200, default="报警110，急救120，未成年人保护热线12345", help_text="印在联系卡上"
    )
    demo = models.BooleanField("演示数据", default=False)

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def primary_years(self) -> int:
        """How many years the primary stage lasts here (domain.md 3.14)."""
        return 5 if self.system == self.System.FIVE_FOUR else 6


class Klass(models.Model):
    """A class: stage, entry year and number; its grade and name follow from the day (domain.md 3.14)."""

    class Stage(models.TextChoices):
        PRIMARY = "primary", "小学"
        JUNIOR = "junior", "初中"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    stage = models.CharField("学段", max_length=8, choices=Stage, default=Stage.PRIMARY)
    entry_year = models.PositiveSmallIntegerField("入学年份")
    number = models.PositiveSmallIntegerField("班序", default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "stage", "entry_year", "number"],
                name="klass_once",
                violation_error_message="这个班已经有了",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_year}级{self.number}班"

    def grade(self, on: date, primary_years: int = 6) -> int:
        """Give the grade on a day, 1 to 9; junior classes count on from the primary years."""
        years = school_year(on) - self.entry_year + 1
        return years + primary_years if self.stage == self.Stage.JUNIOR else years

    def name(self, on: date, primary_years: int = 6) -> str:
        """Give the name on a day: 三（2）班; a class that has left keeps its year: 2019级2班."""
        grade = self.grade(on, primary_years)
        first = primary_years + 1 if self.stage == self.Stage.JUNIOR else 1
        last = 9 if self.stage == self.Stage.JUNIOR else primary_years
        return f"{DIGITS[grade]}（{self.number}）班" if first <= grade <= last else str(self)


class Term(models.Model):
    """A term of a school with its three windows for home visits (requirements.md B5)."""

    class Half(models.IntegerChoices):
        AUTUMN = 1, "第一学期"
        SPRING = 2, "第二学期"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("学年", help_text="学年开始的年份，如2026")
    half = models.PositiveSmallIntegerField("学期", choices=Half)
    starts_on = models.DateField("开学日期")
    ends_on = models.DateField("放假日期")
    visit1_until = models.DateField("期初家访截止")
    visit2_from = models.DateField("期中家访开始")
    visit2_until = models.DateField("期中家访截止")
    visit3_from = models.DateField("期末家访开始")
    closed_at = models.DateTimeField("结账时间", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-year", "-half"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "half"], name="term_once", violation_error_message="这个学期已经有了"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__lt=models.F("visit1_until"))
                & models.Q(visit1_until__lt=models.F("visit2_from"))
                & models.Q(visit2_from__lt=models.F("visit2_until"))
                & models.Q(visit2_until__lt=models.F("visit3_from"))
                & models.Q(visit3_from__lt=models.F("ends_on")),
                name="term_in_order",
                violation_error_message="日期要依次排列：开学、期初家访截止、期中家访开始、期中截止、期末家访开始、放假",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}—{self.year + 1}学年度{self.get_half_display()}"

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the term."""
        return self.starts_on <= day <= self.ends_on


class SchoolDay(models.Model):
    """An exception to the usual week: a make-up day or a day off. Public holidays come from chinesecalendar."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    on = models.DateField("日期")
    open = models.BooleanField("上课", default=False)
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "on"], name="school_day_once", violation_error_message="这一天已经填过了"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {'上课' if self.open else '放假'}"
