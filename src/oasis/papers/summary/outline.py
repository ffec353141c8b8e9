"""The parts of a summary, in order: the school's and, shorter, the class's (domain.md 7.1)."""

from collections.abc import Iterator
from functools import partial

from oasis.kit.catalogue import Catalogue
from oasis.papers.models import Draft
from oasis.papers.summary import basics, contacting, measures, outcomes, planning
from oasis.papers.summary.base import Composed, Section, nothing
from oasis.papers.summary.facts import Facts

FOREWORD = Section("foreword", 0, "", basics.foreword)
BASICS = Section("basics", 1, "基本情况", basics.basics)
MEASURES = Section("measures", 1, "主要做法", nothing)
FILES = Section("files", 2, "摸清底数，建立档案", measures.files)
PAIRING = Section("pairing", 2, "结对帮扶，谈心关爱", measures.pairing)
CONTACT = Section("contact", 2, "家校联系，亲情沟通", contacting.contact)
RESULTS = Section("results", 1, "工作成效", outcomes.results)
PROBLEMS = Section("problems", 1, "存在问题", outcomes.problems)
PLANS = Section("plans", 1, "下一步打算", outcomes.plans)

SCHOOL = Catalogue(
    FOREWORD, BASICS, MEASURES,
    Section("leading", 2, "加强领导，健全制度", measures.leading), FILES, PAIRING, CONTACT,
    Section("daily", 2, "学习辅导，生活照料", measures.daily),
    Section("safety", 2, "思想教育，安全与心理", measures.safety),
    Section("activities", 2, "活动与阵地", measures.activities),
    RESULTS, PROBLEMS, PLANS,
)  # fmt: skip
KLASS = Catalogue(
    FOREWORD, BASICS, MEASURES, FILES, PAIRING, CONTACT,
    Section("daily", 2, "学习辅导，生活关心", measures.daily), Section("safety", 2, "安全与控辍保学", measures.own_safety),
    Section("activities", 2, "活动与阵地", measures.own_activities),
    RESULTS, PROBLEMS, PLANS,
)  # fmt: skip


def _chapter(code: str, heading: str) -> Section:
    return Section(code, 2, heading, partial(planning.chapter, code))


PLAN_PARTS = (
    Section("foreword", 0, "", planning.foreword), Section("aims", 1, "指导思想", planning.aims),
    Section("goals", 1, "工作目标", planning.goals), Section("measures", 1, "主要措施", nothing),
    _chapter("leading", "加强领导，健全制度"), _chapter("files", "摸清底数，落实监护"), _chapter("pairing", "结对帮扶，谈心关爱"),
    _chapter("contact", "家校联系，亲情沟通"), _chapter("daily", "生活照料，健康与安全"), _chapter("activities", "活动与阵地"),
    Section("steps", 1, "时间安排", planning.steps), Section("demands", 1, "工作要求", planning.demands),
)  # fmt: skip
SCHOOL_ONLY = frozenset({"aims", "leading", "demands"})
SCHOOL_PLAN = Catalogue(*PLAN_PARTS)
KLASS_PLAN = Catalogue(*(part for part in PLAN_PARTS if part.code not in SCHOOL_ONLY))


def outline_of(draft: Draft) -> Catalogue[Section]:
    """Give the outline of a school's or a class's summary or plan."""
    whole = draft.klass_id is None
    if draft.kind == Draft.Kind.PLAN:
        return SCHOOL_PLAN if whole else KLASS_PLAN
    return SCHOOL if whole else KLASS


def compose(draft: Draft, facts: Facts) -> Iterator[Composed]:
    """Write every paragraph the figures can tell."""
    for section in outline_of(draft):
        for key, told in section.write(facts):
            if told:
                yield Composed(section.code, key, told)
