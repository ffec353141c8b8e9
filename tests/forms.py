"""The forms of a page as a browser knows them: what they hold, what else may be chosen, and how somebody changes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Sent = dict[str, list[str]]
FILLED = {
    "date": "2026-11-20",
    "time": "10:00",
    "datetime-local": "2026-11-20T10:00",
    "number": "1",
    "tel": "19912345678",
    "email": "a@b.cn",
}
SKIPPED = ("hidden", "file", "password", "submit", "button", "search")


@dataclass
class Field:
    """A field: how it is typed, what it holds, what may be chosen."""

    name: str
    kind: str
    held: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    most: int = 200
    required: bool = False
    low: str = ""
    high: str = ""

    def other(self, turn: int) -> list[str]:
        """Give another value, the first or the second; the held one where there is no other."""
        if self.choices:
            rest = [one for one in self.choices if one and one not in self.held]
            if self.kind == "checkbox":
                return (self.held + rest[:1] if rest else self.held[1:]) if turn == 1 else self.held
            return [rest[min(turn, len(rest)) - 1]] if rest else self.held
        now = self.held[0] if self.held else ""
        if self.kind in ("number", "range") or (now.isdecimal() and self.kind == "text"):
            return [_number(now, turn, self.high)]
        if self.kind == "date":
            return [str(date.fromisoformat(now or FILLED["date"]) + timedelta(days=turn))]
        if self.kind in FILLED:
            return [(now or FILLED[self.kind])[:-1] + str(turn)]
        return [now[: self.most - 1] + "甲乙"[turn - 1]]


def _number(now: str, turn: int, high: str) -> str:
    held = int(float(now or "0"))
    return str(held + turn if not high or held + turn <= int(high) else held - turn)


@dataclass
class Form:
    """A form: where it is sent, its fields by name, its buttons."""

    target: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, turn: int = 0, only: str = "") -> Sent:
        """Give what a browser sends: as drawn (0), or with every field, or one, changed to its first or second other value."""
        told: Sent = {}
        for name, one in self.fields.items():
            changed = turn and one.kind not in SKIPPED and only in ("", name)
            held = one.other(turn) if changed else one.held
            if one.required and not any(held):
                held = one.choices[:1] or [FILLED.get(one.kind, "好")]
            told[name] = held
        if named := [button for button in self.buttons if button[0]]:
            name, value = named[min(turn, 2) - 1 if len(named) > 1 and turn else 0]
            save = [button for button in named if button[0] in ("save", "go")]
            name, value = save[0] if save else (name, value)
            told.setdefault(name, [value])
        return {name: held for name, held in told.items() if held}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.open = address, [], False  # type: ignore[var-annotated]
        self.select: Field | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read one tag."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = told.get("method", "get").lower() == "post"
            if self.open:
                self.forms.append(Form(told.get("action") or self.address))
        elif not self.open or "disabled" in told:
            return
        elif tag == "button" and told.get("type", "submit") == "submit":
            self.forms[-1].buttons.append((told.get("name", ""), told.get("value", "")))
        elif tag in ("input", "select", "textarea") and told.get("name"):
            self._field(tag, told)
        elif tag == "option" and self.select is not None:
            self.select.choices.append(told.get("value", ""))
            self.select.held = (
                [told.get("value", "")] if "selected" in told or not self.select.held else self.select.held
            )

    def _field(self, tag: str, told: dict[str, str]) -> None:
        kind = told.get("type", "text") if tag == "input" else tag
        most = int(told.get("data-limit") or told.get("maxlength") or 200)
        fresh = Field(
            told["name"],
            kind,
            most=most,
            required="required" in told,
            low=told.get("min", ""),
            high=told.get("max", ""),
        )
        one = self.forms[-1].fields.setdefault(told["name"], fresh)
        if kind in ("radio", "checkbox"):
            one.choices.append(told.get("value", "on"))
            one.held += [told.get("value", "on")] if "checked" in told else []
        elif tag == "input":
            one.held.append(told.get("value", ""))
        self.select = one if tag == "select" else None
        self.area = one if tag == "textarea" else None

    def handle_data(self, data: str) -> None:
        """Read what stands in a text area."""
        if self.area is not None:
            self.area.held = ["".join(self.area.held) + data.replace("\r\n", "\n").replace("\n", "\r\n")]

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        if tag == "textarea" and self.area is not None:
            self.area.held = [one.removeprefix("\r\n") for one in self.area.held]
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.open = False


def drawn(answer: Any, address: str) -> list[Form]:
    """Give the forms of a page that are sent by POST; none of what is no page."""
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
        return []
    reader = _Reader(address)
    reader.feed(answer.content.decode())
    return [form for form in reader.forms if form.target.startswith("/") and "logout" not in form.target]


def fill(client: Client, address: str, changes: Mapping[str, Any], **more: Any) -> Any:
    """Fill in the form of a page that asks for these fields, as a person would, and send it; None unticks."""
    page = client.get(address)
    form = next(form for form in drawn(page, address) if changes.keys() <= form.fields.keys() | {"save", "form", "go"})
    kept = {name: held for name, held in form.sent().items() if name not in ("save", "go", "reset", "preview")}
    sent = {name: value for name, value in (kept | dict(changes)).items() if value is not None}
    return client.post(form.target, sent, **more)


def press(client: Client, address: str, name: str, **more: Any) -> Any:
    """Press the button of this name on a page, as it is drawn."""
    form = next(form for form in drawn(client.get(address), address) if name in dict(form.buttons))
    return client.post(form.target, form.sent() | {name: dict(form.buttons)[name]} | more)
