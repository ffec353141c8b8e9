"""The Jinja2 environment of the desk."""

from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment that Django's Jinja2 backend asks for."""
    made = jinja2.Environment(**(options | {"undefined": jinja2.StrictUndefined}))  # noqa: S701 - autoescape is in options
    made.globals.update(static=static, url=reverse)
    return made
