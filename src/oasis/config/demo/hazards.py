"""The demo's hazards: of the school and around a few children; some over, one that failed its second look, one late."""

from datetime import timedelta

from oasis.campus.models import Hazard, HazardCheck
from oasis.config.demo.homes import Kept
from oasis.config.demo.lines import line
from oasis.config.demo.sheets import Stage
from oasis.people.models import User

PLACES = (
    ("校门口池塘", "water", "major", "东侧护栏断了一截，学生放学抄近路从塘埂走", "联系村里修护栏，修好前设警戒线、安排护学岗", 46, 7, 38, True),
    ("教学楼二楼东侧楼梯", "building", "plain", "第三级台阶水泥崩缺，容易踩空", "补水泥，贴防滑条", 40, 6, 35, True),
    ("食堂操作间", "fire", "large", "灭火器压力表在红区", "更换两具，重新登记检查卡", 24, 5, 19, True),
    ("女生宿舍一楼", "dorm", "large", "走廊尽头应急灯不亮", "换电池和灯具，检查全楼", 17, 7, 8, False),
    ("操场单杠", "gear", "plain", "一侧立柱松动", "停用，请人加固", 9, 10, 0, False),
    ("校门外公路弯道", "road", "large", "没有减速带，运石料的车多", "报镇交通站装减速带，上下学安排护学岗", 30, 20, 0, False),
)  # fmt: skip
HOMES = (
    ("water", "large", "屋后池塘没有围栏，弟弟常在塘边玩", "和照护人说清楚，请村里围上，写进告知"),
    ("gas", "plain", "冬天在屋里烧蜂窝煤取暖，窗户关着", "教通风，请村里装报警器"),
    ("alone", "large", "奶奶下地，下午四点到天黑没有人看护", "放学后留在活动室，奶奶来接"),
    ("power", "plain", "插线板放在床头，充电时盖着被子", "换位置，下次家访再看"),
)  # fmt: skip


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw the ledger of the school and four homes."""
    people = stage.staff["homeroom"] + stage.staff["dean"]
    leader = (stage.staff["dean"] or stage.staff["principal"])[0]
    for n, (where, sort, level, words, measure, back, days, fixed, over) in enumerate(PLACES):
        found = stage.on - timedelta(days=back)
        row = Hazard(
            school=stage.school, where=where, sort=sort, level=level, words=words, measure=measure, found_on=found, due_on=found + timedelta(days=days),
            owner=(owner := people[n % len(people)]), by=leader, fixed_by=owner if fixed else None, fixed_on=stage.on - timedelta(days=fixed) if fixed else None,
            fixed_words="已经修好，拍了照片" if fixed else "", closed_on=stage.on - timedelta(days=fixed - 2) if over else None,
        )  # fmt: skip
        stage.rows.add(row)
        if over:
            if n == 2:
                _look(stage, row, leader, fixed + 1, passed=False, words="只换了一具")
            _look(stage, row, leader, fixed - 2, passed=True, words="看过现场，合格")
    pool = [one for one in kept if one.child.left_behind]
    for n, (sort, level, words, measure) in enumerate(HOMES):
        if n * 3 < len(pool):
            _home(stage, pool[n * 3], leader, n, sort, level, words, measure)


def _look(stage: Stage, row: Hazard, by: User, back: int, *, passed: bool, words: str) -> None:
    day = stage.on - timedelta(days=back)
    stage.rows.add(HazardCheck(school=stage.school, hazard=row, on=day, passed=passed, words=words, by=by))


def _home(stage: Stage, one: Kept, leader: User, n: int, *told: str) -> None:
    sort, level, words, measure = told
    by, found = stage.homeroom[one.child.klass_id], stage.on - timedelta(days=20 + 9 * n)
    over = n in (1, 2)
    row = Hazard(
        school=stage.school, child=one.child, where="家里、路上", sort=sort, level=level, words=words, measure=measure, found_on=found,
        due_on=found + timedelta(days=14), owner=by, by=by, fixed_by=by if over or n == 3 else None, fixed_on=found + timedelta(days=11) if over or n == 3 else None,
        fixed_words="再去看过，已经改了" if over or n == 3 else "", closed_on=found + timedelta(days=15) if over else None,
    )  # fmt: skip
    stage.rows.add(row)
    line(stage, one.child, "hazard", "found", found, by, words)
    if over:
        line(stage, one.child, "hazard", "closed", found + timedelta(days=15), by, "已经改好，销号")
        stage.rows.add(
            HazardCheck(
                school=stage.school,
                hazard=row,
                on=found + timedelta(days=15),
                passed=True,
                words="电话问过照护人",
                by=leader,
            )
        )
