"""The demo's children's room: hours, a term of openings, books out and back, works on show, the ledger with a stocktaking."""

from datetime import date, time, timedelta
from random import Random

from oasis.campus.models import Book, Item, ItemCount, Loan, Opening, RoomHour, Scrap, Visit, Work
from oasis.children.models import Child
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.places.queries import is_school_day

BOOKS = (
    "十万个为什么", "格林童话", "安徒生童话", "西游记（少儿版）", "三国演义连环画", "昆虫记", "草房子", "青铜葵花", "夏洛的网", "小王子",
    "稻草人", "宝葫芦的秘密", "神笔马良", "中国古代神话", "唐诗三百首", "数学家的故事", "恐龙百科", "海底两万里", "鲁滨孙漂流记", "爱的教育",
)  # fmt: skip
ITEMS = (
    ("书柜", 2, "个", "given", "good"), ("课桌", 10, "张", "given", "good"), ("椅子", 20, "把", "given", "worn"), ("电视机", 1, "台", "donated", "good"),
    ("亲情电话", 1, "部", "bought", "good"), ("电脑", 2, "台", "donated", "worn"), ("象棋", 6, "副", "bought", "good"), ("跳绳", 15, "根", "bought", "worn"),
    ("篮球", 4, "个", "given", "broken"), ("电子琴", 1, "架", "donated", "good"),
)  # fmt: skip
WORKS = (
    ("painting", "我的妈妈"),
    ("painting", "村口的大树"),
    ("writing", "好好学习"),
    ("essay", "给爸爸的一封信"),
    ("craft", "纸房子"),
    ("painting", "过年"),
)
WHAT = (
    ("reading", ""),
    ("study", "写作业，高年级帮低年级"),
    ("talk", "想爸妈的时候怎么办"),
    ("call", ""),
    ("play", ""),
    ("reading", ""),
    ("film", "地道战"),
)


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw the room with a seed of its own."""
    random = Random(f"room {stage.school.name}")  # noqa: S311 - a demo wants a seed
    children = [one.child for one in kept if one.child.state == Child.State.HERE]
    keeper, begun = stage.staff["keeper"][0], [term for term in stage.terms if term.starts_on <= stage.on][-1].starts_on
    duty = [keeper, *stage.staff["homeroom"][:4]]
    for day in range(5):
        stage.rows.add(
            RoomHour(school=stage.school, by=keeper, day=day, from_at=time(16, 10), to_at=time(17, 20), user=duty[day], what="阅读、写作业、打电话")
        )  # fmt: skip
    _openings(stage, random, children, begun)
    _books(stage, random, children, begun)
    for n, (kind, title) in enumerate(WORKS):
        stage.rows.add(
            Work(school=stage.school, by=keeper, child=random.choice(children), kind=kind, title=title, from_on=stage.on - timedelta(days=6 * n + 3))
        )  # fmt: skip
    _items(stage, begun)


def _openings(stage: Stage, random: Random, children: list[Child], begun: date) -> None:
    day, duty = begun + timedelta(days=5), [stage.staff["keeper"][0], *stage.staff["homeroom"][:4]]
    while day < stage.on:
        if is_school_day(day, {}) and random.random() < 0.8:
            what, theme = random.choice(WHAT)
            named = random.random() < 0.7
            came = random.sample(children, min(len(children), 8 + random.randrange(10)))
            user = duty[day.weekday() % 5]
            row = Opening(
                school=stage.school, by=user, user=user, on=day, from_at=time(16, 10), to_at=time(17, 20), what=what, theme=theme, count=len(came),
                safe=random.random() < 0.95,
            )  # fmt: skip
            stage.rows.add(row)
            for child in came if named else ():
                stage.rows.add(Visit(school=stage.school, by=user, opening=row, child=child, called=what == "call"))
        day += timedelta(days=1)


def _books(stage: Stage, random: Random, children: list[Child], begun: date) -> None:
    keeper = stage.staff["keeper"][0]
    for n, title in enumerate(BOOKS, 1):
        book = Book(
            school=stage.school,
            by=keeper,
            code=f"T{n:03d}",
            title=title,
            source=random.choice(["上级配发", "新华书店捐赠", "学校购置"]),
        )
        stage.rows.add(book)
        day = begun + timedelta(days=8 + random.randrange(12))
        while day < stage.on:
            back = day + timedelta(days=5 + random.randrange(14))
            stage.rows.add(
                Loan(
                    school=stage.school, by=keeper, book=book, child=random.choice(children), lent_on=day, due_on=day + timedelta(days=14),
                    back_on=back if back < stage.on else None,
                )
            )  # fmt: skip
            day = back + timedelta(days=6 + random.randrange(16))


def _items(stage: Stage, begun: date) -> None:
    keeper, dean, counted = stage.staff["keeper"][0], stage.staff["dean"][0], begun + timedelta(days=12)
    for n, (name, quantity, unit, source, state) in enumerate(ITEMS, 1):
        whom = "县红十字会" if source == "donated" else ""
        row = Item(
            school=stage.school, by=keeper, code=f"W{n:02d}", name=name, quantity=quantity, unit=unit, source=source, from_whom=whom, state=state,
            on=stage.terms[0].starts_on, place="活动室", keeper=keeper, checker=dean,
        )  # fmt: skip
        stage.rows.add(row)
        booked = quantity + (2 if name == "跳绳" else 0)
        stage.rows.add(
            ItemCount(
                school=stage.school,
                by=keeper,
                item=row,
                on=min(counted, stage.on),
                booked=booked,
                found=quantity,
                state=state,
            )
        )
        if name == "篮球":
            stage.rows.add(
                Scrap(school=stage.school, by=keeper, item=row, quantity=2, reason="皮裂漏气，修不了", on=stage.on - timedelta(days=3), dean=dean, dean_on=stage.on)
            )  # fmt: skip
