"""Rows in words a teacher reads: what a new file would hold, which values change, from what to what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from oasis.children.models import Child, Pairing
from oasis.children.rosters import Told
from oasis.intake import packing
from oasis.intake.classes import Classes
from oasis.intake.fields import FIELDS
from oasis.intake.models import Batch, Row
from oasis.intake.queries import rows_of
from oasis.intake.remarks import drop
from oasis.intake.vaguer import vaguer
from oasis.kit.codes import AwayReason, Care, Hardship, LeftBehind, Relation
from oasis.people.roles import Need
from oasis.people.scope import Scope

COLUMNS = {field.attname: field for field in Child._meta.concrete_fields}
OF_KIN = {
    "name": "姓名", "id_number": "身份证号", "birth_on": "出生日期", "occupation": "职业", "workplace": "工作单位", "address": "住址",
    "health": "健康状况", "since_on": "外出时间", "province": "外出省份", "city": "外出市县", "work": "从事工作",
    "reason": "外出", "alive": "健在",
}  # fmt: skip
SINGLE = {
    "klass": "班级", "hardship": "困境类别", "boarding": "寄宿", "left_behind": "留守类型", "civil": "民政口径", "care": "照护类型",
    "pair": "结对", "relieve": "日常照护人",
}  # fmt: skip
CHOICES: dict[str, Any] = {"left_behind": LeftBehind, "care": Care, "hardship": Hardship}
SHOWN = ("sex", "birth_on", "ethnic", "address", "student_no")


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """One difference: its place in the row, its words, whether it is ticked, the day of a newer change, and whether the file tells more."""

    at: int
    label: str
    old: str
    new: str
    ticked: bool
    newer: date | None
    fuller: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the preview shows it; `number` is for paging."""

    number: int
    place: str
    name: str
    state: str
    label: str
    doubt: bool
    said: list[str]
    facts: list[tuple[str, str]]
    differences: list[ShownDifference]
    child: UUID | None
    ticked: bool
    unnumbered: bool
    alike: str  # whose file a doubted row may be
    same: bool  # a person said that it is


def shown_rows(scope: Scope, batch: Batch, *, state: str, after: int, limit: int) -> list[ShownRow]:
    """Give a page of rows in words; one more than shown says that there are more."""
    places = Classes(scope, batch.school, batch.on, batch.default_klass)
    names = {layout["at"]: layout["sheet"] for layout in batch.layouts}
    several = len(names) > 1
    rows = list(rows_of(scope, batch, state=state, after=after)[:limit])
    alike = alike_files(scope, rows, places.shown)
    return [
        ShownRow(
            row.number,
            (f"{names.get(row.sheet, '')} " if several else "") + f"第{row.line}行",
            row.name or "（没有姓名）",
            row.state,
            str(row.get_state_display()),
            row.doubt,
            row.said.splitlines(),
            *in_words(row, places.shown),
            row.child if batch.state == Batch.State.DONE and row.done else None,
            not row.skip,
            row.unnumbered,
            alike.get(row.alike, ""),
            row.same,
        )
        for row in rows
    ]


def alike_files(scope: Scope, rows: list[Row], klass: Callable[[str], str]) -> dict[UUID | None, str]:
    """Name the files in reach that doubted rows may mean: name, class, birthday."""
    wanted = {row.alike for row in rows if row.alike}
    found = Child.objects.within(scope, Need.IMPORT).filter(pk__in=wanted) if wanted else ()
    return {
        one.pk: "，".join(
            filter(None, (one.name, klass(str(one.klass_id or "")), f"{one.birth_on}生" if one.birth_on else ""))
        )
        for one in found
    }


def in_words(row: Row, klass: Callable[[str], str]) -> tuple[list[tuple[str, str]], list[ShownDifference]]:
    """Give the facts of a new row and the differences of a changed one."""
    told, key = packing.unpacked(row.facts) if row.facts and row.state != Row.State.REFUSED else (None, "")
    out, days = packing.unpacked_places(row.declined), packing.unpacked_days(row.differences)
    found = [
        ShownDifference(
            at, label(one.key, told), value(one.key, one.old, klass), value(one.key, one.new, klass),
            at not in out, days[at], vaguer(one),
        )
        for at, one in enumerate(packing.unpacked_differences(row.differences))
    ]  # fmt: skip
    if not told or row.state != Row.State.NEW:
        return [], found
    apart = drop(told, {(one.key, one.new) for one in packing.unpacked_differences(row.differences)})
    facts = list(summary(apart, klass(key)))
    return facts, found


def summary(told: Told, klass: str) -> Iterator[tuple[str, str]]:
    """Give what the new file would hold, as label and value."""
    yield "班级", klass
    for name in SHOWN:
        if told.fields.get(name):
            yield str(COLUMNS[name].verbose_name), of_column(name, told.fields[name])
    if told.boarding is not None:
        yield "寄宿", "住校" if told.boarding else "走读"
    if told.left_behind is not None:
        yield "留守类型", LeftBehind(told.left_behind).label
    if told.care:
        yield "照护类型", Care(told.care).label
    if told.hardships:
        yield "困境类别", "、".join(str(Hardship(kind).label) for kind in told.hardships)
    for pair in told.pairs:
        yield "结对", paired(pair)
    yield from relatives(told)


def relatives(told: Told) -> Iterator[tuple[str, str]]:
    """Give each parent or carer of a new file, as relation and what is told."""
    for kin in told.kin:
        away = "".join((kin.away.get("province") or "", kin.away.get("city") or ""))
        unknown = "（外出时间不详）" if kin.away and not kin.away.get("since_on") else ""
        who = str(Relation(kin.relation).label)
        words = [
            kin.name.removeprefix(who),
            "、".join(kin.phones),
            f"在{away or '外'}{unknown}" if kin.away else "",
            "" if kin.facts.get("alive", True) else "已去世",
            "日常照护" if kin.carer else "",
        ]
        yield who, " ".join(word for word in words if word)


def label(key: str, told: Told | None) -> str:
    """Name what a difference is about."""
    first, _, rest = key.partition(".")
    if first == "child":
        return str(COLUMNS[rest].verbose_name)
    if first == "kin":
        at, what, *name = rest.split(".")
        who = str(Relation(told.kin[int(at)].relation).label) if told else "家庭成员"
        words = {"new": "（新增）", "phone": "电话", "carer": "日常照护人"}.get(what)
        return who + (OF_KIN.get(name[0], "") if words is None else words)
    return SINGLE[first]


def value(key: str, given: Any, klass: Callable[[str], str]) -> str:
    """Write a value of a difference."""
    first, _, rest = key.partition(".")
    if given in (None, ""):
        return "不再是" if first == "relieve" else ""
    if first == "child":
        return of_column(rest, given)
    if found := {"klass": klass, "pair": paired}.get(first):
        return found(str(given))
    if first in CHOICES:
        return str(CHOICES[first](given).label)
    if key.endswith(".away.reason"):
        return str(AwayReason(given).label)
    return yes_no(given) if isinstance(given, bool) else str(given)


def paired(pair: str) -> str:
    """Name a pairing: role and member of staff."""
    role, _id, name = pair.split(":")
    return f"{Pairing.Role(role).label} {name}"


def of_column(name: str, given: Any) -> str:
    """Write a value of the file: the label of a choice, a date, yes or no."""
    choices = dict(COLUMNS[name].flatchoices)
    if given in choices:
        return str(choices[given])
    if isinstance(given, date):
        return given.isoformat()
    return yes_no(given) if isinstance(given, bool) else str(given)


def yes_no(given: bool) -> str:
    """Write a yes or no."""
    return "是" if given else "否"


def field_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the fields a column may be taken for, grouped as the choice shows them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    titles = {
        "father": "父亲",
        "mother": "母亲",
        "carer": "照护人（监护人）",
        "contact": "家长（联系人）",
        "member1": "家庭成员1",
        "member2": "家庭成员2",
    }
    for field in FIELDS:
        groups.setdefault(titles.get(field.code.split(".")[0], "孩子"), []).append((field.code, field.label))
    return list(groups.items())
