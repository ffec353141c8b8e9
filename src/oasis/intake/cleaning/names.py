"""Names of people: 张 三 is 张三, and the dots of longer names are one dot."""

import re

from oasis.kit.text import listed, plain

from .places import PROVINCES, START
from .text import Unclear, tight

BETWEEN = re.compile(r"[、，,/；;\s]+|和")
TITLES = re.compile(r"(?:老师|教师|主任|校长)$")
DOTS = re.compile(r"[•・‧∙⋅．.●﹒]")
NOTE = re.compile(r"[(\[【〔].*?[)\]】〕]?$")
MARKS = re.compile(r"[*☆★△▲◎○√#?？、,，;；:：]+$")
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·〇A-Za-z' -]+")
# What schools write under a parent's name that is none: a fate, a yes or no, a place of work.
FATES = listed(
    "去世 已去世 已故 亡故 病故 死亡 已死亡 离世 已离世 过世 已过世 不在世 是 否 有 没有 不详 未知 不清楚 离异 离婚 改嫁 再婚 失联",
    "失踪 服刑 单亲 双亲 在外 外地 外省 在家 家里 务农 打工 务工 外出 外出务工 外出打工 在外打工 在外务工 未外出 留守 父亲 母亲",
    "爸爸 妈妈 爷爷 奶奶 外公 外婆 家长 监护人 省外 省内 县外 县内 本地 学校 住校 寄宿 住宿 在校 走读 寄养 隔代",
    "托管 托管班 保姆 老人 轮流 轮流照顾",
)
NOBODY = listed(
    "无人 没人 无人照护 无人照顾 无人照看 无人看管 无人监护 没人管 无监护人 无照护人 独居 独自生活 自己 自己住 自己照顾自己 本人"
)
SURNAMED = listed("江苏 江西 安徽 云南 海南 吉林 宁夏")  # places that people are called, too
WORKS = re.compile(r"(?:在|去|到).*(?:打工|务工|上班|做工|工作|经商)|.*(?:打工|务工|电子厂|工厂|公司|工地)")
BARE = re.compile(r"[\u3400-\u9fff]{2,4}")  # as nearly every name is: nothing to clean
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def name(text: str) -> str:
    """Give the name alone; a remark written beside it is left out and said."""
    if tight(text) in NOBODY:
        raise Unclear(f"“{text[:20]}”说的是没有人照护，没有当作姓名导入；请在摸底排查里选“独居或无人照护”。")
    if no_name(text):
        raise Unclear(f"“{text[:20]}”不是人的姓名，没有当作姓名导入；去世、在外、在哪里打工请写在“外出情况”一列。")
    return cleared(text)


def cleared(text: str) -> str:
    """Give a name without what is written beside it."""
    whole = plain(text)
    if BARE.fullmatch(text):
        return text
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


def no_name(text: str) -> bool:
    """Tell whether a cell holds a fate, an answer or a place where a name should be."""
    kept = tight(text)
    if kept in FATES or kept in "√✓✔×✗无" or WORKS.fullmatch(kept):
        return True
    if kept in PROVINCES:
        return kept not in SURNAMED
    return bool(START.match(kept)) and (len(kept) >= 4 or kept.endswith(("省", "市")))


def several(text: str) -> tuple[str, ...]:
    """Give the names of one or more members of staff: 赵明霞老师、钱志远 are 赵明霞 and 钱志远; 李老师 stays as it is."""
    said = (NOTE.sub("", part).strip() for part in BETWEEN.split(plain(text)))
    bare = ((TITLES.sub("", one), one) for one in said)
    return tuple(dict.fromkeys(short if len(short) >= 2 else one for short, one in bare if one))
