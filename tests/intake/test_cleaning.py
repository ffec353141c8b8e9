"""Cells as schools write them become values, or reasons a teacher can mend from."""

from collections.abc import Callable
from datetime import date

import pytest

from oasis.intake.cleaning import choices, dates, ids, kin, klasses, names, phones, relations
from oasis.intake.cleaning.text import Unclear, nothing, plain

D = date(2015, 3, 5)


def used(clean: Callable[[str], object], text: str) -> object:
    """Give the value or what may be used all the same."""
    try:
        return clean(text)
    except Unclear as unclear:
        return unclear.value


@pytest.mark.parametrize(
    "text",
    ["2015.3.5", "2015-03-05", "2015/3/5", "20150305", "15/3/5", "２０１５－０３－０５", "42068", "2015年3月5日", "2015年3月5号",
     "二〇一五年三月五日", "3/5/2015", "2015-03-05 00:00:00", " 2015 . 3 . 5 ", "42068.0"],
)  # fmt: skip
def test_dates_in_all_their_clothes(text: str) -> None:
    assert dates.day(text) == D


def test_serials_of_1904_count_from_1904() -> None:
    assert dates.day_1904("40606") == D


@pytest.mark.parametrize("text", ["2015年3月", "201503", "2015.3", "2015-03", "二〇一五年三月"])
def test_a_month_alone_counts_as_its_first_day_and_is_said(text: str) -> None:
    with pytest.raises(Unclear, match="只有年月") as unclear:
        dates.day(text)
    assert unclear.value.value == date(2015, 3, 1)


@pytest.mark.parametrize("text", ["2015-2-30", "20151332", "昨天", "2015", "九月"])
def test_dates_that_are_none(text: str) -> None:
    assert used(dates.day, text) is None


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "'11010519491231002X", "\u200b11010519491231002X\xa0"]
)  # fmt: skip
def test_id_numbers_are_cleaned(text: str) -> None:
    assert ids.id_number(text) == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "said"),
    [("1.10105194912310E+17", "丢失"), ("1.1E+17", "丢失"), ("110105194912310000", "丢失"), ("110105194912310021", "校验"), ("1101051949123100", "18")],
)  # fmt: skip
def test_wrong_id_numbers_say_why(text: str, said: str) -> None:
    with pytest.raises(Unclear, match=said):
        ids.id_number(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13800138000", ("13800138000",)),
        ("１３８　００１３　８０００", ("13800138000",)),
        ("+86 138-0013-8000", ("13800138000",)),
        ("0553-6612345", ("05536612345",)),
        ("13800138000/0553-6612345", ("13800138000", "05536612345")),
        ("13800138000.0", ("13800138000",)),
        ("13800138000、13900139000", ("13800138000", "13900139000")),
        ("13800138000 13900139000", ("13800138000", "13900139000")),
        ("1380013800013900139000", ("13800138000", "13900139000")),
        ("爷爷：13800138000（早上打）", ("13800138000",)),
        ("1380013800、13900139000", ("13900139000",)),
        ("1380013800", ()),
    ],
)
def test_phones(text: str, found: tuple[str, ...]) -> None:
    assert used(phones.phones, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("张 三", "张三"), ("张　三", "张三"), ("买买提•吐尔逊", "买买提·吐尔逊"), ("张三（转学）", "张三"), ("张三*", "张三"), ("欧阳 小 明", "欧阳小明"), ("李4", None), ("王", None), ("无人", None), ("独居", None)],
)  # fmt: skip
def test_names(text: str, found: str | None) -> None:
    assert used(names.name, text) == found


@pytest.mark.parametrize(
    ("text", "grade", "entry", "number"),
    [
        ("三(2)班", 3, None, 2), ("三（2）班", 3, None, 2), ("三年级2班", 3, None, 2), ("2023级2班", None, 2023, 2), ("2023级（2）班", None, 2023, 2),
        ("301班", 3, None, 1), ("301", 3, None, 1), ("七年级（1）班", 7, None, 1), ("初一1班", 7, None, 1), ("三2班", 3, None, 2), ("六年级二班", 6, None, 2),
        ("三年级", 3, None, None), ("1班", None, None, 1), ("十一班", None, None, 11), ("3.2", 3, None, 2), ("石桥小学三年级（2）班", 3, None, 2),
    ],
)  # fmt: skip
def test_class_names(text: str, grade: int | None, entry: int | None, number: int | None) -> None:
    assert klasses.klass(text) == (grade, entry, number)


@pytest.mark.parametrize(
    ("text", "found"),
    [("石桥小学2026年秋三年级（2）班学生花名册", (3, None, 2)), ("2026—2027学年度第一学期 三(2)班花名册", (3, None, 2)),
     ("初一（3）班名单", (7, None, 3)), ("三1", (3, None, 1)), ("Sheet1", None), ("2026年秋季学生名册", None), ("学前班", None), ("共36人", None)],
)  # fmt: skip
def test_class_names_in_titles(text: str, found: tuple[int | None, int | None, int | None] | None) -> None:
    assert klasses.klass_in(text) == found


@pytest.mark.parametrize(
    ("clean", "text", "found"),
    [
        (choices.sex, "女 ", "2"), (choices.sex, "1", "1"), (choices.sex, "男性", "1"),
        (choices.ethnic, "汉", "01"), (choices.ethnic, "毛难族", "36"), (choices.ethnic, "01汉族", "01"), (choices.ethnic, "崩龙族", "46"), (choices.ethnic, "火星族", None),
        (choices.boarding, "住校", True), (choices.boarding, "√", True), (choices.boarding, "走读", False), (choices.boarding, "否", False), (choices.boarding, "2住校", True),
        (choices.left_behind, "双亲留守儿童", 2), (choices.left_behind, "单亲留守儿童", 1), (choices.left_behind, "非留守儿童", 0),
        (choices.left_behind, "爸爸、妈妈", 2), (choices.left_behind, "双亲在外", 2), (choices.left_behind, "母外出", 1), (choices.left_behind, "父亲", 1), (choices.left_behind, "是", 1), (choices.left_behind, "否", 0), (choices.left_behind, "父母双方外出", 2),
        (relations.relation, "爷爷", "61"), (relations.relation, "外婆", "64"), (relations.relation, "父子", "51"), (relations.relation, "祖孙", "grandparents"),
        (relations.relation, "父母", "parents"), (relations.relation, "家长", None), (choices.distance, "500米", "0.5"), (choices.distance, "三里", "1.5"), (choices.hardship, "低保户", "low-income"),
        (choices.disability, "肢体残疾", "4"), (choices.household, "农业家庭户口", "1"), (choices.care, "爷爷奶奶", "grandparents"),
    ],
)  # fmt: skip
def test_words_of_the_schools(clean: Callable[[str], object], text: str, found: object) -> None:
    assert used(clean, text) == found


def test_full_width_and_invisible_signs_go() -> None:
    assert plain("\ufeff２０１５　年\xa0 ３月\u200b") == "2015 年 3月"


@pytest.mark.parametrize("text", ["", "  ", "无", "/", "—", "暂无", "\u3000"])
def test_nothing_is_nothing(text: str) -> None:
    assert nothing(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("刘德福 爷爷", ("刘德福", "61")), ("王桂英（奶奶）", ("王桂英", "62")), ("奶奶：王桂英", ("王桂英", "62")), ("外婆孙秀兰", ("孙秀兰", "64")),
        ("外婆 孙秀兰", ("孙秀兰", "64")), ("陈传宝/祖父", ("陈传宝", "61")), ("陈传宝爷爷", ("陈传宝", "61")), ("外祖父李大山", ("李大山", "63")),
        ("王 桂英 奶奶", ("王桂英", "62")), ("王桂英（系学生奶奶）", ("王桂英", "62")), ("吴桂花（林晓晓的奶奶）", ("吴桂花", "62")), ("王桂英-母子关系", ("王桂英", "52")),
        ("阿依古丽·买买提 奶奶", ("阿依古丽·买买提", "62")), ("欧阳明月、姑姑", ("欧阳明月", "90")), ("王桂英（奶奶，身体不好）", ("王桂英", "62")),
        ("王桂英（奶奶）、陈传宝（爷爷）", ("王桂英", "62")), ("王桂英 祖孙", ("王桂英", "grandparents")), ("奶奶", ("", "62")), ("外祖母", ("", "64")), ("父母", ("", "parents")),
        ("跟姐姐住", ("", "75")), ("奶奶带", ("", "62")), ("爷爷、奶奶", ("", "grandparents")), ("奶奶、姐姐", ("", "62")), ("和小妹", ("和小妹", "")),
        ("王桂英", ("王桂英", "")), ("张军", ("张军", "")), ("李 小 妹", ("李小妹", "")), ("王小叔", ("王小叔", "")), ("刘 奶奶", ("刘奶奶", "")),
        ("王桂英（在家务农）", ("王桂英", "")), ("家长：王桂英", ("王桂英", "")), ("13000000303", None), ("（）", None),
    ],
)  # fmt: skip
def test_a_name_and_a_relation_in_one_cell(text: str, found: tuple[str, str] | None) -> None:
    assert used(kin.named, text) == found
