"""Fields that several kinds ask for, each made the same way everywhere; choices are taps, not lists to scroll."""

from collections.abc import Sequence

from django import forms

from oasis.kit.dates import today
from oasis.records.models import Record

Choices = Sequence[tuple[str, str]]
Whom, Channel, Outcome = Record.Whom, Record.Channel, Record.Outcome

MOODS = [("good", "开心"), ("calm", "平静"), ("low", "低落"), ("upset", "烦躁")]
TOPICS = [("study", "学习"), ("life", "生活"), ("conduct", "行为"), ("health", "健康"), ("safety", "安全")]
FAMILY = [("carer", "照护人"), ("father", "父亲"), ("mother", "母亲"), ("other", "其他家人")]
PARENTS = [("father", "父亲"), ("mother", "母亲"), ("other", "其他家人")]
CALLED = [("done", "打通了"), ("no-answer", "没接"), ("wrong-number", "空号或错号"), ("refused", "拒接")]
MET = [("done", "见到了"), ("no-answer", "没有见到"), ("refused", "对方没有同意")]


def day(label: str = "日期") -> forms.DateField:
    """The day it happened; today unless changed."""
    return forms.DateField(label=label, initial=today, widget=forms.DateInput(attrs={"type": "date"}))


def follow_up() -> forms.DateField:
    """The day on which somebody comes back to it."""
    return forms.DateField(label="下次跟进日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))


def text(
    label: str, *, required: bool = False, needed: bool = False, most: int = 1000, rows: int = 3, hint: str = ""
) -> forms.CharField:
    """A sentence or a few. `needed`: required of a contact that came about, so it is not shown as one to leave out."""
    attrs = {"rows": str(rows)} | ({"data-needed": "1"} if needed else {})
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=hint, widget=forms.Textarea(attrs=attrs)
    )


def line(label: str, *, most: int = 120, hint: str = "") -> forms.CharField:
    """A few words that may stay empty."""
    return forms.CharField(label=label, required=False, max_length=most, help_text=hint)


def one_of(
    label: str, choices: Choices, *, initial: str = "", required: bool = True, hint: str = ""
) -> forms.ChoiceField:
    """One choice; when nothing need be chosen, 未填 stands first."""
    offered = list(choices) if required else [("", "未填"), *choices]
    return forms.ChoiceField(
        label=label, choices=offered, initial=initial, required=required, help_text=hint, widget=forms.RadioSelect
    )


def some_of(label: str, choices: Choices, *, required: bool = False, hint: str = "") -> forms.MultipleChoiceField:
    """Any number of choices."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=required, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


def minutes() -> forms.IntegerField:
    """How long it took."""
    return forms.IntegerField(label="时长（分钟）", required=False, min_value=1, max_value=600)


def sealed() -> forms.BooleanField:
    """Whether the text is for few."""
    return forms.BooleanField(
        label="保密", required=False, help_text="其他人只看到有这条记录，内容只有您和心理教师、校领导能打开"
    )
