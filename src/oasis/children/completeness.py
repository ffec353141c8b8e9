"""When a file is complete (requirements.md A2): one declared list, counted by figures and shown to the teacher."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from oasis.children.models import Phone, Tie
from oasis.kit.catalogue import Catalogue


@dataclass(frozen=True)
class Part:
    """A part every file must have; `there` is the condition on Child that it is there."""

    code: str
    label: str
    there: Q | Exists


_CARER = Tie.objects.filter(child=OuterRef("pk"), carer=True, to_on__isnull=True)
_NUMBER = Phone.objects.filter(
    person__tie__child=OuterRef("pk"), person__tie__carer=True, person__tie__to_on__isnull=True, to_on__isnull=True, wrong=False
)  # fmt: skip

PARTS = Catalogue(
    Part("identity", "性别、出生日期", ~Q(sex="") & Q(birth_on__isnull=False)),
    Part("number", "身份证号", ~Q(id_number="")),
    Part("address", "现住址", ~Q(address="")),
    Part("care", "实际照护类型", ~Q(care="")),
    Part("carer", "日常照护人", Exists(_CARER)),
    Part("phone", "照护人电话", Exists(_NUMBER)),
    Part("portrait", "性格、爱好、学习情况", ~Q(character="") & ~Q(interests="") & ~Q(study="")),
)
