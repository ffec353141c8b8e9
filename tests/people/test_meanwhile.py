"""The mark of what a page showed where somebody presses a button over it."""

from datetime import date

import pytest

from oasis.kit.refused import Refused
from oasis.people.meanwhile import as_seen, mark


def test_the_mark_of_nothing_is_empty_and_of_anything_else_tells_nothing() -> None:
    assert mark(None) == mark("", None) == ""
    assert mark(None, False) != ""
    assert "2026" not in mark(date(2026, 11, 23))
    assert len(mark("林国平")) == 16


def test_what_stands_in_another_place_is_another_mark() -> None:
    assert mark("甲", None) != mark(None, "甲")
    assert mark("甲", "乙") == mark("甲", "乙")


def test_what_was_not_seen_is_not_undone() -> None:
    as_seen(mark("甲"), mark("甲"), lambda: "没有事")
    as_seen(None, mark("甲"), lambda: "没有事")
    for seen in ("", mark("乙")):
        with pytest.raises(Refused, match="meanwhile") as caught:
            as_seen(seen, mark("甲"), lambda: "有人改成了甲", field="name")
        assert caught.value.message == "您打开页面以后，有人改成了甲。请看过再定"
        assert caught.value.field == "name"
