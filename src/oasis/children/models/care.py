"""Who belongs to the child: persons, ties, phones, parents' absence, arrangements of care."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from oasis.children.models.child import Dated
from oasis.kit import codes
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.kit.sealed import Hashed, SealedChar
from oasis.kit.secrets import keyed_hash
from oasis.people.closed import ScopedModel
from oasis.people.models import User
from oasis.people.roles import ArmKind
from oasis.places.models import School

NAMELESS = "（待补姓名）"  # ends the name of somebody a roster gave only a number or a place of
OPEN = frozenset(str(codes.Relation(code).label) for code in codes.OPEN_KIN)


def beside(name: str, relation: str) -> str:
    """Give the relation as it stands beside a name: nothing beside 奶奶（待补姓名） or 家长（待补姓名）, which say it already."""
    known = name.endswith(NAMELESS) and (name.startswith(relation) or relation in OPEN)
    return "" if known else relation


def named(name: str, relation: str) -> str:
    """Give name and relation: 吴桂花（奶奶）; who has no name yet is 奶奶（待补姓名） and not called 奶奶 twice."""
    told = beside(name, relation)
    return f"{name}（{told}）" if told else name


class Person(ScopedModel):
    """A parent or carer: a person once, shared by siblings. Reached through the children it is tied to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=1, choices=codes.Sex, blank=True)
    birth_on = models.DateField("出生日期", null=True, blank=True)
    id_number = SealedChar("身份证号", max_length=18, blank=True)
    occupation = models.CharField("职业", max_length=40, blank=True)
    workplace = models.CharField("工作单位", max_length=80, blank=True)
    education = models.CharField("文化程度", max_length=20, blank=True)
    health = SealedChar("健康状况", max_length=60, blank=True)
    address = SealedChar("住址", max_length=160, blank=True)
    wechat = SealedChar("微信", max_length=40, blank=True)
    alive = models.BooleanField("健在", default=True)
    note = SealedChar("备注", max_length=200, blank=True)
    demo = models.BooleanField(default=False, editable=False)

    class Meta:
        indexes = [models.Index(fields=["school", "name"], name="person_by_name")]

    @property
    def nameless(self) -> bool:
        """Whether the name is still to be asked for."""
        return self.name.endswith(NAMELESS)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def reached(cls, kind: ArmKind, ids: frozenset[UUID]) -> Q | None:
        """A school reaches its persons; class, child and boarder arms reach them through ties that run."""
        return _through_ties(kind, ids, "pk")


def _through_ties(kind: ArmKind, ids: frozenset[UUID], column: str) -> Q | None:
    if kind == ArmKind.SCHOOL:
        return Q(school__in=ids)
    tied = Tie.reached(kind, ids)
    if tied is None:
        return None
    return Q(**{f"{column}__in": Tie.objects.filter(tied, to_on__isnull=True).values("person")})


class Tie(Dated):
    """A person's tie to a child: relation, standing in law, lives with, in which order to call (domain.md 0.3)."""

    class Standing(models.TextChoices):
        LEGAL = "legal", "监护人"
        ENTRUSTED = "entrusted", "被委托照护人"
        NONE = "none", "其他家庭成员"

    person = models.ForeignKey(Person, models.CASCADE)
    relation = models.CharField("与孩子关系", max_length=2, choices=codes.Relation)
    standing = models.CharField("身份", max_length=10, choices=Standing, default=Standing.NONE)
    lives_with = models.BooleanField("与孩子同住", default=False)
    carer = models.BooleanField("日常照护人", default=False)
    call_order = models.PositiveSmallIntegerField("联系顺序", default=9)
    no_pickup = models.BooleanField("不得接走孩子", default=False)
    from_on = models.DateField("自", null=True, blank=True)
    to_on = models.DateField("至", null=True, blank=True)
    reason = models.CharField("变更原因", max_length=80, blank=True)

    class Meta:
        ordering = ["call_order", "relation"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "person"],
                condition=Q(to_on__isnull=True),
                name="tie_once_at_a_time",
                violation_error_message="这个人已经在家庭成员里了",
            )
        ]
        indexes = [models.Index(fields=["school", "person"], name="tie_of_person")]

    @property
    def unsaid(self) -> bool:
        """Whether nobody has said who it is: there is no name, and nothing that only one is to the child."""
        return self.person.nameless and self.relation in codes.OPEN_KIN

    @property
    def beside(self) -> str:
        """The relation as it stands beside the name."""
        return beside(self.person.name, self.get_relation_display())

    @property
    def called(self) -> str:
        """Relation and name: 父亲 汪才; who has no name yet is not called 父亲 twice."""
        return " ".join(part for part in (self.beside, self.person.name) if part)

    @property
    def named(self) -> str:
        """Name and relation: 吴桂花（奶奶）."""
        return named(self.person.name, self.get_relation_display())

    def __str__(self) -> str:
        return self.get_relation_display()


class Phone(ScopedModel):
    """A number of a person. It ages: when it last worked, how often it failed since (peers.md c3)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    number = SealedChar("电话号码", max_length=30)
    number_hash = Hashed("number", purpose="phone")
    tail_hash = Hashed("number", purpose="phone-tail", last=4)
    last_worked_on = models.DateField("上次打通", null=True, blank=True)
    failed_times = models.PositiveSmallIntegerField("此后未通次数", default=0)
    wrong = models.BooleanField("空号或错号", default=False)
    from_on = models.DateField("登记日期", null=True, blank=True)
    to_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["-last_worked_on", "id"]
        indexes = [
            models.Index(fields=["school", "number_hash"], name="phone_by_hash"),
            models.Index(fields=["school", "tail_hash"], name="phone_by_tail"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def reached(cls, kind: ArmKind, ids: frozenset[UUID]) -> Q | None:
        """As its person is reached."""
        return _through_ties(kind, ids, "person")

    @classmethod
    def hashes(cls, numbers: Iterable[str]) -> list[str]:
        """Give the hashes under which numbers are found, for `number_hash`."""
        return [keyed_hash(number, purpose="phone") for number in numbers]

    @property
    def dead(self) -> bool:
        """Two failures since it last worked, or known to be wrong (domain.md 8, alarms)."""
        return self.wrong or self.failed_times >= 2


class Away(ScopedModel):
    """A parent's absence: since when, where, what work, how often home, last seen, next return (peers.md c1).

    Without `since_on` nobody knows when it began; `at` is the moment it was heard of.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    since_on = models.DateField("外出时间", null=True, blank=True, help_text="不清楚的可以空着")
    to_on = models.DateField("返乡时间", null=True, blank=True)
    reason = models.CharField("外出原因", max_length=10, choices=codes.AwayReason, default=codes.AwayReason.WORK)
    province = models.CharField("省（自治区、直辖市）", max_length=20, blank=True)
    city = models.CharField("市县", max_length=40, blank=True)
    work = models.CharField("做什么工作", max_length=60, blank=True)
    home_every = models.CharField("多久回来一次", max_length=10, choices=codes.HomeEvery, blank=True)
    last_seen_on = models.DateField("上次见面", null=True, blank=True)
    next_return_on = models.DateField("预计返乡", null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = [F("since_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(to_on__isnull=True),
                name="away_once_at_a_time",
                violation_error_message="这位家长已经登记为外出，请先登记返乡",
            )
        ]

    def __str__(self) -> str:
        return f"{self.province}{self.city}"

    @classmethod
    def reached(cls, kind: ArmKind, ids: frozenset[UUID]) -> Q | None:
        """As its person is reached."""
        return _through_ties(kind, ids, "person")


class CareArrangement(Dated):
    """The parents' naming of who cares: the written notice or agreement (未成年人保护法 22, 23; requirements.md B1)."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "委托照护书面告知"
        AGREEMENT = "agreement", "委托照护协议"
        CONFIRMED = "confirmed", "确认父（母）亲自照护"

    class Signed(models.TextChoices):
        PAPER = "paper", "纸质签字"
        PHONE = "phone", "电话确认（有见证人）"
        VILLAGE = "village", "村（居）委会见证签字"

    class Unfit(models.TextChoices):
        VIOLENCE = "violence", "有性侵害、虐待、遗弃、拐卖、暴力伤害等违法犯罪情形"
        ADDICTION = "addiction", "有吸毒、酗酒、赌博等恶习"
        REFUSED = "refused", "曾拒不履行或长期怠于履行监护、照护职责"
        OTHER = "other", "其他不适宜担任被委托人的情形"

    kind = models.CharField("方式", max_length=10, choices=Kind)
    carer = models.ForeignKey(Person, models.PROTECT, verbose_name="照护人")
    signed = models.CharField("确认方式", max_length=8, choices=Signed)
    signer = models.CharField("签字（确认）家长", max_length=40)
    witness = models.CharField("见证人", max_length=40, blank=True, help_text="电话确认必须填写见证人")
    on = models.DateField("签字（确认）日期")
    received_on = models.DateField("学校收到日期", null=True, blank=True)
    from_on = models.DateField("委托自")
    to_on = models.DateField("委托至", null=True, blank=True)
    child_heard = models.BooleanField("已听取孩子意见", default=False)
    child_view = SealedChar("孩子的意见", max_length=200, blank=True)
    unfit = SealedChar("不得委托的情形", max_length=12, choices=Unfit, blank=True)
    checked = models.BooleanField("已核对无不得委托的情形", default=False)

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(signed="phone") | ~Q(witness=""),
                name="phone_needs_witness",
                violation_error_message="电话确认必须写明见证人",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_on}"
