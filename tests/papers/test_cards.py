"""Contact cards print whatever a name holds, four on a sheet."""

import subprocess
from datetime import date
from pathlib import Path

from oasis.papers.cards.shape import Card, Contact
from oasis.papers.cards.sheet import cards_pdf


def card(child: str = "林小雨") -> Card:
    return Card(
        school="青山小学",
        klass="三年级（2）班",
        child=child,
        teachers=(Contact("班主任", "赵敏", "13800000001"), Contact("学校值班", "值班室", "05530000001")),
        family=(
            Contact("父亲", "林大山", "", place="浙江省宁波市"),
            Contact("委托照护人", "王桂香", "13700000003", "外祖母", address="王家组18号"),
        ),
        updated_on=date(2026, 3, 5),
        link="https://oasis.example.cn/k/abc",
    )


def text_of(pdf: bytes, folder: Path) -> list[str]:
    (folder / "cards.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", folder / "cards.pdf", "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_two_children_fill_a_sheet_with_two_copies_each(tmp_path: Path) -> None:
    pages = text_of(cards_pdf([card(), card(), card()]), tmp_path)
    assert len(pages) == 2
    assert pages[0].count("13700000003") == 4


def test_the_bag_copy_has_no_address(tmp_path: Path) -> None:
    pages = text_of(cards_pdf([card()]), tmp_path)
    assert pages[0].count("王家组") == 1
    assert pages[0].count("宁波") == 1


def test_names_are_never_read_as_markup(tmp_path: Path) -> None:
    pages = text_of(cards_pdf([card('#panic("x") $a$ *b* <&>')], copies=1), tmp_path)
    assert '#panic("x") $a$ *b* <&>' in pages[0]


def test_the_card_never_says_the_word(tmp_path: Path) -> None:
    pages = text_of(cards_pdf([card()]), tmp_path)
    assert "留守" not in "".join(pages)
    assert all(number in pages[0] for number in ("110", "120", "12345", "2026"))
