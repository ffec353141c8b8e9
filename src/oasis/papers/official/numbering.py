"""The numbers of headings: 一、（一）1.（1）, made from the place of a part."""

from datetime import date

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write 1 to 99 as Chinese numerals."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading has the number {number}")
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return front + ("" if ones == 0 and tens else _DIGITS[ones])


def heading_number(level: int, place: int) -> str:
    """Number of the heading at a level (1 to 4) and place (from 1)."""
    match level:
        case 1:
            return f"{chinese(place)}、"
        case 2:
            return f"（{chinese(place)}）"
        case 3:
            return f"{place}."
        case 4:
            return f"（{place}）"
        case _:
            raise ValueError(f"official documents have four levels, not {level}")


def official_date(day: date) -> str:
    """Write a date in Arabic numerals without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
