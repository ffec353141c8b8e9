"""The census of a term: what the homeroom teacher finds for each child (requirements.md A1)."""

from datetime import date

from django.db import transaction

from oasis.children.actions.files import hold
from oasis.children.actions.status import write_status
from oasis.children.census import mark_of, unasked
from oasis.children.models import CensusEntry, Child
from oasis.kit import codes
from oasis.kit.dates import age_on
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.meanwhile import as_seen
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, Term

Finding = CensusEntry.Finding


def enter(
    scope: Scope, child: Child, *, term: Term, on: date, left_behind: int, other_unable: bool = False, care: str = "",
    since_on: date | None = None, same: bool = False, seen: str | None = None,
) -> CensusEntry:  # fmt: skip
    """Enter what was found for a child this term; sets the child's status by both definitions.

    Entering again replaces the finding of the term (that is how a slip is undone); the dated statuses stay.
    Raises Refused for a beginning that lies ahead, for `same` where nobody has ever asked, and where another answered since
    the page was drawn that knows what was `seen`.
    """
    if since_on and since_on > scope.on:
        raise Refused("future", "外出的开始日期不能晚于今天；还没有走的，等走了以后再登记", field="since_on")
    with transaction.atomic():
        held = hold(scope, child, Need.CENSUS)
        if held.state != Child.State.HERE or term.school_id != held.school_id:
            raise Refused("not-here", "孩子现在不在本校，不列入这学期的排查")
        _as_seen(scope, held, term, seen)
        if same and Child.objects.within(scope, Need.CENSUS).filter(unasked(), pk=held.pk).exists():
            raise Refused(
                "unasked", "这个孩子的外出情况还没有问过，请选“双方外出”“一方外出”或“父母在家”", field="answer"
            )
        entry = _enter(scope, held, term, on, left_behind, other_unable, care, since_on)
        trail.note(scope, "census.enter", school=held.school_id, child=held.pk, detail=entry.finding)
    return entry


def _as_seen(scope: Scope, held: Child, term: Term, seen: str | None) -> None:
    """Refuse an answer given over another's that the page did not show; one's own may be changed from an older page."""
    now = CensusEntry.objects.within(scope, Need.CENSUS).filter(term=term, child=held).select_related("by").first()
    if now is None and not seen:
        return
    stands = (held.left_behind, held.civil, held.care)
    if now and now.by_id == scope.actor and stands == (now.left_behind, now.civil, now.care):
        return
    words = f"{now.by}登记：{now.get_finding_display()}" if now else f"现在是：{held.get_left_behind_display()}"
    as_seen(seen, mark_of(held, now), lambda: f"有人改过{held.name}的外出情况（{words}）")


def enter_unchanged(scope: Scope, klass: Klass, *, term: Term, on: date) -> int:
    """Enter "nothing changed" for every child of a class not yet entered whose parents are at home; gives how many.

    Whom nobody has ever asked about is left out: such a child has to be opened.
    """
    with transaction.atomic():
        rows = Child.objects.within(scope, Need.CENSUS).filter(klass=klass, state=Child.State.HERE, left_behind=0)
        entered = CensusEntry.objects.filter(term=term).values("child")
        children = list(rows.exclude(pk__in=entered).filter(~unasked()).select_for_update(of=("self",)))
        if not children:
            raise Refused("nobody", "没有可以一次登记的孩子")
        for child in children:
            _enter(scope, child, term, on, 0, False, child.care, None)
        ids = [child.pk for child in children]
        trail.note_many(
            scope, "census.rest", school=klass.school_id, children=ids, subject=str(klass.pk), detail=str(len(ids))
        )
    return len(children)


def by_rule(child: Child, *, left_behind: int, other_unable: bool, on: date) -> tuple[bool, str]:
    """Say whether civil affairs' definition holds, and why: under 16, not of urban registration, and both parents away
    or one away and the other unable (domain.md 3.1)."""
    young = child.birth_on is None or age_on(child.birth_on, on) < 16
    if not young or child.household == codes.Household.URBAN:
        return False, ""
    if left_behind == codes.LeftBehind.BOTH:
        return True, codes.CivilReason.BOTH_AWAY
    if left_behind == codes.LeftBehind.ONE and other_unable:
        return True, codes.CivilReason.ONE_UNABLE
    return False, ""


def _enter(
    scope: Scope, held: Child, term: Term, on: date, left_behind: int, other_unable: bool, care: str,
    since_on: date | None,
) -> CensusEntry:  # fmt: skip
    if left_behind not in codes.LeftBehind.values:
        raise Refused("left-behind", "请选择父母是否外出", field="answer")
    entry = CensusEntry.objects.within(scope, Need.CENSUS).filter(term=term, child=held).first()
    care = _fitting(left_behind, _care(held, entry, left_behind, care))
    if entry is None:
        entry = CensusEntry(
            school_id=held.school_id, child=held, term=term,
            was_left_behind=held.left_behind, was_civil=held.civil, was_care=held.care,
        )  # fmt: skip
    civil, reason = by_rule(held, left_behind=left_behind, other_unable=other_unable, on=on)
    write_status(
        scope, held, on=on, left_behind=left_behind, civil=civil, civil_reason=reason, care=care, since_on=since_on,
        source="census", note=str(term),
    )  # fmt: skip
    entry.on, entry.by_id, entry.left_behind, entry.civil, entry.care = on, scope.actor, left_behind, civil, held.care
    entry.finding = _finding(entry)
    entry.save()
    return entry


def _care(held: Child, entry: CensusEntry | None, left_behind: int, care: str) -> str:
    """Give who cares when nobody else was chosen: a slip undone brings back who cared before the census, parents home
    again care themselves, and where nobody came or went the carer stays."""
    if care not in ("", held.care):
        return care
    if left_behind != held.left_behind:
        if entry is not None and entry.was_left_behind == left_behind:
            return entry.was_care
        if left_behind == codes.LeftBehind.NO:
            return codes.Care.PARENTS
    return held.care


def _fitting(left_behind: int, care: str) -> str:
    """Who cares must fit who is away: with one parent away the other cares, with both somebody else must be named."""
    if left_behind == codes.LeftBehind.ONE and care == codes.Care.PARENTS:
        return codes.Care.ONE_PARENT
    if left_behind == codes.LeftBehind.BOTH and care in ("", codes.Care.PARENTS, codes.Care.ONE_PARENT):
        raise Refused("care", "父母双方外出，请先选现在由谁照顾，再选一次“双方外出”", field="care")
    return care


def _finding(entry: CensusEntry) -> str:
    was, is_now = entry.was_left_behind, entry.left_behind
    if was == 0:
        return Finding.NEW if is_now else Finding.NONE
    if is_now == 0:
        return Finding.ENDED
    same = (was, entry.was_civil, entry.was_care) == (is_now, entry.civil, entry.care)
    return Finding.SAME if same else Finding.CHANGED
