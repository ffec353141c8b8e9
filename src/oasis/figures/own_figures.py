"""Figures of the school's own work: which rows each counts, and how (requirements.md D1 to D7)."""

from collections.abc import Iterable
from datetime import date

from oasis.figures.entry import OWN, Figure
from oasis.figures.own import LEGS, OPEN, Deed
from oasis.figures.where import Period, Place

# Begin on the day they are due, are late from the next day on.
LATE = frozenset({"resolution-due", "item-due", "hazard-due"})


def counted(figure: Figure, deeds: Iterable[Deed], place: Place, period: Period) -> int | None:
    """Count a figure of the school's own work; None for a class when it is not kept class by class."""
    if place.kind == "klass" and not klasswise(figure):
        return None
    return summed(figure, behind(figure, deeds, place, period))


def summed(figure: Figure, held: Iterable[Deed]) -> int:
    """Count rows as their figure does."""
    if figure.by == "quantity":
        return sum(deed.quantity for deed in {deed.ref: deed for deed in held}.values())
    return len({getattr(deed, figure.by) for deed in held})


def behind(figure: Figure, deeds: Iterable[Deed], place: Place, period: Period) -> list[Deed]:
    """Give the rows that a figure counts, the latest first."""
    tag, _, rest = figure.kind.partition(" ")
    codes = frozenset(rest.removesuffix(OPEN.strip()).split())
    running = figure.kind.endswith(OPEN)
    held = [
        deed
        for deed in deeds
        if deed.tag == tag
        and (not codes or deed.code in codes)
        and (_runs(deed, period.as_at) if running else period.starts <= deed.on <= period.as_at)
        and (place.kind == "school" or deed.klass == place.id)
        and (figure.by != "klass" or deed.klass is not None)
    ]
    return sorted(held, key=lambda deed: (deed.on, str(deed.ref), str(deed.klass)), reverse=True)


def _runs(deed: Deed, day: date) -> bool:
    begun = deed.on < day if deed.tag in LATE else deed.on <= day
    return begun and (deed.to_on is None or deed.to_on > day)


def klasswise(figure: Figure) -> bool:
    """Tell whether a figure can be counted for a class."""
    return any(leg.klass for leg in LEGS if leg.tag == figure.kind.split(" ")[0]) and figure.by != "klass"


def of(
    code: str, label: str, key: str, how: str, *, unit: str = "次", by: str = "ref", gap: bool = False, among: str = ""
) -> Figure:
    """Declare a figure of the school's own work."""
    return Figure(code, label, "own", how, "all", counts=OWN, kind=key, unit=unit, by=by, gap=gap, among=among)


FIGURES = (
    of("nights-called", "晚点名", "night call", "结束了的晚点名，几栋楼同一晚算一晚", unit="晚", by="on"),
    of("nights-round", "巡夜", "night first second", "结束了的巡夜，同一晚算一晚", unit="晚", by="on"),
    of("checks-morning", "晨检", "check morning", "按班登记的晨检，没有发现问题的也算"),
    of("checks-noon", "午检", "check noon", "按班登记的午检，没有发现问题的也算"),
    of("held", "活动", "activity", "已登记完成的活动，安全、法治、心理、思想教育另算"),
    of("lessons", "安全、法治、心理、思想教育", "lesson safety law mind moral", "已登记完成的教育课"),
    of("lesson-safety", "安全教育", "lesson safety", "已登记完成的安全教育"),
    of("lesson-law", "法治教育", "lesson law", "已登记完成的法治教育"),
    of("lesson-mind", "心理健康教育", "lesson mind", "已登记完成的心理健康教育"),
    of("lesson-moral", "思想品德教育", "lesson moral", "已登记完成的思想品德教育"),
    of("drills", "应急演练", "lesson drill", "已登记完成的演练"),
    of("lesson-classes", "上过教育课的班级", "lesson", "教育课和演练到过的班级，一个班只算一次", unit="个班", by="klass"),
    of("openings", "活动室开放", "opening", "登记的活动室开放"),
    of("opening-came", "活动室到室", "opening", "活动室开放时登记的到室人数之和", unit="人次", by="quantity"),
    of("letters", "致家长的信", "letter", "学校写好的致家长的信", unit="封"),
    of("parent-meetings", "家长会、家长学校", "parents", "签到结束了的家长会、家长学校和照护人培训"),
    of("meetings-group", "领导小组会议", "meeting group", "登记的领导小组会议"),
    of("meetings-other", "其他会议", "meeting staff homeroom other", "登记的全体教师、班主任和其他会议"),
    of("trainings", "培训、师德学习", "meeting training", "登记的培训和师德学习"),
    of("trained", "参加培训", "trained", "培训、师德学习到会的教职工", unit="人次"),
    of("resolutions", "会议决议", "resolution", "本期会议的决议", unit="项"),
    of("resolutions-done", "完成决议", "resolution-done", "本期登记完成的决议", unit="项"),
    of("resolutions-late", "决议过期未完成", f"resolution-due{OPEN}", "到统计当日期限已过、还没有登记完成的决议", unit="项", gap=True),
    of("items-done", "完成年度计划", "item-done", "本期登记完成的年度计划事项", unit="项"),
    of("items-late", "年度计划过期未完成", f"item-due{OPEN}", "到统计当日期限已过、还没有登记完成的年度计划事项", unit="项", gap=True),
    of("rules", "发布或修订制度、方案", "rule", "本期发布的制度、方案的版本", unit="份"),
    of("outsiders", "在册校外力量", f"outsider{OPEN}", "统计当日在册的志愿者、单位和捐赠人", unit="位"),
    of("deeds", "校外力量参与", "deed", "登记的校外力量做的事"),
    of("thanks", "向校外力量致谢", "thanks", "本期登记的致谢"),
    of("goods-in", "物资入库", "goods-in", "登记的物资入库", unit="笔"),
    of("goods-out", "物资发放", "goods-out", "登记的物资发放，一次发给多人算一笔", unit="笔"),
    of("stocktakings", "物品盘点", "stocktaking", "活动室物品盘点，同一天算一次", by="on"),
    of("scraps", "报废物品", "scrap", "校长批准的报废", unit="项"),
    of("hazards", "校园安全隐患", "hazard", "本期登记的校园里的安全隐患，孩子家里、路上的另算", unit="处"),
    of("hazards-closed", "校园隐患销号", "hazard-closed", "本期复查合格、销号的校园安全隐患", unit="处"),
    of("hazards-open", "校园隐患还没有销号", f"hazard{OPEN}", "统计当日还没有销号的校园安全隐患，含以前学期的", unit="处", gap=True),
    of("hazards-late", "校园隐患过期没有整改", f"hazard-due{OPEN}", "到统计当日整改期限已过、还没有登记整改完成的校园安全隐患", unit="处", gap=True),
    of("screenings", "心理筛查", "screening", "心理教师登记的心理筛查；结果只有心理教师看得到，哪里都不统计"),
    of("screened", "参加心理筛查", "screening", "各次心理筛查的参加人数之和；结果只有心理教师看得到，哪里都不统计", unit="人次", by="quantity"),
    of("notices", "同学反映", "notice", "同学用班级反映码写来的，不数内容", unit="件"),
)  # fmt: skip
