"""What every kind of record shares: its form and how it speaks of itself."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from oasis.kit.dates import today
from oasis.records.kinds.fields import day
from oasis.records.models import Record

COLUMNS = frozenset({"happened_on", "with_whom", "channel", "outcome", "summary", "next_step_on", "confidential"})


class RecordForm(forms.Form):
    """The day. A kind adds the columns it asks for and fields of its own, which are kept in `details`.

    `more` names the fields that a screen folds away: they may stay empty.
    """

    more: ClassVar[tuple[str, ...]] = ()
    happened_on = day()

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


class ContactForm(RecordForm):
    """A contact that may fail. `needed` fields are asked for only when it succeeded."""

    needed: ClassVar[tuple[str, ...]] = ("summary",)

    def clean(self) -> dict[str, Any]:
        """Ask for the needed fields of a contact that came about."""
        values = self.cleaned_data
        if values.get("outcome") == Record.Outcome.DONE:
            for name in self.needed:
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, "请填写这一项")
        return values


@dataclass(frozen=True)
class AlsoAs:
    """What a record that came about is as well, when it was with one of these persons in one of these ways."""

    kind: str
    with_whom: frozenset[str]
    channel: frozenset[str]


class Kind:
    """A kind of record: one subclass, one file, one line in KINDS.

    `verb` begins its line in a timeline and `attempt` the line of a contact that failed; both may name {whom} and
    {channel}. `confidential` seals its text always; `many` allows several children at
    once; `contact` says that somebody saw or heard the child or the family; `calls` puts it on the call desk; `offered`
    False: written by another screen, not chosen among the kinds; `counted` False: how many there are is told in no
    figure, no form and no summary, for the number alone tells what was found; `ledger`: the steps of a case,
    which is counted once, by its ledger, however many lines it leaves; `also` settles what another kind settles,
    without being counted as one. `sample`
    are values that its form accepts, for the tests that run over all kinds.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    hint: ClassVar[str] = ""
    verb: ClassVar[str] = ""
    attempt: ClassVar[str] = ""
    icon: ClassVar[str] = "note"
    confidential: ClassVar[bool] = False
    version: ClassVar[int] = 1
    many: ClassVar[bool] = True
    contact: ClassVar[bool] = True
    calls: ClassVar[bool] = False
    offered: ClassVar[bool] = True
    counted: ClassVar[bool] = True
    ledger: ClassVar[bool] = False
    also: ClassVar[AlsoAs | None] = None
    sample: ClassVar[dict[str, Any]] = {}

    class Form(RecordForm):
        """The form of the kind."""

    @classmethod
    def can_fail(cls) -> bool:
        """Tell whether such a contact may fail, so that its outcome is asked."""
        return "outcome" in cls.Form.base_fields

    @classmethod
    def rings(cls) -> bool:
        """Tell whether such a contact may go by telephone, so that it says something of a number."""
        ways = getattr(cls.Form.base_fields.get("channel"), "choices", ())
        return cls.can_fail() and Record.Channel.PHONE in dict(ways)

    @classmethod
    def lines(cls, record: Record) -> list[tuple[str, str]]:
        """Give label and words for each detail, for timeline and papers; labels come from the form."""
        fields = cls.Form.base_fields
        details = cls.upgrade(record.details, record.form_version)
        return [
            (str(field.label), worded(field, details[name]))
            for name, field in fields.items()
            if name not in COLUMNS and name in details
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
