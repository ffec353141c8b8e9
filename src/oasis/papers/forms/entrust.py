"""委托照护书面告知书: what parents who are away tell the school in writing (未保法 22, 23; domain.md 2.6). One a child, to be signed."""

from collections.abc import Sequence

from oasis.kit.dates import zh_full
from oasis.papers.files import ChildFile, Relative, files_of
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import dotted, form_paper
from oasis.papers.official.form import Entry
from oasis.papers.sheets.shape import Grid, Line, Para, Section, Title

_PARENTS = "父母的义务：每周至少和孩子、照护人联系一次；按时给生活费；和学校保持联系；孩子有异常情况及时处理；不因外出免除监护责任。"
_CARER = "照护人的义务：照料生活和健康，看护安全，督促上学，有异常情况立即告诉父母和学校；紧急情况先救助、报警。"
_FIT = "我们了解：有性侵害、虐待、遗弃、拐卖、暴力伤害等行为的，吸毒、酗酒、赌博的，曾拒不履行或长期怠于履行监护、照护职责的，不得作为被委托人。被委托人没有这些情形。"


def sections(order: Order) -> Sequence[Section]:
    """Give one notice a child, filled with what is on file; the rest is written by hand."""
    return [_page(file, order.place.school.name) for file in files_of(order.scope, order.children, order.on)]


def _page(file: ChildFile, school: str) -> Section:
    child, run = file.child, file.arrangement
    since = f"{zh_full(run.from_on)}起" if run else "　　年　月　日起至　　年　月　日"
    return Section(
        (
            Title("委托照护书面告知书"), Line((f"告知学校：{school}", f"班级：{file.klass}")),
            Grid(
                (
                    (Entry("儿童姓名", child.name), Entry("性别", child.get_sex_display()), Entry("出生日期", dotted(child.birth_on))),
                    *_parent("父亲", file.father), *_parent("母亲", file.mother), *_carer_rows(file),
                    (Entry("委托期限", since, 2, 10),),
                    (Entry("孩子的意见（8岁以上本人写）", "", 2, 10),),
                )
            ),
            Para(_PARENTS), Para(_CARER), Para(_FIT),
            Line(("父（母）签名：＿＿＿＿＿＿", "被委托人签名：＿＿＿＿＿＿", "孩子签名：＿＿＿＿＿")),
            Line(("村（居）委会见证（盖章）：＿＿＿＿＿＿", "学校收到日期：＿＿＿＿", "经办：＿＿＿＿")),
            Line(("父母不能到场的：电话确认日期＿＿＿＿　拨打人＿＿＿＿　见证人＿＿＿＿", "一式四份：父母、照护人、村（居）委会、学校")),
        )
    )  # fmt: skip


def _parent(label: str, one: Relative | None) -> tuple[tuple[Entry, ...], ...]:
    where = " ".join(part for part in (one.place, one.away.work if one.away else "") if part) if one else ""
    return (
        (
            Entry(f"委托人（{label}）", one.given if one else ""),
            Entry("电话", one.phone if one else ""),
            Entry("外出地址", where),
        ),
    )


def _carer_rows(file: ChildFile) -> tuple[tuple[Entry, ...], ...]:
    carer = file.carer
    person = carer.tie.person if carer else None
    return (
        (
            Entry("被委托人", carer.given if carer else ""), Entry("与孩子关系", carer.relation if carer else ""),
            Entry("电话", carer.phone if carer else ""),
        ),
        (Entry("住址", person.address if person else "", 2, 6), Entry("健康状况", person.health if person else "")),
    )  # fmt: skip


PAPER = form_paper(
    "entrust", "委托照护书面告知书", "父母外出时书面告诉学校由谁照护，一人一张，留签名处", sections, gathers=False
)
