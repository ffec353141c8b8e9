"""夜间照看: a boarder looked after at night (requirements.md C4, peers.md c7)."""

from typing import Any, ClassVar

from oasis.campus.models import BedMark
from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import line, one_of

CARES = [(str(code), str(label)) for code, label in BedMark.Care.choices]


class NightCare(Kind):
    """A child looked after at night: what it was, and what was done."""

    code, label, verb, icon = "night-care", "夜间照看", "夜间照看", "moon"
    hint = "夜里发热、哭闹、盖被"
    sample: ClassVar[dict[str, Any]] = {"care": "fever", "summary": "量了体温37.8，喂了温水。"}

    class Form(RecordForm):
        """One tap; a few words if there is time."""

        more = ("summary",)
        care = one_of("什么情况", CARES)
        summary = line("做了什么", most=200)
