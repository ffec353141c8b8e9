"""Users, their posts, and the trail of what was looked at and done."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q, QuerySet

from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import SealedChar
from oasis.people.closed import ScopedModel
from oasis.people.roles import ROLES, Role
from oasis.places.models import Klass, Region, School


class UserManager(BaseUserManager["User"]):
    """Makes users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who may log in. Rights come from posts only; there is no superuser."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(
        "登录名", max_length=40, unique=True, error_messages={"unique": "这个登录名已经有人用了"}
    )
    name = models.CharField("姓名", max_length=40)
    phone = SealedChar("手机号", max_length=30, blank=True)
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("可以登录", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    code_until = models.DateTimeField("一次性密码有效到", null=True, editable=False)
    demo = models.BooleanField("演示数据", default=False, editable=False)
    date_joined = models.DateTimeField("建立时间", auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.username


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by day."""

    def held_on(self, on: date) -> QuerySet["Post"]:
        """Only posts that have begun and not ended."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)

    def at_work(self, on: date) -> QuerySet["Post"]:
        """Only posts of that day whose holders work with the school's children; an inspector does not."""
        return self.held_on(on).filter(role__in=[role.code for role in ROLES if role.works])


class Post(models.Model):
    """A role a person holds at one place from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name="人员")
    role = models.CharField("岗位", max_length=20, choices=[(role.code, role.label) for role in ROLES if role.given])
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="学区")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="学校")
    klass = models.ForeignKey(Klass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="班级")
    from_on = models.DateField("开始日期")
    to_on = models.DateField("结束日期", null=True, blank=True, help_text="留空表示一直担任")
    stand_in = models.BooleanField("代班", default=False)

    objects = models.Manager.from_queryset(PostQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="post_ends_after_start",
                violation_error_message="结束日期不能早于开始日期",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=False) | Q(school__isnull=False),
                name="post_has_place",
                violation_error_message="请选择学校或学区",
            ),
            models.CheckConstraint(
                condition=~Q(role="homeroom") | Q(klass__isnull=False),
                name="homeroom_has_class",
                violation_error_message="班主任要选择所带的班级",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}（{self.from_on}起）"

    @property
    def declared(self) -> Role:
        """The role's entry in the table of roles."""
        return ROLES.get(self.role)


class ConsentText(models.Model):
    """A version of what the school tells guardians before it asks them (PIPL 17, 30). Written once, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+", editable=False)
    number = models.PositiveSmallIntegerField("第几版", editable=False)
    purpose = models.TextField("为什么收集", max_length=800)
    kinds = models.TextField("收集哪些信息", max_length=800)
    manner = models.TextField("怎样使用和保存", max_length=800)
    period = models.TextField("保存多久", max_length=400)
    refusal = models.TextField("可以不同意", max_length=600)
    rights = models.TextField("家长的权利和联系人", max_length=800)
    asks_again = models.BooleanField("目的、方式或种类有变化，须重新征求全部家长的意见", default=False)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["school", "number"], name="consent_text_once")]

    def __str__(self) -> str:
        return f"第{self.number}版"


class LawSetting(models.Model):
    """What the law leaves to the school: who answers for children's data, how soon a parent is answered."""

    school = models.OneToOneField(School, models.CASCADE, primary_key=True, related_name="+", editable=False)
    officer = models.CharField("儿童个人信息保护负责人", max_length=40, blank=True)
    officer_phone = models.CharField("负责人电话", max_length=30, blank=True)
    answer_days = models.PositiveSmallIntegerField("家长的申请在几个工作日内答复", default=15)
    storage = models.CharField(
        "数据存放在哪里", max_length=120, blank=True, help_text="如：学校办公室的服务器，不联外网"
    )
    processor = models.CharField(
        "委托的技术单位", max_length=120, blank=True, help_text="没有委托别的单位的，写“没有”；委托的，要有书面约定"
    )
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    def __str__(self) -> str:
        return f"{self.answer_days}"


class AccessRules(ScopedModel):
    """What a school has settled about getting in; without a row the defaults hold."""

    school = models.OneToOneField(School, models.CASCADE, primary_key=True, related_name="+", editable=False)
    demand_factor = models.BooleanField("按岗位要求第二步验证", default=True)
    more_roles = models.JSONField("另外要求第二步验证的岗位", default=list, blank=True)
    grace_days = models.PositiveSmallIntegerField("宽限天数", default=7)
    since_on = models.DateField(null=True, blank=True, editable=False)  # a stricter rule gives its grace anew
    shared_minutes = models.PositiveSmallIntegerField("公用电脑多少分钟不用就退出", default=30)
    own_minutes = models.PositiveSmallIntegerField("自己的设备多少分钟不用就退出", default=720)
    fresh_minutes = models.PositiveSmallIntegerField("查看以往记录前，第二步验证在多少分钟内有效", default=0)
    approve_exports = models.BooleanField("班主任导出多名孩子的信息须经批准", default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_minutes__range=(5, 720), own_minutes__range=(5, 1440)),
                name="rest_within_bounds",
                violation_error_message="公用电脑请填5到720分钟，自己的设备请填5到1440分钟",
            ),
            models.CheckConstraint(
                condition=Q(grace_days__lte=60, fresh_minutes__lte=720),
                name="grace_within_bounds",
                violation_error_message="宽限最多60天，第二步验证的有效时间最多720分钟",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}"


class Approval(ScopedModel):
    """Something a person asks of a leader: what, what for, until when; and the leader's answer."""

    class Kind(models.TextChoices):
        FACTOR = "factor-off", "解除第二步验证"
        POST = "own-post", "给自己安排岗位"
        STAND_IN = "stand-in", "代班"
        EXPORT = "export", "导出多名孩子的信息"
        READ = "read", "查阅不归自己管的孩子"
        SHOW = "show", "给督导看迎检资料包"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    about = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    klass = models.ForeignKey(Klass, models.PROTECT, null=True, blank=True, related_name="+")
    child = models.UUIDField(null=True, blank=True)  # the leader's choice; no key, children stand above
    subject = models.CharField(max_length=80, blank=True)  # codes and ids of what is asked
    words = models.CharField("申请内容", max_length=200, blank=True)
    purpose = models.CharField("用途", max_length=200)
    from_on = models.DateField("从", null=True, blank=True)
    until_on = models.DateField("到", null=True, blank=True)
    granted = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    alone = models.BooleanField(default=False)  # nobody else was there to decide
    answer = models.CharField("答复", max_length=200, blank=True)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school", "package": "school"}

    class Meta:
        indexes = [models.Index(fields=["school", "granted", "-asked_at"], name="approval_waiting")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def role_name(self) -> str:
        """The post asked for, in words."""
        return ROLES.get(self.role).label if self.role in ROLES else ""


class StaffCheck(ScopedModel):
    """One look into the records of offences of a staff member or a helper from outside (未成年人保护法 62)."""

    class Result(models.TextChoices):
        CLEAR = "clear", "没有不宜从事的记录"
        WITHHELD = "withheld", "有不宜从事的记录，已停止工作"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="工作人员")
    outsider = models.CharField("校外人员", max_length=60, blank=True)
    done_on = models.DateField("查询日期")
    result = models.CharField("查询结果", max_length=10, choices=Result, default=Result.CLEAR)
    reference = models.CharField("查询编号或出具单位", max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, outsider="") | (Q(user__isnull=True) & ~Q(outsider="")),
                name="check_of_one",
                violation_error_message="工作人员和校外人员选填一项",
            )
        ]
        indexes = [models.Index(fields=["school", "user", "outsider", "-done_on"], name="check_latest")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.result}"


class CheckSetting(ScopedModel):
    """How often a school checks, how early it is reminded, and what happens with helpers nobody checked."""

    class Outsiders(models.TextChoices):
        REFUSE = "refuse", "没有查询就不能结对"
        WARN = "warn", "可以先结对，提醒尽快查询"

    school = models.OneToOneField(School, models.CASCADE, primary_key=True, related_name="+")
    months = models.PositiveSmallIntegerField(
        "几个月查询一次", default=12, help_text="法律要求每年至少一次，不能多于12"
    )
    warn_days = models.PositiveSmallIntegerField("提前几天提醒", default=30)
    outsiders = models.CharField("校外人员没有查询", max_length=8, choices=Outsiders, default=Outsiders.REFUSE)

    def __str__(self) -> str:
        return f"{self.months}"


class Retention(models.Model):
    """How long a school keeps one kind of data after a child has left, and what happens then."""

    class Way(models.TextChoices):
        DELETE = "delete", "删除"
        ANONYMISE = "anonymise", "去掉姓名、证件、电话、文字，只留统计要用的"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+", editable=False)
    kind = models.CharField(max_length=16)
    months = models.PositiveSmallIntegerField("离校后保存几个月")
    way = models.CharField("到期后", max_length=10, choices=Way, default=Way.DELETE)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "kind"], name="retention_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.months}"


class Trail(ScopedModel):
    """One line of what was looked at or done. Appended only; each line's hash covers the line before it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school_key = models.UUIDField()  # no foreign key: the line outlives what it speaks of
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=40, blank=True)
    deed = models.CharField(max_length=30)
    child = models.UUIDField(null=True)
    subject = models.CharField(max_length=80, blank=True)  # ids and codes, never a name
    detail = models.CharField(max_length=400, blank=True)
    address = models.CharField(max_length=45, blank=True)
    hash = models.CharField(max_length=64)

    scope_paths: ClassVar[dict[str, str]] = {"school": "school_key"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_key", "seq"], name="trail_in_order")]
        indexes = [
            models.Index(fields=["school_key", "child", "-seq"], name="trail_of_child"),
            models.Index(fields=["school_key", "actor", "-seq"], name="trail_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.deed}"
