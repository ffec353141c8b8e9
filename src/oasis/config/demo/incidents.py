"""The demo's incidents: a fall that is closed, a dog bite that is reported, a quarrel of this morning whose clocks run."""

from datetime import datetime, time, timedelta

from oasis.campus.models import Incident, IncidentNotice
from oasis.config.demo.homes import Kept
from oasis.config.demo.lines import line
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import CHINA

CASES = (
    (38, time(10, 5), "fall", "minor", "操场东侧沙坑", "课间追跑，被同学碰到摔进沙坑，左手撑地，手腕肿痛。", "校医冷敷固定，两名老师陪送。", "镇卫生院，班主任陪同",
     "课间没有人看管沙坑一侧，沙坑边沿松动。", "加派课间护导，沙坑边沿包软边。", "和碰到他的同学一起谈过，两人和好。"),
    (12, time(16, 40), "animal", "slight", "校门外小路", "放学路上被村民的狗追咬，小腿擦破。", "肥皂水冲洗伤口15分钟，通知家里。", "镇卫生院接种狂犬疫苗，奶奶陪同", "狗没有拴。", "请村委会要求拴狗，走小路的孩子由护学岗送到路口。", ""),
    (0, time(8, 20), "fight", "slight", "教学楼三楼走廊", "早读前因为一本课外书争抢，互相推搡，额头擦伤。", "分开两人，校医消毒，班主任问清经过。", "", "", "", ""),
)  # fmt: skip


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Draw three incidents of the term."""
    leader = (stage.staff["dean"] or stage.staff["principal"])[0]
    pool = [one for one in kept if one.sibling_of is None]
    for n, (back, hour, sort, harm, place, course, spot, sent, cause, mended, mind) in enumerate(CASES):
        one = pool[(n * 17 + 3) % len(pool)]
        at, by = datetime.combine(stage.on - timedelta(days=back), hour, CHINA), stage.homeroom[one.child.klass_id]
        closed = at.date() + timedelta(days=15) if back > 30 else None
        row = Incident(
            school=stage.school, child=one.child, number=f"{at.year}-{n + 1:03d}", sort=sort, harm=harm, happened_at=at, place=place,
            found_at=at + timedelta(minutes=5), course=course, on_spot=spot, sent_to=sent, cause=cause, mended=mended, mind_care=mind, by=by,
            at=at + timedelta(hours=1), closed_on=closed,
        )  # fmt: skip
        stage.rows.add(row)
        line(stage, one.child, "incident", "found", at.date(), by, course)
        if closed:
            line(stage, one.child, "incident", "closed", closed, leader, "已经结案")
        steps = [("guardian", 20, one.carer_word, "phone", by), ("written", 360, "镇中心学校", "paper", leader)][
            : 2 if back else 1
        ]
        for step, minutes, whom, way, who in steps:
            stage.rows.add(
                IncidentNotice(
                    school=stage.school, child=one.child, incident=row, step=step, told_at=at + timedelta(minutes=minutes), whom=whom, way=way, by=who,
                    answer="知道了，马上过来" if step == "guardian" else "收到，按程序处理", at=at + timedelta(minutes=minutes),
                )
            )  # fmt: skip
