"""What every template may use: addresses, static files, icons, dates in words."""

from collections.abc import MutableMapping
from functools import cache, lru_cache, partial
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any
from urllib.parse import quote
from uuid import UUID

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_resolver, reverse
from django.utils.html import json_script
from django.utils.http import urlencode
from jinja2.runtime import Macro
from markupsafe import Markup

from oasis.desk.escaping import Writer, shown
from oasis.desk.nav import place_at, places_for, settings_for
from oasis.desk.ways import ways_for
from oasis.kit import dates
from oasis.kit.masks import masked
from oasis.papers.wording import cut_at_gaps
from oasis.people.meanwhile import mark

KEPT = type(lru_cache(str))  # what `cache` makes of a function
PLAINLY = {FunctionType, MethodType, BuiltinFunctionType, partial, KEPT}
PLAIN = (UUID, int)  # nothing in them is to be quoted
ICONS = Path(__file__).parent / "static" / "vendor" / "icons"


class Context(jinja2.runtime.Context):
    """Jinja's context, which asks of a call only what it can want.

    Jinja asks every object three times whether it wants the context handed to it; macros and plain functions answer once.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something from a template."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in PLAINLY or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return called(*args, **kwargs)
        except StopIteration:
            return self.environment.undefined("what was called had come to its end")


class Environment(jinja2.Environment):
    """Jinja's environment for templates that have no globals of their own.

    Jinja lays an empty dictionary over the globals of every template and looks through both for each name, at each import.
    """

    code_generator_class = Writer
    context_class = Context
    shown = staticmethod(shown)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give the environment's globals themselves where a template adds none."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment; a name that is missing is an error while testing and developing."""
    if settings.DEBUG or getattr(settings, "TESTING", False):
        options["undefined"] = jinja2.StrictUndefined
    env = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # Django's backend sets autoescape
    env.globals.update(url=url, has_route=has_route, static=cached_static, icon=icon, mark=mark)
    env.globals.update(ways_for=ways_for, places_for=places_for, settings_for=settings_for, place_at=place_at)
    env.filters.update(
        zh_date=dates.zh_date,
        zh_short=dates.zh_short,
        zh_full=dates.zh_full,
        zh_month=dates.zh_month,
        zh_when=dates.zh_when,
        zh_moment=dates.zh_moment,
        zh_ago=dates.zh_ago,
        surname=surname,
        masked=masked,
        as_data=json_script,
        cut_at_gaps=cut_at_gaps,
    )
    return env


def url(name: str, *args: object, query: dict[str, Any] | None = None, **kwargs: object) -> str:
    """Give the address of a route, from a pattern looked up once a process: a page may ask a hundred times.

    The program stands at the root of its host, as the pages' own "/" says.
    """
    known = _fitting(name, settings.ROOT_URLCONF, len(args), tuple(kwargs))
    if known is None:
        address = reverse(name, args=args or None, kwargs=kwargs or None)
    else:
        pattern, params = known
        values = {**dict(zip(params, args, strict=False)), **kwargs} if args else kwargs
        address = pattern % {key: _plain(one) for key, one in values.items()} if values else pattern % ()
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


def _plain(value: object) -> str:
    return str(value) if isinstance(value, PLAIN) else quote(str(value))


@cache
def _fitting(name: str, urlconf: str, count: int, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """Give the pattern of a route that takes so many values in order and these by name, None where `reverse` must say."""
    for pattern, params in address_patterns(name, urlconf):
        taken = (*params[:count], *names)
        if len(params) == len(taken) == len(set(taken)) and set(taken) == set(params):
            return pattern, params
    return None


def has_route(name: str) -> bool:
    """Tell whether a screen of this name is part of the house."""
    return bool(address_patterns(name, settings.ROOT_URLCONF))


@cache
def address_patterns(name: str, urlconf: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the %-patterns of a route; empty for a namespaced or unknown name, which `reverse` then handles."""
    found = get_resolver(urlconf).reverse_dict.getlist(name)
    return tuple((f"/{pattern}", tuple(params)) for possibilities, *_rest in found for pattern, params in possibilities)


@cache
def cached_static(path: str) -> str:
    return static(path)


@cache
def icon(name: str, extra: str = "") -> Markup:
    """Draw an icon of tools/icons.txt into the page, hidden from screen readers: the words beside it speak."""
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        return Markup("")
    drawing = path.read_text(encoding="utf-8")
    inner = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    return Markup(
        '<svg class="icon {extra}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{inner}</svg>'
    ).format(extra=extra, inner=Markup(inner.strip()))  # noqa: S704  our own asset


def surname(name: str) -> str:
    """Give the first character of a name, for the round mark beside it."""
    return name.strip()[:1] or "·"
