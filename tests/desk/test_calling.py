"""What a template calls is called as Jinja would: macros, callers, loops, what wants the context handed to it."""

from functools import cache, partial
from typing import Any

import pytest
from django.template import engines
from jinja2 import Environment, pass_context, pass_environment, pass_eval_context

from oasis.desk.jinja import Context


class Wanting:
    """A callable that wants the context."""

    @pass_context
    def __call__(self, context: Any, more: str) -> str:
        return f"{context['told']}{more}"

    @pass_context
    def method(self, context: Any) -> str:
        return str(context["told"])

    def plain(self, more: str = "-") -> str:
        return more


@pass_environment
def env_of(environment: Any) -> bool:
    return bool(environment.globals)


@pass_eval_context
def escaping(eval_ctx: Any) -> bool:
    return bool(eval_ctx.autoescape)


@pytest.mark.parametrize(
    "words",
    [
        "{{ wanting('x') }}",
        "{{ wanting.method() }}",
        "{{ wanting.plain('y') }}{{ wanting.plain() }}",
        "{{ env_of() }}{{ escaping() }}",
        "{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ m('&') }}",
        "{% macro m(a) %}{{ a }}{{ caller('!') }}{% endmacro %}{% call(x) m('k') %}{{ x }}{{ told }}{% endcall %}",
        "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, k=2) }}",
        "{% for a in [1, 2] %}{{ loop.cycle('o', 'e') }}{{ wanting('z') }}{% endfor %}",
        "{% for a in [1, 2] %}{% set told = a %}{{ wanting('z') }}{% endfor %}",
        "{% block b %}{% set told = 'n' %}{{ wanting('z') }}{% endblock %}",
        "{{ {'a': 1}.get('a') }}{{ 'x'.upper() }}{{ dict(a=1).items() | list }}",
        "{{ range(3) | list }}{{ namespace(a=1).a }}",
        "{{ ends() is undefined }}",
        "{% macro m(called, args=1) %}{{ called }}{{ args }}{% endmacro %}{{ m(called=2, args=3) }}",
        "{{ half('y') }}{{ kept('z') }}",
    ],
)
def test_it_is_called_as_jinja_does(words: str) -> None:
    ours: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    plain = Environment(autoescape=True, undefined=ours.undefined)
    assert isinstance(ours.from_string("").new_context(), Context)
    given = {
        "told": "t",
        "wanting": Wanting(),
        "env_of": env_of,
        "escaping": escaping,
        "ends": lambda: next(iter(())),
        "half": partial(Wanting().plain),
        "kept": cache(str),
    }
    assert ours.from_string(words).render(given) == plain.from_string(words).render(given) != ""
