"""Plain text: full-width signs, stray blanks and invisible marks gone."""

import re
import unicodedata

from oasis.kit.refused import Refused

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """Give the text with half-width signs and single blanks, without invisible marks."""
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if " " in text else text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return BLANKS.sub(" ", INVISIBLE.sub("", text)).strip()


def fitting(text: str, most: int, what: str, *, field: str = "") -> str:
    """Give the text without blanks at its ends; raises Refused when it is too long: nothing is ever cut in silence."""
    kept = text.strip()
    if len(kept) > most:
        raise Refused("too-long", f"{what}最多{most}个字，现在是{len(kept)}个，请删短", field=field)
    return kept


def listed(*said: str) -> frozenset[str]:
    """Give the words of a few lines as a set."""
    return frozenset(" ".join(said).split())
