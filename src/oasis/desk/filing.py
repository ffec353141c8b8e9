"""What the screens of a child's file share: find the child, make a form of columns, say values in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.forms.models import fields_for_model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from oasis.children.actions.looks import Look, look_at, note_look
from oasis.children.models import Child
from oasis.desk.page import DeskRequest, page, when_shown
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedModel
from oasis.people.roles import Need

M = TypeVar("M", bound=ScopedModel)


def looked(
    request: DeskRequest, pk: UUID, *, need: Need = Need.NAMES, part: str = "", deed: str = "child.look", closed: bool = False
) -> Look:  # fmt: skip
    """Give a child for a look, which goes on the trail; 404 out of reach. `closed` as in `look_at`."""
    look = look_at(request.scope, pk, need=need, part=part, deed=deed, closed=closed)
    if look is None:
        raise Http404
    return look


def child_of(request: DeskRequest, pk: UUID, need: Need = Need.CHILD_WRITE) -> Child:
    """Give a child to change; 404 out of reach. Showing the form, also once more after a mistake, goes on the trail."""
    rows = Child.objects.within(request.scope, need).select_related("klass", "school")
    child = get_object_or_404(rows, pk=pk)
    part = (request.resolver_match and request.resolver_match.url_name) or ""
    if request.method == "POST":
        when_shown(request, lambda: note_look(request.scope, child, part=part))
    else:
        note_look(request.scope, child, part=part)
    return child


def which_child(
    request: DeskRequest, children: Iterable[Child], *, title: str, back: tuple[str, str], route: str
) -> HttpResponse:
    """Ask which child a new entry is about, class by class; `back` is words and route of the list, `route` takes the child."""
    classes: dict[UUID, tuple[str, list[Child]]] = {}  # two schools may have a class of one name
    for child in children:
        name = child.klass.name(request.scope.on, child.school.primary_years) if child.klass else "未编班"
        classes.setdefault(child.klass_id or child.school_id, (name, []))[1].append(child)
    return page(request, "desk/which_child.html", classes=list(classes.values()), title=title, back=back, route=route)


def day_of(request: DeskRequest, name: str = "on") -> date | None:
    """Give a day that was typed in, None for an empty field; raises Refused when it is none."""
    try:
        day: date | None = forms.DateField(required=False).clean(request.POST.get(name, ""))
    except ValidationError as error:
        raise Refused("day", "日期看不明白，请写成 2026-11-23 这样", field=name) from error
    return day


def row_of(request: DeskRequest, model: type[M], need: Need = Need.CHILD_WRITE, **known: object) -> M:
    """Give a row in reach, or 404."""
    try:
        found: M = model.objects.within(request.scope, need).get(**known)
    except (ObjectDoesNotExist, ValueError, ValidationError) as error:
        raise Http404 from error
    return found


def form_of(model: type[models.Model], names: Iterable[str], **more: forms.Field) -> type[forms.Form]:
    """Make a plain form from columns of a table: their words and choices, without the table's own saving."""
    made = fields_for_model(model, fields=list(names), localized_fields=())
    for one in made.values():
        if isinstance(one, forms.CharField) and one.max_length and one.max_length >= 200:
            one.widget = forms.Textarea(attrs={"rows": 2, "maxlength": one.max_length})
    return type("FileForm", (forms.Form,), {**made, **more})


def initial_of(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Give a row's values for a form."""
    return {name: getattr(row, name) for name in names}


def said(asked: forms.Field, value: Any) -> str:
    """Give a value of a field in words."""
    if value in (None, "", []):
        return "（空）"
    if isinstance(value, list):
        return "、".join(said(asked, one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(asked, forms.DateField):
        return zh_full(value)
    choices = {str(key): str(label) for key, label in getattr(asked, "choices", ()) or ()}
    return choices.get(str(value), str(value))
