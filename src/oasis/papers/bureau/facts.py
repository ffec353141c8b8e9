"""What a file says to each field of a form; None where nothing is on file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from oasis.kit.codes import Care, Hardship, LeftBehind
from oasis.papers.bureau.saying import Said
from oasis.papers.files import ChildFile
from oasis.papers.places import Place


@dataclass(frozen=True)
class About:
    """What a form is filled from: the place, the day, whoever fills it, and of a child the file and what was done."""

    place: Place
    on: date
    filler: str
    file: ChildFile | None = None
    number: int = 1
    count: int = 0
    term: str = ""
    year: str = ""
    times: Mapping[tuple[UUID, str], int] = field(default_factory=dict)

    @property
    def one(self) -> ChildFile:
        """The file of the child a row or form is of."""
        if self.file is None:
            raise ValueError("this form is of no child")
        return self.file


Says = Callable[[About], Said | None]
NONE = Said("无", yes=False)


def text(value: object) -> Said | None:
    """Say words; nothing for nothing."""
    return Said(str(value)) if value not in (None, "") else None


def day(value: date | None) -> Said | None:
    """Say a day."""
    return Said(day=value) if value else None


def yes(value: bool | None, then: str = "是", otherwise: str = "否", *also: str) -> Said | None:
    """Say yes or no, with the words for either."""
    if value is None:
        return None
    return Said(then if value else otherwise, yes=value, also=also if value else ())


def of_child(name: str) -> Says:
    """Say a column of the child's file, in words."""

    def says(about: About) -> Said | None:
        child = about.one.child
        value = getattr(child, name)
        display = getattr(child, f"get_{name}_display", None)
        if isinstance(value, bool):
            return yes(value)
        if isinstance(value, date):
            return day(value)
        return text(display() if display and value not in (None, "") else value)

    return says


def in_hardship(kind: str) -> Says:
    """Say whether a child is in one kind of hardship."""
    label = str(Hardship(kind).label)
    return lambda about: yes(label in about.one.hardships)


def or_none(says: Says) -> Says:
    """Say 无 where nothing is on file, for what most children do not have."""
    return lambda about: says(about) or NONE


def left_behind(about: About) -> Said | None:
    """Say which parents are away; nothing while nobody has asked."""
    file = about.one
    if file.unasked:
        return None
    kind = LeftBehind(file.child.left_behind)
    also = {
        LeftBehind.ONE: ("单亲外出", "单留守", "父或母外出", "单亲"),
        LeftBehind.BOTH: ("双亲外出", "双留守", "父母均外出", "双亲"),
    }
    return Said(str(kind.label), yes=kind != LeftBehind.NO, also=also.get(kind, ()))


def both_away(about: About) -> Said | None:
    """Say whether both are away."""
    return None if about.one.unasked else yes(about.one.child.left_behind == LeftBehind.BOTH)


def one_unable(about: About) -> Said | None:
    """Say whether one is away and the other cannot care, by civil affairs' definition."""
    file = about.one
    return None if file.unasked else yes(file.child.civil and file.child.left_behind == LeftBehind.ONE)


def civil(about: About) -> Said | None:
    """Say whether the child counts by civil affairs' definition."""
    return None if about.one.unasked else yes(about.one.child.civil)


def since(about: About) -> Said | None:
    """Say since when the parents are away."""
    return day(about.one.status.since_on) if about.one.status else None


def boarding(about: About) -> Said:
    """Say whether the child boards."""
    boards = about.one.child.boarding
    return Said(
        "寄宿" if boards else "走读",
        yes=boards,
        also=("住校", "住宿", "住读") if boards else ("通学", "不寄宿", "非寄宿"),
    )


def care(about: About) -> Said | None:
    """Say who cares in fact."""
    child = about.one.child
    if not child.care:
        return None
    also = {
        Care.GRANDPARENTS: ("祖辈", "隔代", "祖父母", "爷爷奶奶"),
        Care.ELDER_KIN: ("亲属", "亲戚"),
        Care.ONE_PARENT: ("单亲", "父或母"),
    }
    return Said(str(child.get_care_display()), also=also.get(Care(child.care), ()))


def grade(about: About) -> Said | None:
    """Say the grade without the class."""
    name = about.one.klass
    return text(name[: name.index("级") + 1] if "级" in name else name)


def hardship(about: About) -> Said:
    """Say the kinds of hardship, or none."""
    found = about.one.hardships
    return Said("、".join(found), yes=True) if found else NONE


def disability(about: About) -> Said:
    """Say kind and grade of a disability, or none."""
    child = about.one.child
    grade_words = f"{child.disability_grade}级" if child.disability_grade else ""
    found = "、".join(part for part in (str(child.get_disability_display()), grade_words) if part)
    return Said(found, yes=True) if found else NONE


def home_phone(about: About) -> Said | None:
    """Say the number at which the child's family is reached first."""
    return text(next((one.reachable for one in about.one.relatives if one.reachable), ""))


def emergency(about: About) -> Said | None:
    """Say whom to call, two at most."""
    found = [one for one in about.one.relatives if one.reachable][:2]
    return text("；".join(f"{one.called}{one.reachable}" for one in found))


def siblings_away(about: About) -> Said | None:
    """Say where the parents work, both in one cell."""
    parents = [one for one in (about.one.father, about.one.mother) if one and one.place]
    return text("；".join(f"{one.relation}：{one.place}" for one in parents))


def times(kind: str) -> Says:
    """Say how often something was done with the child this term; nought is a number too."""
    return lambda about: Said(number=about.times.get((about.one.child.pk, kind), 0))
