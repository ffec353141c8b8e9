"""Headings are found and understood, whatever stands above, below and between."""

import pytest

from oasis.intake.layout import Layout, laid_out
from oasis.intake.reading import read
from oasis.intake.rows import Walker
from oasis.intake.sheets import SHEETS
from tests.intake import ugly

CHILD = ["1", "林晓晓", "女", "99010120170305112X", "2017.3.5"]


def layout(rows: ugly.Rows, *merges: str, name: str = "Sheet1") -> Layout:
    found = laid_out(read(ugly.xlsx((name, rows), merges=merges)).sheets[0])
    assert found
    return found


def walked(rows: ugly.Rows, *merges: str, name: str = "Sheet1") -> tuple[list[list[str]], Walker]:
    (sheet,) = read(ugly.xlsx((name, rows), merges=merges)).sheets
    found = laid_out(sheet)
    assert found
    walker = Walker(found, sheet.merges)
    return [row.cells for page in sheet.pages for row in walker.rows(page)], walker


def test_titles_above_name_the_class() -> None:
    found = layout(
        [
            ["青河县石桥小学"],
            ["2026年秋三年级（2）班学生花名册"],
            [],
            ["序号", "学生姓名", "性别", "身份证号码", "出生年月"],
            CHILD,
        ],
        "A1:E1",
        "A2:E2",
    )
    assert found.fields == {"name": 1, "sex": 2, "id_number": 3, "birth_on": 4}
    assert found.klass == (3, None, 2)
    assert (found.head_from, found.head_to) == (4, 4)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("三（1）班留守儿童花名册", "care-roster"), ("农村留守儿童信息表", "care-roster"),
        ("三（1）班学生花名册（含留守儿童）", "class-list"), ("学生名册（含农村留守儿童）", "class-list"),
        ("三（1）班学生及留守儿童花名册", "class-list"), ("学生和农村留守儿童名单", "class-list"),
        ("留守和困境儿童台账", "class-list"), ("和平小学留守儿童及监护人名单", "care-roster"),
        ("学生名单，注明是否留守", "class-list"), ("非留守儿童名单", "class-list"),
    ],
)  # fmt: skip
def test_a_list_of_all_is_no_roster_of_left_behind_children(title: str, kind: str) -> None:
    assert layout([[title], ["序号", "学生姓名", "性别", "身份证号", "出生年月"], CHILD]).kind == kind


def test_two_rows_of_headings_with_merged_groups() -> None:
    rows = [
        ["留守儿童花名册"],
        ["序号", "姓名", "年级班级", "父亲", None, None, "母亲", None, None, "监护人", None, None, "备注"],
        [None, None, None, "姓名", "务工地", "电话", "姓名", "务工地", "电话", "姓名", "关系", "电话", None],
        [
            "1",
            "林晓晓",
            "三1",
            "林国平",
            "浙江宁波",
            "19900000001",
            "周玉兰",
            "浙江宁波",
            "19900000002",
            "黄桂英",
            "奶奶",
            "19900000003",
            "",
        ],
    ]
    merges = ("A1:M1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:I2", "J2:L2", "M2:M3")
    for used in (merges, ()):
        found = layout(rows, *used)
        assert found.fields == {
            "name": 1, "klass": 2, "father.name": 3, "father.place": 4, "father.phone": 5, "mother.name": 6, "mother.place": 7,
            "mother.phone": 8, "carer.name": 9, "carer.relation": 10, "carer.phone": 11, "remark": 12,
        }  # fmt: skip
        assert found.kind == "care-roster"
        assert (found.head_from, found.head_to) == (2, 3)


def test_bare_words_after_a_parents_name_belong_to_the_parent() -> None:
    found = layout(
        [
            ["姓名", "家庭住址", "父亲姓名", "联系电话", "母亲姓名", "联系电话", "监护人", "与学生关系", "电话"],
            ["林晓晓"] + ["甲"] * 8,
        ]
    )
    assert [column.field for column in found.columns] == [
        "name", "address", "father.name", "father.phone", "mother.name", "mother.phone", "carer.name", "carer.relation", "carer.phone",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("家长电话", "contact.phone"), ("监护人联系方式", "carer.phone"), ("出生年月", "birth_on"), ("公民身份号码", "id_number"), ("* 姓　名", "name"),
        ("身份证号（18位）", "id_number"), ("父亲手机号码", "father.phone"), ("联系电话", "phone"), ("是否住校", "boarding"), ("留守类型", "left_behind"),
        ("照护人姓名及关系", "carer.name"), ("监护人（与学生关系）", "carer.name"), ("委托照护人姓名、关系", "carer.name"), ("监护人姓名与关系", "carer.name"),
        ("妈妈电话", "mother.phone"), ("现家庭详细住址", "address"), ("学号", "class_no"), ("家长姓名", "contact.name"),
    ],
)  # fmt: skip
def test_headings_in_other_words(head: str, field: str) -> None:
    others = [] if field == "name" else ["姓名"]
    found = layout([[*others, head, "性别"], [*(["林晓晓"] * len(others)), "", "女"]])
    assert field in found.fields


def test_the_national_template_is_known_by_its_headings() -> None:
    national = SHEETS.get("national")
    assert len(national.headings) == 71
    heads = [heading.group + heading.words for heading in national.headings]
    found = layout([heads, ["x"] * 71])
    assert found.kind == "national"
    assert {
        "name",
        "id_number",
        "klass",
        "boarding",
        "left_behind",
        "member1.name",
        "member1.relation",
        "member2.phone",
    } <= set(found.fields)
    assert found.columns[14].field is None
    plain_heads = [heading.words for heading in national.headings]
    assert layout([plain_heads, ["x"] * 71]).fields == found.fields


def test_columns_without_headings_are_known_by_their_contents() -> None:
    found = layout(
        [["林晓晓", "女", "99010120170305112X", "19900000001"], ["陈浩", "男", "990101201705211199", "19900000002"]] * 3
    )
    assert found.fields == {"name": 0, "sex": 1, "id_number": 2, "phone": 3}
    assert found.head_to == 0
    assert all(column.confidence < 0.9 and column.why for column in found.columns)


def test_contents_decide_where_the_heading_errs() -> None:
    found = layout([["姓名", "出生日期"], ["林晓晓", "99010120170305112X"], ["陈浩", "990101201705211199"]])
    assert found.fields == {"name": 0, "id_number": 1}


def test_a_column_of_wrong_numbers_is_still_one_of_numbers() -> None:
    found = layout([["姓名", "身份证号"], ["林晓晓", "990101201703051121"], ["陈浩", "990101201705211191"]])
    (column,) = [one for one in found.columns if one.field == "id_number"]
    assert column.confidence >= 0.9
    assert "但" not in column.why


def test_totals_notes_and_repeated_headings_are_left_aside() -> None:
    head = ["序号", "姓名", "性别", "电话"]
    rows = [
        head,
        ["1", "林晓晓", "女", "19900000001"],
        [],
        head,
        ["2", "陈浩", "男", "19900000002"],
        ["合计", "2人"],
        ["填表人：赵老师"],
        ["注：以上信息属实"],
    ]
    cells, walker = walked(rows)
    assert [row[1] for row in cells] == ["林晓晓", "陈浩"]
    assert [number for number, _text in walker.left_aside] == [6, 7, 8]


def test_a_row_without_a_name_is_kept_to_be_explained() -> None:
    cells, _walker = walked(
        [["姓名", "性别", "电话", "民族"], ["林晓晓", "女", "1", "汉"], ["", "男", "19900000002", "汉"]]
    )
    assert len(cells) == 2


def test_a_class_merged_down_is_filled_and_a_line_between_names_the_next_class() -> None:
    cells, _walker = walked(
        [["班级", "姓名", "性别"], ["三1", "林晓晓", "女"], [None, "陈浩", "男"], [None, "杨帆", "男"]], "A2:A4"
    )
    assert [row[0] for row in cells] == ["三1", "三1", "三1"]
    (sheet,) = read(
        ugly.xlsx(("名单", [["姓名", "性别"], ["三(1)班"], ["林晓晓", "女"], ["三(2)班"], ["何静怡", "女"]]))
    ).sheets
    found = laid_out(sheet)
    assert found
    rows = list(Walker(found, sheet.merges).rows(sheet.pages[0]))
    assert [row.klass for row in rows] == [(3, None, 1), (3, None, 2)]


def test_sheets_with_the_same_headings_are_corrected_once() -> None:
    book = read(
        ugly.xlsx(
            *((name, [["姓名", "性别"], ["林晓晓", "女"]]) for name in ("三(1)班", "三(2)班")),
            ("说明", [["请认真填写"]]),
        )
    )
    layouts = [found for sheet in book.sheets if (found := laid_out(sheet))]
    assert [found.klass for found in layouts] == [(3, None, 1), (3, None, 2)]
    assert len({found.signature for found in layouts}) == 1


def test_a_sheet_without_children_is_none() -> None:
    assert laid_out(read(ugly.xlsx(("说明", [["填写说明"], ["请按要求填写"]]))).sheets[0]) is None
