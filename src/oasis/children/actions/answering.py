"""A leader's answer to a question that waits: the child it opens is one in the leader's own reach."""

from uuid import UUID

from django.db import transaction

from oasis.children.queries import here
from oasis.kit.refused import Refused
from oasis.people import approvals
from oasis.people.models import Approval
from oasis.people.roles import Need
from oasis.people.scope import Scope


def answer_question(
    scope: Scope, *, approval: UUID, yes: bool, answer: str = "", child: UUID | None = None
) -> Approval:
    """Answer; raises Refused as approvals.decide does, and for a child of whom this leader may not decide."""
    with transaction.atomic():
        row = approvals.decide(scope, approval=approval, yes=yes, answer=answer, child=child)
        mine = here(scope).within(scope, Need.APPROVE).filter(school=row.school_id)
        if row.child and not mine.filter(pk=row.child).exists():
            raise Refused("child", "请选出本校的孩子", field="child")
    return row
