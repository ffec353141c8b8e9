"""Two people on one row (design.md 7.2): a form knows what it was drawn with, writes what the person changed, and asks where both did.

The mark is a hidden field with a keyed hash of each value, so it needs no room and tells nothing. An act gets the values that
stand there now for the fields nobody touched on this page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseForm
from django.http import QueryDict

from oasis.desk.filing import initial_of, said
from oasis.kit.keeping import plain
from oasis.kit.refused import Refused
from oasis.kit.secrets import keyed_hash
from oasis.people.closed import ScopedModel
from oasis.people.meanwhile import while_held, while_locked
from oasis.people.roles import Need
from oasis.people.scope import Scope

M = TypeVar("M", bound=models.Model)
MARK, KEEP, SALT = "drawn", "keep-", "oasis.desk.meanwhile"
Values = Mapping[str, Any]
Act = Callable[[dict[str, Any]], object]
Told = Callable[[Any], Values]


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed while the person was writing: both values in words."""

    name: str
    label: str
    theirs: str
    mine: str


def columns(names: Iterable[str]) -> Told:
    """Read these columns of a row for a form."""
    kept = tuple(names)
    return lambda row: initial_of(row, kept)


def over(
    scope: Scope, form: forms.Form, row: ScopedModel, told: Told, act: Act, *, need: Need, first: Values | None = None
) -> Act:
    """Put the mark into a form drawn over a row, and give what saving it does: `act` with what the person changed.

    `told` gives a row's values as the form shows them, `first` what it gives now, where that is known. Refused, with both
    values on the form, where somebody else changed the same field meanwhile; what was typed stays, and the choice is sent with
    the next press. A form sent without the mark has seen only empty fields: it is asked about every one whose value it would
    undo. What two people wrote must agree as what one wrote: the form's own check sees it once more, put together.
    """
    salt = _drawn(form, row, told(row) if first is None else first)
    return lambda _fields: while_held(scope, row, need, lambda held: act(_settle(form, salt, told(held))))


def over_settings(form: BaseForm, row: M, told: Callable[[M], Values], act: Act, *, first: Values | None = None) -> Act:
    """As `over`, for a row below no school's scope and what hangs on it, such as a school's settings."""
    salt = _drawn(form, row, told(row) if first is None else first)
    return lambda _fields: while_locked(row, lambda held: act(_settle(form, salt, told(held))))


def _drawn(form: BaseForm, row: models.Model, values: Values) -> str:
    salt = f"{SALT}.{row.pk}"
    form.fields[MARK] = forms.CharField(widget=forms.HiddenInput, required=False)
    form.initial[MARK] = _mark(form, salt, values)
    return salt


def _mark(form: BaseForm, salt: str, values: Values) -> str:
    return signing.dumps({name: _hash(form, name, values[name]) for name in values if name in form.fields}, salt=salt)


def _hash(form: BaseForm, name: str, value: Any) -> str:
    return keyed_hash(repr(_even(form.fields[name], value)), purpose=SALT)[:16]


def _even(asked: forms.Field, value: Any) -> Any:
    """Give a value as the form would read it back, whether it was typed or stood in the row."""
    if isinstance(value, (list, tuple, set)):
        return sorted(str(one) for one in value) or None
    try:
        read = asked.to_python(plain(value))
    except ValidationError:
        read = plain(value)
    if isinstance(read, str):
        return "\n".join(read.splitlines()).strip()
    if isinstance(read, Decimal):
        read = read.normalize()
    return None if read in (None, "") else str(plain(read))


def _settle(form: BaseForm, salt: str, stands: Values) -> dict[str, Any]:
    """Give the fields to write, theirs where this person changed nothing; raises Refused where both did."""
    sent: QueryDict = form.data  # type: ignore[assignment]
    mine = {name: value for name, value in form.cleaned_data.items() if name != MARK}
    seen, clashes, taken = _seen(form.cleaned_data.get(MARK) or "", salt), [], []
    for name in [name for name in form.fields if name in mine and name in stands]:
        now, typed = _hash(form, name, stands[name]), _hash(form, name, mine[name])
        known = seen.get(name) or _hash(form, name, None)
        if typed in (now, known) or sent.get(f"{KEEP}{name}") == "theirs":
            mine[name] = _read(form, name, stands[name])
            taken += [name] if typed != now else []
        elif now != known:
            asked = form.fields[name]
            clashes.append(Clash(name, str(asked.label), said(asked, stands[name]), said(asked, mine[name])))
    if clashes:
        _ask(form, salt, stands, clashes)
        raise Refused("conflict", "您打开页面以后，有人改过同样的内容。请对照两边的值，选定一个再保存。")
    return _agreed(form, salt, stands, mine, taken) if taken else mine


def _read(form: BaseForm, name: str, value: Any) -> Any:
    """Give a value that stands as the form would give it, had it been typed; raises Refused where the form takes no such value."""
    asked = form.fields[name]
    try:
        return asked.clean([plain(one) for one in value] if isinstance(value, (list, tuple, set)) else plain(value))
    except ValidationError as error:
        label = str(asked.label or name)
        raise Refused("unfit", f"“{label}”现在是“{said(asked, value)}”，不能照用，请自己填", field=name) from error


def _agreed(form: BaseForm, salt: str, stands: Values, merged: dict[str, Any], taken: Iterable[str]) -> dict[str, Any]:
    """Let the form check what two people wrote, put together; where it does not agree the form shows what was taken over."""
    form.cleaned_data = dict(merged)
    checked: dict[str, Any] = form.clean() or form.cleaned_data
    if form.errors:
        _show(form, salt, stands, taken)
        raise Refused("disagree", "您打开页面以后，有人改过这一页，合在一起有对不上的地方，请核对后再保存。")
    return checked


def _show(form: BaseForm, salt: str, stands: Values, taken: Iterable[str]) -> None:
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[MARK] = _mark(form, salt, stands)
    for name in taken:
        value = stands[name]
        several = value if isinstance(value, (list, tuple, set)) else [] if value in (None, "", False) else [value]
        data.setlist(name, [str(plain(one)) for one in several])
    form.data = data


def _seen(mark: str, salt: str) -> dict[str, str]:
    try:
        seen: dict[str, str] = signing.loads(mark, salt=salt)
    except signing.BadSignature:
        return {}  # no page of ours, or of another row
    return seen


def _ask(form: BaseForm, salt: str, stands: Values, clashes: Iterable[Clash]) -> None:
    """Put a choice beside every field that both changed, and the mark of what stands there now."""
    order, data = list(form.fields), QueryDict(mutable=True)
    data.update(form.data)
    data[MARK] = _mark(form, salt, stands)
    for one in clashes:
        choices = [("theirs", f"用别人改的：{one.theirs}"), ("mine", f"用我填的：{one.mine}")]
        form.fields[f"{KEEP}{one.name}"] = forms.ChoiceField(
            label=f"{one.label}：两边都改了", choices=choices, widget=forms.RadioSelect
        )
        order.insert(order.index(one.name) + 1, f"{KEEP}{one.name}")
        data.pop(f"{KEEP}{one.name}", None)
    form.data = data
    form.order_fields(order)
