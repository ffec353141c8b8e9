"""No table holds an ID number, a phone, an address, health or confidential text in clear, on either engine."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from oasis.children.actions.family import revise_person
from oasis.children.actions.files import open_file, revise
from oasis.children.actions.phones import add_phone
from oasis.children.models import Child, Person, Phone
from oasis.children.search import Wanted, find
from oasis.kit.ids import new_id
from oasis.kit.sealed import Tampered, tied
from oasis.people.models import User
from oasis.records.actions.correcting import correct_record
from oasis.records.actions.writing import write_record
from oasis.records.kinds import KINDS
from tests.intake.acts import HEAD, NEW_ID, ROW, sent
from tests.world import BEGAN, TODAY, World, demo_id

WHY = "a test looks"
PHONE, OTHER_PHONE = "19912345678", "19987654321"
ADDRESS, HEALTH, SECRET, MENDED = "梧桐巷七十七号后院", "哮喘，常备喷雾", "孩子说夜里害怕回家", "孩子说夜里害怕一个人"


def clear() -> str:
    """Every cell of every table as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [f"{table} {row!r}" for row in cursor.fetchall()]
    return json.dumps(found, ensure_ascii=False)


def test_no_table_holds_in_clear_what_is_sealed(world: World, login: Callable[[str], Client]) -> None:
    zhao, li, lin = world.scope("zhao"), world.scope("li"), world.children["lin"]
    number = demo_id(date(2017, 9, 9), "1", 88)
    fields = {"name": "盛安", "id_number": number, "student_no": f"G{number}", "address": ADDRESS}
    open_file(zhao, klass=world.klasses["三1"], school=world.schools["青河县"], on=BEGAN, **fields)
    revise(zhao, lin, address=ADDRESS, health_note=HEALTH)
    revise_person(zhao, lin, world.persons["lin_granny"], health=HEALTH, address=ADDRESS)
    add_phone(zhao, lin, world.persons["lin_granny"], number=PHONE, on=TODAY)
    words = KINDS.get("talk").sample | {"happened_on": TODAY, "summary": SECRET, "confidential": "on"}
    (record,) = write_record(zhao, id=new_id(), kind="talk", children=[lin], fields=words)
    correct_record(zhao, record=record.pk, based_on=1, fields=words | {"summary": MENDED}, reason="补充")
    row = ROW[:]
    row[HEAD.index("监护人电话")], row[HEAD.index("家庭住址")] = OTHER_PHONE, ADDRESS
    sent(li, row, [*ROW[:2], NEW_ID[:-1], *ROW[3:]])
    User.objects.create_user("yi", "x", name="易", phone=PHONE)
    login("zhao").post(reverse("children"), {"q": PHONE})
    everything = clear()
    assert "盛安" in everything
    told = [number, number[-6:], NEW_ID, PHONE, OTHER_PHONE, "19900000003", ADDRESS, HEALTH, SECRET, MENDED]
    assert [value for value in told if value in everything] == []


def test_numbers_are_found_whole_by_their_hash(world: World) -> None:
    zhao, lin = world.scope("zhao"), world.children["lin"]
    add_phone(zhao, lin, world.persons["lin_granny"], number=PHONE, on=TODAY)
    for text in (PHONE, "199 1234 5678", PHONE[-4:], lin.id_number[-4:]):
        assert lin.pk in {child.pk for child in find(zhao, Wanted(text=text)).rows}, text
    assert find(zhao, Wanted(text=PHONE[:7])).rows == []
    assert find(world.scope("qian"), Wanted(text=PHONE)).rows == []
    assert [child.pk for child in find(world.scope("sun"), Wanted(text=PHONE[-4:])).rows] == [lin.pk]
    assert find(world.scope("sun"), Wanted(text=lin.id_number[-4:])).rows == [], (
        "no need of ID numbers, no search by them"
    )


def test_a_cell_opens_in_its_own_row_only(world: World) -> None:
    lin, yang = world.children["lin"], world.children["yang"]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE children_child SET id_number = (SELECT id_number FROM children_child WHERE name = %s) WHERE name = %s",
            [lin.name, yang.name],
        )
    rows = Child.objects.everywhere(why=WHY)
    assert rows.get(pk=lin.pk).id_number == lin.id_number
    with pytest.raises(Tampered) as wrong:
        rows.get(pk=yang.pk)
    assert str(wrong.value) == f"children.child.id_number:{yang.pk.hex}"


def test_a_sealed_column_refuses_what_would_give_it_away(world: World) -> None:
    rows = Child.objects.everywhere(why=WHY)
    assert rows.filter(address="").count() == 6, "whether it is filled may be asked"
    with pytest.raises(TypeError):
        rows.filter(id_number=world.children["lin"].id_number).exists()
    with pytest.raises(TypeError):
        rows.filter(pk=world.children["lin"].pk).update(address=ADDRESS)


def test_every_way_of_writing_and_reading_agrees(world: World) -> None:
    lin, persons = world.children["lin"], Person.objects.everywhere(why=WHY)
    granny = persons.get(pk=world.persons["lin_granny"].pk)
    persons.filter(pk=granny.pk).update(**tied(Person, granny.pk, {"address": ADDRESS, "alive": True}))
    assert persons.values_list("address", flat=True).get(pk=granny.pk) == ADDRESS
    phone = Phone.objects.everywhere(why=WHY).select_related("person").filter(person=granny)[0]
    assert (phone.person.address, phone.number_hash) == (ADDRESS, *Phone.hashes([phone.number]))
    granny.address, granny.health = "", HEALTH
    granny.save(update_fields=["address", "health"])
    granny.refresh_from_db()
    assert (granny.address, granny.health) == ("", HEALTH)
    assert Child.objects.everywhere(why=WHY).only("name").get(pk=lin.pk).id_number == lin.id_number


def test_a_second_step_is_sealed_and_still_works(world: World) -> None:
    secret = generate_totp_secret()
    device = TOTP.activate(world.users["sun"], secret)
    assert secret not in clear()
    now = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert device.validate_code(now)
    cache.clear()  # a code is taken once
    Authenticator.objects.filter(pk=device.instance.pk).update(data={"secret": secret})  # as older versions kept it
    assert TOTP(Authenticator.objects.get(pk=device.instance.pk)).validate_code(now)
