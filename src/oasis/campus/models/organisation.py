"""Leading group, rules and plans, meetings with their resolutions, the yearly work plan (D1, D2; domain.md 2.27)."""

from typing import ClassVar

from django.db import models

from oasis.campus.models.own import Own
from oasis.kit.sealed import SealedBytes, SealedChar, SealedText
from oasis.people.closed import ScopedModel
from oasis.people.models import User


class Seat(Own):
    """A place in the leading group: who, what for, from when until when. Ended, it stays as it was."""

    class Rank(models.TextChoices):
        HEAD = "head", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"

    rank = models.CharField("组内职务", max_length=8, choices=Rank, default=Rank.MEMBER)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本校人员")
    outsider = SealedChar(
        "校外人员姓名", max_length=40, blank=True, help_text="村干部、派出所民警等；选了本校人员的不用填"
    )
    post = models.CharField("工作职务", max_length=40, help_text="如：校长、三（1）班班主任、安办主任")
    duties = models.TextField("分工", max_length=300, blank=True)
    paper_no = models.CharField("任命文号", max_length=40, blank=True, help_text="如：石桥小学〔2026〕3号")
    from_on = models.DateField("任期开始")
    to_on = models.DateField("任期结束", null=True, blank=True, help_text="留空表示一直担任")

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")), name="seat_in_order",
                violation_error_message="任期结束不能早于开始",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_rank_display()} {self.name}"

    @property
    def name(self) -> str:
        """Who sits here."""
        return self.user.name if self.user else self.outsider


class Rule(Own):
    """A rule, a plan or another paper of the school; its text stands in its versions."""

    class Kind(models.TextChoices):
        RULE = "rule", "管理制度"
        SCHEME = "scheme", "实施方案"
        YEAR = "year", "年度、学期计划"
        NOTICE = "notice", "通知、文件"
        EMERGENCY = "emergency", "应急预案"

    class Topic(models.TextChoices):
        FILES = "files", "一人一档"
        PAIRS = "pairs", "结对帮扶"
        VISITS = "visits", "家访"
        TALKS = "talks", "谈心谈话"
        CARERS = "carers", "监护人联系"
        CALLS = "calls", "亲情电话"
        PARENTS = "parents", "家长学校"
        ROOM = "room", "活动室管理"
        BOARDING = "boarding", "寄宿管理"
        SAFETY = "safety", "安全"
        MIND = "mind", "心理健康"
        REPORT = "report", "强制报告"
        BULLYING = "bullying", "欺凌防治"
        DROPOUT = "dropout", "控辍保学"
        SECRECY = "secrecy", "资料管理、保密"
        MERIT = "merit", "考核"
        WHOLE = "whole", "整项工作"

    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.RULE)
    topic = models.CharField("哪方面", max_length=10, choices=Topic, default=Topic.WHOLE)
    title = models.CharField("名称", max_length=80)
    ended_on = models.DateField("废止日期", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["kind", "topic", "title"]

    def __str__(self) -> str:
        return self.title


class RuleVersion(Own):
    """The text of a paper from a day on; a version is never changed, the next one follows it."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField("第几版", editable=False)
    paper_no = models.CharField("文号", max_length=40, blank=True)
    issued_on = models.DateField("发布日期")
    in_force_on = models.DateField("施行日期")
    text = models.TextField("正文", max_length=20000, blank=True, help_text="可以直接粘贴；也可以只上传盖章的扫描件")
    change = models.CharField("和上一版比，改了什么", max_length=200, blank=True)
    media = models.CharField(max_length=20, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["rule", "-number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"第{self.number}版"


class RuleBody(ScopedModel):
    """The scan of a version, sealed; apart, so that lists do not carry it."""

    version = models.OneToOneField(RuleVersion, models.CASCADE, primary_key=True, related_name="body")
    data = SealedBytes()

    scope_paths: ClassVar[dict[str, str]] = {"school": "version__school"}

    def __str__(self) -> str:
        return str(self.version_id)


class RuleReading(Own):
    """A member of staff says that he has read a version: `by`, `at`."""

    version = models.ForeignKey(RuleVersion, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "by"], name="rule_read_once")]

    def __str__(self) -> str:
        return str(self.version_id)


class Meeting(Own):
    """A meeting of the group or about its work."""

    class Kind(models.TextChoices):
        GROUP = "group", "领导小组会议"
        STAFF = "staff", "全体教师会议"
        HOMEROOM = "homeroom", "班主任会议"
        TRAINING = "training", "培训、师德学习"
        OTHER = "other", "其他会议"

    kind = models.CharField("会议类别", max_length=10, choices=Kind, default=Kind.GROUP)
    on = models.DateField("会议日期")
    topic = models.CharField("主题", max_length=80)
    place = models.CharField("地点", max_length=40, blank=True)
    chair = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="主持人")
    hours = models.DecimalField(
        "学时", max_digits=4, decimal_places=1, null=True, blank=True, help_text="培训填学时，其他会议不用填"
    )
    agenda = SealedText("议程", max_length=1000, blank=True)
    minutes = SealedText("会议记录", max_length=6000, blank=True, help_text="不写孩子的姓名，要写的用“某班一名学生”")
    guests = SealedChar("校外到会人员", max_length=120, blank=True)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.topic


class MeetingPresence(Own):
    """Who was asked to a meeting and whether he came."""

    class State(models.TextChoices):
        CAME = "came", "到会"
        LEAVE = "leave", "请假"
        MISSED = "missed", "缺席"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField("到会情况", max_length=6, choices=State)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="meeting_presence_once")]

    def __str__(self) -> str:
        return self.get_state_display()


class Task(Own):
    """Something one person answers for by a day; abstract: a resolution, an item of the year's plan."""

    words = SealedChar("内容", max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="责任人")
    due_on = models.DateField("完成期限")
    done_on = models.DateField("完成日期", null=True, blank=True, editable=False)
    done_words = SealedChar("完成情况", max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["due_on", "id"]


class Resolution(Task):
    """What a meeting resolved, who does it by when."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")

    class Meta(Task.Meta):
        indexes = [models.Index(fields=["owner", "done_on"], name="resolution_owed")]

    def __str__(self) -> str:
        return str(self.due_on)


class WorkItem(Task):
    """An item of a year's work plan; its evidence is counted from the records, `target` says how many are meant."""

    class Area(models.TextChoices):
        LEAD = "lead", "组织领导、制度"
        FILES = "files", "摸底建档"
        HELP = "help", "结对帮扶、谈心"
        HOME = "home", "家校联系"
        LIFE = "life", "生活照料、寄宿"
        SAFETY = "safety", "安全、法制、心理"
        ROOM = "room", "活动与阵地"
        STAFF = "staff", "队伍建设"

    year = models.PositiveSmallIntegerField("学年", help_text="学年开始的年份，如2026")
    area = models.CharField("哪方面", max_length=8, choices=Area)
    evidence = models.CharField("用什么记录来说明", max_length=40, blank=True)
    target = models.PositiveIntegerField("计划做多少", null=True, blank=True)

    class Meta(Task.Meta):
        indexes = [
            models.Index(fields=["school", "year"], name="work_item_of_year"),
            models.Index(fields=["owner", "done_on"], name="work_item_owed"),
        ]

    def __str__(self) -> str:
        return self.get_area_display()
