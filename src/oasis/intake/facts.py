"""One row of a roster as facts about a child: cells cleaned, columns brought together, contradictions said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oasis.children.rosters import Kin, Told
from oasis.intake.absence import away_in
from oasis.intake.carers import lived_with
from oasis.intake.cleaning import dates, ids
from oasis.intake.cleaning.klasses import KlassName
from oasis.intake.cleaning.text import Unclear, nothing
from oasis.intake.family import family, parents_away
from oasis.intake.fields import FIELDS, Cleaner, Field
from oasis.intake.hearing import Heard
from oasis.intake.remarks import propose
from oasis.intake.rows import RowOfSheet
from oasis.kit import idcard
from oasis.kit.codes import CivilReason, Household, LeftBehind
from oasis.kit.dates import age_on
from oasis.kit.headings import HARDSHIPS

STAFF = {"helper": "helper", "proxy-parent": "proxy"}  # role of a pairing: the column that names who
KEEP = 4_000  # cells of a column remembered with their value: most columns say the same few words
OF_1904: dict[Cleaner, Cleaner] = {dates.day: dates.day_1904, dates.birthday: dates.birthday_1904}
Cleaned = tuple[object, str]


@dataclass(slots=True)
class Facts:
    """A row read: what it tells, which class it names, what is to be said about it, and why it cannot be used."""

    line: int
    name: str
    told: Told
    klass: KlassName | None
    notices: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)  # told by no cell, only concluded: the file knows better
    staff: list[tuple[str, str]] = field(default_factory=list)  # role and name of those who are to stand by the child
    unnamed: Kin | None = None  # the carer of whom only the relation is told, which is said: the file may know the name
    unpaired: bool = False  # somebody named to stand by the child was not found
    month: str = ""  # what was said when the birthday has no day
    which: str = ""  # what was said when the row only says that the child is left behind
    lives: str = ""  # with whom the child lives, in the words of the cell
    proposed: list[Heard] = field(default_factory=list)  # what the remark says, for a person to take or leave
    number: str = ""  # the ID number as it is written
    unnumbered: bool = False  # an ID number is written and cannot be right: the row waits for a person's word


class FactReader:
    """Reads the rows of one sheet by the columns a person has confirmed."""

    def __init__(self, columns: Sequence[tuple[int, str]], *, on: date, demo: bool, since_1904: bool, all_left_behind: bool, actual_carer: bool = False) -> None:  # fmt: skip
        self.actual_carer = actual_carer
        self.on, self.demo, self.all_left_behind = on, demo, all_left_behind
        self.at = {code: at for at, code in columns}
        self.columns: list[tuple[int, Field, Cleaner, dict[str, Cleaned]]] = []
        for at, code in columns:
            found = FIELDS.get(code)
            clean = OF_1904.get(found.clean, found.clean) if since_1904 else found.clean
            self.columns.append((at, found, clean, {}))

    def read(self, row: RowOfSheet) -> Facts:
        """Clean a row and bring its columns together."""
        values: dict[str, Any] = {}
        facts = Facts(row.number, "", Told({}), row.klass, cells=row.cells)
        for at, column, clean, kept in self.columns:
            text = row.cells[at]
            if not text:
                continue
            hit = kept.get(text)
            if hit is None:
                hit = cleaned(column, clean, text)
                if len(kept) < KEEP:
                    kept[text] = hit
            value, why = hit
            if value is not None:
                values[column.code] = value
            if why:
                if value is not None:
                    half_told(facts, column, text, why)
                say(facts, column, why if column.label in why else f"{column.label}：{why}", told=value is not None)
        facts.lives, facts.number = self.cell(row, "care"), self.cell(row, "id_number")
        self.settle(values, facts)
        return facts

    def cell(self, row: RowOfSheet, code: str) -> str:
        """Give a cell as it is written."""
        return row.cells[self.at[code]] if code in self.at else ""

    def settle(self, values: dict[str, Any], facts: Facts) -> None:
        """Bring the cleaned cells of a row together into what it tells."""
        facts.name = str(values.get("name") or "")
        if not facts.name and not any("姓名" in why for why in facts.refusals):
            facts.refusals.append("没有写姓名。")
        facts.klass = named_klass(values, facts.klass)
        told = facts.told
        self.check_identity(values, facts)
        told.boarding = values.pop("boarding", None)
        told.since_on = values.pop("since_on", None)
        denied = frozenset(kind for code, kind in HARDSHIPS.items() if values.get(code) is False)
        told.hardships = hardships(values)
        facts.staff = [(role, name) for role in STAFF for name in values.pop(STAFF[role], ())]
        told.relieves = self.actual_carer
        self.family(values, facts)
        both, unable = values.pop("both_away", None), values.pop("one_unable", None)
        told.fields = values
        asked = both is not None or unable is not None or facts.which or "left_behind" in facts.guessed
        facts.proposed = propose(told, denied=denied, parents=not asked, notices=facts.notices)
        if both is None and unable is None:
            facts.guessed.add("civil")
        self.civil(told, values, both, unable)

    def family(self, values: dict[str, Any], facts: Facts) -> None:
        """Take the family and who cares out of a row, as far as its columns tell."""
        told, given = facts.told, values.pop("care", "")
        told.left_behind = self.left_behind(values, facts)
        lived_with(values, facts.lives)
        home = family(values, facts.notices.append, told.left_behind, given, facts.lives)
        told.kin, told.care, facts.unnamed = home.kin, home.care, home.unnamed
        if home.concluded:
            facts.guessed.add("carer")
        if not given:
            facts.guessed.add("care")

    def check_identity(self, values: dict[str, Any], facts: Facts) -> None:
        """Take birth date and sex from the ID number, and say where the columns contradict it."""
        number = values.get("id_number")
        if number:
            if idcard.is_demo(number) and not self.demo:
                facts.notices.append("身份证号：这是演示用的号码，不属于任何人，请填写真实号码或留空。")
                facts.unnumbered = True
                del values["id_number"]
                return
            born, sex = idcard.birth_on(number), idcard.sex(number)
            if facts.month and born and same_month(values["birth_on"], born):
                facts.notices = [one for one in facts.notices if "只有年月" not in one]
                facts.month = ""
            elif values.get("birth_on", born) != born:
                facts.notices.append(f"出生日期：{values['birth_on']} 与身份证号不一致，按身份证号取 {born}，请核对。")
            if values.get("sex", sex) != sex:
                facts.notices.append("性别：与身份证号不一致，按身份证号取，请核对。")
            values["birth_on"], values["sex"] = born, sex
        elif facts.unnumbered and (
            found := ids.compared(facts.number, values.get("birth_on"), values.get("sex"), month=bool(facts.month))
        ):
            first = next((at for at, why in enumerate(facts.notices) if "身份证号" in why), len(facts.notices) - 1)
            facts.notices.insert(first + 1, f"身份证号：{found}")
        birthday = values.get("birth_on")
        if birthday and not 4 <= age_on(birthday, self.on) <= 20:
            facts.notices.append(f"出生日期：{birthday} 与在校年龄不符，请核对。")

    def left_behind(self, values: dict[str, Any], facts: Facts) -> int | None:
        """Give the kind by the education system's definition; title or a bare yes say it by the parents who are away."""
        said = values.pop("left_behind", None)
        if (said is not None and not facts.which) or (
            said is None and (not self.all_left_behind or "left_behind" in self.at)
        ):
            return int(said) if said is not None else None
        if said is None:
            facts.guessed.add("left_behind")
        away = parents_away(values)
        if away and facts.which in facts.notices:
            facts.notices.remove(facts.which)
        if values.get("both_away") or len(away) > 1:
            return 2
        words, kind = away_in(str(values.get("remark") or ""))
        if kind > len(away):
            facts.notices = [one for one in facts.notices if one != facts.which]
            facts.notices.append(f"备注写“{words}”，按{LeftBehind(kind).label}登记，请核对。")
            return kind
        if not away and said is None:
            facts.notices.append("没有写明一方还是双方外出，暂按一方外出登记，请在摸底时核对。")
        return 1

    def civil(self, told: Told, values: dict[str, Any], both: bool | None, unable: bool | None) -> None:
        """Say whether civil affairs counts the child too: under 16, rural, both away or the one at home unable."""
        if told.left_behind is None and both is None and unable is None:
            return
        born = values.get("birth_on")
        young = born is None or age_on(born, self.on) < 16
        rural = values.get("household") != Household.URBAN
        two = both if both is not None else told.left_behind == 2
        told.civil = bool(young and rural and (two or unable))
        if told.civil:
            told.civil_reason = (CivilReason.BOTH_AWAY if two else CivilReason.ONE_UNABLE).value
        if told.left_behind is None and (both or unable):
            told.left_behind = 2 if both else 1


def say(facts: Facts, column: Field, why: str, *, told: bool) -> None:
    """Note what is to be said about a cell; one that must be read and tells nothing stops the row."""
    (facts.refusals if column.must and not told else facts.notices).append(why)
    if column.code == "id_number" and not told:
        facts.unnumbered = True


def half_told(facts: Facts, column: Field, text: str, why: str) -> None:
    """Remember what was said of a cell that tells only half: a birthday without its day, a yes without how many."""
    if column.code == "birth_on" and dates.only_month(text):
        facts.month = f"{column.label}：{why}"
    if column.code == "left_behind":
        facts.which = f"{column.label}：{why}"


def same_month(one: date, other: date) -> bool:
    """Tell whether two days are of the same month of the same year."""
    return (one.year, one.month) == (other.year, other.month)


def cleaned(column: Field, clean: Cleaner, text: str) -> Cleaned:
    """Clean one cell; give the value and what is to be said about it."""
    if nothing(text) and not (column.answers and text.strip()):
        return None, ""
    try:
        return clean(text), ""
    except Unclear as unclear:
        return None if unclear.value == () else unclear.value, unclear.reason


def named_klass(values: dict[str, Any], above: KlassName | None) -> KlassName | None:
    """Bring class column, grade column and the class named above the rows together."""
    klass: KlassName | None = values.pop("klass", None)
    grade: KlassName | None = values.pop("grade", None)
    if klass and klass.grade is None and klass.entry_year is None:
        base = grade or above
        return KlassName(base.grade, base.entry_year, klass.number) if base else klass
    return klass or grade or above


def hardships(values: dict[str, Any]) -> tuple[str, ...]:
    """Take the groups of hardship out of a row."""
    found = [values.pop("hardship", None), *(kind for code, kind in HARDSHIPS.items() if values.pop(code, None))]
    return tuple(dict.fromkeys(kind for kind in found if kind))
