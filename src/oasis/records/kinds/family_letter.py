"""亲情书信: that a letter was sent or came, and when. Its content may not be read or kept (未成年人保护法 63; domain.md 0.3)."""

from typing import Any, ClassVar

from oasis.records.kinds.base import Kind, RecordForm
from oasis.records.kinds.fields import PARENTS, one_of

WAYS = [("sent", "寄出"), ("received", "收到")]


class FamilyLetter(Kind):
    """A letter between child and parents: the fact and the day, nothing else."""

    code, label, verb, icon = "family-letter", "亲情书信", "和{whom}通信", "mail"
    hint = "只记寄收，不看内容"
    sample: ClassVar[dict[str, Any]] = {"with_whom": "father", "way": "sent"}

    class Form(RecordForm):
        """No field of free text: the law forbids it."""

        way = one_of("寄出还是收到", WAYS, initial="sent")
        with_whom = one_of("和谁", PARENTS, initial="father")
