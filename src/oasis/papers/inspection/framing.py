"""What stands around the items of a package: the cover, the heading of each, the page that says what it lacks."""

from oasis.kit.dates import zh_full
from oasis.papers.forms.base import Order
from oasis.papers.forms.told import term_of
from oasis.papers.inspection.bundle import Bundle
from oasis.papers.inspection.items import Item
from oasis.papers.sheets.shape import Block, Para, Section, Title


def head(words: str, number: int) -> tuple[Block, ...]:
    """Give what stands above an item's first page."""
    return (Title(f"{number}．{words}", 18),)


def note(one: Bundle, item: Item, made: bool) -> Section:
    """Give the page that says what an item lacks, when it has something to say."""
    told = [gap.words for gap in one.gaps(item.number)] if item.code != "problems" else []
    texts = (
        [f"还缺：{words}" for words in told]
        + ([] if made else ["系统里还没有这一项的材料。"])
        + [f"另附：{item.by_hand}"]
    )
    return Section(tuple(Para(text, indent=False) for text in texts))


def cover(order: Order, *, masked: bool) -> Section:
    """Give the cover."""
    said = "姓名、号码、住址已遮住。" if masked else "含学生和家长的个人信息，看后收回，不得复制、拍照、外传。"
    return Section(
        (
            *(Para("\u3000", indent=False) for _n in range(9)),
            Title(order.place.school.name, 24), Title("关爱服务工作迎检资料", 28), *(Para("\u3000", indent=False) for _n in range(8)),
            Para(str(term_of(order)), side="center"), Para(zh_full(order.on), side="center"), Para(said, side="center"),
        )
    )  # fmt: skip
