"""How a template's values get into a page: escaped as Jinja does, but what needs nothing is not copied.

MarkupSafe makes a new piece of markup of every value, two microseconds four hundred times a page (docs/performance.md).
"""

import re
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

TO_ESCAPE = re.compile("[&<>'\"]").search


def shown(value: Any) -> str:
    """Give a value as it stands in a page. Anything but plain text and markup is left to MarkupSafe."""
    kind = type(value)
    return value if kind is Markup or (kind is str and not TO_ESCAPE(value)) else escape(value)


class Writer(CodeGenerator):
    """Jinja's writer of templates, which asks the environment's `shown` where a value is to be escaped."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)
