"""Whose word an export needs: a leader of the school gives a purpose, everybody else asks a leader first.

未成年人网络保护条例 36: staff reach minors' data only with the approval of a responsible person.
"""

from datetime import date, timedelta

from oasis.kit.refused import Refused
from oasis.papers.forms.base import Paper
from oasis.papers.places import Place
from oasis.people.approvals import ask, granted
from oasis.people.entrance import rules_of
from oasis.people.models import Approval
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

LONGEST = timedelta(days=31)
USUAL = timedelta(days=7)
WHOM = {"cared": "关爱对象", "all": "全体学生"}


def must_ask(scope: Scope, place: Place) -> bool:
    """Tell whether this person needs a leader's word to take out what gathers many children."""
    if place.school.pk in scope.ids(ArmKind.SCHOOL, Need.APPROVE):
        return False
    return rules_of({place.school.pk})[place.school.pk].approve_exports


def must_have_leave(scope: Scope, paper: Paper, place: Place, whom: str, purpose: str = "") -> None:
    """Raise Refused where a leader's word is needed and does not hold today for this purpose, in words."""
    if (
        paper.gathers
        and must_ask(scope, place)
        and not granted(scope, Approval.Kind.EXPORT, _subject(paper, place, whom), purpose)
    ):
        raise Refused("leave", "导出多名孩子的信息，要先由校长或德育主任同意")


def ask_leave(scope: Scope, *, paper: Paper, place: Place, whom: str, purpose: str, until_on: date) -> Approval:
    """Ask the leaders for an export until a day."""
    if not scope.on <= until_on <= scope.on + LONGEST:
        raise Refused("until", f"请选今天起{LONGEST.days}天以内的日期", field="until_on")
    words = f"{place.label}{WHOM.get(whom, '')}的{paper.label}"
    subject = _subject(paper, place, whom)
    row = Approval(
        school=place.school, kind=Approval.Kind.EXPORT, subject=subject, words=words, purpose=purpose, until_on=until_on
    )
    return ask(scope, row)


def _subject(paper: Paper, place: Place, whom: str) -> str:
    return f"{paper.code} {place.pk} {whom}"
