"""Dates as schools write them: 2015.3.5, 2015年3月, 20150305, 15/3/5, 二〇一五年三月五日, or Excel's own day number."""

import re
from datetime import date, timedelta

from .text import Unclear, chinese_number, tight

DAY = r"(\d{1,2})"
FULL = re.compile(rf"(\d{{4}}|\d{{2}})[-./年,\\]{DAY}[-./月,\\]{DAY}[日号]?(?:[T ]?\d{{1,2}}:.*)?")
MONTH = re.compile(rf"(\d{{4}})[-./年,\\]{DAY}月?[-./]?")
SHORT_MONTH = re.compile(r"[012]\d[-./年](?:0?[1-9]|1[0-2])月?")
SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
SOLID_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
ABROAD = re.compile(rf"{DAY}[-./]{DAY}[-./](\d{{4}})(?:[T ]?\d{{1,2}}:.*)?")
CHINESE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)
YEAR = re.compile(r"((?:19|20)\d{2})年?")
SERIALS = range(18_000, 62_000)
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def day(text: str) -> date:
    """Give the date; month and year alone count as the first, and that is said."""
    return read(tight(text), EPOCH_1900)


def day_1904(text: str) -> date:
    """Give the date of a workbook that counts its days from 1904."""
    return read(tight(text), EPOCH_1904)


def birthday(text: str) -> date:
    """Give a child's day of birth, where 18.5 is May 2018."""
    return read(spelt_out(tight(text)), EPOCH_1900)


def birthday_1904(text: str) -> date:
    """Give a child's day of birth in a workbook that counts its days from 1904."""
    return read(spelt_out(tight(text)), EPOCH_1904)


def spelt_out(kept: str) -> str:
    """Write the year of a bare year and month in full: 18.5 is 2018.5."""
    return f"20{kept}" if SHORT_MONTH.fullmatch(kept) else kept


def only_month(text: str) -> bool:
    """Tell whether a cell names a month and no day of it."""
    kept = spelt_out(tight(text))
    if SOLID.fullmatch(kept) or FULL.fullmatch(kept) or ABROAD.fullmatch(kept):
        return False
    said = CHINESE.fullmatch(kept)
    return bool(SOLID_MONTH.fullmatch(kept) or MONTH.fullmatch(kept) or (said and said[3] is None))


def read(kept: str, epoch: date) -> date:
    """Read a day in any of the ways people write one."""
    if found := SOLID.fullmatch(kept) or FULL.fullmatch(kept):
        return made(kept, found[1], found[2], found[3])
    if found := ABROAD.fullmatch(kept):
        return made(kept, found[3], found[1], found[2])
    if found := SOLID_MONTH.fullmatch(kept) or MONTH.fullmatch(kept):
        first = made(kept, found[1], found[2], "1")
        raise Unclear(f"日期“{kept}”只有年月，暂记为 {first.isoformat()}。", first)
    if found := CHINESE.fullmatch(kept):
        return chinese(kept, found)
    whole = kept.split(".", maxsplit=1)[0]
    if whole.isdigit() and int(whole) in SERIALS and re.fullmatch(r"\d{5}(\.\d+)?", kept):
        return epoch + timedelta(days=int(whole))
    if YEAR.fullmatch(kept):
        raise Unclear(f"日期“{kept}”只有年份，请写成 2015-03-05 这样的年月日。")
    raise Unclear(f"日期“{kept}”看不懂，请写成 2015-03-05 这样的年月日。")


def chinese(kept: str, found: re.Match[str]) -> date:
    """Read a day written in Chinese signs."""
    year, month, day_of = (chinese_number(part) if part else None for part in found.groups())
    if day_of is None:
        first = made(kept, str(year), str(month), "1")
        raise Unclear(f"日期“{kept}”只有年月，暂记为 {first.isoformat()}。", first)
    return made(kept, str(year), str(month), str(day_of))


def made(kept: str, year: str, month: str, day_of: str) -> date:
    """Make the day of its parts, or say that there is none."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 60 else 1900
    try:
        return date(number, int(month), int(day_of))
    except ValueError as error:
        raise Unclear(f"日期“{kept}”不存在，请检查年月日。") from error
