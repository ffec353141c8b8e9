"""From the name of a class in a roster to a class of the school, one that is there or one to be made."""

from datetime import date
from uuid import UUID

from oasis.intake.cleaning.klasses import KlassName
from oasis.intake.cleaning.text import Unclear
from oasis.kit.dates import school_year
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, School

Key = tuple[str, int, int]  # stage, entry year, number


class Classes:
    """The classes of a school as one person may fill them on a day."""

    def __init__(self, scope: Scope, school: School, on: date, default: Klass | None) -> None:
        self.school, self.on, self.default = school, on, default
        self.whole = school.pk in scope.ids(ArmKind.SCHOOL, Need.IMPORT)
        self.own = scope.ids(ArmKind.KLASS, Need.IMPORT)
        rows = list(Klass.objects.filter(school=school))
        self.known: dict[Key, Klass] = {(klass.stage, klass.entry_year, klass.number): klass for klass in rows}
        self.names = {str(klass.pk): klass.name(on, school.primary_years) for klass in rows}
        self._found: dict[KlassName, str] = {}
        self.made: dict[str, Key] = {}

    def key(self, name: KlassName | None) -> str:
        """Give the id of the class, or stage:year:number of one to be made; blank when none is named.

        Raises Unclear when the name cannot be a class here, or is not this person's to fill.
        """
        if name is None:
            return str(self.default.pk) if self.default else ""
        if name not in self._found:
            self._found[name] = self._key(name)
        return self._found[name]

    def _key(self, name: KlassName) -> str:
        stage, year, number = self.placed(name)
        if number is None:
            same = [key for key in self.known if key[:2] == (stage, year)]
            if len(same) > 1:
                raise Unclear(f"这个年级有 {len(same)} 个班，请写明是几班。")
            number = same[0][2] if same else 1
        if found := self.known.get((stage, year, number)):
            if not self.whole and found.pk not in self.own:
                raise Unclear(f"{self.names[str(found.pk)]}不是您负责的班级，只能导入自己的班级。")
            return str(found.pk)
        if not self.whole:
            raise Unclear("学校里还没有这个班，请联系管理员先建班。")
        key = f"{stage}:{year}:{number}"
        self.made[key] = (stage, year, number)
        return key

    def placed(self, name: KlassName) -> tuple[str, int, int | None]:
        """Give stage and entry year of a class name as of the day."""
        primary, year = self.school.primary_years, school_year(self.on)
        if name.entry_year is not None:
            stage = Klass.Stage.PRIMARY.value
            junior = (Klass.Stage.JUNIOR.value, name.entry_year)
            if (stage, name.entry_year) not in {key[:2] for key in self.known} and any(key[:2] == junior for key in self.known):  # fmt: skip
                stage = junior[0]
            if not 0 <= year - name.entry_year < 9:
                raise Unclear(f"{name.entry_year} 级不在校，请检查年份。")
            return stage, name.entry_year, name.number
        if name.grade is None:
            if self.default is not None and name.number is not None:
                return self.default.stage, self.default.entry_year, name.number
            raise Unclear("只写了几班，没有写年级，请写成“三(2)班”这样的名称。")
        if name.grade > 9:
            raise Unclear("高中班级不在登记范围内。")
        if name.grade > primary:
            return Klass.Stage.JUNIOR.value, year - (name.grade - primary - 1), name.number
        return Klass.Stage.PRIMARY.value, year - (name.grade - 1), name.number

    def to_make(self) -> list[str]:
        """Give the names of the classes that will be made, lowest grade first."""
        stages = list(Klass.Stage.values)
        ordered = sorted(self.made.items(), key=lambda one: (stages.index(one[1][0]), -one[1][1], one[1][2]))
        return [self.shown(key) for key, _parts in ordered]

    def shown(self, key: str) -> str:
        """Give the name of a class for people."""
        if not key or key in self.names:
            return self.names.get(key, "")
        stage, year, number = key.split(":")
        return Klass(school=self.school, stage=stage, entry_year=int(year), number=int(number)).name(
            self.on, self.school.primary_years
        )


def made(school: School, key: str) -> tuple[UUID, bool]:
    """Give the class of a key, made now if need be, and whether it was."""
    if ":" not in key:
        return UUID(key), False
    stage, year, number = key.split(":")
    klass, new = Klass.objects.get_or_create(school=school, stage=stage, entry_year=int(year), number=int(number))
    return klass.pk, new
