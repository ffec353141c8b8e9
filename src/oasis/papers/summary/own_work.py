"""What the school's own work adds to a summary: the group, the papers, lessons, activities, the room; nothing invented."""

from oasis.campus.organisation import seats
from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Told, gap, joined, listing, tell
from oasis.places.models import School


def _school(facts: Facts) -> School:
    return School.objects.get(pk=facts.place.school)


def leading(facts: Facts) -> Told:
    """Tell the group, the papers issued, the meetings held."""
    missing = Told(gap("领导小组的组成和分工，制定或修订的制度、方案，召开的会议"))
    if facts.scope is None:
        return missing
    now, _past = seats(facts.scope, _school(facts), min(facts.scope.on, facts.period.ends))
    said = [Told(_group([(row.rank, row.post) for row in now]))] if now else []
    done = [
        tell(words, n=facts.cited(code))
        for code, words in (
            ("rules", "制定或修订制度、方案{n}份"), ("meetings-group", "召开领导小组会议{n}次"), ("resolutions", "形成决议{n}项"),
            ("resolutions-done", "完成决议{n}项"), ("trainings", "组织培训和师德学习{n}次"), ("trained", "参加{n}人次"),
        )
        if facts.value(code)
    ]  # fmt: skip
    if done:
        said.append(Told(facts.when) + joined(done, "，") + Told("。"))
    return joined(said) or missing


def _group(seats_: list[tuple[str, str]]) -> str:
    head = next((post for rank, post in seats_ if rank == "head"), "")
    deputy = "、".join(post for rank, post in seats_ if rank == "deputy")
    led = f"成立由{head}任组长" if head else "成立领导小组"
    return (
        f"{led}{f'、{deputy}任副组长' if deputy else ''}的领导小组，共{len(seats_)}人，分工明确。"
        if head
        else f"{led}，共{len(seats_)}人。"
    )


def taught(facts: Facts) -> Told:
    """Tell the lessons for safety, law and mind, and the classes they reached."""
    held = [
        facts.cited(code, label)
        for code, label in (
            ("lesson-safety", "安全教育"), ("drills", "应急演练"), ("lesson-law", "法治教育"), ("lesson-mind", "心理健康教育"),
            ("lesson-moral", "思想品德教育"),
        )
    ]  # fmt: skip
    if not any(one.some for one in held):
        return Told(gap("安全、法制和心理健康教育开展的情况"))
    classes = facts.cited("lesson-classes")
    reached = tell("，覆盖{classes}个班", classes=classes) if classes.some else Told()
    return Told(f"{facts.when}开展") + listing(held) + reached + Told("。")


def activities(facts: Facts) -> Told:
    """Tell the activities with the share of left-behind children, the room, and who helped from outside."""
    said = joined([_held(facts), _room(facts), _gifts(facts), _helpers(facts)])
    return said or Told(gap("节日、生日、兴趣活动和活动室开放的情况"))


def _held(facts: Facts) -> Told:
    if not facts.value("held") and not facts.value("activity-times"):
        return Told()
    took, left = facts.cited("took-part"), facts.cited("left-took-part")
    held = tell("组织活动{held}次", held=facts.cited("held")) if facts.value("held") else Told()
    joining = tell("报名参加活动的学生{took}人，其中留守儿童{left}人", took=took, left=left) if took.some else Told()
    said = joined([held, joining], "，")
    return Told(facts.when) + said + Told("。") if said else Told()


def awards(facts: Facts) -> Told:
    """Tell the prizes and honours, and how many of them left-behind children won."""
    told = [
        tell(
            f"{words}{{all}}人次，其中留守儿童{{left}}人次",
            all=facts.cited(f"{code}-times"),
            left=facts.cited(f"{code}-left"),
        )
        for code, words in (("award", "学生在活动中得奖"), ("honour", "登记荣誉"))
        if facts.value(f"{code}-times")
    ]
    return joined(told, "；") + Told("。") if told else Told()


def _room(facts: Facts) -> Told:
    # A class opens no room and counts nobody at its door: there is nothing the children could be among.
    among = "其中登记的留守儿童{n}人次" if facts.value("opening-came") else "留守儿童到活动室{n}人次"
    told = [
        tell(words, n=facts.cited(code))
        for code, words in (
            ("openings", "活动室开放{n}次"), ("opening-came", "到室{n}人次"), ("room-left", among),
            ("room-call-times", "孩子在活动室与家人通话{n}次"), ("loan-times", "借阅图书{n}人次"), ("work-times", "展出作品{n}件"),
        )
        if facts.value(code)
    ]  # fmt: skip
    return joined(told, "，") + Told("。") if told else Told()


def _gifts(facts: Facts) -> Told:
    if not facts.value("given-times"):
        return Told()
    return tell(
        "发放物资、礼物{n}人次，其中留守儿童{left}人次。", n=facts.cited("given-times"), left=facts.cited("given-left")
    )


def _helpers(facts: Facts) -> Told:
    return tell("校外力量参与关爱{n}次。", n=facts.cited("deeds")) if facts.value("deeds") else Told()


def boarding(facts: Facts) -> Told:
    """Tell how boarders were looked after at night."""
    told = [
        tell(words, n=facts.cited(code))
        for code, words in (
            ("left-boarding", "留守儿童中在校寄宿的{n}人"), ("nights-called", "晚点名{n}晚"), ("nights-round", "巡夜{n}晚"),
            ("bed-care-times", "夜间照看{n}人次"), ("leave-times", "请假离校登记{n}人次"),
        )
        if facts.value(code)
    ]  # fmt: skip
    return joined(told, "，") + Told("。") if told else Told()


def health(facts: Facts) -> Told:
    """Tell the checks, illness, who was told, and what teachers advanced."""
    checks = [
        tell(words, n=facts.cited(code))
        for code, words in (("checks-morning", "晨检{n}次"), ("checks-noon", "午检{n}次"))
        if facts.value(code)
    ]
    told = [
        tell(words, n=facts.cited(code))
        for code, words in (
            ("ill-times", "登记学生生病{n}人次"), ("hurt-times", "受伤、意外{n}人次"),
            ("ill-told-times", "联系上家里{n}人次"), ("advance-times", "教师垫付医药费{n}笔"), ("advance-owed-times", "还没有归还{n}笔"),
        )
        if facts.value(code)
    ]  # fmt: skip
    checked = Told(f"{facts.when}做") + joined(checks, "、") if checks else Told()
    said = joined([checked, *(told or ([Told("没有登记生病、受伤的学生")] if checks else []))], "，")
    return said + Told("。") if said else Told()


def firsts(facts: Facts) -> Told:
    """Tell the share of places that went to left-behind children."""
    told = [
        tell(
            f"{words}{{all}}个，其中留守儿童{{left}}个",
            all=facts.cited(f"{code}-times"),
            left=facts.cited(f"{code}-left"),
        )
        for code, words in (
            ("first-tutoring", "安排辅导名额"),
            ("first-care", "安排生活照顾名额"),
            ("first-activity", "安排限名额的活动名额"),
        )
        if facts.value(f"{code}-times")
    ]
    return joined(told, "；") + Told("。") if told else Told()
