"""What stands in a page is escaped as MarkupSafe does it, whatever kind of value it is."""

from datetime import date
from enum import StrEnum

import pytest
from django.template import engines
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from markupsafe import Markup, escape


class Told(StrEnum):
    """Text of another kind."""

    SHARP = "<b>"


HOSTILE = [
    "<script>",
    "a & b",
    "'",
    '"',
    "平常的字",
    "",
    3,
    None,
    date(2026, 11, 3),
    Told.SHARP,
    lazystr("<i>"),
    ["<u>"],
]
SAFE = [Markup("<b>字</b>"), mark_safe("<b>字</b>")]


@pytest.mark.parametrize("value", [*HOSTILE, *SAFE])
def test_a_value_is_escaped_as_markupsafe_does(value: object) -> None:
    env = engines["jinja2"].env  # type: ignore[attr-defined]
    page = env.from_string("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ value }}|{{ m(value) }}")
    shown = str(escape(value))
    assert page.render(value=value).split("|") == [shown, f"<{shown}>"]
