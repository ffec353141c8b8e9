"""Two people on one row (design.md 7.2): a form knows what it was drawn with, writes what the person changed, and asks where both did.

The mark is a hidden field with a keyed hash of each value, so it needs no room and tells nothing. An act gets the values that
stand there now for the fields nobody touched on this page.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict

from oasis.desk.filing import Clash, initial_of, said
from oasis.kit.keeping import plain
from oasis.kit.refused import Refused
from oasis.kit.secrets import keyed_hash
from oasis.people.closed import ScopedModel
from oasis.people.meanwhile import while_held
from oasis.people.roles import Need
from oasis.people.scope import Scope

MARK, KEEP, SALT = "drawn", "keep-", "oasis.desk.meanwhile"
Act = Callable[[dict[str, Any]], object]
Told = Callable[[Any], dict[str, Any]]


def columns(names: Iterable[str]) -> Told:
    """Read these columns of a row for a form."""
    kept = tuple(names)
    return lambda row: initial_of(row, kept)


def over(scope: Scope, form: forms.Form, row: ScopedModel, told: Told, act: Act, *, need: Need) -> Act:
    """Put the mark into a form drawn over a row, and give what saving it does: `act` with what the person changed.

    `told` gives a row's values as the form shows them. Refused, with both values on the form, where somebody else changed
    the same field meanwhile; what was typed stays, and the choice is sent with the next press.
    """
    form.fields[MARK] = forms.CharField(widget=forms.HiddenInput, required=False)
    form.initial[MARK] = _mark(form, row, told(row))

    def settled(held: ScopedModel) -> object:
        return act(_settle(form, held, told(held)))

    return lambda _fields: while_held(scope, row, need, settled)


def _mark(form: forms.Form, row: ScopedModel, values: Mapping[str, Any]) -> str:
    return signing.dumps(
        {name: _hash(form, name, values[name]) for name in values if name in form.fields}, salt=_salt(row)
    )


def _salt(row: ScopedModel) -> str:
    return f"{SALT}.{row.pk}"


def _hash(form: forms.Form, name: str, value: Any) -> str:
    return keyed_hash(repr(_even(form.fields[name], value)), purpose=SALT)[:16]


def _even(asked: forms.Field, value: Any) -> Any:
    """Give a value as the form would read it back, whether it was typed or stood in the row."""
    if isinstance(value, (list, tuple, set)):
        return sorted(str(one) for one in value)
    try:
        read = asked.to_python(plain(value))
    except ValidationError:
        read = plain(value)
    if isinstance(read, str):
        return "\n".join(read.splitlines()).strip()
    if isinstance(read, Decimal):
        read = read.normalize()
    return None if read is None else str(plain(read))


def _settle(form: forms.Form, row: ScopedModel, stands: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields to write, theirs where this person changed nothing; raises Refused where both did."""
    sent: QueryDict = form.data  # type: ignore[assignment]
    mine = {name: value for name, value in form.cleaned_data.items() if name != MARK}
    if not (mark := form.cleaned_data.get(MARK)):
        return mine  # no page of ours: what is sent is meant
    seen, clashes = _seen(mark, row), []
    for name in mine.keys() & seen.keys() & stands.keys():
        asked = form.fields[name]
        now, typed = _hash(form, name, stands[name]), _hash(form, name, mine[name])
        if typed == seen[name] or sent.get(f"{KEEP}{name}") == "theirs":
            mine[name] = mine[name] if typed == now else stands[name]
        elif now not in (seen[name], typed):
            clashes.append(Clash(name, str(asked.label), said(asked, stands[name]), said(asked, mine[name])))
    if clashes:
        _ask(form, row, stands, clashes)
        raise Refused("conflict", "您打开页面以后，有人改过同样的内容。请对照两边的值，选定一个再保存。")
    return mine


def _seen(mark: str, row: ScopedModel) -> dict[str, str]:
    try:
        seen: dict[str, str] = signing.loads(mark, salt=_salt(row))
    except signing.BadSignature as error:
        raise Refused("stale", "页面已过期，请刷新后再改") from error
    return seen


def _ask(form: forms.Form, row: ScopedModel, stands: Mapping[str, Any], clashes: Iterable[Clash]) -> None:
    """Put a choice beside every field that both changed, and the mark of what stands there now."""
    order, data = list(form.fields), QueryDict(mutable=True)
    data.update(form.data)
    data[MARK] = _mark(form, row, stands)
    for one in clashes:
        choices = [("theirs", f"用别人改的：{one.theirs}"), ("mine", f"用我填的：{one.mine}")]
        form.fields[f"{KEEP}{one.name}"] = forms.ChoiceField(
            label=f"{one.label}：两边都改了", choices=choices, widget=forms.RadioSelect
        )
        order.insert(order.index(one.name) + 1, f"{KEEP}{one.name}")
        data.pop(f"{KEEP}{one.name}", None)
    form.data = data
    form.order_fields(order)
