"""The statistics tables that go with a summary: its numbers by class."""

from oasis.kit.dates import zh_full
from oasis.papers.official.shape import Table
from oasis.papers.summary.facts import Facts

PEOPLE = (
    ("pupils", "在校学生"), ("left", "留守儿童"), ("left-boys", "男生"), ("left-girls", "女生"), ("left-both", "双方外出"),
    ("left-one", "一方外出"), ("civil", "民政口径"), ("left-boarding", "寄宿"), ("key", "重点对象"), ("hardship", "困境儿童"),
    ("confirmed", "监护确认"), ("paired", "教师结对"),
)  # fmt: skip
WORK = (
    ("left", "留守儿童"), ("talk-parts", "谈心人次"), ("covered-talk", "谈心人数"), ("visit-parts", "家访人次"),
    ("covered-visit", "家访人数"), ("family-call-parts", "亲情通话"), ("family-letter-parts", "亲情书信"),
    ("covered-parents", "亲情沟通人数"), ("carer-contact-parts", "监护人联系"), ("covered-carer", "监护人联系人数"),
    ("tutoring-parts", "学习辅导"), ("life-service-parts", "生活服务"),
)  # fmt: skip


def tables_of(facts: Facts, filler: str) -> tuple[Table, ...]:
    """Give the two tables; a school's have a row for each class, and the sum below."""
    return (
        _table(facts, "基本情况统计表", PEOPLE, filler),
        _table(facts, "工作开展情况统计表", WORK, filler),
    )


def _table(facts: Facts, title: str, columns: tuple[tuple[str, str], ...], filler: str) -> Table:
    places = [*facts.table.rows, facts.table]
    rows = []
    for place in places:
        name = "合计" if place is facts.table and facts.whole else place.place.name
        rows.append((name, *(_shown(place[code].value) for code, _ in columns)))
    return Table(
        title=f"{facts.period.label}{title}",
        columns=("班级", *(label for _, label in columns)),
        rows=tuple(rows),
        above=(
            f"填报单位（盖章）：{facts.place.school_name}",
            f"统计截至：{zh_full(facts.period.as_at)}",
            "单位：人、人次",
        ),
        below=(f"填表人：{filler}", "审核人：", "单位负责人："),
    )


def _shown(value: int | None) -> str:
    return "—" if value is None else str(value)
