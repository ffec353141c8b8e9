"""Where a child is in the holidays after a term, with whom, when the parents come and go (peers.md c15; domain.md 2.28)."""

from django.db import models
from django.db.models import F, Q

from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar
from oasis.places.models import Term


class HolidayStay(Dated):
    """What was asked about a child's holidays; one row a child and term, changed as more is known."""

    class Whom(models.TextChoices):
        PARENTS_HOME = "home", "父母回家，和父母一起"
        TO_PARENTS = "there", "到父母打工的地方去"
        CARER = "carer", "平时的照护人"
        KIN = "kin", "其他亲友"
        NOBODY = "nobody", "没有人照看"

    term = models.ForeignKey(Term, models.PROTECT, related_name="+", editable=False)
    with_whom = models.CharField("假期跟谁", max_length=6, choices=Whom)
    place = SealedChar("在哪里", max_length=120, blank=True)
    home_on = models.DateField("父母哪天回来", null=True, blank=True)
    leave_on = models.DateField("父母哪天再外出", null=True, blank=True)
    handed_on = models.DateField("哪天告诉村（居）儿童主任", null=True, blank=True)
    back_on = models.DateField("开学返校日期", null=True, blank=True)
    note = SealedChar("说明", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "child"], name="holiday_once"),
            models.CheckConstraint(
                condition=Q(home_on__isnull=True) | Q(leave_on__isnull=True) | Q(leave_on__gte=F("home_on")),
                name="holiday_in_order", violation_error_message="再外出的日期不能早于回来的日期",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["school", "term"], name="holiday_of_term")]

    def __str__(self) -> str:
        return self.get_with_whom_display()
