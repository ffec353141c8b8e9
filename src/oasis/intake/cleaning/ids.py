"""Numbers that name a person: resident ID, student number."""

import re

from oasis.kit import idcard

from .text import Unclear, tight

ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")
STUDENT = re.compile(r"[GJL]\d{17}[\dX]")
LOST = "Excel 把它当成数字，后几位已经丢失，无法还原。请把这一列设为“文本”，照原件重新填写。"


def id_number(text: str) -> str:
    """Give the 18 characters of a resident ID that passes its own check."""
    kept = tight(text).upper()
    if ROUNDED.fullmatch(kept):
        raise Unclear(f"身份证号变成了“{kept}”：{LOST}")
    kept = idcard.clean(kept)
    problem = idcard.problem(kept)
    if problem is None:
        return kept
    if len(kept) == 18 and kept.endswith("000"):
        raise Unclear(f"身份证号“{kept}”末三位是 000：{LOST}")
    raise Unclear(problem)


def student_code(text: str) -> str:
    """Give the student number: G, J or L and 18 characters."""
    kept = tight(text).upper()
    if ROUNDED.fullmatch(kept):
        raise Unclear(f"学籍号变成了“{kept}”：{LOST}")
    if not STUDENT.fullmatch(kept):
        raise Unclear(f"学籍号“{kept}”应为 G、J 或 L 开头加 18 位，没有导入这一项。")
    return kept


def carer_id(text: str) -> str:
    """Give a grown-up's ID; a wrong one is left out, it does not stop the child's row."""
    try:
        return id_number(text)
    except Unclear as unclear:
        raise Unclear(f"{unclear.reason}（这一项没有导入）") from unclear
