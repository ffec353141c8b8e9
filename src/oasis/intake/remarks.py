"""What a remark says that the file has a field for: 低保, 住校, 残疾; proposed to a person, and never over a column of its own."""

from collections.abc import Collection

from oasis.children.rosters import Difference, Told
from oasis.intake.absence import away_in
from oasis.intake.fields import FIELDS
from oasis.intake.hearing import Heard, Value, hear
from oasis.kit.headings import HARDSHIPS

COLUMNS = {
    "boarding": "寄宿",
    "child.health": "健康状况",
    "child.disability": "残疾类别",
    "left_behind": "留守类型",
}


def propose(told: Told, *, denied: Collection[str], parents: bool, notices: list[str]) -> list[Heard]:
    """Add what the remark says to what the row tells; where a column of its own says otherwise, that is said instead.

    `denied`: the kinds of hardship to which a column of their own says no. `parents`: whether the remark may tell of the
    parents who are away: no title, no bare yes and no column that asks for both of them has.
    """
    taken: list[Heard] = []
    remark = told.fields.get("remark") or ""
    for one in (*hear(remark), *(of_parents(remark) if parents else ())):
        said = by_column(told, one, denied)
        if one.key != "hardship" and any(one.key == before.key for before in taken):
            continue
        if said is None:
            add(told, one)
            taken.append(one)
        elif said != one.value and not (one.key == "left_behind" and said == 2):  # one is away where both are
            notices.append(
                f"备注写“{one.word}”，和“{COLUMNS.get(one.key) or asked(one.value)}”一列不一样，按那一列登记，请核对。"
            )
    return taken


def asked(kind: Value) -> str:
    """Name the column that asks for one kind of hardship by itself."""
    return next(FIELDS.get(code).label for code, asks in HARDSHIPS.items() if asks == kind)


def of_parents(remark: str) -> list[Heard]:
    """Give what the remark says of the parents who are away, as a thing to be proposed."""
    words, kind = away_in(remark)
    return [Heard(words, "left_behind", kind)] if kind else []


def by_column(told: Told, heard: Heard, denied: Collection[str]) -> Value | None:
    """Give what the row tells already of the same thing; nothing where it tells nothing."""
    if heard.key == "hardship":
        return False if heard.value in denied else heard.value if heard.value in told.hardships else None
    if heard.key in ("boarding", "left_behind"):
        value: Value | None = getattr(told, heard.key)
        return value
    return told.fields.get(heard.key.removeprefix("child."))


def add(told: Told, heard: Heard) -> None:
    """Let the row tell what the remark says."""
    if heard.key == "hardship":
        told.hardships += (str(heard.value),)
    elif heard.key == "boarding":
        told.boarding = bool(heard.value)
    elif heard.key == "left_behind":
        told.left_behind = int(heard.value)
    else:
        told.fields[heard.key.removeprefix("child.")] = heard.value


def drop(told: Told, keys: set[tuple[str, object]]) -> Told:
    """Take single things out of what a row tells: those a person left out of a new file, those of a remark known before."""
    told.hardships = tuple(kind for kind in told.hardships if ("hardship", kind) not in keys)
    told.boarding = None if {key for key, _value in keys} & {"boarding"} else told.boarding
    if ("left_behind", told.left_behind) in keys:  # and what was concluded from it
        told.left_behind, told.civil, told.civil_reason = None, None, ""
    gone = {key.removeprefix("child.") for key, _value in keys if key.startswith("child.")}
    told.fields = {name: value for name, value in told.fields.items() if name not in gone}
    return told


def unheard(told: Told, known: Told, proposed: list[Heard]) -> list[Heard]:
    """Give what is still to be proposed of a child with a file: a remark the file has was taken or left before.

    A remark does not lower how many parents are away by the file: 父亲在外 says nothing of the mother.
    """
    new = told.fields.get("remark") != known.fields["remark"]
    left = [one for one in proposed if new and (one.key != "left_behind" or (known.left_behind or 0) < int(one.value))]
    drop(told, {(one.key, one.value) for one in proposed if one not in left})
    return left


def of_remark(proposed: list[Heard]) -> list[Difference]:
    """Give what a remark says of a child without a file as differences, each to be left out on its own; 走读 a new file says anyhow."""
    return [Difference(one.key, None, one.value) for one in proposed if one.value is not False]


def raised(proposed: list[Heard], found: list[Difference]) -> str:
    """Say which words of the remark are proposed, as far as they differ from the file."""
    keys = {(one.key, one.new) for one in found}
    words = dict.fromkeys(one.word for one in proposed if (one.key, one.value) in keys)
    return f"备注里写了“{'、'.join(words)}”，将照此登记：不对的，去掉下面那一项的勾；备注照原样保留。" if words else ""
