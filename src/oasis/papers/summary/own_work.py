"""What the school's own work adds to a summary: the group, the papers, lessons, activities, the room; nothing invented."""

from oasis.campus.activities import calendar, lessons, shares
from oasis.campus.models import Activity
from oasis.campus.organisation import meetings, rules, seats
from oasis.campus.outside import outsiders
from oasis.campus.room import summed
from oasis.papers.summary.facts import Facts
from oasis.papers.wording import Told, gap
from oasis.places.models import School


def _school(facts: Facts) -> School:
    return School.objects.get(pk=facts.place.school)


def leading(facts: Facts) -> Told:
    """Tell the group, the papers issued, the meetings held."""
    missing = Told(gap("领导小组的组成和分工，制定或修订的制度、方案，召开的会议"))
    if facts.scope is None:
        return missing
    school, start, end = _school(facts), facts.period.starts, facts.period.ends
    now, _past = seats(facts.scope, school, min(facts.scope.on, end))
    versions = [one for paper in rules(facts.scope, school) for one in paper.versions if start <= one.issued_on <= end]
    held = [row for row in meetings(facts.scope, school) if start <= row.on <= end]
    said = [_group([(row.rank, row.post) for row in now])] if now else []
    if versions:
        said.append(f"{facts.when}制定或修订制度、方案{len(versions)}份。")
    if held:
        group = sum(row.kind == "group" for row in held)
        training = sum(row.kind == "training" for row in held)
        said.append(
            f"{facts.when}召开领导小组会议{group}次" + (f"，组织培训和师德学习{training}次。" if training else "。")
        )
    return Told("".join(said)) if said else missing


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
    """Tell the lessons for safety, law and mind by what they reached."""
    missing = Told(gap("安全、法制和心理健康教育开展的情况"))
    if facts.scope is None:
        return missing
    labels = dict(Activity.Kind.choices)
    found = lessons(facts.scope, _school(facts), facts.period.starts, facts.period.ends)
    said = [f"{labels[kind]}{count}次（{len(held)}个班）" for kind, (count, held) in found.items() if count]
    return Told(f"{facts.when}开展{'、'.join(said)}。") if said else missing


def activities(facts: Facts) -> Told:
    """Tell the activities with the share of left-behind children, the room, and who helped from outside."""
    missing = Told(gap("节日、生日、兴趣活动和活动室开放的情况"))
    if facts.scope is None:
        return missing
    school, start, end = _school(facts), facts.period.starts, facts.period.ends
    taught_kinds = ("safety", "drill", "law", "mind", "moral")
    held = [row for row in calendar(facts.scope, school, start, end) if row.held_on and row.kind not in taught_kinds]
    said = []
    if held:
        whole, _rows = shares(facts.scope, school, start, end)
        said.append(f"{facts.when}组织活动{len(held)}次，参加过的学生{whole.took}人，其中留守儿童{whole.left_took}人。")
        if whole.wins:
            said.append(f"获奖{whole.wins}人次，其中留守儿童{whole.left_wins}人次。")
    room = summed(facts.scope, school, start, end)
    if room.openings:
        said.append(
            f"活动室开放{room.openings}次，到室{room.came}人次"
            + (f"，孩子在活动室与家人通话{room.calls}次。" if room.calls else "。")
        )
    deeds = [deed for one in outsiders(facts.scope, school) for deed in one.deeds if start <= deed.on <= end]
    if deeds:
        said.append(f"校外力量参与关爱{len(deeds)}次。")
    return Told("".join(said)) if said else missing
