"""The demo's homes: parents and where they work, who cares, what was agreed; brothers and sisters share one."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from oasis.children.models import Away, CareArrangement, Child, Person, Phone, Tie
from oasis.config.demo import names, texts
from oasis.config.demo.sheets import Stage

WORDS = {
    "61": "爷爷", "62": "奶奶", "63": "外公", "64": "外婆", "81": "伯父", "83": "叔叔", "86": "舅妈", "89": "姑父", "90": "姑姑", "75": "姐姐",
}  # fmt: skip


@dataclass
class Kept:
    """A child of the demo with what the year needs to know of it."""

    child: Child
    care: str
    helper: object = None
    sibling_of: Child | None = None
    carer_word: str = "家里人"  # how teachers call the carer: 奶奶, 妈妈
    # father, mother: away since when, until when; brothers and sisters share it
    away: dict[str, tuple[date, date]] = field(default_factory=dict)


def family(stage: Stage, kept: Kept, left: int) -> None:
    """Give a child its parents and carer; some share them with a brother or sister."""
    random, child = stage.random, kept.child
    if kept.sibling_of is not None:
        _share(stage, child, kept.sibling_of)
        return
    surname = child.name[:1]
    father = _person(stage, names.adult(random, "1", surname), "1", 30)
    mother = _person(stage, names.adult(random, "2"), "2", 29)
    home = {2: (), 1: (mother,), 0: (father, mother)}[left]
    for person, relation in ((father, "51"), (mother, "52")):
        lives = person in home
        carer = lives and kept.care in ("parents", "one-parent")
        _tie(stage, child, person, relation, "legal", lives=lives, carer=carer, order=2 if relation == "51" else 3)
        if carer:
            kept.carer_word = "妈妈" if relation == "52" else "爸爸"
        if not lives:
            gone = _away(stage, person)
            stage.rows.add(gone)
            if gone.since_on:
                kept.away["father" if relation == "51" else "mother"] = (gone.since_on, date.max)
    if kept.care not in ("parents", "one-parent"):
        carer_person, relation = _carer(stage, kept, surname)
        kept.carer_word = WORDS.get(relation, "照护人")
        _tie(stage, child, carer_person, relation, "entrusted", lives=True, carer=True, order=1)
        _arrangement(stage, child, carer_person, father)


def _share(stage: Stage, child: Child, sibling: Child) -> None:
    """Tie a child to everybody its brother or sister is tied to."""
    child.village, child.address = sibling.village, sibling.address
    for row in [row for row in stage.rows.tables[Tie] if isinstance(row, Tie) and row.child_id == sibling.pk]:
        _tie(
            stage,
            child,
            row.person,
            row.relation,
            row.standing,
            lives=row.lives_with,
            carer=row.carer,
            order=row.call_order,
        )


def _person(stage: Stage, name: str, sex: str, years: int) -> Person:
    random, serial = stage.random, stage.next_serial()
    born = stage.on - timedelta(days=365 * (years + random.randrange(12)) + random.randrange(365))
    person = Person(
        school=stage.school,
        name=name,
        sex=sex,
        birth_on=born,
        demo=True,
        education=random.choice(["小学", "初中", "初中", "高中"] if years < 50 else ["未上学", "小学", "小学", "初中"]),
        health="良好" if years < 50 or random.random() < 0.6 else random.choice(["高血压", "腿脚不便", "听力不好"]),
    )
    stage.rows.add(person)
    failed = random.choices([0, 0, 0, 1, 2], weights=[70, 8, 8, 9, 5])[0]
    stage.rows.add(
        Phone(
            school=stage.school,
            person=person,
            number=names.phone(serial),
            from_on=stage.terms[0].starts_on,
            failed_times=failed,
            last_worked_on=None if failed == 2 else stage.on - timedelta(days=random.randrange(3, 60)),
            wrong=failed == 2 and random.random() < 0.4,
        )
    )
    return person


def _carer(stage: Stage, kept: Kept, surname: str) -> tuple[Person, str]:
    random = stage.random
    if kept.care == "grandparents":
        relation = random.choices(["61", "62", "63", "64"], weights=[24, 50, 8, 18])[0]
        sex = "1" if relation in ("61", "63") else "2"
        return _person(stage, names.elder(random, sex, surname if relation == "61" else ""), sex, 56), relation
    relation, sex = {
        "elder-kin": random.choice([("83", "1"), ("89", "1"), ("90", "2"), ("86", "2"), ("81", "1")]),
        "siblings": ("75", "2"),
    }.get(kept.care, ("99", "2"))
    return _person(
        stage,
        names.adult(random, sex, surname if relation in ("81", "83", "75") else ""),
        sex,
        20 if relation == "75" else 38,
    ), relation


def _tie(
    stage: Stage, child: Child, person: Person, relation: str, standing: str, *, lives: bool, carer: bool, order: int
) -> None:
    stage.rows.add(
        Tie(
            school=stage.school,
            child=child,
            person=person,
            relation=relation,
            standing=standing,
            lives_with=lives,
            carer=carer,
            call_order=order,
            from_on=child.opened_on,
        )
    )


def _away(stage: Stage, person: Person) -> Away:
    random = stage.random
    province, city, work = random.choice(names.PLACES)
    since = stage.on - timedelta(days=random.randrange(120, 1500))
    seen = max(since, stage.on - timedelta(days=random.randrange(20, 330)))
    back = stage.on + timedelta(days=random.randrange(2, 90)) if random.random() < 0.35 else None
    return Away(
        school=stage.school,
        person=person,
        since_on=since,
        province=province,
        city=city,
        work=work,
        last_seen_on=seen,
        reason="business" if "小饭馆" in work else "work",
        home_every=random.choice(["half-year", "year", "year", "longer"]),
        next_return_on=back,
    )


def _arrangement(stage: Stage, child: Child, carer: Person, signer: Person) -> None:
    random = stage.random
    draw = random.random()
    if draw < 0.14:
        return  # nothing in writing yet: the alarm shows it
    by_phone = draw < 0.4
    start = stage.terms[2].starts_on if draw > 0.2 else stage.terms[0].starts_on
    day = start + timedelta(days=random.randrange(1, 26))
    stage.rows.add(
        CareArrangement(
            school=stage.school,
            child=child,
            carer=carer,
            kind="notice" if by_phone else "agreement",
            signer=signer.name,
            signed="phone" if by_phone else "paper",
            witness=stage.homeroom[child.klass_id].name if by_phone else "",
            on=day,
            received_on=day,
            from_on=day,
            to_on=date(start.year + 1, 8, 31),
            child_heard=random.random() < 0.8,
            child_view=random.choice(texts.VIEWS),
            checked=True,
            by=stage.homeroom[child.klass_id],
        )
    )
