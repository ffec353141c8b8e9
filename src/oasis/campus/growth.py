"""Reading how a child grows, and MATTERS: what may be kept, with what it asks for."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Avg

from oasis.campus.models import Absence, Exam, Growth, Mark
from oasis.campus.models.growth import Subject
from oasis.children.models import Child
from oasis.kit.catalogue import Catalogue
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Matter:
    """One kind of thing kept about a child's growth: its words, the columns it asks for, those that may not stay empty."""

    code: str
    label: str
    icon: str
    asks: tuple[str, ...]
    must: frozenset[str]
    sorts: Choices = ()
    title: str = "名称"


MATTERS = Catalogue(
    Matter("absence", "缺勤", "calendar-off", ("on", "part", "reason", "words"), frozenset({"on", "part", "reason"})),
    Matter("good", "好表现", "mood-smile", ("on", "sort", "words"), frozenset({"on", "sort"}), (
        ("helps", "帮助同学"), ("works", "热爱劳动"), ("honest", "诚实守信"), ("studies", "学习有进步"), ("polite", "文明有礼"),
        ("duty", "认真负责"), ("other", "其他"))),
    Matter("bad", "不良行为", "mood-sad", ("on", "sort", "words"), frozenset({"on", "sort", "words"}), (
        ("smoke", "吸烟、饮酒"), ("truant", "多次旷课逃学"), ("night", "夜不归宿、离家出走"), ("net", "沉迷网络"),
        ("company", "与有不良习性的人交往"), ("places", "进入不适宜的场所"), ("gamble", "赌博、迷信"), ("reading", "接触不良读物"),
        ("fight", "打架、欺负同学"), ("rules", "违反校规"), ("other", "其他"))),
    Matter("honour", "荣誉", "award", ("on", "title", "level", "sort", "giver", "certificate", "words"),
        frozenset({"on", "title", "level"}), (
        ("three-good", "三好学生"), ("pioneer", "优秀少先队员"), ("art", "艺术"), ("sport", "体育"), ("subject", "学科"),
        ("progress", "进步"), ("other", "其他")), "荣誉名称"),
    Matter("work", "作品", "writing", ("on", "title", "sort", "words"), frozenset({"on", "title", "sort"}), (
        ("painting", "绘画"), ("writing", "作文"), ("script", "书法"), ("craft", "手工"), ("self", "自我介绍"),
        ("letter", "写给父母的话"), ("other", "其他")), "作品名称"),
    Matter("book", "读过的书", "book", ("on", "title", "giver", "words"), frozenset({"on", "title"}), (), "书名"),
)  # fmt: skip
SORTS = {code: label for matter in MATTERS for code, label in matter.sorts}


@dataclass(frozen=True)
class Sitting:
    """An exam as a child sat it: points and the class's mean by subject."""

    exam: Exam
    points: dict[str, Decimal]
    mean: dict[str, Decimal]


@dataclass(frozen=True)
class Course:
    """How a child grows: exams in order, days absent, everything else kept, newest first."""

    sittings: list[Sitting]
    absences: list[Absence]
    kept: dict[str, list[Growth]]

    @property
    def subjects(self) -> list[Subject]:
        """The subjects of which there are marks."""
        met = {code for one in self.sittings for code in one.points}
        return [subject for subject in Subject if subject.value in met]


def course(scope: Scope, child: Child, need: Need = Need.CHILD_READ) -> Course:
    """Give everything kept about a child's growth. Four queries."""
    marks = list(Mark.objects.within(scope, need).filter(child=child).select_related("exam").order_by("exam__on", "pk"))
    exams = {mark.exam_id: mark.exam for mark in marks}
    means = _means(child.klass_id, list(exams))
    points: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    for mark in marks:
        points[mark.exam_id][mark.subject] = mark.points
    kept: dict[str, list[Growth]] = defaultdict(list)
    for row in Growth.objects.within(scope, need).filter(child=child).select_related("by"):
        kept[row.kind].append(row)
    absences = list(Absence.objects.within(scope, need).filter(child=child).select_related("by"))
    return Course([Sitting(exam, points[pk], means.get(pk, {})) for pk, exam in exams.items()], absences, kept)


def _means(klass: UUID | None, exams: list[UUID]) -> dict[UUID, dict[str, Decimal]]:
    rows = Mark.objects.everywhere(why="the mean of a class tells no child's mark").filter(
        exam__in=exams, child__klass=klass
    )
    found: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    for exam, subject, mean in rows.order_by().values_list("exam", "subject").annotate(mean=Avg("points")):
        found[exam][subject] = round(Decimal(mean), 1)
    return found


def exams_of(scope: Scope, schools: list[UUID]) -> list[Exam]:
    """Give the exams of the schools where this person teaches a class, the latest first."""
    rows = Exam.objects.everywhere(why="name and day of an exam hold for everybody who works there, and name no child")
    return list(rows.filter(school__in=schools).select_related("term"))


def marks_of(scope: Scope, exam: Exam, klass: Klass) -> dict[UUID, dict[str, Decimal]]:
    """Give the marks of a class in an exam: by child and subject."""
    rows = Mark.objects.within(scope, Need.CHILD_WRITE).filter(exam=exam, child__klass=klass)
    found: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    for child, subject, points in rows.values_list("child", "subject", "points"):
        found[child][subject] = points
    return found


def roll_of(scope: Scope, klass: UUID) -> list[Child]:
    """Give the children of a class whose marks this person writes, by the sound of the name."""
    rows = Child.objects.within(scope, Need.CHILD_WRITE).filter(klass=klass, state=Child.State.HERE)
    return list(rows.order_by("pinyin"))


def chosen_of(scope: Scope, ids: list[UUID]) -> list[Child]:
    """Give those of the named children whom this person writes about."""
    return list(Child.objects.within(scope, Need.RECORD_WRITE).filter(pk__in=ids))


def kept_one(scope: Scope, pk: UUID) -> Growth | Absence | None:
    """Give one thing kept, or None out of reach."""
    growth = Growth.objects.within(scope, Need.RECORD_WRITE).filter(pk=pk).first()
    return growth or Absence.objects.within(scope, Need.RECORD_WRITE).filter(pk=pk).first()
