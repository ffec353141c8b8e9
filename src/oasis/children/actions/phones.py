"""Numbers: added, ended, and ageing with every call (peers.md c3)."""

from datetime import date
from typing import Any

from django.db import transaction

from oasis.children.actions.family import clean_number, family_changes, tied_person
from oasis.children.actions.files import hold, keep
from oasis.children.models import Child, Person, Phone
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.roles import Need
from oasis.people.scope import Scope

OUTCOMES = {"worked": "打通", "failed": "未接通", "wrong": "空号或错号"}


def add_phone(scope: Scope, child: Child, person: Person, *, number: str, on: date) -> Phone:
    """Add a number of a family member; raises Refused when it is already there."""
    with transaction.atomic():
        held = hold(scope, child)
        mine = tied_person(scope, held, person)
        number = clean_number(number)
        if not number:
            raise Refused("number", "请填写电话号码", field="number")
        rows = Phone.objects.within(scope, Need.CHILD_WRITE).filter(person=mine, to_on__isnull=True)
        if rows.filter(number_hash__in=Phone.hashes([number])).exists():
            raise Refused("known", "这个号码已经登记过", field="number")
        phone = Phone.objects.create(school_id=held.school_id, person=mine, number=number, from_on=on)
        found = family_changes(mine, "phone", Phone(pk=phone.pk), {"number": number}, scope)
        for change in found:
            change.old = None  # from nothing: the row began
        keep(found)
        trail.note(scope, "phone.add", school=held.school_id, child=held.pk, subject=str(phone.pk))
    return phone


def end_phone(scope: Scope, child: Child, phone: Phone, *, on: date) -> Phone:
    """Say that a number is no longer used; it stays in the history."""
    with transaction.atomic():
        held = hold(scope, child)
        mine = _running(scope, phone, Need.CHILD_WRITE)
        tied_person(scope, held, mine.person)
        _write(scope, mine, to_on=max(on, mine.from_on or on))
        trail.note(scope, "phone.end", school=held.school_id, child=held.pk, subject=str(mine.pk))
    return mine


def change_phone(scope: Scope, child: Child, person: Person, *, number: str, old: Phone | None, on: date) -> Phone:
    """Take over a new number, in the place of an old one where there is one; that is ended and stays in the history."""
    with transaction.atomic():
        new = add_phone(scope, child, person, number=number, on=on)
        if old is not None:
            end_phone(scope, child, old, on=on)
    return new


def mark(scope: Scope, child: Child, phone: Phone, *, outcome: str, on: date) -> Phone:
    """Note by hand how a call went, for a call that is not written down as a record."""
    if outcome not in OUTCOMES:
        raise Refused("outcome", "请选择打通、未接通或空号", field="outcome")
    with transaction.atomic():
        held = hold(scope, child, Need.RECORD_WRITE)
        marked = {"worked": worked, "failed": failed, "wrong": wrong}[outcome](scope, phone, on)
        trail.note(scope, "phone.mark", school=held.school_id, child=held.pk, subject=str(phone.pk), detail=outcome)
    return marked


def worked(scope: Scope, phone: Phone, on: date) -> Phone:
    """The number was answered on a day. Called by the record of a call, whose own trail line covers it."""
    with transaction.atomic():
        mine = _running(scope, phone, Need.RECORD_WRITE)
        if mine.last_worked_on is None or mine.last_worked_on <= on:
            _write(scope, mine, last_worked_on=on, failed_times=0, wrong=False)
    return mine


def failed(scope: Scope, phone: Phone, on: date) -> Phone:
    """Nobody answered on a day; a call older than the last success changes nothing."""
    with transaction.atomic():
        mine = _running(scope, phone, Need.RECORD_WRITE)
        if mine.last_worked_on is None or mine.last_worked_on <= on:
            _write(scope, mine, failed_times=mine.failed_times + 1)
    return mine


def wrong(scope: Scope, phone: Phone, on: date) -> Phone:
    """The number does not exist or is somebody else's."""
    with transaction.atomic():
        mine = _running(scope, phone, Need.RECORD_WRITE)
        if mine.last_worked_on is None or mine.last_worked_on <= on:
            _write(scope, mine, wrong=True)
    return mine


def unmark(scope: Scope, phone: Phone, *, outcome: str, on: date) -> Phone:
    """A failed call of a day was taken back or corrected: the number is as good as before. A success, also a later one, is left standing."""
    with transaction.atomic():
        mine = _running(scope, phone, Need.RECORD_WRITE)
        if mine.last_worked_on and mine.last_worked_on > on:
            return mine
        if outcome == "failed" and mine.failed_times:
            _write(scope, mine, failed_times=mine.failed_times - 1)
        elif outcome == "wrong" and mine.wrong:
            _write(scope, mine, wrong=False)
    return mine


def _running(scope: Scope, phone: Phone, need: Need) -> Phone:
    rows = Phone.objects.within(scope, need).select_for_update(of=("self",)).filter(pk=phone.pk, to_on__isnull=True)
    mine = rows.select_related("person").first()
    if mine is None:
        raise Refused("no-phone", "这个号码已经停用，或不在您负责的范围内，请刷新页面")
    return mine


def _write(scope: Scope, phone: Phone, **fields: Any) -> None:
    found = family_changes(phone.person, "phone", phone, fields, scope)
    for name, value in fields.items():
        setattr(phone, name, value)
    phone.save(update_fields=list(fields))
    keep(found)
