"""A place written shorter than the file has it: 柳树村 where the file says 石桥镇柳树村3组12号. The fuller one stays unless a person says otherwise."""

import re

from oasis.children.rosters import Difference
from oasis.intake.cleaning.places import START
from oasis.intake.cleaning.text import chinese_number

PLACES = re.compile(r"child\.(?:address|household_place|native_place)|kin\.\d+\.(?:person\.address|away\.city)")
SIGNS, NUMBER = re.compile(r"[^\w]|_"), re.compile("[〇零○一二两三四五六七八九十]+(?=[村组社号队队栋幢楼单室])")
# A step of an address, from the county down to the door; a number is a whole one, 1号 is not the end of 11号.
STEP = re.compile(
    r"[^\W\d]*?(?:特别行政区|自治[区州县旗]|地区|街道|社区|[省市县区旗盟州乡镇村屯庄寨湾组社队巷路街弄])|\d+[^\W\d]?|[^\W\d]+"
)


def vaguer(one: Difference) -> bool:
    """Tell whether a roster says of a place only a part of what the file says."""
    if not one.old or not one.new or not PLACES.fullmatch(one.key):
        return False
    old, new = steps(str(one.old)), steps(str(one.new))
    return old != new and bool(new) and in_order(new, old)


def steps(place: str) -> list[str]:
    """Give the steps of a place, without signs and blanks; 安徽省 is 安徽, 三组 is 3组."""
    bare = NUMBER.sub(lambda found: str(chinese_number(found[0]) or found[0]), SIGNS.sub("", place))
    start = START.match(bare)
    return [*([start[1]] if start else []), *STEP.findall(bare[start.end() :] if start else bare)]


def in_order(part: list[str], whole: list[str]) -> bool:
    """Tell whether all steps of one place are those of another, in their order; 柳树 is 柳树村."""
    left = iter(whole)
    return all(any(step in (one, one[:-1]) for one in left) for step in part)
