"""FACTORS: what speaks for looking more closely after a child; a scheme weighs them and proposes a level, with reasons.

The default follows local practice (domain.md 2.21, 4.2): points, and four levels from 高度关注 to 日常关爱. A proposal is
never a verdict: a person decides and writes why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from oasis.children.lacks import LACKS
from oasis.children.models import Assessment, Child, RiskLevel, Score
from oasis.kit import codes
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import age_on

Level = RiskLevel.Level


@dataclass(frozen=True)
class Case:
    """The facts of a child that a scheme may weigh, on a day."""

    child: Child
    on: date
    hardships: frozenset[str] = frozenset()
    assessment: Assessment | None = None
    problems: int = 0


@dataclass(frozen=True)
class Factor:
    """One reason: its words, its usual points, when it holds."""

    code: str
    label: str
    points: int
    holds: Callable[[Case], bool]


def _care(*kinds: str) -> Callable[[Case], bool]:
    return lambda case: case.child.care in kinds


def _hard(*kinds: str) -> Callable[[Case], bool]:
    return lambda case: bool(case.hardships & set(kinds))


def _lack(code: str, score: int) -> Callable[[Case], bool]:
    return lambda case: case.assessment is not None and getattr(case.assessment, code) == score


def _under(years: int) -> Callable[[Case], bool]:
    return lambda case: case.child.birth_on is not None and age_on(case.child.birth_on, case.on) < years


FACTORS = Catalogue(
    Factor("both-away", "父母双方外出", 2, lambda case: case.child.left_behind == codes.LeftBehind.BOTH),
    Factor("one-away", "父母一方外出", 1, lambda case: case.child.left_behind == codes.LeftBehind.ONE),
    Factor("alone", "独居或无人照护", 12, _care(codes.Care.ALONE)),
    Factor("siblings", "由兄姐照护", 5, _care(codes.Care.SIBLINGS)),
    Factor("others", "由亲友、邻居照护或寄养", 2, _care(codes.Care.OTHERS, codes.Care.FOSTER)),
    Factor("grandparents", "隔代照护", 1, _care(codes.Care.GRANDPARENTS)),
    Factor("rating-poor", "照护评级为差", 5, lambda case: case.child.care_rating == codes.CareRating.POOR),
    Factor("rating-fair", "照护评级为一般", 1, lambda case: case.child.care_rating == codes.CareRating.FAIR),
    Factor("young", "未满8周岁", 1, _under(8)),
    Factor("health", "有慢性病、残疾或生理缺陷", 3, lambda case: case.child.health in ("30", "40", "50") or bool(case.child.disability)),
    Factor("no-parents", "孤儿、事实无人抚养或兜底监护", 6, _hard("orphan", "de-facto", "ward")),
    Factor("single", "单亲家庭或父母服刑", 3, _hard("single", "prison")),
    Factor("poor", "低保、特困、监测户等家庭困难", 2, _hard("low-income", "extreme", "watched")),
    Factor("ill-home", "家人重病或孩子重残", 2, _hard("ill", "severely-disabled")),
    Factor("problems", "有还没解决的问题", 3, lambda case: case.problems > 0),
    *(Factor(f"{lack.code}-much", f"{lack.label}很缺", 4 if lack.code == "safety" else 3, _lack(lack.code, Score.MUCH)) for lack in LACKS),
    *(Factor(f"{lack.code}-some", f"{lack.label}有些缺", 1, _lack(lack.code, Score.SOME)) for lack in LACKS),
)  # fmt: skip


@dataclass(frozen=True)
class Weights:
    """A scheme in use: the points of each factor, and from how many points each level is proposed."""

    points: Mapping[str, int] = field(default_factory=lambda: {one.code: one.points for one in FACTORS})
    high: int = 12
    key: int = 8
    watch: int = 4

    def of(self, code: str) -> int:
        """Give a factor's points; one that came with a later version has its usual ones."""
        return self.points.get(code, FACTORS.get(code).points)


@dataclass(frozen=True)
class Proposal:
    """What a scheme proposes for a child, and why."""

    level: str
    points: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """The reasons in one line, the weightiest first."""
        return "；".join(label for label, _points in self.reasons)

    @property
    def label(self) -> str:
        """The level in words."""
        return str(Level(self.level).label)


def propose(case: Case, weights: Weights) -> Proposal:
    """Weigh a child's facts. Pure."""
    held = [(one.label, weights.of(one.code)) for one in FACTORS if weights.of(one.code) and one.holds(case)]
    total = sum(points for _label, points in held)
    steps = ((weights.high, Level.HIGH), (weights.key, Level.KEY), (weights.watch, Level.WATCH))
    level = next((level for least, level in steps if total >= least), Level.PLAIN)
    return Proposal(level, total, tuple(sorted(held, key=lambda one: -one[1])))
