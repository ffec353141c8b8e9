"""STEPS: what a mandatory report asks for, and the nine situations (domain.md 1.10, 2.22)."""

from dataclasses import dataclass

from oasis.kit.catalogue import Catalogue

SITUATIONS = [
    ("private", "隐私部位受伤，或疑似非正常损伤"),
    ("under14", "不满14周岁的女孩遭受或疑似遭受性侵害、怀孕、流产"),
    ("over14", "14周岁以上的女孩疑似遭受性侵害而怀孕、流产"),
    ("body", "身上多处受伤、严重营养不良、意识不清，疑似家暴、欺凌、虐待、殴打或被人麻醉"),
    ("death", "因自杀、自残、工伤、中毒、被人麻醉、殴打等非正常原因伤残或死亡"),
    ("unattended", "被遗弃，或长期没有人照料"),
    ("missing", "来源不明、失踪，或被拐卖、收买"),
    ("begging", "被组织乞讨"),
    ("other", "其他严重侵害身心健康的情形，或正面临这样的危险"),
]


@dataclass(frozen=True)
class Step:
    """One step: its words, what its form asks (`asks`), and the usual deadline in hours.

    `by_law`: at once, whatever a school sets. `on` False: no clock unless the school wants one. `after`: the clock runs
    from that step, not from the start.
    """

    code: str
    label: str
    todo: str
    asks: str
    hours: int
    on: bool = True
    by_law: bool = False
    after: str = ""


STEPS = Catalogue(
    Step("police", "报公安机关", "立即打110或到派出所报案，记下时间、民警和受案回执号", "police", 0, by_law=True),
    Step("education", "报教育主管部门", "向教育局（学区）报告", "agency", 24),
    Step("guardian", "告知监护人", "告知监护人；监护人有嫌疑的不告知，写明原因", "guardian", 24),
    Step("civil", "报民政部门", "孩子没有人照料、需要临时安置的，报民政部门", "agency", 24, on=False),
    Step("women", "报妇联", "需要妇联协助的，报妇联", "agency", 48, on=False),
    Step("procurate", "报检察机关", "需要检察机关监督的，报检察院", "agency", 48, on=False),
    Step("feedback", "公安机关反馈", "向办案民警问明是否受理、立案", "words", 72, after="police"),
    Step("followup", "后续照护", "心理疏导、转介、复学和生活安排", "words", 168, on=False),
)

# Why a report is opened or printed.
REASONS = [
    ("handle", "处置和登记"), ("police", "公安、检察机关询问"), ("above", "向教育主管部门报告"), ("child", "安排孩子的照护"),
    ("correct", "更正"), ("other", "其他"),
]  # fmt: skip
