"""What a remark says of the parents: both away, one of them, or nothing sure."""

import re

from oasis.intake.whose import NOT

BOTH, RETURNED, WORDS = re.compile("双亲|双方|父母"), re.compile("[返回]"), re.compile(r"[^\u4e00-\u9fff]+")
AWAY = re.compile(
    "(?:双亲|(?:父母)?双方|父母|父母一方|一方|单亲|单方)(?:均|都|同时|全)?(?:长期|常年)?(?:外出|在外)(?:务工|打工)?"
)


def away_in(remark: str) -> tuple[str, int]:
    """Give the words of a remark that tell how many parents are away, and how many; nothing where they contradict."""
    if NOT.search(remark) or RETURNED.search(remark):
        return "", 0
    said = [one for one in WORDS.split(remark) if AWAY.fullmatch(one)]
    kinds = {2 if BOTH.match(one) and "一方" not in one else 1 for one in said}
    return (said[0], kinds.pop()) if len(kinds) == 1 else ("", 0)
