"""Issues contact cards: what stands on one, whether the one handed out still holds, and its end."""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction

from oasis.children.models import Child
from oasis.children.models.care import NAMELESS
from oasis.children.namesakes import class_twins, plain
from oasis.kit.secrets import keyed_hash
from oasis.papers.cards.shape import Card, Contact
from oasis.papers.files import Adult, ChildFile, Relative, files_of
from oasis.papers.models import CardIssue
from oasis.people.roles import ROLES, ArmKind, Need
from oasis.people.scope import Arm, Scope
from oasis.places.models import School

HELPER = ROLES.get("helper")
Link = Callable[[str], str]


def card_of(file: ChildFile, on: date) -> Card:
    """Say who looks after the child; what is not known is left out."""
    school = file.child.school
    teachers = [Contact("班主任", file.homeroom.name, file.homeroom.phone)]
    if file.helper.name and file.helper.name != file.homeroom.name:
        teachers.append(Contact("帮扶教师", file.helper.name, file.helper.phone))
    teachers.append(Contact("学校值班", "值班室", school.duty_phone))
    return Card(
        school=school.name, klass=file.klass, child=file.child.name, teachers=tuple(t for t in teachers if t.name),
        family=tuple(contact for _relative, contact in _family(file)), updated_on=on,
    )  # fmt: skip


def blanks(file: ChildFile, card: Card) -> list[str]:
    """Say what the card will leave blank, to be asked for before it is printed."""
    found = [f"没有{one.role}{one.name}的电话" for one in card.teachers if not one.phone]
    for relative, contact in _family(file):
        who = contact.role + contact.name.removesuffix(NAMELESS)
        if relative.tie.person.nameless:
            found.append(f"{who}还没有姓名")
        if not contact.phone:
            found.append(f"{who}的电话打不通" if relative.phones else f"没有{who}的电话")
    return found if card.family else [*found, "没有登记家人"]


def _family(file: ChildFile) -> list[tuple[Relative, Contact]]:
    """Give the parents and the carer, each with what the card says; 姐姐 stands for the name nobody knows yet."""
    found = [(one, _relative(one, label)) for label, one in (("父亲", file.father), ("母亲", file.mother)) if one]
    carer = file.carer
    if carer and carer not in (file.father, file.mother):
        address = carer.tie.person.address or (file.child.address if carer.tie.lives_with else "")
        contact = replace(_relative(carer, _standing(carer)), relation=carer.relation, address=address)
        if carer.tie.person.nameless:
            contact = replace(contact, name=carer.relation, relation="")
        found.append((carer, contact))
    return found


def _standing(carer: Relative) -> str:
    return "委托照护人" if carer.tie.standing == carer.tie.Standing.ENTRUSTED else "日常照护人"


def _relative(one: Relative, label: str) -> Contact:
    return Contact(label, one.name.removeprefix(label), one.reachable, place=one.place)


def digest(card: Card) -> str:
    """Give a keyed hash of what the card says, so that a change of any line shows."""
    said = asdict(replace(card, updated_on=date.min, link=""))
    del said["apart"]  # another child's coming or going makes no card old
    return keyed_hash(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str), purpose="contact-card")


def cards_of(scope: Scope, children: Sequence[Child], on: date) -> list[Card]:
    """Give the cards of children opened within the scope, as they would be printed on a day."""
    cards, alike = (
        [card_of(file, on) for file in files_of(scope, children, on)],
        class_twins(scope, Need.EXPORT, children),
    )
    return [
        replace(card, apart=plain(child)) if child.pk in alike else card
        for child, card in zip(children, cards, strict=True)
    ]


def issue(scope: Scope, children: Sequence[Child], on: date, link: Link) -> list[Card]:
    """Issue cards: one that has not changed keeps its token, a changed one gets a new one and ends the old."""
    with transaction.atomic():
        # two who print at once stand in line: one child has one card in use
        list(
            Child.objects.within(scope, Need.EXPORT)
            .select_for_update(of=("self",))
            .filter(pk__in=[c.pk for c in children])
            .order_by("pk")
        )
        cards = cards_of(scope, children, on)
        current = {one.child_id: one for one in issued(scope, children)}
        printed, fresh, ended = [], [], []
        for child, card in zip(children, cards, strict=True):
            known, said = current.get(child.pk), digest(card)
            if known is None or known.digest != said:
                if known:
                    ended.append(known.pk)
                known = CardIssue(
                    school_id=child.school_id, child=child, token=secrets.token_urlsafe(16), digest=said,
                    issued_on=on, issued_by_id=scope.actor,
                )  # fmt: skip
                fresh.append(known)
            printed.append(replace(card, updated_on=known.issued_on, link=link(known.token)))
        CardIssue.objects.within(scope, Need.EXPORT).filter(pk__in=ended).update(ended_on=on)
        CardIssue.objects.bulk_create(fresh)
    return printed


def issued(scope: Scope, children: Sequence[Child]) -> list[CardIssue]:
    """Give the cards now in use for these children."""
    return list(CardIssue.objects.within(scope, Need.NAMES).filter(child__in=children, ended_on__isnull=True))


def end_card(scope: Scope, child: Child) -> bool:
    """End the card in use; tell whether there was one."""
    rows = CardIssue.objects.within(scope, Need.CHILD_WRITE).filter(child=child, ended_on__isnull=True)
    return bool(rows.update(ended_on=scope.on))


@dataclass(frozen=True)
class CardPage:
    """What the page of a card says: the school's side only, and whether the card holds."""

    school: School
    klass: str
    homeroom: Adult
    issued_on: date
    current: bool
    ended_on: date | None


def card_page(token: str, on: date) -> CardPage | None:
    """Give the page of a card by the token printed on it; nothing of the child is on it."""
    rows = CardIssue.objects.everywhere(why="the holder of a card asks by its token; the page shows the school only")
    issue = rows.filter(token=token).select_related("child__klass", "child__school").first()
    if issue is None:
        return None
    child = issue.child
    eyes = Scope(actor=None, name="", on=on, arms=(Arm(ArmKind.CHILD, frozenset({child.pk}), HELPER, HELPER.needs),))
    file = files_of(eyes, [child], on)[0]
    holds = issue.ended_on is None and child.state == Child.State.HERE and issue.digest == digest(card_of(file, on))
    return CardPage(child.school, file.klass, file.homeroom, issue.issued_on, holds, issue.ended_on)
