"""Numbers that name a person: resident ID, student number."""

import re
from datetime import date

from oasis.kit import idcard

from .text import Unclear, tight

ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")
STUDENT = re.compile(r"[GJL]\d{17}[\dX]")
SEXES = {"1": "男", "2": "女"}
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


def compared(written: str, born: date | None, sex: str | None, *, month: bool) -> str:
    """Say of a wrong number where it differs from the columns beside it, else which digits are left to be wrong.

    `month`: of the birthday only the month is told.
    """
    number = idcard.clean(tight(written))
    if not idcard.SHAPE.match(number) or number.endswith("000"):
        return ""
    said, day = [], number[6:14]
    if born and day[: 6 if month else 8] != f"{born:%Y%m%d}"[: 6 if month else 8]:
        said.append(f"身份证里的出生日期是{spelt(day)}，表里写的是{born:%Y-%m}" + ("" if month else f"-{born:%d}"))
        if not month and idcard.problem(f"{number[:6]}{born:%Y%m%d}{number[14:]}") is None:
            said.append("照表里的日期改，校验位就对了，多半是身份证里的日期写错了")
    if sex and idcard.sex(number) != sex:
        said.append(f"身份证第17位{number[16]}是{SEXES[idcard.sex(number)]}，表里性别写的是{SEXES[sex]}")
    return "；".join(said) + "。" if said else left_wrong(number, bool(born), bool(sex))


def left_wrong(number: str, born: bool, sex: bool) -> str:
    """Say plainly that the check digit fails, and what it cannot be where birthday and sex agree with the columns."""
    check = idcard.check_digit(number[:17])
    if check == number[17]:
        return ""
    agree = "和".join(word for word, told in (("出生日期", born), ("性别", sex)) if told)
    return (
        f"{agree}与表里的对得上；" if agree else ""
    ) + f"按前17位算，最后一位（校验位）应是{check}，写的是{number[17]}：至少有一位写错，请逐位核对，不要只改最后一位。"


def spelt(day: str) -> str:
    """Write the birthday of a number as a column would; a day that is none as its digits."""
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


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
