"""Reading the assessments of the five needs: how far each class is, the last scores, the picture of a class or school."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from oasis.children.census import Progress, classes_of
from oasis.children.lacks import LACKS
from oasis.children.models import Assessment, Child
from oasis.people.closed import ScopedQuerySet
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, Rows
from oasis.places.models import Klass, School, Term

DUE = Q(left_behind__gt=0) | Q(civil=True) | Q(key=True)  # whose needs are assessed each term
SOME, MUCH, ANY, WORSE, BETTER, BEFORE = "some", "much", "any", "worse", "better", "before"
SIZES = {ANY: "有缺", MUCH: "很缺", SOME: "有些缺", WORSE: "比上学期更缺", BETTER: "比上学期好转", BEFORE: "上学期有缺"}


def progress(scope: Scope, terms: dict[UUID, Term]) -> list[Progress]:
    """Give for every class in reach how many of those to be assessed were. Three queries."""
    here = Child.objects.within(scope, Need.CENSUS).filter(DUE, state=Child.State.HERE)
    children = dict(here.values_list("klass").annotate(n=Count("pk")).order_by())
    rows = Assessment.objects.within(scope, Need.CENSUS).filter(
        term__in=terms.values(), replaced=False, child__in=here.values("pk")
    )
    done = dict(rows.values_list("child__klass").annotate(n=Count("pk")).order_by())
    return [
        Progress(klass, name, children[klass.pk], Counter(done=done.get(klass.pk, 0)))
        for klass, name in classes_of(scope, Need.CENSUS)
        if children.get(klass.pk)
    ]


def roll(scope: Scope, klass: Klass) -> ScopedQuerySet[Child]:
    """Give the children of a class to be assessed, key children first."""
    rows = Child.objects.within(scope, Need.CENSUS).filter(DUE, klass=klass, state=Child.State.HERE)
    return rows.order_by("-key", "-left_behind", "pinyin", "pk")


def of_term(scope: Scope, klass: Klass, term: Term) -> dict[UUID, Assessment]:
    """Give what stands for the children of a class in a term."""
    rows = Assessment.objects.within(scope, Need.CENSUS).filter(term=term, child__klass=klass, replaced=False)
    return {row.child_id: row for row in rows}


def last_before(scope: Scope, children: Collection[UUID], term: Term) -> dict[UUID, Assessment]:
    """Give the last assessment of each child in an earlier term. One query."""
    rows = Assessment.objects.within(scope, Need.CENSUS).filter(
        child__in=children, replaced=False, term__starts_on__lt=term.starts_on
    )
    return {row.child_id: row for row in rows.select_related("term").order_by("term__starts_on", "on")}


def course(scope: Scope, child: Child) -> list[Assessment]:
    """Give what stood in each term for one child, oldest first. One query."""
    rows = Assessment.objects.within(scope, Need.CHILD_READ).filter(child=child, replaced=False)
    return list(rows.select_related("term", "by").order_by("term__starts_on"))


@dataclass(frozen=True)
class Brief:
    """The latest assessment of a child, for the page that shows much else."""

    row: Assessment
    before: dict[str, int] | None


def brief_asked(scope: Scope, child: Child) -> Question[Brief | None]:
    """Ask for the latest assessment and the scores of the one before."""
    return Question(_brief, (scope, child.pk), _told)


def _told(found: Rows) -> Brief | None:
    rows = [Assessment(on=on, **dict(zip(LACKS.codes, scores, strict=True))) for on, *scores in found]
    return Brief(rows[0], rows[1].scores if len(rows) > 1 else None) if rows else None


@remembered
def _brief(scope: Scope, child: UUID) -> "ScopedQuerySet[Assessment]":
    rows = Assessment.objects.within(scope, Need.CHILD_READ).filter(child_id=child, replaced=False)
    return rows.order_by("-term__starts_on").values_list("on", *LACKS.codes)[:2]  # type: ignore[return-value]


@dataclass(frozen=True)
class Found:
    """One child in the picture: scores now and in the term before."""

    child: UUID
    name: str
    klass: UUID | None
    now: tuple[int, ...] | None
    before: tuple[int, ...] | None

    def holds(self, at: int, size: str) -> bool:
        """Tell whether the child counts under one need (its place in LACKS) and one size."""
        was = self.before[at] if self.before else None
        if size == BEFORE:
            return bool(was)
        if self.now is None:
            return False
        now = self.now[at]
        if size in (WORSE, BETTER):
            return was is not None and (now > was if size == WORSE else now < was)
        return {SOME: now == 1, MUCH: now == 2, ANY: now > 0}[size]


@dataclass(frozen=True)
class Line:
    """One need in the picture: numbers by size; `known` where there was an assessment in the term before."""

    code: str
    label: str
    sizes: dict[str, int]
    known: bool

    @property
    def change(self) -> int | None:
        """How many more lack it than in the term before."""
        return self.sizes[ANY] - self.sizes[BEFORE] if self.known else None


@dataclass(frozen=True)
class Picture:
    """The five needs of a class or school in a term, beside the term before."""

    term: Term
    earlier: Term | None
    found: tuple[Found, ...]
    lines: tuple[Line, ...]
    by_class: dict[UUID | None, dict[str, int]]

    def behind(self, lack: str, size: str, klass: UUID | None = None) -> list[Found]:
        """Give the children behind a number."""
        at = LACKS.codes.index(lack)
        return [one for one in self.found if one.holds(at, size) and klass in (None, one.klass)]


def picture(scope: Scope, school: School, klass: Klass | None, term: Term) -> Picture:
    """Count the five needs of a school or class in a term. Two queries."""
    terms = list(Term.objects.filter(school=school, starts_on__lte=term.starts_on).order_by("-starts_on")[:2])
    earlier = terms[1] if len(terms) > 1 else None
    rows = Assessment.objects.within(scope, Need.CENSUS).filter(term__in=terms, school=school, replaced=False)
    rows = rows.filter(child__klass=klass) if klass else rows
    scores: dict[UUID, dict[UUID, tuple[int, ...]]] = {one.pk: {} for one in terms}
    names: dict[UUID, tuple[str, UUID | None]] = {}
    told = rows.order_by("child__pinyin", "child").values_list(
        "term", "child", "child__name", "child__klass", *LACKS.codes
    )
    for held, child, name, place, *five in told:
        scores[held][child], names[child] = tuple(five), (name, place)
    old = scores[earlier.pk] if earlier else {}
    now = scores.get(term.pk, {})
    found = tuple(Found(pk, *named, now.get(pk), old.get(pk)) for pk, named in names.items())
    lines = tuple(_line(found, at, known=bool(old)) for at in range(len(LACKS.codes)))
    return Picture(term, earlier if old else None, found, lines, _by_class(found))


def _line(found: Iterable[Found], at: int, *, known: bool) -> Line:
    lack = LACKS.get(LACKS.codes[at])
    return Line(lack.code, lack.label, {size: sum(one.holds(at, size) for one in found) for size in SIZES}, known)


def _by_class(found: Iterable[Found]) -> dict[UUID | None, dict[str, int]]:
    places: dict[UUID | None, dict[str, int]] = {}
    for one in found:
        if one.now is None:
            continue
        sums = places.setdefault(one.klass, {"all": 0, **dict.fromkeys(LACKS.codes, 0)})
        sums["all"] += 1
        for at, code in enumerate(LACKS.codes):
            sums[code] += one.now[at] > 0
    return places
