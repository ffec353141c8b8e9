"""一个孩子 · 帮扶: the five needs over time, and what follows from them."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from oasis.campus.activities import of_child
from oasis.children.assessments import course
from oasis.children.lacks import LACKS
from oasis.children.levels import past_levels
from oasis.children.models import Score
from oasis.children.plans import plans, problems
from oasis.desk.filing import looked
from oasis.desk.page import DeskRequest, page
from oasis.people.gate import screen
from oasis.people.roles import Need


@never_cache
def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what the child lacks, term by term."""
    look = looked(request, pk, need=Need.CHILD_READ, part="help")
    rows = course(request.scope, look.child)
    return page(
        request, "desk/child_help.html", child=look.child, may=look.may, tab="help", rows=rows,
        levels=past_levels(request.scope, look.child), problems=problems(request.scope, look.child), plans=plans(request.scope, look.child), lacks=LACKS, scores=Score, took=list(of_child(request.scope, look.child)[:30]),
        labels=[f"{row.term.starts_on.year % 100}{'秋' if row.term.half == 1 else '春'}" for row in rows],
        series=[{"name": lack.label, "data": [row.scores[lack.code] for row in rows]} for lack in LACKS],
    )  # fmt: skip


ROUTES = (screen("children/<uuid:pk>/help/", show, needs=Need.CHILD_READ, name="child-help"),)
