"""What the screens of a child's file share: find the child, change a row that somebody else may have changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.forms.models import fields_for_model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from oasis.children.actions.files import Conflict
from oasis.children.actions.looks import Look, look_at, note_look
from oasis.children.models import Child
from oasis.desk.page import DeskRequest, page, when_shown
from oasis.kit.dates import zh_full
from oasis.kit.keeping import plain
from oasis.kit.refused import Refused
from oasis.people.closed import ScopedModel
from oasis.people.roles import Need

M = TypeVar("M", bound=ScopedModel)
SALT = "oasis.desk.seen"


def looked(
    request: DeskRequest, pk: UUID, *, need: Need = Need.NAMES, part: str = "", deed: str = "child.look"
) -> Look:
    """Give a child for a look, which goes on the trail; 404 out of reach."""
    look = look_at(request.scope, pk, need=need, part=part, deed=deed)
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


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed while the person was writing: both values in words."""

    name: str
    label: str
    theirs: str
    mine: str


@dataclass
class Revision:
    """A form over one row: what the person saw, what clashes, and whether it is saved."""

    form: forms.Form
    seen: str
    clashes: list[Clash] = field(default_factory=list)
    saved: bool = False


def revision(
    request: DeskRequest, form_class: type[forms.Form], row: models.Model,
    act: Callable[[Mapping[str, Any], dict[str, Any]], object], *, sent: bool = True,
) -> Revision:  # fmt: skip
    """Show or save a form over a row. `act(seen, fields)` writes; a Conflict shows both values, and the person chooses.

    `sent` is False where a page has several forms and another one was posted.
    """
    names = [name for name in form_class.base_fields if hasattr(row, name)]
    if request.method != "POST" or not sent:
        return Revision(form_class(initial=initial_of(row, names)), _seal(row, names))
    form = form_class(request.POST)
    made = Revision(form, request.POST.get("seen", ""))
    if not form.is_valid():
        return made
    try:
        act(_seen(made.seen), _chosen(request, form))
    except Conflict as conflict:
        row.refresh_from_db(from_queryset=type(row).objects.within(request.scope))  # type: ignore[attr-defined]
        made.seen = _seal(row, names)
        made.clashes = [_clash(form, name, theirs) for name, theirs in conflict.theirs.items()]
        form.add_error(None, conflict.message)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    else:
        made.saved = True
    return made


def _chosen(request: DeskRequest, form: forms.Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if request.POST.get(f"keep-{name}") != "theirs"}


def _seal(row: models.Model, names: Iterable[str]) -> str:
    return signing.dumps({name: plain(getattr(row, name)) for name in names}, salt=SALT, compress=True)


def _seen(seal: str) -> dict[str, Any]:
    try:
        seen: dict[str, Any] = signing.loads(seal, salt=SALT)
    except signing.BadSignature as error:
        raise Refused("stale", "页面已过期，请刷新后再改") from error
    return seen


def _clash(form: forms.Form, name: str, theirs: Any) -> Clash:
    asked = form.fields[name]
    return Clash(name, str(asked.label), said(asked, theirs), said(asked, form.cleaned_data[name]))


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
