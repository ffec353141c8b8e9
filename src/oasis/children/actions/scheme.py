"""Setting the scheme by which levels of care are proposed (requirements.md A6)."""

from collections.abc import Mapping

from django.db import transaction

from oasis.children.models import RiskScheme
from oasis.children.risks import FACTORS, Weights
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School

MOST = 30


def set_scheme(
    scope: Scope, *, school: School, points: Mapping[str, int], high: int, key: int, watch: int
) -> RiskScheme:
    """Set points and limits for a school; raises Refused when the limits are out of order or the school is another's."""
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.CADENCES):
        raise Refused("other-school", "只能设置本校的评定办法")
    if not high > key > watch > 0:
        raise Refused("order", "分数线要从高到低：高度关注、重点帮扶、一般关注", field="high")
    if any(not 0 <= points.get(one.code, 0) <= MOST for one in FACTORS):
        raise Refused("points", f"每一项请填写0到{MOST}之间的分数")
    kept = {one.code: points.get(one.code, one.points) for one in FACTORS}
    with transaction.atomic():
        row = RiskScheme.objects.create(school=school, points=kept, high=high, key=key, watch=watch, by_id=scope.actor)
        trail.note(scope, "scheme.set", school=school.pk, subject=str(row.pk), detail=str(row))
    return row


def usual_scheme(scope: Scope, *, school: School) -> RiskScheme:
    """Go back to the usual scheme; a row says so, as for any other change."""
    usual = Weights()
    return set_scheme(scope, school=school, points=usual.points, high=usual.high, key=usual.key, watch=usual.watch)
