"""Erasing what is due: a leader confirms, then it is done child by child, so that it may be stopped and taken up again."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django_tasks import task

from oasis.children.models import CensusEntry, Child, ChildStatus, Enrolment, Hardship, Person, RiskLevel, Tie
from oasis.children.models.child import Dated
from oasis.children.models.merging import Merging
from oasis.kit.dates import now, today
from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.closed import ScopedModel
from oasis.people.consenting import must_lead
from oasis.people.keeping import ANONYMISE, keeping_of
from oasis.people.models import Trail
from oasis.people.scope import Scope
from oasis.places.models import School, Term
from oasis.records.keeping import due, kinds_due
from oasis.records.models import Erasure, Record

WHY = "a leader has confirmed that the period of these data is over"
ROW = frozenset({"id", "school", "child", "by", "at"})
STAYS: dict[type[Dated], frozenset[str]] = {  # what figures are counted from; every other column is emptied
    Enrolment: ROW | {"klass", "boarding", "from_on", "to_on"},
    ChildStatus: ROW | {"from_on", "left_behind", "civil", "care"},
    CensusEntry: ROW
    | {"term", "on", "finding", "left_behind", "civil", "care", "was_left_behind", "was_civil", "was_care"},
    Hardship: ROW | {"kind", "from_on", "to_on"},
    RiskLevel: ROW | {"on", "level"},
}
NAMELESS = "（已去名）"
COUNTED = frozenset(
    {
        "id", "school", "klass", "state", "sex", "birth_on", "boarding", "left_behind", "civil", "key", "care", "care_rating",
        "registered", "opened_on", "closed_on", "demo", "version",
    }
)  # fmt: skip
log = logging.getLogger(__name__)


def confirm(scope: Scope, *, school: School, children: Iterable[UUID]) -> Erasure:
    """Confirm what the preview showed; raises Refused when a child is not due or something stands in the way."""
    must_lead(scope, school)
    wanted = list(dict.fromkeys(children))
    if not wanted:
        raise Refused("nobody", "请选择要处理的档案")
    with transaction.atomic():
        known = {one.child.pk: one for one in due(scope, school)}
        for pk in wanted:
            if pk not in known or known[pk].obstacle:
                raise Refused("not-due", "有的档案还没有到期，或还有事没有办完，请刷新页面重新核对")
        rules = {kind.code: [kind.months, kind.way] for kind in keeping_of(school)}
        erasure = Erasure.objects.create(
            school=school, by_id=scope.person, rules=rules, wanted=[str(pk) for pk in wanted]
        )
        trail.note(scope, "keep.confirm", school=school.pk, subject=str(erasure.pk), detail=str(len(wanted)))
    return erasure


@task()
def carry_out_later(erasure: str) -> None:
    """Carry a confirmed erasure out in the worker."""
    carry_out(UUID(erasure))


def carry_out(pk: UUID) -> Erasure:
    """Do what is left of a confirmed erasure, child by child; doing it twice does nothing more."""
    erasure = Erasure.objects.everywhere(why=WHY).select_related("by", "school").get(pk=pk)
    for child in list(erasure.wanted):
        erasure = _one(erasure.pk, UUID(child))
    with transaction.atomic():
        erasure = _held(erasure.pk)
        if not erasure.wanted and erasure.state != Erasure.State.DONE:
            erasure.state, erasure.done_at = Erasure.State.DONE, now()
            erasure.save(update_fields=["state", "done_at"])
    return erasure


def carry_out_all() -> list[Erasure]:
    """Take up every confirmed erasure that was not finished; put away the files of past terms."""
    put_away(today())
    waiting = Erasure.objects.everywhere(why=WHY).filter(state=Erasure.State.CONFIRMED)
    done = []
    for pk in list(waiting.values_list("pk", flat=True)):
        try:
            done.append(carry_out(pk))
        except Exception:
            log.exception("erasure %s stopped and is taken up again the next night", pk)
    return done


def put_away(on: date) -> int:
    """Take frozen files out of the sight of their last class once the term of leaving is over: leaders alone read them."""
    away = 0
    for term in Term.objects.filter(ends_on__lt=on):
        rows = Child.objects.everywhere(why="who has left is out of the class's sight after the term")
        left = rows.filter(school_id=term.school_id, state__in=Child.GONE, closed_on__lte=term.ends_on)
        away += left.filter(klass__isnull=False).update(klass=None)
    return away


def _held(pk: UUID) -> Erasure:
    return Erasure.objects.everywhere(why=WHY).select_for_update(of=("self",)).select_related("by").get(pk=pk)


def _one(pk: UUID, child: UUID) -> Erasure:
    """Erase what is due of one child and count it, in one transaction.

    A file that cannot be erased is counted as failed and stays due: it must not stop the others.
    """
    try:
        with transaction.atomic():
            return _dealt(_held(pk), child, _erase)
    except Exception:
        log.exception("file %s could not be erased", child)
    with transaction.atomic():
        return _dealt(_held(pk), child, _failed)


def _dealt(erasure: Erasure, child: UUID, act: Any) -> Erasure:
    if str(child) not in erasure.wanted:
        return erasure
    went: Counter[str] = act(erasure, child)
    erasure.wanted = [one for one in erasure.wanted if one != str(child)]
    erasure.counts = dict(Counter(erasure.counts) + went)
    erasure.save(update_fields=["wanted", "counts"])
    scope = Scope(erasure.by_id, erasure.by.name, today())
    told = " ".join(f"{name}={number}" for name, number in sorted(went.items()))
    trail.note(scope, "keep.erase", school=erasure.school_id, child=child, subject=str(erasure.pk), detail=told)
    return erasure


def _failed(erasure: Erasure, child: UUID) -> Counter[str]:
    return Counter({"failed": 1})


def _erase(erasure: Erasure, pk: UUID) -> Counter[str]:
    rows = Child.objects.everywhere(why=WHY).select_for_update(of=("self",))
    child = rows.filter(pk=pk, school_id=erasure.school_id, state__in=Child.GONE, erased_on__isnull=True).first()
    if child is None or child.closed_on is None:
        return Counter()  # it came back, or is gone already
    months = {code: rule[0] for code, rule in erasure.rules.items()}
    rules = tuple(kind for kind in keeping_of(child.school) if kind.months <= months.get(kind.code, 0))
    codes = {kind.code for kind in kinds_due(rules, child.closed_on, today())}
    went = _records(child, codes)
    if "file" in codes:
        went += _nameless(child) if erasure.rules["file"][1] == ANONYMISE else _whole(child)
    return went


def _records(child: Child, codes: set[str]) -> Counter[str]:
    went: Counter[str] = Counter()
    for code, shut in (("records", False), ("confidential", True)):
        if code in codes or "file" in codes:
            rows = Record.objects.everywhere(why=WHY).filter(child=child, confidential=shut)
            went[code] += rows.count()
            rows.delete()
    return went


def _whole(child: Child) -> Counter[str]:
    people = _people(child)
    _loose(child.pk)
    child.delete()
    return Counter({"children": 1, "people": _orphans(people)})


def _nameless(child: Child) -> Counter[str]:
    """Leave of the file only what figures are counted from; the rest is emptied or goes."""
    people = _people(child)
    for model in (model for model in apps.get_models() if _about(model) and model not in STAYS):
        _rows(model).filter(child=child).delete()
    for model, stays in STAYS.items():
        _rows(model).filter(child=child).update(**{column.name: _empty(column) for column in _others(model, stays)})
    _loose(child.pk)
    for column in _others(Child, COUNTED):
        setattr(child, column.attname, _empty(column))
    child.name, child.erased_on = NAMELESS, today()
    child.birth_on = child.birth_on and date(child.birth_on.year, 1, 1)
    child.spell()
    child.save()
    return Counter({"nameless": 1, "people": _orphans(people)})


def _about(model: type[models.Model]) -> bool:
    """Tell whether rows of a table are about one child."""
    known = {field.name: field.related_model for field in model._meta.concrete_fields}
    return issubclass(model, ScopedModel) and known.get("child") is Child


def _others(model: type[models.Model], stays: frozenset[str]) -> list[Any]:
    return [column for column in model._meta.concrete_fields if column.name not in stays]


def _empty(column: Any) -> Any:
    return None if column.null else column.get_default()


def _people(child: Child) -> list[UUID]:
    tied = list(Tie.objects.everywhere(why=WHY).filter(child=child).values_list("person_id", flat=True))
    merged = Merging.objects.everywhere(why=WHY).filter(kept__in=tied)
    return [*tied, *merged.values_list("gone_id", flat=True)]


def _orphans(people: list[UUID]) -> int:
    """Remove the persons no other child is tied to."""
    rows = Person.objects.everywhere(why=WHY).filter(pk__in=people)
    gone = [pk for pk in rows.values_list("pk", flat=True) if not Tie.objects.filter(person=pk).exists()]
    return rows.filter(pk__in=gone).delete()[1].get("children.Person", 0)


def _loose(child: UUID) -> None:
    """Remove rows of higher rooms that name the child by a plain id, like the rows of a roster; never the trail."""
    for model in apps.get_models():
        if issubclass(model, ScopedModel) and model is not Trail and _plain(model, "child"):
            _rows(model).filter(child=child).delete()


def _plain(model: type[models.Model], name: str) -> bool:
    return any(field.name == name and isinstance(field, models.UUIDField) for field in model._meta.concrete_fields)


def _rows(model: Any) -> Any:
    return model.objects.everywhere(why=WHY)
