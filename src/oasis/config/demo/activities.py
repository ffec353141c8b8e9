"""The demo's activities of a term: lessons that reached classes, contests with winners, one open for signing up, a trip."""

from datetime import timedelta
from random import Random

from oasis.campus.models import Activity, ActivityKlass, ActivityPart
from oasis.children.models import Child
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage

HELD = (  # kind, title, days into the term, place, department, part of the children who signed up, story, effect
    ("safety", "开学第一课：防溺水、防火、交通", 3, "各班教室", "安办", 0, "各班看短片，讲六不准，班主任逐条提问。", "学生都能说出六不准"),
    ("interest", "书法兴趣小组展示", 16, "美术室", "大队部", 0.22, "每人写一幅，低年级铅笔字，高年级毛笔字。", "六幅作品贴在活动室"),
    ("festival", "中秋给父母录一句话", 24, "活动室", "大队部", 0.5, "孩子轮流录一句话，班主任发给家长。", "多数家长当晚回了话"),
    ("drill", "火灾疏散演练", 38, "操场", "安办", 0, "两分四十秒全部到操场，比上次快二十秒。", "高年级能带低年级"),
    ("sport", "秋季运动会", 44, "操场", "体育组", 0.62, "六个项目，按年级分组。", "人人有项目"),
    ("law", "法治副校长进校园", 52, "多功能室", "德育处", 0, "派出所民警讲怎样拒绝欺凌、怎样求助。", ""),
    ("arts", "校园艺术节", 66, "多功能室", "大队部", 0.38, "唱歌、朗诵、绘画三类，家长代表当评委。", "十六名学生得奖"),
    ("mind", "认识自己的情绪", 74, "各班教室", "心理室", 0, "情绪脸谱，说一说最近的心情。", ""),
)  # fmt: skip
REACH = {"safety": 1.0, "drill": 1.0, "law": 0.67, "mind": 0.5}
RISK = "路线：学校—县科技馆，往返两辆校车。\n带队：每车两名教师，每十名学生一名负责人。\n分工：德育主任总负责，校医带药箱随车。\n突发：走散先原地等候，五分钟内点名；受伤送县医院并通知家长。"


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw the term's activities with a seed of their own, so that nothing else of the demo moves."""
    random = Random(f"activities {stage.school.name}")  # noqa: S311 - a demo wants a seed
    begun = [term for term in stage.terms if term.starts_on <= stage.on][-1].starts_on
    children = [one.child for one in kept if one.child.state == Child.State.HERE]
    for kind, title, days, place, department, part, story, effect in HELD:
        on = begun + timedelta(days=days)
        if on < stage.on:
            row = _activity(
                stage, kind, title, on=on, place=place, department=department, story=story, effect=effect, held_on=on
            )
            _classes(stage, row, children, REACH.get(kind, 0))
            if part:
                _held(stage, random, row, children, part, prizes=kind in ("arts", "sport", "interest"))
    last = stage.terms[-1].ends_on
    _open(stage, random, children, min(stage.on + timedelta(days=9), max(last, stage.on)))


def _activity(stage: Stage, kind: str, title: str, **fields: object) -> Activity:
    lead = stage.staff["keeper"][0] if kind not in ("safety", "drill", "law") else stage.staff["dean"][0]
    row = Activity(school=stage.school, by=lead, kind=kind, title=title, lead=lead, **fields)
    stage.rows.add(row)
    return row


def _classes(stage: Stage, row: Activity, children: list[Child], share: float) -> None:
    for klass in stage.klasses[: round(len(stage.klasses) * share)]:
        count = sum(child.klass_id == klass.pk for child in children)
        stage.rows.add(ActivityKlass(school=stage.school, by=row.by, activity=row, klass=klass, count=count))


def _held(stage: Stage, random: Random, row: Activity, children: list[Child], part: float, *, prizes: bool) -> None:
    """About one child in nine never signs up for anything."""
    some = [child for child in children if child.name[-1:] not in "强丽芳军" and random.random() < part]
    winners = dict(zip([child.pk for child in random.sample(some, min(8, len(some) // 3))], ("first", "second", "second", "third", "third", "third", "good", "good"), strict=False)) if prizes else {}  # fmt: skip
    for child in some:
        came = random.random() < 0.95
        stage.rows.add(
            ActivityPart(
                school=stage.school, by=stage.homeroom[child.klass_id], activity=row, child=child, placed=True, came=came,
                award=winners.get(child.pk, "") if came else "",
            )
        )  # fmt: skip


def _open(stage: Stage, random: Random, children: list[Child], on: object) -> None:
    """One with fewer places than names, one off campus that still waits for some parents."""
    sign = stage.on + timedelta(days=4)
    chess = _activity(
        stage,
        "interest",
        "象棋、跳棋小组",
        on=on,
        sign_until=sign,
        place="活动室",
        department="大队部",
        seats=12,
        hours="下午第三节",
    )
    for child in random.sample(children, min(19, len(children))):
        stage.rows.add(
            ActivityPart(school=stage.school, by=stage.homeroom[child.klass_id], activity=chess, child=child)
        )
    trip = _activity(
        stage, "trip", "参观县科技馆", on=on, sign_until=sign, place="县科技馆", department="德育处", seats=30, off_campus=True, risk_plan=RISK,
        cost=600, aim="看看外面的世界，优先没有出过远门的孩子",
    )  # fmt: skip
    for n, child in enumerate(random.sample(children, min(26, len(children)))):
        agreed = stage.on - timedelta(days=1) if n % 3 else None
        stage.rows.add(
            ActivityPart(
                school=stage.school,
                by=stage.homeroom[child.klass_id],
                activity=trip,
                child=child,
                placed=True,
                agreed_on=agreed,
            )
        )
