"""The small cast of every test: two counties, three schools, classes, children with stories, adults with posts.

Everybody is invented. Numbers are of the demo district, so they belong to nobody.
"""

from dataclasses import dataclass, field
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP

from oasis.children.access import scope_of
from oasis.children.actions.consent import answer
from oasis.children.actions.files import set_identity
from oasis.children.models import Child, ChildStatus, Consent, Enrolment, Pairing, Person, Phone, Tie
from oasis.kit import idcard
from oasis.kit.codes import Relation
from oasis.people.entrance import DEMANDED
from oasis.people.models import AccessRules, Post, User
from oasis.people.scope import Scope
from oasis.people.uses import ASKED
from oasis.places.models import Klass, Region, School, Term

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T02:00:00+00:00"  # ten in the morning in China
BEGAN = date(2026, 9, 1)
PASSWORD = "green-oasis-2026"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of everybody whose post asks for a second factor


def demo_id(born: date, sex: str, serial: int) -> str:
    """Make an ID number that passes the sums and belongs to nobody."""
    first = f"990101{born:%Y%m%d}{serial:02d}{1 if sex == '1' else 2}"
    return first + idcard.check_digit(first)


@dataclass
class World:
    """Named things; `scope("zhao")` gives a person's eyes on TODAY."""

    schools: dict[str, School] = field(default_factory=dict)
    klasses: dict[str, Klass] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)

    def scope(self, who: str, on: date = TODAY) -> Scope:
        """Give a person's scope on a day."""
        return scope_of(self.users[who], on)


def build() -> World:
    """Build the cast in an empty database."""
    world = World()
    _places(world)
    _adults(world)
    _children(world)
    return world


def _places(world: World) -> None:
    for county in ("青河县", "白水县"):
        top = Region.objects.create(kind="county", name=county)
        Region.objects.filter(pk=top.pk).update(path=f"/{top.pk}/")
        top.refresh_from_db()
        world.schools[county] = School.objects.create(
            name=f"{county}石桥小学", short_name="石桥小学", region=top, duty_phone="0000-1234567"
        )
    world.schools["柳溪"] = School.objects.create(
        name="青河县柳溪中心小学", short_name="柳溪小学", region=world.schools["青河县"].region
    )
    for key, school, entry, number in (
        ("三1", "青河县", 2024, 1), ("三2", "青河县", 2024, 2), ("五1", "青河县", 2022, 1), ("柳三1", "柳溪", 2024, 1), ("白三1", "白水县", 2024, 1),
    ):  # fmt: skip
        world.klasses[key] = Klass.objects.create(school=world.schools[school], entry_year=entry, number=number)
    for key, school in world.schools.items():
        world.terms[key] = autumn(school)
        AccessRules.objects.create(school=school, approve_exports=False)


def autumn(school: School) -> Term:
    """Make the autumn term of 2026."""
    return Term.objects.create(
        school=school, year=2026, half=1, starts_on=BEGAN, ends_on=date(2027, 1, 22), visit1_until=date(2026, 9, 30),
        visit2_from=date(2026, 10, 25), visit2_until=date(2026, 11, 30), visit3_from=date(2026, 12, 25),
    )  # fmt: skip


def _adults(world: World) -> None:
    """zhao teaches class 3(1), qian 3(2); sun helps one child; li is principal, wu dean; zheng looks after boarders;
    wang administers; feng is the next school's principal; chen another county's teacher; zhou keeps the activity room;
    chu's post has ended; wei works at the county; han holds no post; shen teaches a subject; du inspects until 3 December."""
    school, other, far = (world.schools[key] for key in ("青河县", "柳溪", "白水县"))
    for username, name, role, place, klass, until in (
        ("zhao", "赵明霞", "homeroom", school, "三1", None), ("qian", "钱志远", "homeroom", school, "三2", None),
        ("sun", "孙丽", "helper", school, None, None), ("li", "李建国", "principal", school, None, None),
        ("wu", "吴秀英", "dean", school, None, None), ("zheng", "郑大海", "life-care", school, None, None),
        ("wang", "王立新", "administrator", school, None, None), ("feng", "冯国强", "principal", other, None, None),
        ("chen", "陈晓燕", "homeroom", far, "白三1", None), ("zhou", "周敏", "keeper", school, None, None),
        ("chu", "褚文", "homeroom", school, "三1", date(2026, 8, 31)), ("wei", "卫东", "county", None, None, None),
        ("han", "韩梅", None, school, None, None), ("shen", "沈静", "subject", school, None, None),
        ("xu", "许安", "counsellor", school, None, None), ("du", "杜衡", "inspector", school, None, date(2026, 12, 3)),
    ):  # fmt: skip
        user = User.objects.create_user(username, PASSWORD, name=name)
        world.users[username] = user
        if role:
            Post.objects.create(
                user=user, role=role, school=place, klass=world.klasses[klass] if klass else None,
                region=None if place else school.region, from_on=date(2025, 9, 1), to_on=until,
            )  # fmt: skip
        if role in DEMANDED:
            TOTP.activate(user, TOTP_SECRET)


def _children(world: World) -> None:
    """lin: both parents away, grandmother cares, sun helps; chenhao: father away, boards; yang: at home;
    he: class 3(2), both away, lives with an uncle; liu: next school; ma: the other county."""
    for serial, (key, name, sex, born, klass, left, care, boards) in enumerate(
        (
            ("lin", "林晓晓", "2", date(2017, 3, 5), "三1", 2, "grandparents", False),
            ("chenhao", "陈浩", "1", date(2017, 5, 21), "三1", 1, "one-parent", True),
            ("yang", "杨帆", "1", date(2016, 12, 30), "三1", 0, "parents", False),
            ("he", "何静怡", "2", date(2017, 1, 9), "三2", 2, "elder-kin", False),
            ("liu", "刘洋", "1", date(2017, 7, 7), "柳三1", 2, "grandparents", False),
            ("ma", "马小芳", "2", date(2017, 2, 14), "白三1", 2, "grandparents", False),
        ),
        start=11,
    ):
        place = world.klasses[klass]
        child = Child(
            school=place.school, klass=place, name=name, sex=sex, birth_on=born, left_behind=left, civil=left == 2, care=care,
            boarding=boards, id_number=demo_id(born, sex, serial), opened_on=BEGAN, key=key == "lin",
            ethnic="01", registered=True,
        )  # fmt: skip
        set_identity(child)
        child.save()
        world.children[key] = child
        Enrolment.objects.create(school=place.school, child=child, klass=place, boarding=boards, from_on=BEGAN)
        ChildStatus.objects.create(
            school=place.school, child=child, from_on=BEGAN, left_behind=left, civil=left == 2, care=care,
            civil_reason="both-away" if left == 2 else "",
        )  # fmt: skip
    _family(world)
    Pairing.objects.create(
        school=world.schools["青河县"],
        child=world.children["lin"],
        staff=world.users["sun"],
        from_on=BEGAN,
        role="helper",
    )
    Pairing.objects.create(
        school=world.schools["青河县"], child=world.children["he"], staff=world.users["sun"], from_on=BEGAN,
        to_on=date(2026, 10, 31), end_reason="工作调整",
    )  # fmt: skip
    Pairing.objects.create(
        school=world.schools["青河县"],
        child=world.children["lin"],
        staff=world.users["xu"],
        from_on=BEGAN,
        role="counsellor",
    )


def _family(world: World) -> None:
    lin = world.children["lin"]
    for key, name, relation, number, standing, lives in (
        ("lin_father", "林国平", Relation.FATHER, "19900000001", "legal", False),
        ("lin_mother", "周玉兰", Relation.MOTHER, "19900000002", "legal", False),
        ("lin_granny", "黄桂英", Relation.GRANDMOTHER, "19900000003", "entrusted", True),
    ):
        person = Person.objects.create(school=lin.school, name=name)
        world.persons[key] = person
        Tie.objects.create(
            school=lin.school, child=lin, person=person, relation=relation, standing=standing, lives_with=lives, carer=lives,
            call_order=1 if lives else 2, from_on=BEGAN,
        )  # fmt: skip
        Phone.objects.create(school=lin.school, person=person, number=number, from_on=BEGAN)


def agree(world: World, scope: Scope, *no: str, on: date = TODAY) -> Consent:
    """Lin's father answers on paper: yes to everything but what is named."""
    said = {use.code: "no" if use.code in no else "yes" for use in ASKED}
    father = str(world.persons["lin_father"].pk)
    return answer(scope, world.children["lin"], signer=father, signed="paper", on=on, answers=said)
