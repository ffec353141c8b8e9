"""Phone numbers: mobiles, landlines with and without area code, several in one cell."""

import re

from oasis.kit.text import listed, plain

from .text import NOTHING, Unclear, tight

SPLIT = re.compile(r"[/、,;，；|\n或和]+")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}|[2-9]\d{6,7}")
JUNK = re.compile(r"[\s().\-_－—*+]")
FLOAT = re.compile(r"(?<=\d)\.0+(?=\s|$)")  # a number that was written as a decimal
NOTE = re.compile(r"[(（【\[]?[\u3400-\u9fff:：]+[)）】\]]?")
ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")
# Plain words for nothing, and signs alone; a 0, 停机 or a name is something, and is told.
NONE = (NOTHING - {"0"}) | listed(
    "无电话 没有电话 没电话 无手机 没有手机 没手机 无号码 没有号码 没号码 无联系电话 无联系方式 没 不知道 不清楚"
)


def phones(text: str) -> tuple[str, ...] | None:
    """Give every number in the cell, digits only; the first is the one to call first. None where there is nothing."""
    if MOBILE.fullmatch(text):
        return (text,)
    whole = plain(text)
    if tight(whole).strip("。.") in NONE or not any(sign.isalnum() for sign in whole):
        return None
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
