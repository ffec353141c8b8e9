"""LACKS: the five needs (五个缺) that a child may lack somebody for, in the order the schools name them."""

from dataclasses import dataclass

from oasis.kit.catalogue import Catalogue


@dataclass(frozen=True)
class Lack:
    """One of the five: its words on screen and paper, and what to look at."""

    code: str
    label: str
    short: str
    asks: str


LACKS = Catalogue(
    Lack("life", "生活照料", "生活", "三餐、衣着、卫生有人管；生病有人陪"),
    Lack("conduct", "行为管教", "行为", "作息、交友、上网有人管；犯了错有人讲道理"),
    Lack("study", "学习辅导", "学习", "作业有人看，不会的有人讲，书本文具齐"),
    Lack("morals", "思想道德", "思想", "有人谈心、讲做人的道理；诚实、自信、有礼貌"),
    Lack("safety", "安全保障", "安全", "上下学、假期、用电用火、近水处有人看护"),
)
