"""Phone numbers: mobiles, landlines with and without area code, several in one cell."""

import re

from oasis.kit.text import plain

from .text import Unclear

SPLIT = re.compile(r"[/、,;，；|\n或和]+")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}|[2-9]\d{6,7}")
JUNK = re.compile(r"[\s().\-_－—*+]")
FLOAT = re.compile(r"(?<=\d)\.0+(?=\s|$)")  # a number that was written as a decimal
NOTE = re.compile(r"[(（【\[]?[\u3400-\u9fff:：]+[)）】\]]?")
ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")


def phones(text: str) -> tuple[str, ...]:
    """Give every number in the cell, digits only; the first is the one to call first."""
    if MOBILE.fullmatch(text):
        return (text,)
    whole = plain(text)
    if ROUNDED.fullmatch(whole):
        raise Unclear(f"电话变成了“{whole}”：Excel 改写了它，请把这一列设为“文本”后重新填写。")
    good: list[str] = []
    bad: list[str] = []
    for part in SPLIT.split(NOTE.sub(" ", whole)):
        numbers(part, good, bad)
    if bad:
        said = f"电话“{'、'.join(bad)}”不是有效号码（手机应为 11 位），没有导入。"
        raise Unclear(said, tuple(dict.fromkeys(good)))
    if not good:
        raise Unclear(f"“{whole}”里没有电话号码。", ())
    return tuple(dict.fromkeys(good))


def numbers(part: str, good: list[str], bad: list[str]) -> None:
    """Sort one piece of a cell into good numbers and bad ones."""
    part = FLOAT.sub("", part)
    whole = JUNK.sub("", part)
    if not whole:
        return
    if number := known(whole):
        good.append(number)
        return
    pieces = part.split()
    if len(pieces) > 1:
        for piece in pieces:
            numbers(piece, good, bad)
    elif len(whole) == 22 and MOBILE.fullmatch(whole[:11]) and MOBILE.fullmatch(whole[11:]):
        good += [whole[:11], whole[11:]]
    else:
        bad.append(whole[:30])


def known(digits: str) -> str | None:
    """Give the digits of a mobile or landline number, None for anything else."""
    for prefix in ("", "86", "0086", "0"):
        rest = digits.removeprefix(prefix) if digits.startswith(prefix) else ""
        if MOBILE.fullmatch(rest):
            return rest
    return digits if LANDLINE.fullmatch(digits) else None
