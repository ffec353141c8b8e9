"""勾稽: relations that must hold between figures, as data; run before anything leaves, each failure names its column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oasis.figures.catalogue import FIGURES
from oasis.figures.numbers import Row, Table
from oasis.kit import codes
from oasis.kit.catalogue import Catalogue
from oasis.records.coverage import COVERAGES
from oasis.records.kinds import COUNTED


@dataclass(frozen=True)
class Check:
    """A whole that equals its parts, less what is taken away; `mend` says what to look for when it does not."""

    code: str
    whole: str
    parts: tuple[str, ...]
    mend: str
    less: tuple[str, ...] = ()

    def old(self, former: Mapping[str, int]) -> int:
        """Give what a closed term still counts among the parts and no newer one does."""
        return sum(value for code, value in former.items() if self.code == "parts" and code.endswith("-parts"))


@dataclass(frozen=True)
class Failed:
    """A relation that does not hold, where, and by how much."""

    check: Check
    place: str
    whole: int
    parts: int

    @property
    def words(self) -> str:
        """Name the column and say what to mend."""
        label, names = FIGURES.get(self.check.whole).label, "＋".join(FIGURES.get(c).label for c in self.check.parts)
        taken = "".join(f"－{FIGURES.get(code).label}" for code in self.check.less)
        return f"{self.place}：“{label}”是{self.whole}，{names}{taken}是{self.parts}，不相等。{self.check.mend}"


CHECKS = Catalogue(
    Check("away", "left", ("left-one", "left-both"), "请核对留守类型。"),
    Check("sex", "left", ("left-boys", "left-girls"), "有孩子没有填性别。"),
    Check("boarding", "left", ("left-boarding", "left-day"), "请核对就读方式。"),
    Check("care", "left", (*(f"care-{code}" for code in codes.Care.values), "care-unsaid"), "请核对照护类型。"),
    Check("change", "left", ("before", "new", "begun"), "请核对排查结果和转入转出。", less=("ended", "gone")),
    Check("files", "left", ("files", "files-open"), "请核对档案。"),
    Check("confirmed", "left", ("confirmed", "unconfirmed"), "请核对监护人确认。"),
    Check("paired", "left", ("paired", "unpaired"), "请核对结对。"),
    Check("census", "pupils", ("census", "census-open"), "请核对摸底排查。"),
    *(
        Check(f"cover-{one.code}", f"owed-{one.code}", (f"covered-{one.code}", f"lacking-{one.code}"), "请核对记录。")
        for one in COVERAGES
    ),
    Check("took-part", "left", ("left-took-part", "never-part"), "请核对活动的到场登记。"),
    Check("parts", "parts", tuple(f"{kind.code}-parts" for kind in COUNTED), "请核对记录。"),
)


def failed(table: Table) -> list[Failed]:
    """Run every relation on a place and each of its classes; those with an unknown figure are left out."""
    return [found for row in (table, *table.rows) for found in _in_row(row, _known(row.numbers))]


def _known(numbers: Mapping[str, object]) -> dict[str, int]:
    return {code: number.value for code, number in numbers.items() if number.value is not None}  # type: ignore[attr-defined]


def _in_row(row: Row, values: dict[str, int]) -> Iterator[Failed]:
    for check in CHECKS:
        if all(code in values for code in (check.whole, *check.parts, *check.less)):
            parts = sum(values[code] for code in check.parts) - sum(values[code] for code in check.less)
            parts += check.old(row.former)
            if parts != values[check.whole]:
                yield Failed(check, row.place.name, values[check.whole], parts)
