"""谈心: a talk with a child (domain.md 2.9)."""

from typing import Any, ClassVar

from django import forms

from oasis.records.kinds.base import Kind, RecordForm

REASONS = [
    ("daily", "日常关心"), ("mood", "情绪异常"), ("marks", "成绩波动"), ("rules", "违纪"), ("peers", "同伴矛盾"),
    ("family", "家庭变故"), ("return", "返校适应"), ("other", "其他"),
]  # fmt: skip
MOODS = [("good", "开心"), ("calm", "平静"), ("low", "低落"), ("upset", "烦躁")]


class Talk(Kind):
    """A talk: why, what was said, how the child is."""

    code, label, verb, icon = "talk", "谈心", "谈心", "message-circle"
    sample: ClassVar[dict[str, Any]] = {"reason": "daily", "summary": "聊了周末在家的情况，愿意和奶奶一起做饭。"}

    class Form(RecordForm):
        """Reason and one sentence suffice."""

        reason = forms.ChoiceField(label="谈话原因", choices=REASONS, initial="daily")
        summary = forms.CharField(label="内容要点", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
        mood = forms.ChoiceField(label="孩子的情绪", choices=[("", "未填"), *MOODS], required=False)
        words = forms.CharField(label="孩子的想法或心愿", max_length=300, required=False)
        next_step_on = forms.DateField(
            label="下次跟进日期", required=False, widget=forms.DateInput(attrs={"type": "date"})
        )
        confidential = forms.BooleanField(label="保密（只有少数人能打开）", required=False)
