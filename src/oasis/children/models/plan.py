"""Problems found with evidence, and the plan for a key child 一人一策: aims, measures, reviews (requirements.md A5, A6)."""

from django.db import models
from django.db.models import Q

from oasis.children.lacks import LACKS
from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar, SealedText
from oasis.people.models import User
from oasis.places.models import Term

LACK_CHOICES = [(lack.code, lack.label) for lack in LACKS]


class Problem(Dated):
    """Something wrong that was seen, since when, on what evidence; followed until it is closed."""

    class Kind(models.TextChoices):
        NOBODY = "nobody", "学习没人辅导监督"
        MARKS = "marks", "没有兴趣、成绩偏低"
        MOOD = "mood", "情绪起伏、不爱说话或焦虑"
        RULES = "rules", "违反纪律、行为有偏差"
        HAZARD = "hazard", "有安全隐患"
        CARE = "care", "生活没人照料"
        CONTACT = "contact", "和父母联系少"
        NET = "net", "沉迷手机、网络"
        OTHER = "other", "其他"

    kind = models.CharField("问题", max_length=8, choices=Kind)
    lack = models.CharField("属于哪项需求", max_length=8, choices=LACK_CHOICES, blank=True)
    what = SealedChar("具体情况", max_length=300)
    evidence = SealedText("依据", max_length=1000, help_text="看到、听到什么，谁说的，哪天；只写事实")
    since_on = models.DateField("从什么时候开始", null=True, blank=True)
    found_on = models.DateField("发现日期")
    closed_on = models.DateField("解决日期", null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    result = SealedChar("结果", max_length=300, blank=True)

    class Meta:
        ordering = ["-found_on", "-id"]
        indexes = [models.Index(fields=["school", "child", "closed_on"], name="problem_of_child")]

    def __str__(self) -> str:
        return self.get_kind_display()


class ProblemNote(Dated):
    """A step on the way to solving a problem."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="+")
    on = models.DateField("日期")
    words = SealedChar("跟进情况", max_length=300)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return str(self.on)


class Plan(Dated):
    """What is done for a key child, by whom, until when. One runs at a time; a leader closes it."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    from_on = models.DateField("制定日期")
    lead = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="责任人")
    situation = SealedText("现状与需求", max_length=600)
    causes = SealedText("原因分析", max_length=600)
    child_view = SealedChar("孩子自己的想法", max_length=300, blank=True)
    carer_view = SealedChar("家长（照护人）的意见", max_length=300, blank=True)
    mid_on = models.DateField("中期评估日期")
    end_on = models.DateField("期末评估日期")
    closed_on = models.DateField("结案日期", null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closing = SealedChar("结案意见", max_length=300, blank=True)

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(closed_on__isnull=True), name="plan_runs_once",
                violation_error_message="已经有一份在执行的计划，请先结案",
            ),
            models.CheckConstraint(
                condition=Q(end_on__gt=models.F("mid_on")), name="plan_reviews_in_order",
                violation_error_message="期末评估要在中期评估之后",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["school", "child", "closed_on"], name="plan_of_child")]

    def __str__(self) -> str:
        return f"{self.from_on}"


class PlanGoal(Dated):
    """An aim of a plan, reached by a day."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    lack = models.CharField("针对哪项需求", max_length=8, choices=LACK_CHOICES)
    words = SealedChar("目标", max_length=200)
    until_on = models.DateField("达到目标的日期")

    class Meta:
        ordering = ["until_on", "id"]

    def __str__(self) -> str:
        return self.get_lack_display()


class PlanAction(Dated):
    """A measure of a plan: one owner, one day by which it is done. Its area, not its words, stands on the due list."""

    class Area(models.TextChoices):
        STUDY = "study", "学习"
        LIFE = "life", "生活"
        MIND = "mind", "心理"
        HOME = "home", "家校"
        MONEY = "money", "经济"
        SAFETY = "safety", "安全"
        CONDUCT = "conduct", "行为"

    class Outcome(models.TextChoices):
        DONE = "done", "做好了"
        DROPPED = "dropped", "不再需要"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    area = models.CharField("方面", max_length=8, choices=Area)
    words = SealedChar("措施", max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="责任人")
    due_on = models.DateField("期限")
    outcome = models.CharField("结果", max_length=8, choices=Outcome, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_words = SealedChar("完成情况", max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["school", "child", "done_on"], name="plan_action_of_child")]

    def __str__(self) -> str:
        return self.get_area_display()


class PlanReview(Dated):
    """How a plan stands in the middle or at the end of its term. Reviewing again adds a row."""

    class Part(models.TextChoices):
        MID = "mid", "中期评估"
        END = "end", "期末评估"

    class Progress(models.TextChoices):
        GOOD = "good", "好转明显"
        SOME = "some", "有进步"
        LITTLE = "little", "变化不大"
        WORSE = "worse", "情况加重"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    part = models.CharField("哪次评估", max_length=3, choices=Part)
    on = models.DateField("评估日期")
    progress = models.CharField("成效", max_length=6, choices=Progress)
    words = SealedText("评估情况", max_length=600)
    change = SealedChar("计划怎样调整", max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.get_part_display()
