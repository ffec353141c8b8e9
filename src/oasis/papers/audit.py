"""The yearly audit of how a school handles minors' data (未成年人网络保护条例 37), as a Word file filled from the trail."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from oasis.children.unusual import strange
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.papers.actions import MEDIA
from oasis.papers.official.shape import OfficialText, Part, Table
from oasis.papers.official.writing import docx_bytes
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.papers.wording import gap
from oasis.people import heads, trail
from oasis.people.deeds import DEEDS, SORTS, worded
from oasis.people.entrance import rules_of, with_factor
from oasis.people.looks import Unusual, midnight, unusual
from oasis.people.models import AccessRules, Approval, Post, Trail
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School

NEARS = 11  # the month from which the year's audit is looked for


@dataclass(frozen=True)
class Year:
    """What a year left on the trail and in the accounts."""

    school: School
    first: date
    last: date
    deeds: Counter[str]
    broken: int
    gone: int  # kept heads that the trail does not bear out
    ended: bool  # whether its end is kept outside the database
    odd: list[Unusual]
    asked: list[Approval]
    posts: list[Post]
    rules: AccessRules
    without: int  # accounts that must have a second factor and have none


def year_of(scope: Scope, school: School, year: int) -> Year:
    """Gather a year of one school, up to today."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), scope.on)
    if first > scope.on:
        raise Refused("not-yet", "这一年还没有开始")
    rows = Trail.objects.within(scope, Need.TRAIL).filter(school_key=school.pk)
    mine = rows.filter(at__gte=midnight(first), at__lt=midnight(last + timedelta(days=1)))
    deeds = Counter(dict(mine.order_by().values("deed").annotate(n=Count("pk")).values_list("deed", "n")))
    asked = Approval.objects.within(scope, Need.APPROVE).filter(school=school, asked_at__date__range=(first, last))
    posts = list(Post.objects.held_on(last).filter(school=school, user__is_active=True).select_related("user"))
    demanded = {post.user_id for post in posts if ROLES.get(post.role).second_factor}
    odd = [one for one in (*unusual(scope, first), *strange(scope, first)) if one.day <= last]
    return Year(
        school, first, last, deeds, len(list(trail.broken(rows))), _gone(school),
        heads.is_kept(school.pk), odd, list(asked.select_related("asked_by")), posts,
        rules_of({school.pk})[school.pk], len(demanded - with_factor(demanded)),
    )  # fmt: skip


def report(scope: Scope, told: Year) -> OfficialText:
    """Write the report; what only people can judge is marked to be filled in."""
    count = told.deeds
    return OfficialText(
        title=f"{told.first.year}年度未成年人个人信息保护\n合规审计报告",
        foreword=(
            "按照《未成年人网络保护条例》第三十七条，个人信息处理者应当自行或者委托专业机构每年对处理未成年人个人信息遵守法律、"
            f"行政法规的情况进行合规审计。审计对象：{told.school.name}使用的关爱工作系统；审计期间：{zh_full(told.first)}至{zh_full(told.last)}。",
        ),
        parts=(
            Part("谁能看到", (_accounts(told), _locks(told), gap("岗位是否与实际工作一致，离岗人员是否及时停用"))),
            Part("看了什么、导出了什么", (_looks(count), _exports(told), "各类操作的次数见附件1。")),
            Part("审批", (_approvals(told), gap("抽查几份审批，用途是否真实、是否按期停止使用"))),
            Part("异常情况", (_odd(told), gap("逐条核实的结果和处理"))),
            Part("痕迹是否完整", (_chain(told),)),
            Part("结论和整改", (gap("审计结论、存在的问题、整改措施、责任人和期限"),)),
        ),
        signature=told.school.name, signed_on=scope.on, attachments=(_table(told),),
    )  # fmt: skip


def _accounts(told: Year) -> str:
    by_role = Counter(post.get_role_display() for post in told.posts)
    listed = "、".join(f"{role}{n}人" for role, n in by_role.items())
    people = len({post.user_id for post in told.posts})
    return f"期末在用账号{people}个，岗位{len(told.posts)}个：{listed}。每个账号只能看到岗位和结对所及的孩子。"


def _locks(told: Year) -> str:
    demanded = "按岗位要求第二步验证" if told.rules.demand_factor else "没有按岗位要求第二步验证"
    missing = f"，其中{told.without}人还没有开启" if told.rules.demand_factor and told.without else ""
    return (
        f"学校{demanded}{missing}；公用电脑{told.rules.shared_minutes}分钟不操作自动退出。期间登录{told.deeds['login']}次，"
        f"登录失败{told.deeds['login.failed']}次，第二步验证失败{told.deeds['factor.failed']}次，重置密码{told.deeds['user.reset']}次，"
        f"解除第二步验证{told.deeds['factor.removed']}次。"
    )


def _looks(count: Counter[str]) -> str:
    return (
        f"查看档案{count['child.look']}次，查看记录{count['record.look']}次，查看完整电话{count['child.phones']}次、身份证号{count['child.id']}次，"
        f"打开保密内容{count['record.open']}次，每次都写了原因。"
    )


def _exports(told: Year) -> str:
    listed = [
        f"{worded(code)}{n}次"
        for code, n in told.deeds.items()
        if code.startswith("export.") and code != "export.within"
    ]
    within = told.deeds["export.within"]
    return f"导出和打印：{'、'.join(listed) or '没有'}；多人文件共涉及{within}人次，每个孩子名下都有痕迹。"


def _approvals(told: Year) -> str:
    kinds = Counter(row.get_kind_display() for row in told.asked)
    yes = sum(row.granted is True and not row.alone for row in told.asked)
    no = sum(row.granted is False for row in told.asked)
    alone = sum(row.alone for row in told.asked)
    listed = "、".join(f"{kind}{n}件" for kind, n in kinds.items())
    return f"申请{len(told.asked)}件{f'（{listed}）' if listed else ''}：同意{yes}件，不同意{no}件，没有第二个人可批而自行生效{alone}件。"


def _odd(told: Year) -> str:
    if not told.odd:
        return "系统没有提示异常的查看。"
    listed = "；".join(f"{zh_full(one.day)}{one.name}{one.why}" for one in told.odd[:20])
    return f"系统提示{len(told.odd)}项，往往有正当原因，须逐条核实：{listed}{'；其余见操作痕迹' if len(told.odd) > 20 else ''}。"


def _chain(told: Year) -> str:
    if told.broken:
        return f"操作痕迹有{told.broken}处前后对不上，曾被改动或删除，须立即查明。"
    if told.gone:
        return "操作痕迹的末尾与数据库以外留存的不一致：最新的行曾被删改，或恢复过旧备份，须立即查明。"
    if not told.ended:
        return "操作痕迹逐行相连，没有被改动或从中删除的行；末尾没有在数据库以外留存，最新的行有没有被删去无从核对。"
    return "操作痕迹逐行相连，没有被改动或从中删除的行；末尾与数据库以外留存的一致。"


def _gone(school: School) -> int:
    return sum(one.key == school.pk for one in heads.lost(settings.OASIS_BACKUPS / heads.BESIDE))


def _table(told: Year) -> Table:
    rows = []
    for sort, label in SORTS.items():
        for code, n in sorted(told.deeds.items()):
            if _sort(code) == sort:
                rows.append((label, worded(code), str(n)))
    return Table("操作次数", ("类别", "操作", "次数"), tuple(rows))


def _sort(code: str) -> str:
    return DEEDS.get(code).sort if code in DEEDS else ""


def audit_owed(scope: Scope) -> list[tuple[School, int]]:
    """Give the schools whose leader has not yet written the audit of a year: from November on of this one, until March of the last."""
    year = scope.on.year if scope.on.month >= NEARS else scope.on.year - 1
    schools = scope.ids(ArmKind.SCHOOL, Need.LAW) & scope.ids(ArmKind.SCHOOL, Need.TRAIL)
    if not schools or scope.on.month not in (*range(NEARS, 13), 1, 2, 3):
        return []
    rows = Trail.objects.within(scope, Need.TRAIL).filter(
        deed="export.audit", subject=str(year), school_key__in=schools
    )
    done = set(rows.values_list("school_key", flat=True))
    return [(school, year) for school in School.objects.filter(pk__in=schools - done).order_by("name")]


def export_audit(scope: Scope, *, school: School, year: int) -> Export:
    """Give the report of a year as .docx, for who leads the school."""
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.TRAIL):
        raise Refused("other-school", "只有本校的校长和德育主任可以导出审计报告")
    with transaction.atomic():
        data = docx_bytes(report(scope, year_of(scope, school, year)))
        trail.note(scope, "export.audit", school=school.pk, subject=str(year))
    return Export(file_name(str(school), f"{year}年度合规审计报告", ending="docx"), MEDIA["docx"], data)
