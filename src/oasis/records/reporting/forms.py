"""The forms of a mandatory report: the case itself, each step, closing. What they clean to is kept sealed, as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from oasis.kit.dates import CHINA, now, zh_full
from oasis.records.kinds.fields import Choices, line, one_of, some_of, text
from oasis.records.reporting.steps import SITUATIONS, Step

HOW_FOUND = [
    ("seen", "自己看到"), ("child", "孩子说的"), ("other-child", "同学说的"), ("family", "家里人或邻居说的"),
    ("check", "体检、晨检或宿舍发现"), ("other", "其他"),
]  # fmt: skip
MEASURES = [
    ("safe", "孩子已在安全的地方，有大人陪着"), ("hospital", "已送医"), ("apart", "已和怀疑的人分开"), ("evidence", "已保存证据"),
]  # fmt: skip
STAFFED = [("no", "不是"), ("yes", "是（在这里选上）"), ("unsure", "不清楚")]
EARLIEST = 2000
WAYS = [("phone", "电话"), ("face", "当面"), ("paper", "书面"), ("net", "网上")]
GUARDIAN = [("told", "已告知"), ("not", "不告知（监护人有嫌疑，或告知会有危险）")]


def moment(label: str, *, required: bool = True) -> forms.DateTimeField:
    """A day and a time, as a phone offers them."""
    return forms.DateTimeField(
        label=label, required=required, widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )  # fmt: skip


class Told(forms.Form):
    """A form whose cleaned values are kept as JSON; no moment may lie ahead."""

    def clean(self) -> dict[str, Any]:
        """Refuse a moment that has not come."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, datetime) and value.year < EARLIEST:
                self.add_error(name, "年份太早，请核对")
            elif isinstance(value, datetime) and value > now():
                self.add_error(name, "时间不能晚于现在")
        return self.cleaned_data

    def told(self) -> dict[str, Any]:
        """Give the filled values as JSON keeps them."""
        plain = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in self.cleaned_data.items()
        }
        return {name: value for name, value in plain.items() if value not in (None, "", [], False)}


class CloseForm(Told):
    """What came of a report."""

    words = forms.CharField(label="办结情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(Told):
    """What was seen of which child. `child_name` and `child_class` are typed where no file is chosen."""

    child_name = forms.CharField(label="孩子的姓名", max_length=40)
    child_class = forms.CharField(
        label="班级", max_length=40, required=False, help_text="例如：三（1）班；不清楚可以不填"
    )
    situations = some_of("属于哪种情形", SITUATIONS, hint="可以选几种；“疑似”就可以报。还说不清的先不选，以后补")
    seen = text(
        "看到、听到了什么", required=True, most=4000, rows=5, hint="写事实和孩子的原话。只问一次，不追问细节，不用判断真假"
    )  # fmt: skip
    found_at = moment("什么时候发现的", required=False)
    found_where = line("在哪里发现的", most=100)
    found_how = one_of("怎么发现的", HOW_FOUND, required=False)
    suspect = line("怀疑是谁，和孩子是什么关系", most=200, hint="不知道可以不填，不要自己去查")
    measures = some_of("已经做了什么", MEASURES)
    measures_words = line("其他已经做的", most=200)
    staffed = one_of("怀疑的人是不是本校的人？", STAFFED)
    suspects = some_of("选上怀疑的本校工作人员（包括校长）", (), hint="选上的人看不到这份报告，也不会知道有这份报告")
    named = some_of("还让谁知道", ())

    def __init__(
        self, *args: Any, staff: Choices, others: Choices = (), child: bool = False, begun: bool = False, **kwargs: Any
    ) -> None:
        """Offer the school's people; ask for no name where a file is chosen, nor again whom to tell once it has begun."""
        super().__init__(*args, **kwargs)
        if begun:
            del self.fields["staffed"]
        if child:
            del self.fields["child_name"], self.fields["child_class"]
        self._offer("suspects", staff)
        self._offer("named", [*staff, *others])

    def clean(self) -> dict[str, Any]:
        """Refuse a no beside a ticked name: nobody can tell which was meant."""
        values = super().clean()
        if values.get("staffed") == "no" and values.get("suspects"):
            self.add_error("staffed", "选了“不是”，又选上了本校的人。请改成“是”，或去掉选上的人")
        return values

    def _offer(self, name: str, people: Choices) -> None:
        self.fields[name].choices = list(people)  # type: ignore[attr-defined]


class PoliceForm(Told):
    """The report to the police."""

    at = moment("什么时候报的")
    unit = line("报给哪个单位", most=80, hint="例如：柳溪派出所")
    person = line("接警民警", most=60)
    how = one_of("怎么报的", [("110", "打110"), ("station", "到派出所"), ("phone", "打派出所电话"), ("net", "网上")])
    receipt = line("受案回执号", most=60, hint="还没有拿到的，拿到后再补")
    words = text("说明", most=1000, rows=2)


class AgencyForm(Told):
    """The report to another body."""

    at = moment("什么时候报的")
    unit = line("报给哪个单位", most=80)
    person = line("对方是谁", most=60)
    how = one_of("怎么报的", WAYS)
    words = text("说明", most=1000, rows=2)


class GuardianForm(Told):
    """Whether the guardian was informed, and if not, why not."""

    told_how = one_of("有没有告知", GUARDIAN)
    at = moment("什么时候告知的（或决定不告知）")
    person = line("告知了谁", most=60)
    how = one_of("怎么告知的", WAYS, required=False)
    words = text("说明；不告知的写明原因", most=1000, rows=2)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of silence, and for whom was told."""
        values = super().clean()
        if values.get("told_how") == "not" and not values.get("words"):
            self.add_error("words", "不告知的，请写明原因")
        if values.get("told_how") == "told" and not values.get("person"):
            self.add_error("person", "请写明告知了谁")
        return values


class WordsForm(Told):
    """What came back, or what follows."""

    at = moment("什么时候")
    person = line("谁答复或经办", most=60)
    words = text("情况", required=True, most=2000)


ASKS: dict[str, type[Told]] = {
    "police": PoliceForm,
    "agency": AgencyForm,
    "guardian": GuardianForm,
    "words": WordsForm,
}


def form_of(step: Step) -> type[Told]:
    """Give the form of a step."""
    return ASKS[step.asks]


def words_of(form: type[Told], told: dict[str, Any], skip: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Give label and words of what is filled, in the order of the form."""
    found = []
    for name, field in form.base_fields.items():
        if name in told and name not in skip:
            found.append((str(field.label), _worded(field, told[name])))
    return found


def _worded(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()) or ())
    if isinstance(value, list):
        return "；".join(str(choices.get(one, one)) for one in value)
    if isinstance(field, forms.DateTimeField):
        return when(value)
    return str(choices.get(value, value))


def when(stored: str) -> str:
    """Write a stored moment in words."""
    at = datetime.fromisoformat(stored).astimezone(CHINA)
    return f"{zh_full(at.date())} {at:%H:%M}"
