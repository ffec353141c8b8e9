"""The parts of a summary, in order: the school's and, shorter, the class's (domain.md 7.1)."""

from collections.abc import Iterator

from oasis.kit.catalogue import Catalogue
from oasis.papers.summary import basics, measures, outcomes
from oasis.papers.summary.base import Composed, Section, nothing
from oasis.papers.summary.facts import Facts

FOREWORD = Section("foreword", 0, "", basics.foreword)
BASICS = Section("basics", 1, "基本情况", basics.basics)
MEASURES = Section("measures", 1, "主要做法", nothing)
FILES = Section("files", 2, "摸清底数，建立档案", measures.files)
PAIRING = Section("pairing", 2, "结对帮扶，谈心关爱", measures.pairing)
CONTACT = Section("contact", 2, "家校联系，亲情沟通", measures.contact)
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
    Section("daily", 2, "学习辅导，生活关心", measures.daily),
    RESULTS, PROBLEMS, PLANS,
)  # fmt: skip


def outline_of(whole: bool) -> Catalogue[Section]:
    """Give the outline of a school's or a class's summary."""
    return SCHOOL if whole else KLASS


def compose(facts: Facts) -> Iterator[Composed]:
    """Write every paragraph the figures can tell."""
    for section in outline_of(facts.whole):
        for key, told in section.write(facts):
            if told:
                yield Composed(section.code, key, told)
