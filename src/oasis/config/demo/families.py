"""The demo's children: identity, parents and where they work, who cares, arrangements, pairing."""

from datetime import date, timedelta
from decimal import Decimal

from oasis.children.actions.files import set_identity
from oasis.children.models import CensusEntry, Child, ChildStatus, Enrolment, Hardship, Pairing, RiskLevel
from oasis.config.demo import names, texts
from oasis.config.demo.agreements import agree
from oasis.config.demo.homes import Kept, family
from oasis.config.demo.sheets import Stage
from oasis.kit import idcard
from oasis.people.models import User
from oasis.places.models import Klass

CARES = (("grandparents", 0.74), ("one-parent", 0.1), ("elder-kin", 0.1), ("others", 0.04), ("siblings", 0.02))


def demo_id(born: date, sex: str, serial: int) -> str:
    """Give an ID number whose sums are right and whose district no place has."""
    first = f"99{serial // 50 % 10000:04d}{born:%Y%m%d}{serial % 50:02d}{1 if sex == '1' else 2}"
    return first + idcard.check_digit(first)


def pupil(stage: Stage, klass: Klass, left: int) -> Kept:
    """Draw one pupil of a class with the family; `left` 0 none, 1 one parent away, 2 both."""
    sibling = _sibling(stage, klass, left)
    care = sibling.care if sibling else _care(stage, left)
    child = _identity(stage, klass, sibling)
    child.left_behind, child.civil, child.care = left, left == 2, care
    child.boarding = left > 0 and stage.random.random() < 0.3
    kept = Kept(child, care, sibling_of=sibling.child if sibling else None, away=sibling.away if sibling else {})
    start, school = child.opened_on, stage.school
    stage.rows.add(child)
    stage.rows.add(
        Enrolment(school=school, child=child, klass=klass, boarding=child.boarding, from_on=start, reason="建档")
    )
    family(stage, kept, left)
    if left:
        _portrait(stage, child)
        _status(stage, kept, left)
        _pair(stage, kept)
    else:
        stage.rows.add(ChildStatus(school=school, child=child, from_on=start, left_behind=0, care=care))
    agree(stage, child)
    _census(stage, kept)
    stage.drawn.append(kept)
    return kept


def _identity(stage: Stage, klass: Klass, sibling: Kept | None) -> Child:
    random, serial = stage.random, stage.next_serial()
    sex = "1" if random.random() < 0.53 else "2"
    born = date(klass.entry_year - 6, 9, 1) - timedelta(days=random.randrange(365))
    started = date(klass.entry_year, 9, 1)
    name = names.pupil(random, sex, sibling.child.name[:1] if sibling else "")
    child = Child(school=stage.school, klass=klass, name=name, sex=sex, birth_on=born, demo=True)
    child.opened_on = child.entered_on = started
    child.id_number, child.household, child.class_no = demo_id(born, sex, serial), "1", str(serial % 60 + 1)
    child.student_no = f"G{child.id_number}"
    child.village = random.choice(names.VILLAGES)
    child.address = f"{child.village}{random.randrange(1, 9)}组{random.randrange(1, 60)}号"
    child.commute = random.choice(["walk", "walk", "family", "bus"])
    child.distance_km = Decimal(random.choice(["0.6", "1.2", "2.0", "3.5", "5.0"]))
    child.health = "10" if random.random() < 0.95 else "20"
    child.only_child = sibling is None and random.random() < 0.35
    child.ethnic, child.registered = "01", True
    set_identity(child)
    return child


def _sibling(stage: Stage, klass: Klass, left: int) -> Kept | None:
    """One pupil in ten of those with a parent at home has an elder brother or sister in another class."""
    if left == 2 or stage.random.random() > 0.1:
        return None
    others = [one for one in stage.drawn if one.child.left_behind == left and one.child.klass_id != klass.pk]
    free = [one for one in others if one.sibling_of is None]
    return stage.random.choice(free) if free else None


def _care(stage: Stage, left: int) -> str:
    if left == 0:
        return "parents"
    if left == 1:
        return "one-parent" if stage.random.random() < 0.7 else "grandparents"
    shares = [share for _care_kind, share in CARES]
    return stage.random.choices([kind for kind, _share in CARES], weights=shares)[0].replace(
        "one-parent", "grandparents"
    )


def _portrait(stage: Stage, child: Child) -> None:
    random = stage.random
    child.character = random.choice(texts.CHARACTERS)
    child.interests = "、".join(random.sample(texts.INTERESTS, 2))
    child.study, child.mind = random.choice(texts.STUDIES), random.choice(texts.MINDS)
    child.conduct = random.choice(("诚实，守纪律", "热心班级事务", "有礼貌，懂谦让", "上课偶尔走神，经提醒能改正"))
    child.wishes = random.choice(
        ("希望过年见到爸爸妈妈", "想有一本自己的故事书", "想学会骑自行车", "想和爸爸妈妈多视频", "")
    )
    child.income, child.aid = "打工", "低保" if random.random() < 0.08 else ""
    child.care_rating = random.choices(["good", "fair", "poor"], weights=[62, 34, 4])[0]
    if random.random() < 0.12:
        kind = random.choice(["low-income", "lifted", "watched", "single", "de-facto"])
        stage.rows.add(Hardship(school=stage.school, child=child, kind=kind, from_on=child.opened_on))


def _status(stage: Stage, kept: Kept, left: int) -> None:
    """Two in ten became left-behind during the year; the rest since they came to school."""
    random, child = stage.random, kept.child
    since = child.opened_on
    if random.random() < 0.2:
        stage.rows.add(
            ChildStatus(school=stage.school, child=child, from_on=child.opened_on, left_behind=0, care="parents")
        )
        since = stage.terms[random.choice([1, 2])].starts_on + timedelta(days=random.randrange(5, 20))
    stage.rows.add(
        ChildStatus(
            school=stage.school,
            child=child,
            from_on=max(since, child.opened_on),
            left_behind=left,
            civil=left == 2,
            civil_reason="both-away" if left == 2 else "",
            care=kept.care,
            since_on=max(since, child.opened_on),
            source="census",
            by=stage.homeroom[child.klass_id],
        )
    )
    key = random.random() < 0.16
    child.key = key
    if key:
        reason = random.choice(
            [
                "父母离异，情绪低落",
                "照护人年迈多病，无人辅导",
                "成绩连续下滑，作业常缺",
                "多次不愿与父母通话",
                "邻近水塘，放学后无人看护",
            ]
        )
        stage.rows.add(
            RiskLevel(
                school=stage.school,
                child=child,
                on=max(child.opened_on, stage.terms[2].starts_on + timedelta(days=12)),
                level="key",
                reasons=reason,
                by=stage.homeroom[child.klass_id],
            )
        )


def _pair(stage: Stage, kept: Kept) -> None:
    random, child = stage.random, kept.child
    if random.random() < 0.06:
        return
    helper = _least_asked(stage, stage.homeroom[child.klass_id])
    kept.helper = helper
    stage.loads[helper] += 1
    start = max(child.opened_on, stage.terms[2].starts_on + timedelta(days=random.randrange(3, 20)))
    role = random.choices(["helper", "proxy-parent", "caring-mother"], weights=[60, 20, 20])[0]
    stage.rows.add(
        Pairing(
            school=stage.school,
            child=child,
            staff=helper,
            role=role,
            from_on=start,
            aim="学习有人辅导，心里话有人听",
            by=helper,
        )
    )
    if random.random() < 0.15 and stage.terms[1].starts_on > child.opened_on:
        before = random.choice([user for user in stage.staff["helper"] if user != helper])
        stage.rows.add(
            Pairing(
                school=stage.school,
                child=child,
                staff=before,
                role="helper",
                from_on=stage.terms[1].starts_on,
                to_on=stage.terms[1].ends_on,
                end_reason="教师工作调整",
                by=before,
            )
        )


def _least_asked(stage: Stage, homeroom: User) -> User:
    """Choose who helps: the child's homeroom teacher now and then, else one of those with the fewest children."""
    if stage.random.random() < 0.35 and stage.loads[homeroom] <= min(stage.loads[one] for one in stage.staff["helper"]):
        return homeroom
    everybody = [*stage.staff["helper"], *stage.homeroom.values()]
    fewest = min(stage.loads[one] for one in everybody)
    return stage.random.choice([one for one in everybody if stage.loads[one] == fewest])


def _census(stage: Stage, kept: Kept) -> None:
    """Past terms are complete; in the running term about one class in eight is not finished."""
    child = kept.child
    for n, term in enumerate(stage.terms):
        if term.ends_on < child.opened_on or term.starts_on > stage.on:
            continue
        if term.holds(stage.on) and hash_of(stage, child) % 12 == 0:
            continue
        day = min(stage.on, term.starts_on + timedelta(days=5 + n + hash_of(stage, child) % 9))
        finding = "none" if not child.left_behind else "same"
        stage.rows.add(
            CensusEntry(
                school=stage.school,
                child=child,
                term=term,
                on=day,
                finding=finding,
                left_behind=child.left_behind,
                civil=child.civil,
                care=kept.care,
                was_left_behind=child.left_behind,
                was_civil=child.civil,
                was_care=kept.care,
                by=stage.homeroom[child.klass_id],
            )
        )


def hash_of(stage: Stage, child: Child) -> int:
    """A number of the class, the same in every run."""
    return sum(
        ord(letter)
        for letter in f"{child.klass_id and [k.pk for k in stage.klasses].index(child.klass_id)}{stage.school.name}"
    )
