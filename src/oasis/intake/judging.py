"""What each row would do: open a file, change one, nothing, or why it cannot be used; with doubts about doubles."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from oasis.children.models import Child
from oasis.children.newer import Newer
from oasis.children.pairs import staff_by_name
from oasis.children.rosters import Difference, Told, differences, known_files
from oasis.intake.classes import Classes
from oasis.intake.cleaning.text import Unclear
from oasis.intake.doubles import Repeats, doubt_known
from oasis.intake.facts import STAFF, Facts, same_month
from oasis.intake.fields import FIELDS
from oasis.intake.remarks import of_remark, raised, unheard
from oasis.intake.verdicts import WHY, Found, State, Verdict
from oasis.intake.yielding import yield_to_file
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.kit.secrets import keyed_hash
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope

ELSEWHERE = "这个身份证号在别的学校已有档案，请联系原学校办理转学，不要重复建档。"
NAMESAKES = 3  # children of one name in one class: more is somebody guessing numbers or birthdays
COLUMN = {role: FIELDS.get(code).label for role, code in STAFF.items()}


class Judge:
    """Judges the rows of one batch, chunk by chunk; remembers what the file itself said before."""

    def __init__(
        self, scope: Scope, classes: Classes, *, made_on: date | None = None, later: Collection[UUID] = ()
    ) -> None:
        self.made_on, self.later = made_on, later  # the roster's own day, and the batches of later ones
        self.staff = staff_by_name(classes.school.pk, scope.on)
        self.scope, self.classes, self.school = scope, classes, classes.school
        self.whole = self.school.pk in scope.ids(ArmKind.SCHOOL, Need.IMPORT)
        self.own = scope.ids(ArmKind.KLASS, Need.IMPORT)
        self.repeats = Repeats()
        self.named: dict[str, set[int]] = {}  # for who reaches classes only: the children a name stood for

    def judge(self, rows: Sequence[Facts], sheet: str = "") -> list[Verdict]:
        """Judge a chunk with five queries, however many rows it has."""
        if not self.whole:
            self._namesakes(rows)
        hashes = {
            facts.line: keyed_hash(number, purpose="child-id")
            for facts in rows
            if not facts.refusals and (number := facts.told.fields.get("id_number"))
        }
        by_hash = self._by_hash(hashes.values())
        here = self._here(rows)
        found = [self._match(facts, hashes.get(facts.line), by_hash, here) for facts in rows]
        known = known_files(self.scope, {one.pk for one in found if isinstance(one, Found)})
        verdicts = [self._verdict(facts, one, known) for facts, one in zip(rows, found, strict=True)]
        self._newer(verdicts, known)
        self.repeats.look(verdicts, sheet)
        doubt_known(verdicts, self._files())
        return verdicts

    def again(self, facts: Facts, child: UUID | None) -> Verdict:
        """Judge one row anew, as a person says whose it is: that of a file, or of a new child."""
        found = next(
            (Found(*row) for row in self._files().filter(pk__in=[child] if child else []).values_list(*Found._fields)),
            None,
        )
        if child and not found:
            raise Refused("out-of-reach", "这份档案已不在您的负责范围内，请刷新页面再看。")
        known = known_files(self.scope, [child] if child else [])
        verdict = self._verdict(facts, found, known)
        self._newer([verdict], known)
        doubt_known([verdict], self._files())
        return verdict

    def _files(self) -> QuerySet[Child]:
        """Give the files a row may be compared with by name: who reaches classes only learns nothing of other classes."""
        files = Child.objects.everywhere(why=WHY) if self.whole else Child.objects.within(self.scope, Need.IMPORT)
        return files.filter(school=self.school)

    def _namesakes(self, rows: Sequence[Facts]) -> None:
        """Refuse the rows of a name that stands for too many children: so one would try out numbers and birthdays."""
        for facts in rows:
            fields = facts.told.fields
            self.named.setdefault(facts.name, set()).add(hash((fields.get("id_number"), fields.get("birth_on"))))
        for facts in rows:
            if facts.name and len(self.named[facts.name]) > NAMESAKES:
                facts.refusals.append(
                    f"这份名册里叫“{facts.name}”的超过{NAMESAKES}个，号码或生日各不相同，请核对；确实有这么多同名的孩子，请德育处导入。"
                )

    def _newer(self, verdicts: Sequence[Verdict], known: dict[UUID, Told]) -> None:
        """Find which differences are older news than the file."""
        changed = [one for one in verdicts if one.state == State.CHANGED and one.child]
        if self.made_on is None or self.made_on >= self.scope.on or not changed:
            return
        newer = Newer(self.scope, [one.child for one in changed if one.child], self.made_on, self.later)
        for one in changed:
            if one.child:
                told = one.facts.told
                one.days = [newer.day(one.child, known[one.child], told, found) for found in one.found]

    def _pairs(self, facts: Facts) -> None:
        """Find the members of staff a row names; who is not to be found is said, never a refusal."""
        found: dict[UUID, str] = {}
        for role, name in facts.staff:
            staff = self.staff.get(name, [])
            if len(staff) == 1:
                found.setdefault(staff[0], f"{role}:{staff[0]}:{name}")
                continue
            facts.unpaired = True
            why = f"本校有不止一位同名的{name}，分不清是哪一位" if staff else f"没有找到{name}"
            facts.notices.append(f"{COLUMN[role]}：{why}，结对没有导入；请写全名，或导入后到“结对”里登记。")
        facts.told.pairs = tuple(found.values())

    def _by_hash(self, hashes: Iterable[str]) -> dict[str, tuple[UUID, Found]]:
        rows = Child.objects.everywhere(why=WHY).filter(id_hash__in=list(hashes))
        return {row[5]: (row[0], Found(*row[1:])) for row in rows.values_list("school_id", *Found._fields)}

    def _here(self, rows: Sequence[Facts]) -> dict[str, list[Found]]:
        names = {facts.name for facts in rows if facts.name}
        here: dict[str, list[Found]] = {}
        for row in self._files().filter(name__in=names).values_list(*Found._fields):
            here.setdefault(row[1], []).append(Found(*row))
        return here

    def _match(
        self, facts: Facts, number: str | None, by_hash: dict[str, tuple[UUID, Found]], here: dict[str, list[Found]]
    ) -> Found | str | None:
        """Find the file a row means: by ID number, else by name and birth date, else by name in the class."""
        if facts.refusals:
            return None
        if number and number in by_hash:
            school, found = by_hash[number]
            # of others nothing is told before it is taken in, right name or wrong
            if self.whole or found.klass_id in self.own:
                return found if school == self.school.pk else ELSEWHERE
        born = facts.told.fields.get("birth_on")
        same = [one for one in here.get(facts.name, ()) if not (number and one.id_hash)]
        if born:
            same = [one for one in same if self._born(one, facts)] or [
                one for one in same if self._half_born(one, born, number) and self._in_class(one, facts)
            ]
        else:
            same = [one for one in same if self._in_class(one, facts)]
        if len(same) > 1:
            return "学校里有不止一份同名的档案，无法判断是哪一个孩子，请补充身份证号。"
        return same[0] if same else None

    @staticmethod
    def _born(one: Found, facts: Facts) -> bool:
        born = facts.told.fields["birth_on"]
        return one.birth_on == born or bool(facts.month and one.birth_on and same_month(one.birth_on, born))

    @staticmethod
    def _half_born(one: Found, born: date, number: str | None) -> bool:
        """Tell whether a file lacks the birthday, or holds the first of its month for the day that nobody had told."""
        first = one.birth_on is not None and one.birth_on.day == 1 and same_month(one.birth_on, born)
        return one.birth_on is None or bool(first and number and not one.id_hash)

    def _in_class(self, one: Found, facts: Facts) -> bool:
        try:
            key = self.classes.key(facts.klass)
        except Unclear:
            return False
        return not key or key == str(one.klass_id)

    def _verdict(self, facts: Facts, found: Found | str | None, known: dict[UUID, Told]) -> Verdict:
        key = self._class_of(facts)
        self._pairs(facts)
        if isinstance(found, Found) and found.pk not in known:
            found = None  # out of reach by now: the commit refuses the number, as it does of every other class
        if isinstance(found, str):
            facts.refusals.append(found)
        elif not found and not facts.refusals and not key:
            facts.refusals.append("没有写班级，请在表里补上，或在上一步选择这些学生所在的班级。")
        if facts.refusals:
            facts.unnumbered = False
            return Verdict(facts, State.REFUSED.value)
        if not isinstance(found, Found):
            return proposing(Verdict(facts, State.NEW.value, new_id(), key, of_remark(facts.proposed)))
        return self._of_file(facts, found, known, key)

    @staticmethod
    def _of_file(facts: Facts, found: Found, known: dict[UUID, Told], key: str) -> Verdict:
        """Judge a row whose child has a file."""
        if facts.unnumbered and known[found.pk].fields["id_number"]:
            facts.notices.append("档案里已有身份证号，不会改动。")
            facts.unnumbered = False  # nothing is to be filled later
        facts.told.klass = UUID(key) if key and ":" not in key else None
        facts.proposed = unheard(facts.told, known[found.pk], facts.proposed)
        yield_to_file(facts, known[found.pk])
        changed = differences(known[found.pk], facts.told)
        if ":" in key:
            changed.append(Difference("klass", None, key))
        if found.state != Child.State.HERE:
            facts.notices.append("这份档案现在不是在校状态，请核对。")
        return proposing(Verdict(facts, (State.CHANGED if changed else State.SAME).value, found.pk, key, changed))

    def _class_of(self, facts: Facts) -> str:
        """Give the key of the row's class; a class that cannot be is a refusal."""
        if facts.refusals:
            return ""
        try:
            return self.classes.key(facts.klass)
        except Unclear as unclear:
            facts.refusals.append(f"班级：{unclear.reason}")
            return ""


def proposing(verdict: Verdict) -> Verdict:
    """Say in a verdict what of it only a remark says, for a person to take or leave."""
    if words := raised(verdict.facts.proposed, verdict.found):
        verdict.facts.notices.append(words)
    return verdict
