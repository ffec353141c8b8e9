"""The letter to one home, on paper with its return slip, or as a picture for WeChat."""

from collections.abc import Sequence

from oasis.campus.letters import latest, of_children
from oasis.campus.models import Letter, LetterCopy
from oasis.children.models import Child
from oasis.kit.dates import zh_full, zh_short
from oasis.kit.refused import Refused
from oasis.papers.forms.base import Order
from oasis.papers.official.form import Entry
from oasis.papers.places import place_of
from oasis.papers.sheets.printed import sheet_png, sheets_pdf
from oasis.papers.sheets.shape import Block, Cut, Grid, Para, Section, Title
from oasis.papers.sheets.word import sheets_docx
from oasis.people.scope import Scope
from oasis.places.models import School


def written(letter: Letter, copy: LetterCopy | None, name: str, school: School) -> tuple[Block, ...]:
    """Give the letter itself; a child of whom nothing is written gets the school's words alone."""
    own = [Para(copy.paragraph)] if copy and copy.paragraph else []
    if copy and copy.words:
        own.append(Para(f"孩子想对您说：“{copy.words}”"))
    said = [Para(text) for text in letter.text.splitlines() if text.strip()]
    return (
        Title(letter.title), Para(f"{name}同学的家长（照护人）：", indent=False), Para("您好！"), *said[:-1], *own, *said[-1:],
        Para(school.name, side="right"), Para(zh_full(letter.issued_on), side="right"),
    )  # fmt: skip


def slip(letter: Letter, name: str, klass: str) -> tuple[Block, ...]:
    """Give the return slip below the line to cut."""
    rows = (
        (Entry("学生姓名", name, 2, 4), Entry("班级", klass, 2, 4)),
        (Entry("我已阅读", "□ 已收到并读过　　□ 想和老师面谈或通话", 2, 10),),
        (Entry("意见、建议或想对孩子说的话", "\u3000", 2, 10),),
        (Entry("电话有变动的", "谁的电话：＿＿＿＿　　新号码：＿＿＿＿＿＿＿＿＿＿＿", 2, 10),),
        (Entry("家长（照护人）签名", "", 2, 4), Entry("日期", "　　月　　日", 2, 4)),
    )
    return (
        Cut(f"沿此线剪下，请在{zh_short(letter.reply_by)}前交回班主任"),
        Para("回执", indent=False, side="center", strong=True),
        Grid(rows),
    )


def sections(order: Order) -> list[Section]:
    """Give the letters of the children asked for; raises Refused while the school has written none."""
    letter = latest(order.scope, order.place.school.pk)
    if letter is None:
        raise Refused("no-letter", "学校还没有写致家长的信。请校长或德育主任先到“致家长的信”里写好")
    copies = of_children(order.scope, letter, [child.pk for child in order.children])
    return [_section(letter, copies.get(child.pk), child, order) for child in order.children]


def _section(letter: Letter, copy: LetterCopy | None, child: Child, order: Order) -> Section:
    klass = place_of(child.school, child.klass, order.on).name
    return Section((*written(letter, copy, child.name, order.place.school), *slip(letter, child.name, klass)))


def letters_docx(order: Order) -> bytes:
    """Write the letters as one Word file."""
    return sheets_docx("致家长的一封信", sections(order))


def letters_pdf(order: Order) -> bytes:
    """Print the letters as one PDF."""
    return sheets_pdf(sections(order), mark=order.mark, numbered=False)


def picture(scope: Scope, copy: LetterCopy) -> bytes:
    """Draw one letter for a phone; the slip is left out, the parent answers in WeChat."""
    blocks: Sequence[Block] = written(copy.letter, copy, copy.child.name, copy.child.school)
    ask = Para(
        f"读过请回复“收到”，并请在{zh_short(copy.letter.reply_by)}前告诉老师您的意见；电话有变动也请告诉我们。",
        strong=True,
    )
    return sheet_png(Section((*blocks, ask)))
