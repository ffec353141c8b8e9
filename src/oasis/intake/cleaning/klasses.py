"""Class names: 三(2)班, 三年级2班, 2023级2班, 301班, 七年级（1）班, 初一1班."""

import re
from typing import NamedTuple

from .text import Unclear, chinese_number, tight

NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
ORDER = rf"[(.\-]?({NUMBER})?\)?班?"
ENTRY = re.compile(rf"((?:20)?\d{{2}})[级届]\(?({NUMBER})?\)?班?")
HIGH = re.compile(rf"(初|高)([一二三123])(?:年级)?{ORDER}")
GRADE = re.compile(rf"(?:小学|初中)?([一二三四五六七八九]|[1-9])年级?{ORDER}")
SHORT = re.compile(rf"([一二三四五六七八九]|[1-9])[(.\-]({NUMBER})\)?班?")
BARE = re.compile(rf"([一二三四五六七八九])({NUMBER})班?")
SOLID = re.compile(r"([1-9])([0-3]\d)班?")
ALONE = re.compile(rf"\(?({NUMBER})\)?班?")
CELL = (ENTRY, HIGH, GRADE, SHORT, BARE, SOLID)
# Inside a longer text only what cannot be read as anything else counts.
GRADE_IN = re.compile(rf"(?<![\d十])([一二三四五六七八九]|[1-9])年级{ORDER}")
SHORT_IN = re.compile(rf"(?<![\d十])([一二三四五六七八九]|[1-9])[(.]({NUMBER})\)?班")
BARE_IN = re.compile(rf"(?<!十)([一二三四五六七八九])({NUMBER})班")
SOLID_IN = re.compile(r"(?<!\d)([1-9])([0-3]\d)班")
INSIDE = (ENTRY, GRADE_IN, HIGH, SHORT_IN, BARE_IN, SOLID_IN)
YEARS = re.compile(r"(?:19|20)\d{2}(?:[-—~至/]+(?:20)?\d{2})?(?:学年度?|年|秋|春)+季?")
YOUNG = re.compile(r"学前|幼儿|大班|中班|小班|托班")


class KlassName(NamedTuple):
    """What a class name tells: the grade 1-12 or the entry year, and the number if there is one."""

    grade: int | None
    entry_year: int | None
    number: int | None


def klass(text: str) -> KlassName:
    """Read the name of a class that fills a whole cell."""
    kept = tight(text).replace("【", "(").replace("】", ")").replace("[", "(").replace("]", ")")
    if YOUNG.search(kept):
        raise Unclear(f"“{kept}”是幼儿园班级，这里只登记小学一年级以上的学生。")
    if found := first(kept, CELL, whole=True) or first(kept, INSIDE, whole=False):
        return found
    if found_alone := ALONE.fullmatch(kept):
        return KlassName(None, None, chinese_number(found_alone[1]))
    raise Unclear(f"班级“{kept}”看不懂，请写成“三(2)班”或“三年级2班”这样的名称。")


def grade(text: str) -> KlassName:
    """Read a cell that names the grade alone, as 三 or 三年级; a whole class name counts too."""
    found = klass(text)
    return KlassName(found.number, None, None) if found.grade is None and found.entry_year is None else found


def klass_in(text: str) -> KlassName | None:
    """Find a class name inside a title or the name of a sheet."""
    kept = tight(text)
    if YOUNG.search(kept):
        return None
    kept = YEARS.sub(" ", kept)
    return first(kept.strip(), CELL, whole=True) or first(kept, INSIDE, whole=False)


def first(kept: str, patterns: tuple[re.Pattern[str], ...], *, whole: bool) -> KlassName | None:
    """Give what the first fitting pattern reads."""
    for pattern in patterns:
        if found := pattern.fullmatch(kept) if whole else pattern.search(kept):
            return told(pattern, found)
    return None


def told(pattern: re.Pattern[str], found: re.Match[str]) -> KlassName:
    """Read a class out of what a pattern found."""
    if pattern is ENTRY:
        year = int(found[1])
        return KlassName(None, year if year > 100 else year + 2000, order(found[2]))
    if pattern is HIGH:
        return KlassName((chinese_number(found[2]) or 0) + (6 if found[1] == "初" else 9), None, order(found[3]))
    return KlassName(chinese_number(found[1]), None, order(found[2]))


def order(text: str | None) -> int | None:
    """Read the number of a grade or class."""
    return chinese_number(text) if text else None
