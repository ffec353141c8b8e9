"""Pinyin of names, surname readings included, for search by sound and by initials."""

from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

# Readings that differ when a character is a surname; pypinyin reads the everyday word.
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "任": "ren", "查": "zha", "盖": "ge", "朴": "piao", "区": "ou",
    "华": "hua", "尉": "wei", "宁": "ning", "召": "shao", "翟": "zhai", "葛": "ge", "纪": "ji", "乐": "yue", "覃": "qin",
    "缪": "miao", "秘": "bi", "冼": "xian", "洗": "xian", "员": "yun", "种": "chong", "折": "she", "黑": "he", "牟": "mu",
    "逄": "pang", "俞": "yu", "臧": "zang", "隗": "wei", "郇": "xun", "祭": "zhai", "长": "zhang", "句": "gou", "繁": "po",
}  # fmt: skip
COMPOUND = {
    "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "令狐": ("ling", "hu"), "澹台": ("tan", "tai"), "万俟": ("mo", "qi"),
    "欧阳": ("ou", "yang"), "上官": ("shang", "guan"), "司马": ("si", "ma"), "诸葛": ("zhu", "ge"), "夏侯": ("xia", "hou"),
    "皇甫": ("huang", "fu"), "公孙": ("gong", "sun"), "慕容": ("mu", "rong"), "宇文": ("yu", "wen"), "司徒": ("si", "tu"),
    "东方": ("dong", "fang"), "端木": ("duan", "mu"), "轩辕": ("xuan", "yuan"), "南宫": ("nan", "gong"),
    "申屠": ("shen", "tu"), "呼延": ("hu", "yan"), "闻人": ("wen", "ren"), "太史": ("tai", "shi"), "独孤": ("du", "gu"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in letters: `full` linxiaoxiao, `initials` lxx, `given` xiaoxiao, `given_name` 晓晓."""

    full: str
    initials: str
    given: str
    given_name: str


@lru_cache(maxsize=4096)
def _surname(start: str, longer: bool) -> tuple[str, tuple[str, ...]]:
    """Give the surname a name begins with; a compound one only where something follows it."""
    if start in COMPOUND and longer:
        return start, COMPOUND[start]
    return _one_sign(start[:1])


@lru_cache(maxsize=4096)
def _one_sign(name: str) -> tuple[str, tuple[str, ...]]:
    first = name[:1]
    return first, (SURNAMES[first],) if first in SURNAMES else tuple(lazy_pinyin(first))


@lru_cache(maxsize=16384)
def _given(name: str) -> list[str]:
    return [part.lower() for part in lazy_pinyin(name)]


def spelled(name: str) -> Spelling:
    """Spell a Chinese name in plain letters without tones; other letters pass through in lower case."""
    name = name.replace("·", "").replace(" ", "")
    if not name:
        return Spelling("", "", "", "")
    surname, head = _surname(name[:2], len(name) > 2)
    given_name = name[len(surname) :]
    tail = _given(given_name)
    parts = [*(part.lower() for part in head), *tail]
    return Spelling("".join(parts)[:120], "".join(p[:1] for p in parts)[:20], "".join(tail)[:100], given_name)
