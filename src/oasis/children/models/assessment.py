"""The five needs of a child, scored each term (requirements.md A4)."""

from django.db import models
from django.db.models import Q

from oasis.children.lacks import LACKS
from oasis.children.models.child import Dated
from oasis.kit.sealed import SealedChar
from oasis.places.models import Term


class Score(models.IntegerChoices):
    """How much somebody is lacking; the higher, the more."""

    MET = 0, "有保障"
    SOME = 1, "有些缺"
    MUCH = 2, "很缺"


def _score(code: str) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(LACKS.get(code).label, choices=Score)


class Assessment(Dated):
    """What the homeroom teacher found for the five needs on a day of a term.

    Assessing again in the same term adds a row; the earlier one is `replaced` and stays.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    on = models.DateField("评估日期")
    life = _score("life")
    conduct = _score("conduct")
    study = _score("study")
    morals = _score("morals")
    safety = _score("safety")
    note = SealedChar("说明", max_length=200, blank=True)
    replaced = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "child"], condition=Q(replaced=False), name="assessment_stands_once_a_term"
            )
        ]
        indexes = [
            models.Index(fields=["school", "term"], name="assessment_of_term"),
            models.Index(fields=["school", "child", "-on"], name="assessment_of_child"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.total}"

    @property
    def scores(self) -> dict[str, int]:
        """The five scores by code."""
        return {lack.code: getattr(self, lack.code) for lack in LACKS}

    @property
    def total(self) -> int:
        """The sum of the five, 0 to 10."""
        return sum(self.scores.values())

    def words(self) -> str:
        """Say what is lacking in one line."""
        told = [f"{lack.label}{Score(score).label}" for lack in LACKS if (score := getattr(self, lack.code))]
        return "；".join(told) or "五项都有保障"
