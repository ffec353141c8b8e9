"""ALARMS: what the law forbids or the file lacks, each a condition on Child (domain.md 8; 未成年人保护法 21 to 23)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from oasis.children.models import Away, CareArrangement, Child, Phone, Tie
from oasis.children.models.care import NAMELESS
from oasis.kit import codes
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import CHINA
from oasis.kit.matching import ends_with
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, Rows

Holds = Callable[[date], Q]
WRITTEN = (CareArrangement.Kind.NOTICE, CareArrangement.Kind.AGREEMENT)
CARED_FOR = Q(left_behind__gt=0)


@dataclass(frozen=True)
class Alarm:
    """`holds` gives the condition on Child for a day; `words` say what to do; severity: law (red), look (amber) or file: what it lacks."""

    code: str
    label: str
    words: str
    article: str
    severity: str
    holds: Holds


def years_before(on: date, years: int) -> date:
    """Give the day so many years earlier; 29 February becomes 28 February."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def months_before(on: date, months: int) -> date:
    """Give the day so many months earlier, at most the 28th."""
    count = on.year * 12 + on.month - 1 - months
    return date(count // 12, count % 12 + 1, min(on.day, 28))


def arranged(on: date, *kinds: str, **more: object) -> Q:
    """The condition that an arrangement of care runs on a day."""
    rows = CareArrangement.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=on), child=OuterRef("pk"), from_on__lte=on
    )
    return Q(Exists(rows.filter(kind__in=kinds, **more) if kinds else rows.filter(**more)))


def _tied(*conditions: Any, **more: object) -> Q:
    return Q(Exists(Tie.objects.filter(*conditions, child=OuterRef("pk"), to_on__isnull=True, **more)))


def _phone(condition: Q) -> Q:
    tied = Q(person__tie__child=OuterRef("pk"), person__tie__to_on__isnull=True, to_on__isnull=True)
    return Q(Exists(Phone.objects.filter(tied & condition)))


OFTEN = 2  # times a number failed before it counts as dead
DEAD = Q(wrong=True) | Q(failed_times__gte=OFTEN)
NEAR = Q(person__tie__carer=True) | Q(person__tie__standing=Tie.Standing.LEGAL)


def _alone(on: date, years: int) -> Q:
    return Q(care=codes.Care.ALONE, birth_on__gt=years_before(on, years))


def _alone_at_school_age(on: date) -> Q:
    """Alone, from eight to under sixteen; a pupil of primary or junior school whose birthday nobody wrote down counts."""
    eight = Q(birth_on__isnull=True) | Q(birth_on__lte=years_before(on, 8))
    return Q(care=codes.Care.ALONE) & eight & (Q(birth_on__isnull=True) | Q(birth_on__gt=years_before(on, 16)))


def _ever_written() -> Q:
    return Q(Exists(CareArrangement.objects.filter(child=OuterRef("pk"), kind__in=WRITTEN)))


def _both_away_for_months(on: date) -> Q:
    both = Q(left_behind__lt=codes.LeftBehind.BOTH)
    for relation in (codes.Relation.FATHER, codes.Relation.MOTHER):
        gone = Away.objects.filter(
            person__tie__child=OuterRef("pk"), person__tie__relation=relation, person__tie__to_on__isnull=True,
            to_on__isnull=True,
        ).filter(_long_gone(on))  # fmt: skip
        both &= Q(Exists(gone))
    return both


def _long_gone(on: date) -> Q:
    """Away for three months; an absence without a day counts from the moment it was heard of."""
    since = months_before(on, 3)
    return Q(since_on__lte=since) | Q(since_on__isnull=True, at__lt=datetime.combine(since, time.max, CHINA))


ALARMS = Catalogue(
    Alarm("alone-under-8", "未满8周岁无人看护", "今天就联系家长，落实看护人；联系不上的报告校长和村（居）委会。",
        "未成年人保护法第21条", "law", lambda on: _alone(on, 8)),
    Alarm("alone-under-16", "未满16周岁独自生活", "请家长尽快落实照护人并书面告知学校，同时告诉村（居）委会。",
        "未成年人保护法第21条", "law", _alone_at_school_age),
    Alarm("unfit", "照护人有不得委托的情形", "请家长另选照护人，并报告校长；有伤害迹象的立即报告公安。",
        "未成年人保护法第22条", "law", lambda on: arranged(on, unfit__gt="")),
    Alarm("no-notice", "没有委托照护书面告知", "父母双方外出，应当书面告知学校。请家长签字，来不了的可电话确认（有见证人）。",
        "未成年人保护法第22、23条", "law", lambda on: Q(left_behind=codes.LeftBehind.BOTH) & ~_ever_written()),
    Alarm("notice-ended", "委托照护已经到期", "与家长重新确认由谁照护，登记新的书面告知。",
        "未成年人保护法第22、23条", "law",
        lambda on: Q(left_behind=codes.LeftBehind.BOTH) & _ever_written() & ~arranged(on, *WRITTEN)),
    Alarm("no-guardian", "没有登记监护人", "问清谁是法定监护人，在家庭成员里把身份选为“监护人”。",
        "民法典第27条", "look", lambda on: CARED_FOR & ~_tied(standing=Tie.Standing.LEGAL)),
    Alarm("no-carer", "没有登记日常照护人", "问清平时谁照顾孩子，在家庭成员里勾选“日常照护人”。",
        "未成年人保护法第22条", "look", lambda on: CARED_FOR & ~_tied(carer=True)),
    Alarm("no-phone", "没有可用的电话", "向孩子、邻居或村（居）委会打听一个能打通的号码。",
        "未成年人保护法第23条", "look", lambda on: CARED_FOR & ~_phone(~DEAD)),
    Alarm("dead-number", "电话两次打不通或是空号", "换一个时间再打，或向其他家人问新号码，停用旧号码。",
        "未成年人保护法第23条", "look", lambda on: _phone(DEAD & NEAR)),
    Alarm("status-behind", "父母都已登记外出三个月以上", "核对后在摸底排查或档案里更新父母外出情况。",
        "教育口径：外出三个月以上", "look", _both_away_for_months),
    Alarm("carer-nameless", "照护人还没有姓名", "问到姓名，在家庭成员里补上；整批的，再导入一次写了姓名的花名册。",
        "未成年人保护法第22条", "file", lambda on: CARED_FOR & _tied(ends_with("person__name", NAMELESS), carer=True)),
    Alarm("no-id-number", "身份证号待补", "向家长要户口簿或身份证核对，在“档案 · 身份”里填上；整批的，再导入一次写对号码的花名册。",
        "学籍信息：身份证件号", "file", lambda on: Q(id_number="")),
)  # fmt: skip


def raised_asked(scope: Scope, severity: str = "law") -> Question[list[tuple[Alarm, int]]]:
    """Ask for the alarms of a severity that stand for anybody in reach, with how many children."""
    return Question(_counts, (scope, severity), lambda rows: _raised(rows, severity))


def _raised(rows: Rows, severity: str) -> list[tuple[Alarm, int]]:
    asked = [alarm for alarm in ALARMS if alarm.severity == severity]
    counts = rows[0] if rows else (0,) * len(asked)
    return [(alarm, count) for alarm, count in zip(asked, counts, strict=True) if count]


@remembered
def _counts(scope: Scope, severity: str) -> QuerySet[Child, Any]:
    rows = Child.objects.within(scope, Need.CHILD_READ).filter(state=Child.State.HERE).order_by()
    asked = [alarm for alarm in ALARMS if alarm.severity == severity]
    counts = {f"n{n}": Count("pk", filter=alarm.holds(scope.on)) for n, alarm in enumerate(asked)}
    return rows.values(all=Value(1)).annotate(**counts).values_list(*counts)


def standing(children: Sequence[Child], on: date) -> dict[UUID, list[Alarm]]:
    """Give the alarms that stand for each of the children, read within a scope, those of the law first. One query."""
    return standing_asked(children, on).answer() if children else {}


def standing_asked(children: Sequence[Child], on: date) -> Question[dict[UUID, list[Alarm]]]:
    """Ask for the same of at least one child."""
    return Question(_flags, (tuple(child.pk for child in children), on), _standing)


def _standing(found: Rows) -> dict[UUID, list[Alarm]]:
    return {pk: [alarm for alarm, yes in zip(ALARMS, flags, strict=True) if yes] for pk, *flags in found}


@remembered
def _flags(ids: tuple[UUID, ...], on: date) -> QuerySet[Child, Any]:
    rows = Child.objects.everywhere(why="alarms of children that were read within the scope").filter(pk__in=ids)
    here = Q(state=Child.State.HERE)
    flags = {
        f"flag_{n}": Case(
            When(alarm.holds(on) & here, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for n, alarm in enumerate(ALARMS)
    }
    return rows.order_by().annotate(**flags).values_list("id", *flags)
