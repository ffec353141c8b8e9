"""Names of people: 张 三 is 张三, and the dots of longer names are one dot."""

import re

from .text import Unclear, plain

BETWEEN = re.compile(r"[、，,/；;\s]+|和")
TITLES = re.compile(r"(?:老师|教师|主任|校长)$")
DOTS = re.compile(r"[•・‧∙⋅．.●﹒]")
NOTE = re.compile(r"[(\[【〔].*?[)\]】〕]?$")
MARKS = re.compile(r"[*☆★△▲◎○√#?？、,，;；:：]+$")
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·〇A-Za-z' -]+")
BARE = re.compile(r"[\u3400-\u9fff]{2,4}")  # as nearly every name is: nothing to clean
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def name(text: str) -> str:
    """Give the name alone; a remark written beside it is left out and said."""
    if BARE.fullmatch(text):
        return text
    whole = plain(text)
    kept = DOTS.sub("·", MARKS.sub("", whole))
    if HAN.search(kept):
        kept = kept.replace(" ", "")
    bare = MARKS.sub("", NOTE.sub("", kept)).strip("·- ")
    if any(sign.isdigit() for sign in bare):
        raise Unclear(f"姓名“{whole}”里有数字，请检查是否填错列。")
    if not NAME.fullmatch(bare):
        raise Unclear(f"姓名“{whole}”里有不能识别的符号，请只填姓名。")
    if len(bare) < 2:
        raise Unclear(f"姓名“{whole}”不完整，请填写全名。")
    if len(bare) > 40:
        raise Unclear(f"姓名“{whole[:20]}…”太长，请检查是否填错列。")
    if bare != kept:
        raise Unclear(f"姓名“{whole}”带有说明，只取“{bare}”。", bare)
    return bare


def several(text: str) -> tuple[str, ...]:
    """Give the names of one or more members of staff: 赵明霞老师、钱志远 are 赵明霞 and 钱志远."""
    said = (TITLES.sub("", NOTE.sub("", part)).strip() for part in BETWEEN.split(plain(text)))
    return tuple(dict.fromkeys(one for one in said if len(one) >= 2))
