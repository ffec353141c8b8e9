"""Words of the schools for what the code lists name: sex, ethnic group, boarding, left-behind, health and the like."""

from collections.abc import Callable
from typing import TypeVar

from oasis.kit.codes import (
    ETHNIC_CODES,
    Care,
    CareRating,
    Commute,
    Disability,
    Hardship,
    Health,
    Household,
    LeftBehind,
    Sex,
)
from oasis.kit.text import listed

from .text import Unclear, chinese_number, tight

T = TypeVar("T")


def spelt(words: dict[T, str]) -> dict[str, T]:
    """Turn a table of choices and their words round: from each word to its choice."""
    return {word: choice for choice, said in words.items() for word in said.split()}


SEXES = spelt({Sex.MALE: "男 男性 男孩 男生 1 1男 M", Sex.FEMALE: "女 女性 女孩 女生 2 2女 F"})
OLD_ETHNIC = spelt(
    {
        "毛南": "毛难",
        "德昂": "崩龙",
        "傈僳": "僳僳 栗僳 力僳",
        "侗": "侗家",
        "仫佬": "伶 仫老",
        "壮": "僮 撞",
        "佤": "卡瓦 瓦 阿佤",
        "彝": "夷",
        "维吾尔": "维",
        "哈萨克": "哈萨",
        "乌孜别克": "乌兹别克",
        "柯尔克孜": "吉尔吉斯",
        "塔吉克": "塔吉",
        "布依": "布衣",
        "仡佬": "仡老",
        "土家": "土佳",
        "哈尼": "僾尼",
        "朝鲜": "朝",
        "蒙古": "蒙",
        "汉": "汗",
        "傣": "摆夷",
    }
)
YES = listed("是 有 √ ✓ ✔ ☑ 对 Y YES TRUE 1 1是 已 V ⊙ ■ 真 属 需")
NO = listed("否 不 没有 无 × ✗ ✘ X N NO FALSE 0 0否 2 2否 未 不是 非 □ ☐ 假 / - — 不属 不需")
BOARDS = listed("住校 寄宿 住宿 住读 住 寄宿生 住校生 住宿生 内宿 内宿生 全寄宿 全托 2住校 在校住宿 宿")
DAY = listed("走读 走读生 通学 通学生 外宿 外宿生 走 1走读 校外 回家", "不住校 不寄宿 非寄宿 非住校 走读(就近) 外住")
BOTH = listed("双亲 双留守 父母双 父母都 父母均 父母外出 双方外出", "都外出 均外出 全部外出 全留守 父母二人 父母两")
ONE = listed("单亲 单留守 一方 父亲外出 母亲外出 父外出 母外出 半留守 父亲一 母亲一")
# The parents themselves, under a heading that asks who is away.
PAIR = listed(
    "父母 父母亲 父母双方 父母在外 父亲母亲 父亲和母亲 爸爸妈妈 爸爸和妈妈 爸妈 爸妈都在外 双方 都在外 两个都在外 两人都在外"
)
SINGLE = listed(
    "父 母 父亲 母亲 爸爸 妈妈 爸 妈 父在外 母在外 父亲在外 母亲在外 爸爸在外 妈妈在外 爸在外 妈在外 爸爸外出 妈妈外出"
)
NOT = listed("非留守儿童 非留守 否 不是 无 0 0非留守儿童 不属于 非 × 不留守 正常 N 未留守 / -")
HEALTHS = spelt(
    {
        Health.GOOD: "健康 良好 健康或良好 好 正常",
        Health.FAIR: "一般 较弱 一般或较弱 体弱",
        Health.CHRONIC: "慢性病 有慢性病 患病",
        Health.DEFECT: "生理缺陷 有生理缺陷",
        Health.DISABLED: "残疾",
    }
)
HOUSEHOLDS = spelt(
    {
        Household.RURAL: "农业 农村 农业户口 农业家庭户口 农",
        Household.URBAN: "非农业 非农 城镇 非农业户口 非农业家庭户口 城市",
        Household.RESIDENT: "居民 居民户口 居民家庭户口",
    }
)
COMMUTES = spelt(
    {
        Commute.WALK: "步行 走路",
        Commute.BIKE: "自行车 电动 摩托 骑",
        Commute.BUS: "校车",
        Commute.PUBLIC: "公共 公交 客车",
        Commute.FAMILY: "接送 家长",
        Commute.OTHER: "其他",
    }
)
HARDSHIPS = spelt(
    {
        Hardship.ORPHAN: "孤儿",
        Hardship.DE_FACTO: "无人抚养",
        Hardship.SEVERELY_DISABLED: "重残 残疾",
        Hardship.WARD: "兜底",
        Hardship.LOW_INCOME: "低保",
        Hardship.EXTREME: "特困 五保",
        Hardship.LIFTED: "脱贫 建档立卡",
        Hardship.WATCHED: "监测",
        Hardship.ILL: "重病 大病",
        Hardship.SINGLE: "单亲 离异",
        Hardship.PRISON: "服刑",
    }
)
CARES = spelt(
    {
        Care.GRANDPARENTS: "祖 隔代 爷 奶 外公 外婆 姥",
        Care.PARENTS: "父母 爸爸妈妈 妈妈爸爸 爸妈 双亲",
        Care.ELDER_KIN: "亲属 亲戚 叔 伯 姑 舅 姨 婶 上代",
        Care.ONE_PARENT: "单亲 父亲 母亲 一方 爸 妈",
        Care.SIBLINGS: "兄 姐 同辈 哥 弟 妹",
        Care.FOSTER: "寄养",
        Care.SCHOOL: "寄宿 住校 学校",
        Care.ALONE: "独居 无人 自己 一个人 独自",
        Care.OTHERS: "邻 友 其他",
    }
)
RATINGS = spelt({CareRating.GOOD: "较好 好 良好", CareRating.FAIR: "一般", CareRating.POOR: "差 较差"})
DISABILITIES = {str(choice.label): choice for choice in Disability}
SAYS_YES_AND_NO = "请填“是”或“否”。"


def one_of(text: str, known: dict[str, T], what: str, answers: str) -> T:
    """Give the choice a word stands for, codes of the national template in front of it or not."""
    kept = tight(text).upper()
    for word in (kept, kept.lstrip("0123456789.、-")):
        if word in known:
            return known[word]
    raise Unclear(f"{what}“{kept[:20]}”不能识别，请填写：{answers}。")


def holding(text: str, known: dict[str, T], what: str, answers: str) -> T:
    """Give the first choice whose word the text holds."""
    kept = tight(text)
    for word, choice in known.items():
        if word in kept:
            return choice
    raise Unclear(f"{what}“{kept[:20]}”不能识别，请填写：{answers}。")


def sex(text: str) -> str:
    """Give the code of a sex."""
    return str(one_of(text, SEXES, "性别", "男、女"))


def ethnic(text: str) -> str:
    """Give the two digits of GB/T 3304; a code, an old spelling and a name without 族 count too."""
    kept = tight(text).lstrip("0123456789").removesuffix("族") or tight(text)
    if kept.isdigit() and 1 <= int(kept) <= 56:
        return f"{int(kept):02d}"
    kept = OLD_ETHNIC.get(kept, kept)
    if kept in ETHNIC_CODES:
        return ETHNIC_CODES[kept]
    if kept in ("其他", "穿青人", "穿青", "其它", "未识别"):
        return "97"
    raise Unclear(f"民族“{kept[:20]}”不在 56 个民族之中，请检查写法。")


def yes(text: str, what: str = "") -> bool:
    """Read yes or no; `what` is the claim itself, which counts as a yes."""
    kept = tight(text).upper()
    if kept in YES:
        return True
    if kept in NO:
        return False
    raise Unclear(f"{what}“{kept[:20]}”不能识别，{SAYS_YES_AND_NO}")


def boarding(text: str) -> bool:
    """Tell whether a child boards."""
    kept = tight(text).upper()
    if kept in BOARDS or kept in YES:
        return True
    if kept in DAY or kept in NO:
        return False
    raise Unclear(f"寄宿情况“{kept[:20]}”不能识别，请填写：住校、走读。")


def left_behind(text: str) -> int:
    """Give 0, 1 or 2 by the education system's definition; a bare 是 does not say how many parents are away."""
    kept = tight(text).upper().replace("、", "")
    if kept in NOT or kept.startswith("非"):
        return int(LeftBehind.NO)
    if kept in ("2", "双") or kept in PAIR or any(word in kept for word in BOTH):
        return int(LeftBehind.BOTH)
    if kept in ("1", "单") or kept in SINGLE or any(word in kept for word in ONE):
        return int(LeftBehind.ONE)
    if kept in YES or kept in ("留守", "留守儿童"):
        raise Unclear("只写了“是”，没有写明一方还是双方外出，暂按一方外出登记，请在摸底时核对。", int(LeftBehind.ONE))
    raise Unclear(f"留守情况“{kept[:20]}”不能识别，请填写：双亲留守、单亲留守、非留守。")


def health(text: str) -> str:
    """Give the code of a state of health."""
    return str(one_of(text, HEALTHS, "健康状况", "健康、一般、有慢性病、有生理缺陷、残疾"))


def household(text: str) -> str:
    """Give the code of a kind of registration."""
    return str(one_of(text, HOUSEHOLDS, "户口性质", "农业、非农业、居民户口"))


def commute(text: str) -> str:
    """Give the code of a way to school."""
    return str(holding(text, COMMUTES, "上下学方式", "步行、自行车、公共交通、家长接送、校车"))


def hardship(text: str) -> str:
    """Give the code of a group of hardship."""
    return str(holding(text, HARDSHIPS, "困境类别", "孤儿、低保、特困、重残、重病、脱贫户、监测户等"))


def care(text: str) -> str:
    """Give the code of who in fact cares."""
    return str(holding(text, CARES, "照护类型", "隔代、单亲、亲属、兄姐、寄养等"))


def rating(text: str) -> str:
    """Give the code of a rating of care."""
    return str(one_of(text, RATINGS, "照护评级", "较好、一般、差"))


def disability(text: str) -> str:
    """Give the code of a kind of disability."""
    kept = tight(text).removesuffix("残疾").removesuffix("残")
    return str(one_of(kept, DISABILITIES, "残疾类别", "视力、听力、言语、肢体、智力、精神、多重"))


def distance(text: str) -> str:
    """Give kilometres with one decimal as text; metres are turned into kilometres."""
    kept = tight(text).lower()
    for unit, share in (("公里", 1.0), ("千米", 1.0), ("km", 1.0), ("里", 0.5), ("米", 0.001), ("m", 0.001), ("", 1.0)):
        bare = kept.removesuffix(unit)
        if bare != kept or not unit:
            number = float(bare) if bare.replace(".", "", 1).isdecimal() and bare.isascii() else chinese_number(bare)
            if number is not None and 0 <= number * share < 1000:
                return f"{number * share:.1f}"
            break
    raise Unclear(f"上学距离“{kept[:20]}”看不懂，请填公里数。")


def claim(what: str, *own: str) -> Callable[[str], bool]:
    """Make a cleaner for a yes-or-no column; a cell may hold one of its own words for a yes: 低保户 under 是否低保."""

    def said(text: str) -> bool:
        """Fold a cell to the words that are compared."""
        return tight(text).removesuffix("家庭").removesuffix("户") in own or yes(text, what)

    return said
