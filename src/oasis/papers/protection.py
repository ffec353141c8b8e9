"""Documents about the data a school holds: the processing record and the impact assessment (PIPL 54-56)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from oasis.children.consents import answers_of
from oasis.children.models import Child
from oasis.kit.catalogue import Catalogue
from oasis.kit.dates import age_on, zh_full
from oasis.papers.actions import MEDIA
from oasis.papers.official.shape import OfficialText, Part, Table
from oasis.papers.official.writing import docx_bytes
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.papers.wording import gap
from oasis.people import trail
from oasis.people.consenting import law_of, must_lead, text_of
from oasis.people.keeping import keeping_of
from oasis.people.models import ConsentText, LawSetting, Post
from oasis.people.roles import ROLES, Need
from oasis.people.scope import Scope
from oasis.people.uses import ASKED, USES
from oasis.places.models import School

CHILD_UNTIL = 14


@dataclass(frozen=True)
class Holdings:
    """The figures the documents stand on, of one school on one day."""

    school: School
    law: LawSetting
    text: ConsentText
    files: int
    closed: int
    young: int
    asked: int
    given: dict[str, int]
    posts: dict[str, int]


def holdings(scope: Scope, school: School) -> Holdings:
    """Count what the school holds."""
    children = list(Child.objects.within(scope, Need.LAW).filter(school=school).order_by("pk"))
    here = [child for child in children if child.state == Child.State.HERE]
    told = answers_of(scope, here)
    posts = Post.objects.held_on(scope.on).filter(school=school, user__is_active=True)
    roles = [role.code for role in ROLES if Need.NAMES in role.needs]
    return Holdings(
        school, law_of(school), text_of(school), files=len(here), closed=len(children) - len(here),
        young=sum(bool(child.birth_on and age_on(child.birth_on, scope.on) < CHILD_UNTIL) for child in here),
        asked=sum(one.asked is not None for one in told.values()),
        given={use.code: sum(one.allows(use.code) for one in told.values()) for use in ASKED},
        posts={code: n for code in roles if (n := posts.filter(role=code).values("user").distinct().count())},
    )  # fmt: skip


def _responsible(told: Holdings) -> str:
    officer = told.law.officer or gap("儿童个人信息保护负责人")
    phone = told.law.officer_phone or told.school.duty_phone or gap("联系电话")
    return f"个人信息处理者：{told.school.name}。儿童个人信息保护负责人：{officer}，联系电话：{phone}。"


def _kept(told: Holdings) -> tuple[str, ...]:
    storage = told.law.storage or gap("服务器放在哪里，是否联外网")
    processor = told.law.processor or gap("有没有委托技术单位；委托的写明单位和书面约定")
    return (
        f"数据存放：{storage}。委托处理：{processor}。数据存放在中国境内，不向境外提供，不作自动化决策。",
        "已采取的措施：按岗位授权，看不到的一律不显示；查看、导出、打印、修改都留痕，痕迹逐行相扣，改动会显出来；保密内容另存，"
        "打开要写理由；密码加盐存放；备份加密；一次导出多个孩子的信息要写明用途。",
    )


def _uses_table(told: Holdings) -> Table:
    def basis(code: str) -> str:
        return f"监护人同意（{told.given[code]}名）" if code in told.given else "履行法定职责"

    rows = tuple((use.label, use.about, basis(use.code), use.article) for use in USES)
    return Table("处理目的、信息种类和法律依据", ("处理目的", "信息种类", "依据", "法条"), rows)


def _posts_table(told: Holdings) -> Table:
    rows = tuple((ROLES.get(code).label, str(n)) for code, n in told.posts.items())
    return Table("能看到孩子信息的岗位和人数", ("岗位", "人数"), rows)


def _periods(told: Holdings) -> tuple[str, ...]:
    kept = "；".join(f"{kind.label}离校后{kind.months}个月" for kind in keeping_of(told.school))
    return (told.text.period, f"学校现行期限：{kept}。到期先列出名单，校长或德育主任确认后处理，留下不含姓名的证明。")


def record(scope: Scope, told: Holdings) -> OfficialText:
    """Write the record of processing activities."""
    return OfficialText(
        title="儿童个人信息处理活动记录",
        foreword=(_responsible(told), f"记录日期：{zh_full(scope.on)}。"),
        parts=(
            Part("处理目的、方式和种类", (told.text.purpose, told.text.kinds, told.text.manner, "各项目的、种类和依据见附件1。")),
            Part(
                "涉及的人员",
                (
                    f"在校儿童{told.files}名，其中未满14周岁{told.young}名，其信息都是敏感个人信息；已离校、封存待处理的档案{told.closed}份。",
                    "能看到孩子信息的岗位和人数见附件2。",
                ),
            ),
            Part("保存期限", _periods(told)),
            Part("存放和安全措施", _kept(told)),
            Part("告知和同意", _asked(told)),
        ),
        signature=told.school.name, signed_on=scope.on, attachments=(_uses_table(told), _posts_table(told)),
    )  # fmt: skip


def _asked(told: Holdings) -> tuple[str, ...]:
    shares = "，".join(f"同意“{use.label}”{told.given[use.code]}名" for use in ASKED)
    return (
        f"现用告知同意书第{told.text.number}版。{told.files}名在校儿童中，{told.asked}名的监护人已经逐项答复，"
        f"{told.files - told.asked}名还没有答复；没有答复的，须同意的各项一律不处理。",
        f"其中{shares}。",
        f"家长查看、复制、更正、删除的申请，{told.law.answer_days}个工作日内答复，不同意的书面说明理由。",
    )


def assessment(scope: Scope, told: Holdings) -> OfficialText:
    """Write the impact assessment; what only people can judge is marked to be filled in."""
    risks = (
        Part("泄露", ("可能：账号被盗、导出的文件外传、服务器被盗。影响：孩子独处、住址、电话被坏人知道，危险较大。", *_kept(told)[1:])),
        Part("越权查看", ("可能：老师查看与自己无关的孩子。影响：孩子被议论、被贴标签。措施：看不到的一律不显示，查看留痕，异常查看提醒负责人核对。",)),
        Part("标签和歧视", ("可能：名单公开，孩子被区别对待。措施：页面标题、文件名、联系卡都不写孩子为什么在册；宣传须另行同意。",)),
        Part("错误", ("可能：信息过时、记错。措施：每处修改留原值，家长可以要求更正；学期初核对。",)),
    )  # fmt: skip
    return OfficialText(
        title="儿童个人信息保护影响评估报告",
        foreword=(
            _responsible(told),
            f"按照个人信息保护法第55、56条，处理敏感个人信息前应当评估。评估日期：{zh_full(scope.on)}。本报告和处理情况记录保存至少三年。",
        ),
        parts=(
            Part("处理目的、方式是否合法、正当、必要", (told.text.purpose, told.text.kinds, "各项依据见附件1；须同意的各项，没有同意就不处理。", gap("学校对有没有多收集的判断"))),
            Part("对个人权益的影响和安全风险", (f"涉及在校儿童{told.files}名，未满14周岁{told.young}名。",), risks),
            Part("保护措施是否合法、有效、与风险相适应", (*_kept(told)[:1], *_asked(told), gap("物理安全：机房上锁、专人保管密钥和备份"))),
            Part("结论", (gap("评估结论：可以处理，或整改后处理；参加评估的人"),)),
        ),
        signature=told.school.name, signed_on=scope.on, attachments=(_uses_table(told), _posts_table(told)),
    )  # fmt: skip


@dataclass(frozen=True)
class LawDocument:
    """A document the law wants a school to keep."""

    code: str
    label: str
    about: str
    make: Callable[[Scope, Holdings], OfficialText]


DOCUMENTS = Catalogue(
    LawDocument("record", "处理活动记录", "处理什么、为什么、谁能看、存多久（个人信息保护法第55、56条）", record),
    LawDocument("assessment", "个人信息保护影响评估", "处理敏感信息之前要做，至少保存三年（第55、56条）", assessment),
)


def export_document(scope: Scope, *, school: School, code: str) -> Export:
    """Give a document as .docx, filled from the school's settings and figures."""
    must_lead(scope, school)
    entry = DOCUMENTS.get(code)
    with transaction.atomic():
        data = docx_bytes(entry.make(scope, holdings(scope, school)))
        trail.note(scope, "export.law", school=school.pk, subject=code)
    return Export(file_name(str(school), entry.label, f"{scope.on:%Y%m%d}", ending="docx"), MEDIA["docx"], data)
