"""A school's rules of getting in, set by its administrator and told to its leaders."""

from typing import Any

from django.db import transaction

from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.entrance import rules_of
from oasis.people.models import AccessRules
from oasis.people.roles import ArmKind, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import School

NAMES = frozenset(
    {"demand_factor", "more_roles", "grace_days", "shared_minutes", "own_minutes", "fresh_minutes", "approve_exports"}
)


def rules_for(scope: Scope, school: School) -> AccessRules:
    """Give the rules of a school one sets up, the defaults where it has settled none."""
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.SETTINGS):
        raise Refused("other-school", "只有本校的管理员可以修改设置")
    return rules_of({school.pk})[school.pk]


def set_rules(scope: Scope, *, rules: AccessRules, **values: Any) -> AccessRules:
    """Keep a school's rules. Who is newly asked for a second factor has the days of grace from today."""
    if rules.school_id not in scope.ids(ArmKind.SCHOOL, Need.SETTINGS):
        raise Refused("other-school", "只有本校的管理员可以修改设置")
    if unknown := values.keys() - NAMES:
        raise TypeError(f"not to be set here: {sorted(unknown)}")
    before = rules_of({rules.school_id})[rules.school_id]
    changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
    stricter = (values.get("demand_factor") and not before.demand_factor) or set(values.get("more_roles", ())) - set(
        before.more_roles
    )
    with transaction.atomic():
        for name, value in values.items():
            setattr(rules, name, value)
        rules.since_on = scope.on if stricter else before.since_on
        save_checked(rules)
        trail.note(scope, "rules.set", school=rules.school_id, detail=",".join(changed))
    return rules
