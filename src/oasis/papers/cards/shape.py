"""What stands on a contact card."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Contact:
    """A person on a card; what is not known stays empty and is left out."""

    role: str
    name: str
    phone: str = ""
    relation: str = ""
    place: str = ""
    address: str = ""


@dataclass(frozen=True)
class Card:
    """One child's card."""

    school: str
    klass: str
    child: str
    teachers: tuple[Contact, ...]
    family: tuple[Contact, ...]
    updated_on: date
    link: str = ""
    call_time: str = ""
    apart: str = ""  # what tells the child from another of its name in the class; no part of what makes a card new


@dataclass(frozen=True)
class HelpLine:
    """A number anybody may call."""

    label: str
    number: str


HELP_LINES = (HelpLine("报警", "110"), HelpLine("急救", "120"), HelpLine("未成年人保护", "12345"))
