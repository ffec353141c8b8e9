"""The child and what is dated about it: status, enrolment, hardship, risk, census, and every change."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from oasis.kit import codes
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.pinyin import spelled
from oasis.kit.sealed import SealedChar, SealedJSON, SealedNumber
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.places.models import Klass, School, Term


class Child(ScopedModel):
    """One file for one child (requirements.md A2).

    `school`, `klass`, `boarding`, `left_behind`, `civil`, `key` say how it is today; their history stands in Enrolment,
    ChildStatus and RiskLevel, and the actions of this room write both in one transaction.
    """

    class State(models.TextChoices):
        HERE = "here", "在校"
        AWAY = "away", "休学"
        MOVED = "moved", "已转出"
        GRADUATED = "graduated", "已毕业"
        DEAD = "dead", "死亡"

    GONE = (State.MOVED, State.GRADUATED, State.DEAD)  # the file is frozen: read, answered for, kept, never changed

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    klass = models.ForeignKey(Klass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="班级")
    state = models.CharField("学籍状态", max_length=10, choices=State, default=State.HERE)
    boarding = models.BooleanField("寄宿", default=False)
    left_behind = models.PositiveSmallIntegerField("留守类型（教育口径）", choices=codes.LeftBehind, default=0)
    civil = models.BooleanField("留守（民政口径）", default=False)
    key = models.BooleanField("重点帮扶对象", default=False)
    care = models.CharField("实际照护类型", max_length=12, choices=codes.Care, blank=True)
    care_rating = models.CharField("照护评级", max_length=4, choices=codes.CareRating, blank=True)

    name = models.CharField("姓名", max_length=60)
    former_name = models.CharField("曾用名", max_length=60, blank=True)
    sex = models.CharField("性别", max_length=1, choices=codes.Sex, blank=True)
    birth_on = models.DateField("出生日期", null=True, blank=True)
    lunar_birthday = models.CharField("农历生日", max_length=12, blank=True, help_text="家里过农历生日的，如：八月十五")
    ethnic = models.CharField("民族", max_length=2, choices=codes.ETHNIC_CHOICES, blank=True)
    id_number = SealedChar("身份证号", max_length=18, blank=True)
    id_hash = models.CharField(max_length=64, null=True, blank=True, editable=False)
    id_tail = models.CharField(max_length=64, blank=True, editable=False)  # keyed hash of the last four
    student_no = SealedChar("学籍号", max_length=20, blank=True)
    class_no = models.CharField("班内学号", max_length=10, blank=True)
    file_no = models.CharField("档案编号", max_length=20, blank=True)
    entered_on = models.DateField("入学年月", null=True, blank=True)
    opened_on = models.DateField("建档日期")
    closed_on = models.DateField("离校日期", null=True, blank=True)

    erased_on = models.DateField("去名日期", null=True, blank=True, editable=False)

    native_place = models.CharField("籍贯", max_length=60, blank=True)
    household = models.CharField("户口性质", max_length=1, choices=codes.Household, blank=True)
    household_place = SealedChar("户籍所在地", max_length=120, blank=True)
    registered = models.BooleanField("已登记户口", null=True, blank=True)
    address = SealedChar("现住址", max_length=160, blank=True, help_text="写到村民组、门牌")
    village = models.CharField("村（居）", max_length=40, blank=True)
    village_contact = models.CharField("村儿童主任", max_length=40, blank=True)
    village_phone = SealedChar("儿童主任电话", max_length=30, blank=True)
    commute = models.CharField("上下学方式", max_length=8, choices=codes.Commute, blank=True)
    distance_km = models.DecimalField("上学距离（公里）", max_digits=5, decimal_places=1, null=True, blank=True)
    dorm = models.CharField("宿舍", max_length=20, blank=True)
    bed = models.CharField("床号", max_length=10, blank=True)

    health = SealedChar("健康状况", max_length=2, choices=codes.Health, blank=True)
    health_note = SealedChar("疾病史、用药", max_length=300, blank=True)
    allergies = SealedChar("过敏史", max_length=120, blank=True)
    disability = SealedChar("残疾类别", max_length=1, choices=codes.Disability, blank=True)
    disability_grade = SealedNumber("残疾等级", null=True, blank=True, help_text="1至4级，1级最重")
    only_child = models.BooleanField("独生子女", null=True, blank=True)
    income = SealedChar("家庭经济来源", max_length=80, blank=True, help_text="打工、种养殖、政府救助、亲朋接济、其他")
    aid = SealedChar("救助帮扶情况", max_length=80, blank=True, help_text="低保、临时救助、医疗救助、住房救助、其他")
    marital = SealedChar("父母婚姻状况", max_length=20, blank=True)

    character = models.CharField("性格", max_length=200, blank=True)
    interests = models.CharField("爱好特长", max_length=200, blank=True)
    study = models.CharField("学习情况", max_length=300, blank=True)
    thought = models.CharField("思想表现", max_length=300, blank=True)
    mind = SealedChar("心理状况", max_length=300, blank=True)
    conduct = SealedChar("品格与行为", max_length=300, blank=True)
    wishes = models.CharField("孩子的心愿", max_length=300, blank=True)
    remark = SealedChar("备注", max_length=300, blank=True)

    pinyin = models.CharField(max_length=120, editable=False)
    initials = models.CharField(max_length=20, editable=False)
    given_name = models.CharField(max_length=60, editable=False)
    given_pinyin = models.CharField(max_length=100, editable=False)
    photo = models.UUIDField(null=True, editable=False)  # the paper shown as its picture; a plain id, for papers may go
    demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    scope_paths: ClassVar[dict[str, str]] = {
        "school": "school",
        "klass": "klass",
        "child": "id",
        "boarding": "boarding",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_hash"],
                condition=Q(id_hash__isnull=False),
                name="id_number_has_one_file",
                violation_error_message="这个身份证号已经有档案了",
            )
        ]
        indexes = [
            models.Index(fields=["school", "klass", "state"], name="child_of_class"),
            models.Index(fields=["school", "pinyin"], name="child_by_pinyin"),
            models.Index(fields=["school", "initials"], name="child_by_initials"),
            models.Index(fields=["school", "given_pinyin"], name="child_by_given"),
            models.Index(fields=["school", "name"], name="child_by_name"),
            models.Index(fields=["school", "given_name"], name="child_by_given_name"),
            models.Index(fields=["school", "id_tail"], name="child_by_tail"),
        ]

    def __str__(self) -> str:
        return self.name

    def spell(self) -> None:
        """Set the columns that search reads from the name."""
        told = spelled(self.name)
        self.pinyin, self.initials = told.full, told.initials
        self.given_name, self.given_pinyin = told.given_name, told.given


def _child_paths() -> dict[str, str]:
    return {"school": "school", "klass": "child__klass", "child": "child", "boarding": "child__boarding"}


class Dated(ScopedModel):
    """A row about one child; abstract."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    child = models.ForeignKey(Child, models.CASCADE, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    scope_paths: ClassVar[dict[str, str]] = _child_paths()

    class Meta:
        abstract = True


class ChildStatus(Dated):
    """Left-behind or not, by both official definitions, from a day on; never overwritten (domain.md 3.1)."""

    UNTOLD = "untold"  # source of the first row of a file of which nobody has said whether the parents are away

    from_on = models.DateField("自何时起")
    left_behind = models.PositiveSmallIntegerField("教育口径", choices=codes.LeftBehind)
    civil = models.BooleanField("民政口径", default=False)
    civil_reason = models.CharField("民政口径原因", max_length=12, choices=codes.CivilReason, blank=True)
    care = models.CharField("实际照护类型", max_length=12, choices=codes.Care, blank=True)
    since_on = models.DateField("留守起始年月", null=True, blank=True)
    source = models.CharField("来源", max_length=10, default="file")  # census, import, file, untold
    note = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        ordering = ["from_on", "id"]
        indexes = [models.Index(fields=["school", "child", "-from_on"], name="status_of_child")]

    def __str__(self) -> str:
        return f"{self.from_on} {self.get_left_behind_display()}"


class Enrolment(Dated):
    """In which class and whether boarding, from a day to a day."""

    klass = models.ForeignKey(Klass, models.PROTECT, null=True, related_name="+")
    boarding = models.BooleanField("寄宿", default=False)
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True, blank=True)
    reason = models.CharField("原因", max_length=60, blank=True)

    class Meta:
        ordering = ["from_on", "id"]
        indexes = [models.Index(fields=["school", "child", "-from_on"], name="enrolment_of_child")]

    def __str__(self) -> str:
        return f"{self.from_on}—{self.to_on or ''}"


class Hardship(Dated):
    """A group of hardship the child belongs to, from a day to a day (domain.md 3.4)."""

    kind = models.CharField("困境类别", max_length=20, choices=codes.Hardship)
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True, blank=True)
    note = SealedChar("依据", max_length=120, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class RiskLevel(Dated):
    """How closely the child is to be looked after, dated, with reasons (requirements.md A6)."""

    class Level(models.TextChoices):
        HIGH = "high", "高度关注"
        KEY = "key", "重点帮扶"
        WATCH = "watch", "一般关注"
        PLAIN = "plain", "日常关爱"

    on = models.DateField("评定日期")
    level = models.CharField("等级", max_length=5, choices=Level)
    reasons = SealedChar("理由", max_length=300)
    proposed = models.CharField("建议的等级", max_length=5, choices=Level, blank=True)  # what the scheme said that day
    points = models.PositiveSmallIntegerField("分数", null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_level_display()}"

    @property
    def key(self) -> bool:
        """Whether the level makes the child a key child."""
        return self.level in KEY_LEVELS


KEY_LEVELS = (RiskLevel.Level.HIGH, RiskLevel.Level.KEY)


class CensusEntry(Dated):
    """What the homeroom teacher found for one child in one term's census (requirements.md A1)."""

    class Finding(models.TextChoices):
        NEW = "new", "父母新外出"
        SAME = "same", "不变"
        CHANGED = "changed", "类型变化"
        ENDED = "ended", "父母返乡"
        NONE = "none", "非留守"

    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    on = models.DateField("排查日期")
    finding = models.CharField("结果", max_length=8, choices=Finding)
    left_behind = models.PositiveSmallIntegerField("教育口径", choices=codes.LeftBehind)
    civil = models.BooleanField("民政口径", default=False)
    care = models.CharField("实际照护类型", max_length=12, choices=codes.Care, blank=True)
    # what stood before this term's first entry: entering again is compared with it
    was_left_behind = models.PositiveSmallIntegerField(choices=codes.LeftBehind, default=0, editable=False)
    was_civil = models.BooleanField(default=False, editable=False)
    was_care = models.CharField(max_length=12, choices=codes.Care, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "child"], name="census_once_a_term")]
        indexes = [models.Index(fields=["school", "term"], name="census_of_term")]

    def __str__(self) -> str:
        return f"{self.term_id} {self.get_finding_display()}"


class Change(ScopedModel):
    """One field of a child's file that changed: old and new value, when, by whom. The file of any past day follows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE)
    table = models.CharField(max_length=20)  # child, person, tie, phone, away, care
    row = models.UUIDField()
    field = models.CharField(max_length=30)
    old = SealedJSON(null=True)
    new = SealedJSON(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    batch = models.UUIDField(null=True)  # the roster import it came with

    scope_paths: ClassVar[dict[str, str]] = _child_paths()

    class Meta:
        indexes = [
            models.Index(fields=["school", "child", "-at"], name="change_of_child"),
            models.Index(fields=["batch"], name="change_of_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.field}"

    def worded(self) -> tuple[str, Any, Any]:
        """Give field, old and new as stored."""
        return self.field, self.old, self.new
