"""Plain text: full-width signs, stray blanks and invisible marks gone; and how a cleaner says no."""

from oasis.kit.text import plain

NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "*", "0", "无", "暂无", "没有", "空", "未知", "不详"}
) | frozenset(("无无", "#N/A", "N/A", "null", "None"))
DIGITS = dict(zip("〇零○一二两三四五六七八九", "0001223456789", strict=True))


class Unclear(Exception):
    """A cell that cannot be taken as it stands; `value` is what may be used all the same."""

    def __init__(self, reason: str, value: object = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value


def tight(text: str) -> str:
    """Give plain text without any blank, and without the mark Excel uses for numbers kept as text."""
    kept = plain(text)
    return kept if kept.isalnum() else kept.replace(" ", "").strip("'`‘’\"")


def nothing(text: str) -> bool:
    """Say whether a cell only tells that there is nothing to tell."""
    return text in NOTHING or (len(text) < 40 and not text.isalnum() and tight(text) in NOTHING)


def words(text: str, most: int = 200) -> str:
    """Keep a free text, cut to what its column can hold."""
    kept = plain(text)
    if len(kept) > most:
        raise Unclear(f"内容太长（{len(kept)} 个字），只保留前 {most} 个字。", kept[:most])
    return kept


def chinese_number(text: str) -> int | None:
    """Read 12, 十二, 二〇一五 or 二十 as a number."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if not all(part == "" or part in DIGITS for part in (tens, ones)):
            return None
        return int(DIGITS.get(tens, "1")) * 10 + int(DIGITS.get(ones, "0"))
    digits = "".join(DIGITS.get(sign, "") for sign in text)
    return int(digits) if digits and len(digits) == len(text) else None
