"""Hand-over: inside the database by an offer, to another installation by a package nobody else opens."""

import json
import os
import zlib
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from oasis.children.actions import moves
from oasis.children.actions.status import set_risk
from oasis.children.models import Child, Pairing, Phone, RiskLevel, Tie
from oasis.duties.queries import owed
from oasis.kit import envelope
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.handover import actions
from oasis.records.handover.queries import carried, waiting
from oasis.records.kinds import KINDS
from oasis.records.models import Carried, HandOver, Record
from tests.world import TODAY, World, agree

WHY = "a test looks"


def write(world: World, kind: str, text: str, **more: str) -> None:
    fields = {"happened_on": str(TODAY), **KINDS.get(kind).sample, "summary": text, **more}
    write_record(world.scope("zhao"), id=new_id(), kind=kind, children=[world.children["lin"]], fields=fields)


def ready(world: World) -> Child:
    """Lin with records of every sort, and a yes for this school only."""
    write(world, "talk", "聊了周末")
    write(world, "talk", "说了心里话", confidential="on")
    write(world, "concern", "手臂有淤青")
    agree(world, world.scope("zhao"))
    lin = Child.objects.within(world.scope("li")).get(pk=world.children["lin"].pk)
    lin.address, lin.mind, lin.bed = "石桥村三组", "测评正常", "3"
    lin.save()
    return lin


def offered(world: World) -> HandOver:
    actions.offer(world.scope("li"), ready(world), to=world.schools["柳溪"], on=TODAY, told="当面告知父亲")
    return waiting(world.scope("feng"))[0]


def taken_in(world: World, row: HandOver) -> Child:
    compared = actions.print_of(row)
    return actions.accept(world.scope("feng"), row, klass=world.klasses["柳三1"], on=TODAY, compared=compared)


@pytest.mark.parametrize("compared", ["", "0" * 64])
def test_nothing_is_accepted_that_was_not_looked_at(compared: str, world: World) -> None:
    row = offered(world)
    with pytest.raises(Refused) as refused:
        actions.accept(world.scope("feng"), row, klass=world.klasses["柳三1"], on=TODAY, compared=compared)
    assert refused.value.code == "replaced"
    taken_in(world, row)


def test_inside_the_database_the_file_goes_with_the_child(world: World) -> None:
    row = offered(world)
    old = Child.objects.within(world.scope("li")).get(pk=world.children["lin"].pk)
    assert old.state == "moved"
    assert not Pairing.objects.within(world.scope("li")).filter(child=old, to_on=None).exists()
    assert old.pk not in {pupil.id for pupil in owed(world.scope("zhao"), TODAY).pupils}
    assert actions.seen(world.scope("feng"), row).name == "林晓晓"
    new = taken_in(world, row)
    feng = world.scope("feng")
    assert (new.school, new.klass, new.address, new.left_behind, new.id_number) == (
        world.schools["柳溪"], world.klasses["柳三1"], "石桥村三组", 2, world.children["lin"].id_number,
    )  # fmt: skip
    assert (new.mind, new.bed, new.key) == ("", "", False)
    assert Tie.objects.within(feng).filter(child=new).count() == 3
    assert set(Phone.objects.within(feng).filter(person__tie__child=new).values_list("number", flat=True)) == {
        "19900000001", "19900000002", "19900000003",
    }  # fmt: skip
    assert new.pk in {pupil.id for pupil in owed(feng, TODAY).pupils}
    assert {state.state for state in HandOver.objects.everywhere(why=WHY)} == {"accepted"}


def test_what_came_is_read_and_counted_nowhere(world: World) -> None:
    new = taken_in(world, offered(world))
    told = " ".join(f"{one.title}{one.text}{one.former}" for one in carried(world.scope("feng"), new))
    assert "聊了周末" in told
    assert "青河县石桥小学" in told
    for kept in ("心里话", "淤青", "测评"):
        assert kept not in told
    assert not Record.objects.within(world.scope("feng")).filter(child=new).exists()
    assert Record.objects.within(world.scope("li")).filter(child=world.children["lin"]).count() == 3


def test_the_old_school_sees_nothing_of_the_new_file_and_the_other_way_round(world: World) -> None:
    new = taken_in(world, offered(world))
    for who in ("li", "zhao", "sun"):
        assert not Child.objects.within(world.scope(who)).filter(pk=new.pk).exists()
        assert not Carried.objects.within(world.scope(who)).filter(child=new).exists()
    assert not Child.objects.within(world.scope("feng")).filter(pk=world.children["lin"].pk).exists()


def test_an_offer_is_taken_back_or_declined(world: World) -> None:
    row = offered(world)
    with pytest.raises(Refused) as refused:
        taken_in(world, HandOver(pk=new_id()))
    assert refused.value.code == "out-of-reach"
    moves.come_back(world.scope("li"), world.children["lin"], klass=world.klasses["三1"], boarding=False, on=TODAY)
    with pytest.raises(Refused) as refused:
        taken_in(world, row)
    assert refused.value.code == "taken-back"
    actions.decline(world.scope("feng"), row)
    assert waiting(world.scope("feng")) == []
    assert HandOver.objects.within(world.scope("li")).get().state == "declined"


def test_a_child_taken_in_elsewhere_cannot_come_back_to_a_second_file(world: World) -> None:
    row = offered(world)
    taken_in(world, row)
    with pytest.raises(Refused) as refused:
        moves.come_back(world.scope("li"), world.children["lin"], klass=world.klasses["三1"], boarding=False, on=TODAY)
    assert refused.value.code == "has-file"
    with pytest.raises(Refused) as refused:
        taken_in(world, row)
    assert refused.value.code == "not-waiting"


@pytest.mark.parametrize("who", ["zhao", "sun", "wang", "feng"])
def test_only_a_leader_of_the_childs_school_hands_over(who: str, world: World) -> None:
    with pytest.raises(Refused):
        actions.offer(world.scope(who), world.children["lin"], to=world.schools["柳溪"], on=TODAY, told="当面")
    with pytest.raises(Refused):
        actions.send(world.scope(who), world.children["lin"], card="x", other="某校", on=TODAY, told="当面")


def test_the_parents_are_told_first(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.offer(world.scope("li"), world.children["lin"], to=world.schools["柳溪"], on=TODAY, told=" ")
    assert refused.value.code == "told"


class Elsewhere:
    """Another installation: this database seen with other keys, in which the child's old file has no open ID number."""

    def __init__(self, settings: Any, folder: Path) -> None:
        self.settings, self.here, self.there = settings, settings.HOME, folder
        folder.mkdir()
        self.card = envelope.keys_in(folder).card

    def arrive(self, world: World, data: bytes) -> HandOver:
        self.settings.HOME = self.there
        Child.objects.everywhere(why=WHY).filter(pk=world.children["lin"].pk).update(id_hash=None)
        return actions.receive(world.scope("feng"), school=world.schools["柳溪"], data=data)


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> Elsewhere:
    settings.HOME = tmp_path / "here"
    settings.HOME.mkdir()
    return Elsewhere(settings, tmp_path / "there")


def packed(world: World, elsewhere: Elsewhere) -> bytes:
    scope = world.scope("li")
    row = actions.send(
        scope, ready(world), card=elsewhere.card.text, other="青河县柳溪中心小学", on=TODAY, told="当面告知"
    )
    return actions.package(scope, row)


def test_a_package_goes_out_and_is_taken_in_once(world: World, elsewhere: Elsewhere) -> None:
    data = packed(world, elsewhere)
    for secret in ("林晓晓", world.children["lin"].id_number, "19900000001"):
        assert secret.encode() not in data
    row = elsewhere.arrive(world, data)
    assert row.other == "青河县石桥小学"
    assert actions.seen(world.scope("feng"), row).name == "林晓晓"
    new = taken_in(world, row)
    assert new.address == "石桥村三组"
    kept = HandOver.objects.within(world.scope("feng")).get(pk=row.pk)
    assert (kept.state, kept.sealed) == ("accepted", None)
    with pytest.raises(Refused) as refused:
        elsewhere.arrive(world, data)
    assert refused.value.code == "twice"


def forged(row: HandOver, elsewhere: Elsewhere, there: Path) -> bytes:
    """A package of somebody else under the same number; the attacker has seen one and makes keys of its own."""
    elsewhere.settings.HOME = elsewhere.there
    letter, _ = envelope.opened(bytes(row.sealed or b""), actions.keys())
    there.mkdir()
    return envelope.seal(letter, to=elsewhere.card, keys=envelope.keys_in(there))


def test_no_second_package_takes_the_place_of_one_that_waits_or_was_declined(
    world: World, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    data = packed(world, elsewhere)
    row = elsewhere.arrive(world, data)
    looked_at = actions.print_of(row)
    other = forged(row, elsewhere, tmp_path / "attacker")
    with pytest.raises(Refused) as refused:
        elsewhere.arrive(world, other)
    assert refused.value.code == "other-sender"
    same = elsewhere.arrive(world, data)
    with pytest.raises(Refused) as refused:
        actions.accept(world.scope("feng"), same, klass=world.klasses["柳三1"], on=TODAY, compared=looked_at[::-1])
    assert refused.value.code == "replaced"
    actions.decline(world.scope("feng"), same)
    for one in (data, other):
        with pytest.raises(Refused) as refused:
            elsewhere.arrive(world, one)
        assert refused.value.code == "declined"


def test_an_offer_that_is_settled_on_the_other_side_is_not_taken_in(world: World) -> None:
    row = offered(world)
    HandOver.objects.everywhere(why=WHY).filter(package=row.package, outgoing=True).update(state="declined")
    with pytest.raises(Refused) as refused:
        taken_in(world, row)
    assert refused.value.code == "taken-back"


def test_a_package_that_was_changed_is_refused_wherever_the_change_is(world: World, elsewhere: Elsewhere) -> None:
    data = packed(world, elsewhere)
    for at in (20, 60, 100, 140, 180, 195, len(data) // 2, len(data) - 1):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(Refused) as refused:
            elsewhere.arrive(world, changed)
        assert refused.value.code in ("changed", "not-ours"), at
    for cut in (data[:-1], data + b"x", data[: len(data) // 2]):
        with pytest.raises(Refused) as refused:
            elsewhere.arrive(world, cut)
        assert refused.value.code == "changed"
    for wrong in (b"", b"PK\x03\x04", data[:50]):
        with pytest.raises(Refused) as refused:
            elsewhere.arrive(world, wrong)
        assert refused.value.code == "not-one"


def test_a_package_for_another_key_is_refused_with_words(world: World, elsewhere: Elsewhere, tmp_path: Path) -> None:
    (tmp_path / "third").mkdir()
    third = envelope.keys_in(tmp_path / "third").card
    scope = world.scope("li")
    row = actions.send(scope, ready(world), card=third.text, other="某校", on=TODAY, told="当面告知")
    with pytest.raises(Refused) as refused:
        elsewhere.arrive(world, actions.package(scope, row))
    assert refused.value.code == "not-ours"
    assert "接收码" in refused.value.message


def test_a_card_with_a_wrong_letter_or_ones_own_is_refused(world: World, elsewhere: Elsewhere) -> None:
    text = elsewhere.card.text
    assert envelope.Card.read(f" {text[:30]}\n{text[30:].lower()} ") == elsewhere.card
    other = "A" if text[20] != "A" else "B"
    for wrong in (text[:20] + other + text[21:], text[:-1], "", "OASIS1-!!", actions.keys().card.text):
        with pytest.raises(Refused) as refused:
            actions.send(world.scope("li"), world.children["lin"], card=wrong, other="某校", on=TODAY, told="当面")
        assert refused.value.code == "card"
    assert Child.objects.within(world.scope("li")).get(pk=world.children["lin"].pk).state == "here"


def test_a_letter_of_nonsense_writes_nothing(world: World, elsewhere: Elsewhere) -> None:
    good: dict[str, Any] = {
        "form": 1,
        "child": {"name": "某"},
        "family": [],
        "hardships": [],
        "risk": [],
        "care": [],
        "past": [],
    }
    sender = actions.keys()
    for file in ({}, good | {"form": 2}, good | {"child": {"name": "", "birth_on": "x"}}, good | {"child": []}):
        letter = {"package": str(new_id()), "from": "某校", "on": str(TODAY), "file": file}
        with pytest.raises(Refused) as refused:
            elsewhere.arrive(world, envelope.seal(letter, to=elsewhere.card, keys=sender))
        assert refused.value.code == "letter"
    assert not HandOver.objects.everywhere(why=WHY).exists()


def test_the_keys_are_for_the_owner_alone(world: World, elsewhere: Elsewhere) -> None:
    assert (elsewhere.there / "oasis_handover_key.key").stat().st_mode & 0o777 == 0o600


def test_a_key_child_stays_one_with_its_reasons(world: World) -> None:
    set_risk(world.scope("li"), world.children["lin"], on=TODAY, level="key", reasons="照护人年迈")
    new = taken_in(world, offered(world))
    assert new.key
    risk = RiskLevel.objects.within(world.scope("feng")).get(child=new)
    assert (risk.level, risk.reasons) == ("key", "照护人年迈")


def deeds(world: World, who: str) -> list[tuple[str, Any]]:
    rows = Trail.objects.within(world.scope(who), Need.TRAIL).filter(deed__startswith="handover.").order_by("seq")
    return list(rows.values_list("deed", "child"))


def test_a_look_and_the_answer_stand_on_the_trail_of_both_schools(world: World) -> None:
    row, lin = offered(world), world.children["lin"].pk
    actions.seen(world.scope("feng"), row)
    new = taken_in(world, row)
    assert deeds(world, "li") == [("handover.offer", lin), ("handover.look", lin), ("handover.accept", lin)]
    assert deeds(world, "feng") == [("handover.look", None), ("handover.accept", new.pk)]


def test_an_offer_that_is_declined_stands_on_both_trails(world: World) -> None:
    actions.decline(world.scope("feng"), offered(world))
    assert deeds(world, "li")[-1] == ("handover.decline", world.children["lin"].pk)
    assert deeds(world, "feng") == [("handover.decline", None)]


def crafted(plain: bytes, to: envelope.Card, fresh: bytes | None = None) -> bytes:
    """Sign and seal any bytes at all, as somebody with a good card may; `fresh` is another key than the one used."""
    keys, once, nonce = actions.keys(), X25519PrivateKey.generate(), os.urandom(envelope.NONCE)
    head = envelope.MAGIC + keys.card.opens + keys.card.signs + to.opens + to.signs
    head += (fresh or once.public_key().public_bytes_raw()) + nonce
    key = envelope._key(once.exchange(X25519PublicKey.from_public_bytes(to.opens)), head)
    body = AESGCM(key).encrypt(nonce, plain, head)
    return head + body + keys.signs.sign(head + body)


@pytest.mark.parametrize(
    "plain",
    [b"no zlib", *(zlib.compress(text) for text in (b"", b"{", b"\xff", b"[]", b"5", b'"x"', b"[" * 200_000))],
)
def test_signed_nonsense_is_no_package(world: World, elsewhere: Elsewhere, plain: bytes) -> None:
    with pytest.raises(Refused) as refused:
        elsewhere.arrive(world, crafted(plain, elsewhere.card))
    assert refused.value.code == "not-one"


def test_a_key_that_leads_nowhere_is_no_package_and_no_card(world: World, elsewhere: Elsewhere) -> None:
    with pytest.raises(Refused) as refused:
        elsewhere.arrive(world, crafted(zlib.compress(b"{}"), elsewhere.card, bytes(32)))
    assert refused.value.code == "not-one"
    with pytest.raises(Refused) as refused:
        actions.send(
            world.scope("li"), world.children["lin"], card=envelope.Card(bytes(32), bytes(32)).text, other="某校", on=TODAY, told="当面"
        )  # fmt: skip
    assert refused.value.code == "card"


PERSON = {"person": {"name": "某"}, "tie": {"relation": "51"}, "phones": [], "away": None}
LINE = {"on": "2026-09-01", "title": "在校", "text": "三1", "by": ""}


@pytest.mark.parametrize(
    "part",
    [
        {"family": [[]]}, {"family": [PERSON | {"person": []}]}, {"family": [PERSON | {"tie": None}]}, {"family": [{}]},
        {"family": [PERSON | {"phones": 3}]}, {"family": [PERSON | {"phones": ["1"]}]}, {"family": [PERSON | {"away": [1]}]},
        {"family": [PERSON], "care": [{"carer": 1}]}, {"care": [{}]}, {"care": ["x"]}, {"hardships": [{"kind": "poverty"}]},
        {"risk": [7]}, {"past": [LINE | {"on": "x"}]}, {"past": [LINE | {"on": 5}]}, {"past": [LINE | {"title": None}]},
        {"past": ["x"]}, {"past": [LINE | {"school": 4}]}, {"child": {}}, {"child": {"name": "某\x00"}},
        {"child": {"name": "某\ud800"}}, {"child": {"name": "某", "left_behind": 1e400}}, {"child": {"name": "某", "distance_km": []}},
        {"child": {"name": []}},
    ],
)  # fmt: skip
def test_a_letter_is_checked_to_its_last_line_before_it_waits(
    world: World, elsewhere: Elsewhere, part: dict[str, Any]
) -> None:
    file = {"form": 1, "child": {"name": "某"}, "family": [], "hardships": [], "risk": [], "care": [], "past": []}
    letter = {"package": str(new_id()), "from": "某校", "on": str(TODAY), "file": file | part}
    with pytest.raises(Refused) as refused:
        elsewhere.arrive(world, crafted(zlib.compress(json.dumps(letter).encode()), elsewhere.card))
    assert refused.value.code == "letter"
    assert not HandOver.objects.everywhere(why=WHY).exists()


@pytest.mark.parametrize("part", [{"file": []}, {"file": None}, {"package": 5}, {"on": []}, {"package": None}])
def test_a_letter_without_its_head_is_refused(world: World, elsewhere: Elsewhere, part: dict[str, Any]) -> None:
    file = {"form": 1, "child": {"name": "某"}, "family": [], "hardships": [], "risk": [], "care": [], "past": []}
    letter = {"package": str(new_id()), "from": "某校", "on": str(TODAY), "file": file} | part
    with pytest.raises(Refused) as refused:
        elsewhere.arrive(world, envelope.seal(letter, to=elsewhere.card, keys=actions.keys()))
    assert refused.value.code == "letter"
