"""What every kind of record shares: its form and how it speaks of itself."""

from typing import Any, ClassVar

from django import forms

from oasis.kit.dates import today
from oasis.records.models import Record

COLUMNS = frozenset({"happened_on", "with_whom", "channel", "outcome", "summary", "next_step_on", "confidential"})


class RecordForm(forms.Form):
    """The common columns. A kind adds fields of its own, which are kept in `details`, or drops what it does not ask."""

    happened_on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    summary = forms.CharField(
        label="内容", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )

    def clean_happened_on(self) -> Any:
        """Refuse a day that has not come."""
        day = self.cleaned_data["happened_on"]
        if day > today():
            raise forms.ValidationError("日期不能晚于今天")
        return day

    def columns(self) -> dict[str, Any]:
        """Give the cleaned values that are columns of Record."""
        return {name: value for name, value in self.cleaned_data.items() if name in COLUMNS}

    def details(self) -> dict[str, Any]:
        """Give the cleaned values of the kind itself, as JSON keeps them; empty ones are left out."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in COLUMNS}
        return {name: value for name, value in rest.items() if value not in (None, "", [], False)}


class Kind:
    """A kind of record: one subclass, one file, one line in KINDS.

    `offline` offers it on the phone; `verb` begins its line in a timeline; `confidential` seals its text always;
    `sample` are values that its form accepts, for the tests that run over all kinds.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    verb: ClassVar[str] = ""
    icon: ClassVar[str] = "note"
    offline: ClassVar[bool] = True
    confidential: ClassVar[bool] = False
    version: ClassVar[int] = 1
    many: ClassVar[bool] = True
    sample: ClassVar[dict[str, Any]] = {}

    class Form(RecordForm):
        """The form of the kind."""

    @classmethod
    def lines(cls, record: Record) -> list[tuple[str, str]]:
        """Give label and words for each detail, for timeline and papers; labels come from the form."""
        fields = cls.Form.base_fields
        return [
            (str(fields[name].label), worded(fields[name], value))
            for name, value in record.details.items()
            if name in fields
        ]

    @classmethod
    def upgrade(cls, details: dict[str, Any], form_version: int) -> dict[str, Any]:
        """Bring details written under an older form to the present one."""
        return details


def worded(field: forms.Field, value: Any) -> str:
    """Give a stored detail in the words its form shows."""
    choices = dict(getattr(field, "choices", ()) or ())
    if isinstance(value, list):
        return "、".join(str(choices.get(item, item)) for item in value)
    if value is True:
        return "是"
    return str(choices.get(value, value))
