"""A kind of roster: its columns in order, what each gives, and how it is told from the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a roster: the words over it, and the field it fills; None when nothing of it is kept."""

    words: str
    field: str | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One entry of SHEETS. `all_left_behind`: who stands in it is left-behind, even where no column says so."""

    code: str
    label: str
    about: str
    headings: tuple[Heading, ...]
    title_words: tuple[str, ...] = ()
    own_headings: bool = False  # its headings are fixed by a template, and mean what the template says
    all_left_behind: bool = False
