"""SIGNS: plain words that may point to one of the nine situations; they remind the writer of the duty, nothing more.

Nothing is reported, kept or counted by them. What was denied, prevented or taught (没被打, 防性侵) is no sign.
"""

import re
from collections.abc import Iterable, Mapping

_MEANT = r"(?!动|断|通|扰|扫|破|开|乱|湿|包|印|败|磨|招呼|交道)(?![^，。；！？、,;!?\s]{0,6}(?:电话|手机|视频|微信|招呼|小报告|分|伞|球|针))"

SIGNS: Mapping[str, tuple[str, ...]] = {
    "private": ("隐私部位", "下身(?!穿)", "私处"),
    "under14": ("性侵", "猥亵", "强奸", "性骚扰"),
    "body": (
        rf"[被挨]打{_MEANT}", rf"打(?:我|他|她|孩子){_MEANT}", "被[^，。；！？,;!?\\s]{1,6}打(?:了|伤|得|骂)", "殴打", "毒打", "打骂", "皮带[打抽]", "[棍条]子[打抽]",
        "(?:扇|打)[^，。；！？\\s]{0,2}耳光", "[淤瘀]青", "青一块", "伤痕", "掐痕", "烟头烫", "虐待", "家暴", "家庭暴力",
    ),
    "death": ("自杀", "自残", "割腕", "不想活", "想死(?!你|我|他|她|爸|妈|爷|奶)", "轻生", "喝农药"),
    "unattended": ("遗弃", "长期没人照", "长期没有人照"),
    "missing": ("离家出走", "失踪", "走失", "拐卖", "拐走"),
    "begging": ("乞讨",),
}  # fmt: skip

_DENIED = "".join(
    f"(?<!{word})" for word in ("没", "没有", "未", "无", "防", "防止", "预防", "反", "拒绝", "远离", "保护")
)
_SIGN = re.compile(f"{_DENIED}(?:{'|'.join(one for signs in SIGNS.values() for one in signs)})")


def pointing(texts: Iterable[str]) -> bool:
    """Tell whether what was written may point to a situation that must be reported."""
    return any(_SIGN.search(text) for text in texts)
