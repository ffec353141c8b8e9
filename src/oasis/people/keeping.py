"""How long data are kept after a child has left: kinds of data, the usual periods, and the school's own (PIPL 19, 47)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from oasis.kit.catalogue import Catalogue
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.consenting import must_lead
from oasis.people.models import Retention
from oasis.people.scope import Scope
from oasis.places.models import School

LEAST, MOST = 6, 360  # months
DELETE, ANONYMISE = Retention.Way.DELETE, Retention.Way.ANONYMISE


@dataclass(frozen=True)
class Keeping:
    """A kind of data and how long it is kept after the child has left; the file outlives all else."""

    code: str
    label: str
    about: str
    months: int
    way: str = DELETE
    ways: tuple[str, ...] = (DELETE,)


KEEPING = Catalogue(
    Keeping("records", "老师的记录", "家访、谈心、通话等，连同更正前的文字", 36),
    Keeping("confidential", "保密记录", "打开要写理由的记录", 36),
    Keeping(
        "file", "档案和其余一切", "身份、家庭、照护、结对、家长同意和申请、修改历史、导入的原文", 36,
        ways=(DELETE, ANONYMISE),
    ),
)  # fmt: skip


def keeping_of(school: School) -> tuple[Keeping, ...]:
    """Give every kind with the school's own period."""
    own = {row.kind: row for row in Retention.objects.filter(school=school)}
    return tuple(
        replace(kind, months=own[kind.code].months, way=own[kind.code].way) if kind.code in own else kind
        for kind in KEEPING
    )


def set_keeping(scope: Scope, *, school: School, months: Mapping[str, int], way: str) -> tuple[Keeping, ...]:
    """Set the periods of a school; raises Refused when the file would go before what hangs on it."""
    must_lead(scope, school)
    if months.keys() != set(KEEPING.codes):
        raise TypeError(f"set all of {KEEPING.codes}")
    for code, number in months.items():
        if not LEAST <= number <= MOST:
            raise Refused("months", f"期限请填{LEAST}到{MOST}个月", field=code)
    if max(months.values()) > months["file"]:
        raise Refused("order", "档案的期限不能短于记录的期限：档案删除时，记录也一并删除", field="file")
    if way not in KEEPING.get("file").ways:
        raise Refused("way", "请选择删除，还是去掉姓名只留统计", field="way")
    with transaction.atomic():
        for code, number in months.items():
            Retention.objects.update_or_create(
                school=school, kind=code,
                defaults={"months": number, "way": way if code == "file" else DELETE, "by_id": scope.actor},
            )  # fmt: skip
        told = " ".join(f"{code}={number}" for code, number in sorted(months.items()))
        trail.note(scope, "keep.set", school=school.pk, detail=f"{told} {way}")
    return keeping_of(school)


def ends_on(left_on: date, months: int) -> date:
    """Give the day on which a period of months after leaving is over; the 31st becomes the month's last day."""
    year, month = divmod(left_on.year * 12 + left_on.month - 1 + months, 12)
    for day in (left_on.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
