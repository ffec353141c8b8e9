"""Dates in words, ages and school years; pure functions, today is always passed in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def now() -> datetime:
    """Give the present moment, aware."""
    return datetime.now(UTC)


def today() -> date:
    """Give the date in China; only windows and jobs ask, rules receive it."""
    return datetime.now(CHINA).date()


def zh_date(day: date) -> str:
    """Write a date as 11月23日 周一."""
    return f"{day.month}月{day.day}日 {WEEKDAYS[day.weekday()]}"


def zh_short(day: date) -> str:
    """Write a date as 11月23日."""
    return f"{day.month}月{day.day}日"


def zh_full(day: date) -> str:
    """Write a date as 2026年11月23日, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def zh_month(day: date) -> str:
    """Write a month as 2026年11月."""
    return f"{day.year}年{day.month}月"


def zh_moment(moment: datetime) -> str:
    """Write a moment as 2026年11月23日 10:05, for lists that outlive a year."""
    local = moment.astimezone(CHINA)
    return f"{zh_full(local.date())} {local:%H:%M}"


def zh_when(moment: datetime) -> str:
    """Write a moment in China's time as 11月23日 周一 14:05."""
    local = moment.astimezone(CHINA)
    return f"{zh_date(local.date())} {local:%H:%M}"


def zh_ago(day: date, on: date) -> str:
    """Say how long ago a day was, seen from `on`: 今天, 昨天, 12天前; future days as 3天后."""
    days = (on - day).days
    if days == 0:
        return "今天"
    if days < 0:
        return "明天" if days == -1 else f"{-days}天后"
    return "昨天" if days == 1 else f"{days}天前"


def age_on(born: date, on: date) -> int:
    """Count completed years of life on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def school_year(on: date) -> int:
    """Give the year in which the school year of a day began; it runs from 1 September (domain.md 3.14)."""
    return on.year if on.month >= 9 else on.year - 1


def month_start(day: date) -> date:
    """Give the first day of the month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Give the first day of the following month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_after(day: date, months: int) -> date:
    """Give the day so many months later; the last of the month where it has no such day."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    last = (next_month(first) - first).days
    return first.replace(day=min(day.day, last))
