"""Sentences say what the figures say."""

import pytest

from oasis.papers.wording import Cited, change, coverage, cut_at_gaps, doubt, gap, joined, listing, percent, tell

HARSH = ("问题儿童", "畸形", "差生", "品质低下", "心态不良", "后进生", "双差生")


def figure(code: str, value: float | None, label: str = "家访", unit: str = "人") -> Cited:
    return Cited(code, label, value, unit)


@pytest.mark.parametrize(
    ("done", "due", "said"),
    [
        (0, 0, "本学期没有应家访的孩子。"),
        (0, 12, "本学期应家访的孩子12人，目前没有一条记录。"),
        (3, 12, "本学期应家访的孩子12人，至少家访一次的3人，占25%，其余9人一次也没有，差距较大。"),
        (8, 12, "本学期应家访的孩子12人，至少家访一次的8人，占66.7%，还有4人需要补上。"),
        (11, 12, "本学期应家访的孩子12人，至少家访一次的11人，占91.7%，其余1人还没有。"),
        (12, 12, "本学期应家访的孩子12人，都至少家访一次。"),
        (None, 12, "家访的落实情况【待补：本学期家访情况】。"),
    ],
)
def test_coverage_says_what_was_done(done: float | None, due: float, said: str) -> None:
    told = coverage("家访", figure("visited", done), figure("visit-due", due))
    assert told.text == said
    assert not any(word in told.text for word in HARSH)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (12, 9, "，比上学期增加3人"),
        (9, 12, "，比上学期减少3人"),
        (9, 9, "，与上学期持平"),
        (9, None, ""),
        (None, 3, ""),
    ],
)
def test_change_is_told_only_when_both_terms_are_known(now: float | None, before: float | None, said: str) -> None:
    assert change(figure("left", now), before).text == said


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (1, 3, "33.3%"),
        (1, 2, "50%"),
        (2999, 3000, "99.9%"),
        (1, 9999, "0.1%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (0, 0, "—"),
    ],
)
def test_a_share_is_never_rounded_into_all_or_nothing(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


def test_figures_are_remembered_in_reading_order() -> None:
    told = tell("{b}先{a}后", a=figure("a", 1), b=figure("b", 2))
    assert (told.text, [one.code for one in told.cited]) == ("2先1后", ["b", "a"])


def test_a_missing_figure_is_a_marked_gap_and_not_cited() -> None:
    told = tell("共{a}人", a=figure("a", None, label="学生数"))
    assert (told.text, told.cited) == ("共" + gap("学生数") + "人", ())


def test_a_list_leaves_noughts_out() -> None:
    acts = [
        figure("talk", 12, "谈心", "人次"),
        figure("visit", 0, "家访", "人次"),
        figure("call", 3, "亲情通话", "人次"),
    ]
    assert listing(acts).text == "谈心12人次、亲情通话3人次"
    assert listing([acts[1]], none="没有记录").text == "没有记录"
    assert joined([listing(acts), listing([]), tell("。")]).text == "谈心12人次、亲情通话3人次。"


def test_what_is_marked_as_missing_or_doubtful_is_found_again_and_nothing_else() -> None:
    text = "共" + gap("人数") + "人【说明】，" + doubt("两处变了") + "【待补"
    assert [piece for piece, marked in cut_at_gaps(text) if marked] == ["【待补：人数】", "【待核对：两处变了】"]
    assert "".join(piece for piece, _ in cut_at_gaps(text)) == text
