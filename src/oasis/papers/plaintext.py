"""Text that can stand in any file format without breaking it."""

import re
import unicodedata

# Characters XML 1.0 forbids, and marks that turn the reading direction of what follows.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\u200b\ufeff]"
)
_UNFIT = re.compile(r"[^\w—()（）-]+")
_BLANKS = re.compile(r"[\s\u3000]+")


def plain(text: object) -> str:
    """Give the text on one line, without control characters; None is an empty text."""
    if text is None:
        return ""
    cleaned = _FORBIDDEN.sub("", unicodedata.normalize("NFC", re.sub(r"[\r\n\t\u2028\u2029]+", " ", str(text))))
    return _BLANKS.sub(" ", cleaned).strip()


def breadth(text: str) -> float:
    """Width of a text, counted in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def file_name(*parts: str, ending: str) -> str:
    """Join parts into a file name that every system accepts, without the word that may not be shown."""
    joined = (
        "".join(plain(part) for part in parts)
        .replace("关爱留守儿童", "关爱")
        .replace("留守儿童", "")
        .replace("留守", "")
    )
    kept = _UNFIT.sub("", joined)[:80]
    return f"{kept or '文书'}.{ending}"
