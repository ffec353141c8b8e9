"""Where a parent works: 浙江省杭州市 is 浙江 and 杭州市; 在家 is no place away."""

import re
from dataclasses import dataclass
from functools import lru_cache

from oasis.kit.text import listed

from .text import Unclear, tight

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


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a roster says of one parent: away or not, dead, and where the work is."""

    away: bool = False
    dead: bool = False
    place: str = ""


OUT = listed(
    "是 √ ✓ ✔ ☑ 外出 在外 已外出 有 Y YES 1 打工 务工 外出务工 外出打工 在外务工 在外打工 外地 在外地 长期外出 常年外出"
)
STAYS = listed("否 × ✗ ✘ 无 没有 没 未 不 N NO 0 / - — 不外出 未务工 不在外")
UNKNOWN = listed("不详 未知 不清楚 失联 失踪 离异 离婚 改嫁 再婚 服刑")
DEAD = re.compile(r".*(?:去世|已故|亡故|病故|死亡|离世|过世|不在世).*")
WORKING = re.compile(r"^(?:外出|在外)?(?:在|去|到)?(.*?)(?:打工|务工|上班|做工|工作|经商)?$")


def whereabouts(text: str) -> Whereabouts:
    """Read 是, 在浙江打工, 去世 or 在家 as what they say of a parent."""
    kept = tight(text).upper().rstrip("。")
    if DEAD.fullmatch(kept):
        return Whereabouts(dead=True)
    if kept in OUT:
        return Whereabouts(away=True)
    if kept in STAYS or kept in HOME or kept.startswith(("在家", "未外出", "没有外出")):
        return Whereabouts()
    if kept in UNKNOWN:
        raise Unclear(f"“{kept}”没有说明是否外出，没有导入，请在摸底时核对。")
    found = WORKING.match(kept)
    bare = found[1] if found else kept
    return Whereabouts(away=True, place="" if bare in OUT else bare[:60])
