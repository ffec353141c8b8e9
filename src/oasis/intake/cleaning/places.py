"""Where a parent works: 浙江省杭州市 is 浙江 and 杭州市; 在家 is no place away."""

import re
from functools import lru_cache

from .text import listed, tight

PROVINCES = listed(
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南",
    "重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门",
)
START = re.compile(
    f"({'|'.join(sorted(PROVINCES, key=len, reverse=True))})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?"
)
HOME = listed(
    "在家 本地 家 家中 家里 务农 在家务农 本村 本镇 本县 未外出 没有外出 未务工 在本地 家乡 老家 陪读 在家务工 无外出"
)


@lru_cache(maxsize=4096)
def place(text: str) -> tuple[str, str]:
    """Give province and city; two blanks where the parent is at home."""
    kept = tight(text)
    if kept in HOME or kept.startswith("在家"):
        return "", ""
    if found := START.match(kept):
        return found[1], kept[found.end() :][:40]
    return "", kept[:40]
