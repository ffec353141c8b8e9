"""Who would learn of a report that is about to start, and what in its words speaks against telling them."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from oasis.people.models import User
from oasis.people.scope import Scope
from oasis.places.models import School
from oasis.records.reporting.forms import ReportForm
from oasis.records.reporting.queries import leaders, staff

TITLES = re.compile("校长|主任|老师")


def hearers(scope: Scope, place: School, told: dict[str, Any]) -> list[UUID]:
    """Give who learns of it besides the starter: the chosen, and the leaders once the suspect is known; no suspect."""
    suspects = {UUID(one) for one in told["suspects"]}
    chosen = {UUID(one) for one in told["named"]}
    if told["staffed"] == "no" or suspects:
        chosen |= leaders(place, scope)
    return sorted(chosen - suspects - {scope.person})


@dataclass(frozen=True)
class Audience:
    """What the starter confirms: the names of who will know, and what to look at first."""

    names: list[str]
    doubts: list[str]
    mark: str  # stands for exactly this; another mark has to be confirmed again


def audience(scope: Scope, place: School, form: ReportForm) -> Audience:
    """Give who would learn of what a valid form tells."""
    told = form.cleaned_data
    ids = hearers(scope, place, told)
    known = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    doubts = _doubts(scope, place, told)
    whole = [str(place.pk), *map(str, ids), *doubts]
    return Audience([known[pk] for pk in ids], doubts, sha256("\n".join(whole).encode()).hexdigest()[:24])


def _doubts(scope: Scope, place: School, told: dict[str, Any]) -> list[str]:
    """Say where the words point to somebody of the school who is not ticked."""
    words = told["suspect"] + ("" if told["suspects"] else "\n" + told["seen"])
    open_ones = [label for pk, label in staff(place, scope) if pk not in told["suspects"]]
    found = [label for label in open_ones if label.partition("（")[0] in words]
    titles = [] if found or told["suspects"] else sorted(set(TITLES.findall(words)))
    said = [f"您写到了本校的{one}，但没有选上。" for one in found]
    said += [f"您写到了“{'”“'.join(titles)}”，但没有选上本校的人。"] if titles else []
    if told["staffed"] == "yes" and not told["suspects"]:
        said.append("您选了“是”，但还没有选上是谁。")
    return said
