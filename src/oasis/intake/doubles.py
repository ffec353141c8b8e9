"""Doubts about doubles: a child twice in one roster, or one who seems to have a file already."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from oasis.children.models import Child
from oasis.intake.facts import same_month
from oasis.intake.verdicts import Found, State, Verdict, refuse
from oasis.kit.pinyin import spelled

Mark = tuple[object, ...]
ASK = "是同一个孩子的，按“就是这个孩子”；不是的，勾上“另建一份档案”。"
ONCE = "是同一个孩子的，在表里合成一行再导入；不是的，勾上“另建一份档案”。"


class Before(NamedTuple):
    """A row that came earlier, as far as a later one may be the same child."""

    place: str
    numbered: bool
    unsure: bool  # its ID number cannot be right
    born: date | None
    vague: bool  # the birthday has no day

    def other_day(self, row: "Before") -> bool:
        """Tell whether both rows say a birthday, and not the same."""
        if not self.born or not row.born or self.born == row.born:
            return False
        return not ((self.vague or row.vague) and same_month(self.born, row.born))


class Repeats:
    """Remembers the rows of one file: refuses the second row for a child, doubts the one that only looks like it."""

    def __init__(self) -> None:
        self.seen: dict[int, Before] = {}  # by the hash of a mark; a large file has many

    def look(self, verdicts: Sequence[Verdict], sheet: str) -> None:
        """Look at a chunk: rows with an ID number first, so that of two for one child the better one goes in."""
        for verdict in sorted(verdicts, key=lambda one: not one.facts.told.fields.get("id_number")):
            if verdict.state != State.REFUSED:
                self._look(verdict, sheet)

    def _look(self, verdict: Verdict, sheet: str) -> None:
        fields, facts = verdict.facts.told.fields, verdict.facts
        place = f"{sheet}第 {facts.line} 行"
        row = Before(place, bool(fields.get("id_number")), facts.unnumbered, fields.get("birth_on"), bool(facts.month))
        marks = list(_marks(verdict, row))
        for mark in marks:
            before = self.seen.get(hash(mark))
            if before is None:
                continue
            if mark[0] in ("id", "child"):
                refuse(verdict, f"与{before.place}是同一个孩子，没有重复导入。")
                return
            if self._compare(verdict, mark, row, before):
                break
        if verdict.state != State.REFUSED:
            for mark in marks:
                if row.unsure:
                    self.seen[hash(mark)] = row  # whatever comes later is to be compared with this one
                self.seen.setdefault(hash(mark), row)

    @staticmethod
    def _compare(verdict: Verdict, mark: Mark, row: Before, before: Before) -> bool:
        """Refuse or doubt a row that shares a name, and more, with an earlier one; tell whether it did."""
        what, both = mark[0], row.numbered and before.numbered
        words = {"day": "同名同生日", "class": "同名同班", "name": "同名"}[str(what)]
        if (what == "class" and both) or (what == "name" and not (row.unsure or before.unsure)):
            return False
        if what == "name" or before.other_day(row):
            why = "出生日期不同" if before.other_day(row) else "有一行的身份证号有误"
        elif not row.numbered:
            refuse(verdict, f"与{before.place}{words}，分不清是不是同一个孩子，请补充身份证号。")
            return True
        else:
            why = "但身份证号不同" if both else "那一行没有写对身份证号"
        verdict.doubt = True
        verdict.facts.notices.append(f"与{before.place}{words}，{why}。{ONCE}")
        return True


def _marks(verdict: Verdict, row: Before) -> Iterator[Mark]:
    """Give by what a row is known again, the surest first; the class always, for not every row has a birthday."""
    name = verdict.facts.name
    if row.numbered:
        yield "id", verdict.facts.told.fields["id_number"]
    if verdict.state != State.NEW:
        yield "child", verdict.child
    if row.born:
        yield "day", name, row.born
    if verdict.klass:
        yield "class", name, verdict.klass
    yield "name", name


def doubt_known(verdicts: Sequence[Verdict], files: QuerySet[Child]) -> None:
    """Doubt new children who may be one of those with a file in reach; one query, however many rows."""
    new = [(verdict, spelled(verdict.facts.name).full) for verdict in verdicts if verdict.state == State.NEW]
    near: dict[str, list[Found]] = {}
    for row in files.filter(pinyin__in={sound for _verdict, sound in new}).values_list(*Found._fields):
        found = Found(*row)
        near.setdefault(found.pinyin, []).append(found)
    for verdict, sound in new:
        alike = [one for one in near.get(sound, ()) if _alike(one, verdict)]
        if alike:
            one = min(alike, key=lambda one: (one.name != verdict.facts.name, str(one.klass_id) != verdict.klass))
            verdict.doubt, verdict.alike = True, one.pk
            verdict.facts.notices.append(_doubted(one, verdict))


def _alike(one: Found, verdict: Verdict) -> bool:
    """Tell whether a file may be a new child's: sound with birthday or class; the name alone where a number lacks."""
    facts = verdict.facts
    born = facts.told.fields.get("birth_on")
    if (one.birth_on and one.birth_on == born) or str(one.klass_id) == verdict.klass:
        return True
    return one.name == facts.name and (facts.unnumbered or not born or not one.id_hash)


def _doubted(one: Found, verdict: Verdict) -> str:
    """Say why a new child might be one who has a file."""
    facts = verdict.facts
    if one.name == facts.name:
        born = facts.told.fields.get("birth_on")
        here = str(one.klass_id) == verdict.klass
        if one.birth_on and one.birth_on == born:
            same = "同生日、身份证号不同"
        else:
            same = "同班、出生日期对不上" if here else "、在别的班"
        return f"学校里已有同名{same}的档案。{ASK}"
    return f"学校里已有读音相同的“{one.name}”，可能写错了字。{ASK}"
