"""What a column looks like by its cells, for headings that say nothing or the wrong thing."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from oasis.intake.cleaning.text import nothing, tight
from oasis.kit.codes import ETHNIC
from oasis.kit.heads import Meaning

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文鲍项柏祝童施陶洪季俞费严华齐章欧阳梅盛刁柳倪甘宁左符殷凌耿管焦尚向"
)
ID = re.compile(r"\d{17}[\dXx]|\d(\.\d+)?[eE]\+1[67]")
STUDENT = re.compile(r"[GJLgjl]\d{17}[\dXx]")
MOBILE = re.compile(r"1[3-9]\d{9}([/、,;]\d{7,12})*")
DATE = re.compile(r"(19|20)\d{2}([-./年]\d{1,2}([-./月]\d{1,2}日?)?月?|\d{4})(00:00:00)?")
KLASS = re.compile(
    r"(\d{4}级|[一二三四五六七八九1-9](年级)?)?[(.]?[一二三四五六七八九十\d]{1,2}\)?班|[一二三四五六七八九]年级"
)
HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,10}")
ETHNICS = frozenset(ETHNIC) | frozenset(f"{name}族" for name in ETHNIC)


def is_name(text: str) -> bool:
    """Tell whether a cell reads like a name."""
    return bool(HAN_NAME.fullmatch(text)) and ((2 <= len(text) <= 4 and text[0] in SURNAMES) or "·" in text)


LOOKS: tuple[tuple[str, str, Callable[[str], object]], ...] = (
    ("id_number", "内容是 18 位身份证号", ID.fullmatch),
    ("student_no", "内容是学籍号", STUDENT.fullmatch),
    ("phone", "内容是电话号码", MOBILE.fullmatch),
    ("birth_on", "内容是日期", DATE.fullmatch),
    ("sex", "内容是男、女", frozenset("男女").__contains__),
    ("ethnic", "内容是民族", ETHNICS.__contains__),
    ("klass", "内容是班级名称", KLASS.fullmatch),
    ("name", "内容是姓名", is_name),
)


def looks(cells: Sequence[str]) -> Meaning | None:
    """Give what most of the cells look like, or None when they look like nothing known."""
    kept = [tight(cell) for cell in cells if not nothing(cell)][:100]
    if not kept:
        return None
    counted = Counter(code for cell in kept for code, _why, test in LOOKS if test(cell))
    for code, why, _test in LOOKS:
        share = counted[code] / len(kept)
        if share >= 0.7:
            return Meaning(code, round(0.5 + 0.3 * share, 2), why)
    return None
