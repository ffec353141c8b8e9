"""The demo's school as a whole: its leading group, rules and who read them, meetings, resolutions, the year's plan."""

from datetime import date, timedelta

from oasis.campus.models import (
    Meeting,
    MeetingPresence,
    Resolution,
    Rule,
    RuleReading,
    RuleVersion,
    Seat,
    WorkItem,
)
from oasis.config.demo import texts_school as texts
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import school_year
from oasis.people.models import User


def tell(stage: Stage) -> None:
    """Draw the group, the papers, the meetings, the plan."""
    principal, dean = stage.staff["principal"][0], stage.staff["dean"][0]
    begun = stage.terms[0].starts_on
    _group(stage, principal, dean, begun)
    _rules(stage, dean, begun)
    _meetings(stage, principal, dean)
    _plan(stage, principal, dean)


def everybody(stage: Stage) -> list[User]:
    """Give the staff, each once."""
    return list(dict.fromkeys(user for group in stage.staff.values() for user in group))


def _group(stage: Stage, principal: User, dean: User, begun: date) -> None:
    number = f"{stage.school.short_name}〔{begun.year}〕2号"
    seats: list[tuple[str, User | None, str, str]] = [
        ("head", principal, "校长", "负总责，每月主持一次会议，落实经费和人员"),
        ("deputy", dean, "德育主任", "管日常工作：摸底、建档、结对、检查各班落实"),
        ("member", stage.staff["keeper"][0], "大队辅导员", "管活动室，组织兴趣活动、节日和生日"),
        ("member", stage.staff["life-care"][0], "生管老师", "管住校孩子的生活、夜间巡查和生病就医"),
        ("member", stage.staff["counsellor"][0], "心理教师", "管心理辅导和筛查"),
    ]
    primary = stage.school.primary_years
    seats += [
        (
            "member",
            stage.homeroom[klass.pk],
            f"{klass.name(stage.on, primary)}班主任",
            "管本班孩子的档案、谈心、家访和家校联系",
        )
        for klass in stage.klasses
    ]
    for rank, user, post, duties in seats:
        stage.rows.add(
            Seat(
                school=stage.school,
                by=dean,
                rank=rank,
                user=user,
                post=post,
                duties=duties,
                paper_no=number,
                from_on=begun,
            )
        )
    stage.rows.add(
        Seat(
            school=stage.school, by=dean, rank="member", outsider="潘有田", post="村委会委员", duties="", from_on=begun
        )
    )


def _rules(stage: Stage, dean: User, begun: date) -> None:
    people = everybody(stage)
    for n, (kind, topic, title, text) in enumerate(texts.RULES):
        rule = Rule(school=stage.school, by=dean, kind=kind, topic=topic, title=title)
        stage.rows.add(rule)
        days = [begun + timedelta(days=6)] + ([stage.on - timedelta(days=20)] if n in (0, 3) else [])
        for number, day in enumerate(days, 1):
            version = RuleVersion(
                school=stage.school, by=dean, rule=rule, number=number, issued_on=day, in_force_on=day, text=text,
                paper_no=f"{stage.school.short_name}〔{day.year}〕{n + 4}号", change="按未成年人保护法和上级新要求修订" if number > 1 else "",
            )  # fmt: skip
            stage.rows.add(version)
            share = 0.55 if number > 1 else 0.96
            for user in people:
                if stage.random.random() < share:
                    stage.rows.add(RuleReading(school=stage.school, by=user, version=version))


def _meetings(stage: Stage, principal: User, dean: User) -> None:
    group = [principal, dean, *stage.staff["keeper"], *stage.staff["life-care"], *stage.homeroom.values()]
    begun = [term for term in stage.terms if term.starts_on <= stage.on][-1].starts_on
    for n, (kind, topic, agenda, minutes, resolved) in enumerate(texts.MEETINGS):
        day = begun + timedelta(days=4 + 19 * n)
        if day > stage.on:
            break
        training = kind == "training"
        row = Meeting(
            school=stage.school, by=dean, kind=kind, on=day, topic=topic, place="会议室", chair=dean if training else principal, agenda=agenda,
            minutes=minutes, hours=3 if training else None,
        )  # fmt: skip
        stage.rows.add(row)
        for user in dict.fromkeys(everybody(stage) if kind in ("training", "staff") else group):
            state = stage.random.choices(["came", "leave", "missed"], weights=[94, 5, 1])[0]
            stage.rows.add(MeetingPresence(school=stage.school, by=dean, meeting=row, user=user, state=state))
        for m, (words, who) in enumerate(resolved):
            owner = stage.staff[who][min(2, len(stage.staff[who]) - 1)]
            _resolution(stage, row, words, owner, day + timedelta(days=14 + 6 * m))


def _resolution(stage: Stage, meeting: Meeting, words: str, owner: User, due: date) -> None:
    row = Resolution(school=stage.school, by=meeting.by, meeting=meeting, words=words, owner=owner, due_on=due)
    if due < stage.on - timedelta(days=8):
        row.done_on, row.done_words = due - timedelta(days=1), "已经落实"
    stage.rows.add(row)


def _plan(stage: Stage, principal: User, dean: User) -> None:
    year = school_year(stage.on)
    for area, words, who, month, evidence, target in texts.PLAN:
        owner = stage.staff[who][0]
        due = date(year + (month < 8), month, 25)
        row = WorkItem(
            school=stage.school,
            by=dean,
            year=year,
            area=area,
            words=words,
            owner=owner,
            due_on=due,
            evidence=evidence,
            target=target,
        )
        if due < stage.on - timedelta(days=25):
            row.done_on, row.done_words = due, "已做完，材料已归档"
        stage.rows.add(row)
