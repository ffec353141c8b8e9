"""Letters to parents: the school writes once, each class sends, what comes back is taken over."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.campus.models import Letter, LetterCopy
from oasis.children.actions.files import hold
from oasis.children.actions.phones import change_phone
from oasis.children.models import Child, Enrolment, Person, Phone
from oasis.kit.refused import Refused
from oasis.kit.sealed import cells, tied
from oasis.people import trail
from oasis.people.consenting import must_lead
from oasis.people.roles import Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import Klass, Term

TEXT = ("title", "text", "issued_on", "send_by", "reply_by")


def write_letter(scope: Scope, *, term: Term, part: str, **said: Any) -> Letter:
    """Write the school's letter of a term and lay one aside for every child at school; raises Refused for the second."""
    must_lead(scope, term.school)
    with transaction.atomic():
        letter = Letter(school=term.school, term=term, part=part, by_id=scope.actor, **_known(said))
        save_checked(letter)
        _lay_aside(scope, letter, Child.objects.within(scope, Need.CHILD_WRITE).filter(school=term.school))
        trail.note(scope, "letter.write", school=term.school_id, subject=str(letter.pk), detail=part)
    return letter


def revise_letter(scope: Scope, *, letter: Letter, **said: Any) -> Letter:
    """Change the school's words and days; what was sent stays sent."""
    must_lead(scope, letter.school)
    with transaction.atomic():
        held = Letter.objects.within(scope, Need.LAW).select_for_update(of=("self",)).get(pk=letter.pk)
        for name, value in _known(said).items():
            setattr(held, name, value)
        save_checked(held)
        trail.note(scope, "letter.write", school=held.school_id, subject=str(held.pk), detail=f"{held.part} again")
    return held


def _known(said: dict[str, Any]) -> dict[str, Any]:
    if unknown := said.keys() - set(TEXT):
        raise TypeError(f"not part of a letter: {sorted(unknown)}")
    return said


def _lay_aside(scope: Scope, letter: Letter, children: Any) -> None:
    """Make the copies that are missing for these children; who came when the letters had to be out already is owed none."""
    came = Enrolment.objects.within(scope, Need.CHILD_WRITE).filter(from_on__lte=letter.send_by).values("child")
    here = children.filter(state=Child.State.HERE, klass__isnull=False, pk__in=came).values_list("pk", flat=True)
    have = LetterCopy.objects.within(scope, Need.CHILD_WRITE).filter(letter=letter, child__in=here)
    missing = set(here) - set(have.values_list("child_id", flat=True))
    rows = [LetterCopy(school_id=letter.school_id, child_id=child, letter=letter) for child in sorted(missing)]
    LetterCopy.objects.bulk_create(rows, batch_size=500)


def draft_class(scope: Scope, *, letter: Letter, klass: Klass, paragraphs: Mapping[UUID, str]) -> int:
    """Put drafted paragraphs into a class's copies; what somebody wrote by hand or has sent stays. Gives how many changed."""
    with transaction.atomic():
        children = Child.objects.within(scope, Need.CHILD_WRITE).filter(klass=klass, school=letter.school_id)
        _lay_aside(scope, letter, children)
        rows = LetterCopy.objects.within(scope, Need.CHILD_WRITE).select_for_update(of=("self",)).order_by("pk")
        held = list(rows.filter(letter=letter, child__in=list(paragraphs), by_hand=False, sent_on__isnull=True))
        for copy in held:
            copy.paragraph = paragraphs[copy.child_id]
        with cells(held):
            LetterCopy.objects.within(scope, Need.CHILD_WRITE).bulk_update(held, ["paragraph"], batch_size=200)
        trail.note(
            scope, "letter.draft", school=letter.school_id, subject=str(letter.pk), detail=f"{klass.pk} {len(held)}"
        )
    return len(held)


def write_own(scope: Scope, *, copy: LetterCopy, paragraph: str, words: str) -> LetterCopy:
    """Write a child's paragraph and line by hand; raises Refused when the letter has gone out."""
    with transaction.atomic():
        held = _held(scope, copy)
        if held.sent_on:
            raise Refused("sent", "信已经发出，不能再改")
        told = {"paragraph": paragraph.strip(), "words": words.strip()}
        told_all = told | {"by_hand": held.by_hand or paragraph.strip() != held.paragraph}
        _set(scope, held, told_all)
        trail.note(scope, "letter.own", school=held.school_id, child=held.child_id, subject=str(held.pk))
    return held


def mark_sent(scope: Scope, *, letter: Letter, copies: Collection[UUID], way: str, on: date) -> int:
    """Say that letters went out; those already marked stay as they were. Gives how many are new."""
    if way not in LetterCopy.Way.values:
        raise Refused("way", "请选择怎样发的", field="way")
    if not letter.issued_on <= on <= scope.on:
        raise Refused("on", "发出日期要在落款日期和今天之间", field="on")
    if not copies:
        raise Refused("nobody", "请选择已经发出的孩子", field="copies")
    with transaction.atomic():
        rows = LetterCopy.objects.within(scope, Need.CHILD_WRITE).filter(letter=letter, pk__in=copies)
        children = list(rows.filter(sent_on__isnull=True).order_by("pk").values_list("child_id", flat=True))
        rows.filter(sent_on__isnull=True).update(sent_on=on, sent_by_id=scope.actor, way=way)
        if children:
            trail.note_many(
                scope, "letter.sent", school=letter.school_id, children=children, subject=str(letter.pk), detail=way
            )
    return len(children)


def take_answer(
    scope: Scope, *, copy: LetterCopy, received_on: date | None, answered_on: date | None, reply: str,
    person: Person | None = None, number: str = "", old: Phone | None = None,
) -> LetterCopy:  # fmt: skip
    """Take over what came back with the slip; a changed number goes into the file in the place of the old. Raises Refused before it was sent."""
    with transaction.atomic():
        held = _held(scope, copy)
        for name, day in (("received_on", received_on), ("answered_on", answered_on)):
            if day and not (held.sent_on and held.sent_on <= day <= scope.on):
                said = "请先登记信已经发出" if held.sent_on is None else "日期要在发出日期和今天之间"
                raise Refused("on", said, field=name)
        if (person is None) != (not number.strip()):
            raise Refused("phone", "换了号码的，请选是谁的并填写新号码", field="number" if person else "person")
        if person is not None:
            change_phone(scope, held.child, person, number=number, old=old, on=scope.on)
        told = {"received_on": received_on or answered_on, "answered_on": answered_on, "reply": reply.strip()}
        _set(scope, held, told)
        trail.note(scope, "letter.answer", school=held.school_id, child=held.child_id, subject=str(held.pk))
    return held


def _held(scope: Scope, copy: LetterCopy) -> LetterCopy:
    rows = LetterCopy.objects.within(scope, Need.CHILD_WRITE).select_for_update(of=("self",))
    held = rows.filter(pk=copy.pk).select_related("child").first()
    if held is None:
        raise Refused("out-of-reach", "没有办理这封信的权限")
    hold(scope, held.child)
    return held


def _set(scope: Scope, held: LetterCopy, told: dict[str, Any]) -> None:
    rows = LetterCopy.objects.within(scope, Need.CHILD_WRITE).filter(pk=held.pk)
    rows.update(**tied(LetterCopy, held.pk, told))
    for name, value in told.items():
        setattr(held, name, value)
