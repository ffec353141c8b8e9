"""告知同意书: what the school tells guardians, and a yes or no to each use; one sheet a child (PIPL 17, 29-31)."""

from oasis.papers.files import ChildFile, files_of
from oasis.papers.forms.base import Order, Paper
from oasis.papers.official.form import Entry, FormPage, forms_docx
from oasis.people.consenting import PARTS, text_of
from oasis.people.models import ConsentText
from oasis.people.uses import ASKED, TOLD
from oasis.places.models import School

_TITLE = "儿童个人信息处理告知同意书"


def page(file: ChildFile, text: ConsentText, school: School) -> FormPage:
    """Fill one child's sheet; nothing is ticked beforehand."""
    told = [Entry(str(ConsentText._meta.get_field(name).verbose_name), getattr(text, name), 2, 10) for name in PARTS]  # type: ignore[union-attr]
    lawful = "；".join(f"{use.label}（{use.article}）" for use in TOLD)
    rows = [
        (Entry("孩子姓名", file.child.name, 2, 4), Entry("班级", file.klass, 2, 4)),
        *((entry,) for entry in told),
        (Entry("依法必须", f"{lawful}。", 2, 10),),
        (Entry("须家长同意的（不同意不影响孩子上学和得到帮扶）", "每项选一个打√", 9, 3),),
        *((Entry(f"{use.label}：{use.about}", "□ 同意　　□ 不同意", 9, 3),) for use in ASKED),
    ]
    return FormPage(
        title=_TITLE,
        above=(f"学校：{school.name}", f"文本：第{text.number}版", "本表一式两份，家长、学校各留一份"),
        rows=tuple(rows),
        below=(
            "父亲、母亲或其他监护人签字：＿＿＿＿＿＿",
            "与孩子的关系：＿＿＿＿",
            "日期：＿＿＿＿年＿＿月＿＿日",
            "电话：＿＿＿＿＿＿＿",
        ),
    )


def make(order: Order) -> bytes:
    """Write the sheets of a place or of one child."""
    school = order.place.school
    text = text_of(school)
    return forms_docx(_TITLE, [page(file, text, school) for file in files_of(order.scope, order.children, order.on)])


PAPER = Paper(
    "consent", "告知同意书", "一人一张，告诉家长收集什么、为什么，逐项同意或不同意", "docx", make, single=True
)
