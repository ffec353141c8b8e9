"""Letters to parents: drafted from records, sent, answered, on the due list; nobody else's class."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from PIL import Image

from oasis.campus.actions.letters import mark_sent, take_answer, write_letter, write_own
from oasis.campus.models import Growth, Letter, LetterCopy
from oasis.children.household import household
from oasis.children.models import Change, Enrolment, Phone
from oasis.duties.queries import owed
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.actions import export_child
from oasis.papers.files import files_of
from oasis.papers.letters.drafting import draft
from oasis.papers.letters.printing import picture
from oasis.people.models import Trail
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.kinds import KINDS
from oasis.records.numbers import numbers
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def letter_of(world: World, *, late: bool = False) -> Letter:
    back = 30 if late else 0
    return write_letter(
        world.scope("li"), term=world.terms["青河县"], part="term-end", title="致家长的一封信", text="您好\n祝好",
        issued_on=TODAY - timedelta(days=back), send_by=TODAY - timedelta(days=back - 5), reply_by=TODAY - timedelta(days=back - 9),
    )  # fmt: skip


def copy_of(world: World, who: str) -> LetterCopy:
    rows = LetterCopy.objects.everywhere(why="a test").select_related("letter", "child__school")
    return rows.get(child=world.children[who])


def wrote(world: World, kind: str, **changed: object) -> None:
    values = KINDS.get(kind).sample | {"happened_on": TODAY - timedelta(days=3)} | changed
    write_record(world.scope("zhao"), id=new_id(), kind=kind, children=[world.children["lin"]], fields=values)


def test_a_letter_lies_ready_for_every_child_of_the_school_and_no_other(world: World) -> None:
    letter_of(world)
    rows = LetterCopy.objects.everywhere(why="a test")
    assert {copy.child.name for copy in rows.select_related("child")} == {"林晓晓", "陈浩", "杨帆", "何静怡"}


def test_who_came_when_the_letters_had_to_be_out_is_owed_none(world: World) -> None:
    Enrolment.objects.everywhere(why="a test").filter(child=world.children["yang"]).update(from_on=TODAY)
    letter_of(world, late=True)
    rows = LetterCopy.objects.everywhere(why="a test").select_related("child")
    assert {copy.child.name for copy in rows} == {"林晓晓", "陈浩", "何静怡"}


def test_only_leaders_write_the_letter_and_only_once_a_term(world: World) -> None:
    letter = letter_of(world)
    with pytest.raises(Refused):
        letter_of(world)
    days = {"issued_on": TODAY, "send_by": TODAY, "reply_by": TODAY}
    with pytest.raises(Refused):
        write_letter(world.scope("zhao"), term=letter.term, part="term-start", title="信", text="您好", **days)


def test_the_paragraph_says_what_the_records_say_and_nothing_where_they_are_silent(world: World) -> None:
    letter = letter_of(world)
    wrote(world, "tutoring")
    wrote(world, "family-call")
    wrote(world, "talk", confidential=True)
    draft(world.scope("zhao"), letter=letter, klass=world.klasses["三1"])
    said = copy_of(world, "lin").paragraph
    assert (
        said
        == "林晓晓同学本学期的情况：老师和孩子辅导数学1次，有进步。在学校里和父母通话、通信1次，最近一次是11月20日。"
    )
    assert copy_of(world, "yang").paragraph == ""


def test_honours_and_books_come_first(world: World) -> None:
    letter, lin = letter_of(world), world.children["lin"]
    for kind, title, level in (("honour", "三好学生", "county"), ("book", "草房子", ""), ("bad", "打架", "")):
        Growth.objects.create(school=lin.school, child=lin, kind=kind, on=TODAY, title=title, level=level)
    draft(world.scope("zhao"), letter=letter, klass=world.klasses["三1"])
    assert copy_of(world, "lin").paragraph == "林晓晓同学本学期的情况：获得县（区）级“三好学生”，读了1本书。"


def test_what_a_teacher_wrote_is_not_drafted_over(world: World) -> None:
    letter = letter_of(world)
    write_own(world.scope("zhao"), copy=copy_of(world, "lin"), paragraph="爱看书。", words="我想妈妈")
    wrote(world, "tutoring")
    draft(world.scope("zhao"), letter=letter, klass=world.klasses["三1"])
    assert (copy_of(world, "lin").paragraph, copy_of(world, "lin").words) == ("爱看书。", "我想妈妈")


def test_another_class_can_neither_send_nor_answer(world: World) -> None:
    letter, copy = letter_of(world), copy_of(world, "lin")
    assert mark_sent(world.scope("qian"), letter=letter, copies=[copy.pk], way="child", on=TODAY) == 0
    with pytest.raises(Refused):
        write_own(world.scope("qian"), copy=copy, paragraph="别班", words="")
    with pytest.raises(Refused):
        take_answer(world.scope("qian"), copy=copy, received_on=TODAY, answered_on=None, reply="")


def test_an_answer_comes_after_sending_and_takes_the_new_number_into_the_file(world: World) -> None:
    letter, scope = letter_of(world), world.scope("zhao")
    with pytest.raises(Refused):
        take_answer(scope, copy=copy_of(world, "lin"), received_on=None, answered_on=TODAY, reply="")
    mark_sent(scope, letter=letter, copies=[copy_of(world, "lin").pk], way="child", on=TODAY)
    mother = world.persons["lin_mother"]
    with pytest.raises(Refused):
        take_answer(
            scope, copy=copy_of(world, "lin"), received_on=None, answered_on=TODAY, reply="", number="13900000001"
        )
    take_answer(
        scope,
        copy=copy_of(world, "lin"),
        received_on=None,
        answered_on=TODAY,
        reply="谢谢",
        person=mother,
        number="13900000001",
    )
    copy = copy_of(world, "lin")
    assert (copy.reply, copy.answered_on, copy.received_on) == ("谢谢", TODAY, TODAY)
    numbers = [row.number for row in Phone.objects.within(scope, Need.CONTACTS).filter(person=mother)]
    assert "13900000001" in numbers


def test_who_has_not_answered_is_on_the_due_list_of_the_homeroom_teacher(world: World) -> None:
    letter = letter_of(world, late=True)
    scope = world.scope("zhao")

    def lines() -> list[tuple[str, str, str]]:
        return [
            (line.pupil.name, line.duty.code, line.state.value)
            for line in owed(scope, TODAY, codes=("letter-send", "letter-reply")).mine() if line.pupil.name == "林晓晓"
        ]  # fmt: skip

    assert lines() == [("林晓晓", "letter-send", "overdue")]
    mark_sent(scope, letter=letter, copies=[copy_of(world, "lin").pk], way="wechat", on=TODAY)
    assert lines() == [("林晓晓", "letter-reply", "overdue")]
    take_answer(scope, copy=copy_of(world, "lin"), received_on=None, answered_on=TODAY, reply="")
    assert lines() == []


def test_the_printed_letter_has_its_own_words_and_a_slip(world: World) -> None:
    letter_of(world)
    scope = world.scope("zhao")
    write_own(scope, copy=copy_of(world, "lin"), paragraph="爱看书。", words="我想妈妈")
    made = export_child(scope, paper="letter", child=world.children["lin"], link=str)
    document = docx.Document(BytesIO(made.data))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "爱看书。" in text
    assert "我想妈妈" in text
    assert "回执" in text
    assert len(document.tables) == 1
    assert export_child(scope, paper="letter", child=world.children["lin"], link=str, ending="pdf").data[:4] == b"%PDF"
    assert Trail.objects.everywhere(why="a test").filter(deed="export.letter").count() == 2


def test_the_picture_is_a_tall_png(world: World) -> None:
    letter_of(world)
    shown = Image.open(BytesIO(picture(world.scope("zhao"), copy_of(world, "lin"))))
    assert shown.format == "PNG"
    assert shown.width >= 900


def test_nothing_is_printed_before_the_school_has_written(world: World) -> None:
    with pytest.raises(Refused, match="no-letter"):
        export_child(world.scope("zhao"), paper="letter", child=world.children["lin"], link=str)


def test_a_class_is_drafted_sent_and_answered_on_the_screen(world: World, login: Callable[[str], Client]) -> None:
    letter, copy = letter_of(world), copy_of(world, "lin")
    client, there = login("zhao"), f"/letters/{letter.pk}/class/{world.klasses['三1'].pk}/"
    assert client.post(there, {"draft": "1"}).status_code == 302
    sent = {"copies": [str(copy.pk)], "way": "child", "on": "2026-11-23"}
    assert client.post(there, sent).status_code == 302
    back = {"form": "back", "answered_on": "2026-11-23", "reply": "好"}
    assert client.post(f"/letters/copy/{copy.pk}/", back).status_code == 302
    assert "有回执" in client.get(there).content.decode()
    assert client.post(there, {"copies": ["x"], "way": "child", "on": "2026-11-23"}).status_code == 422
    assert login("qian").get(there).status_code == 404


def sent_to_lin(world: World) -> LetterCopy:
    letter, copy = letter_of(world), copy_of(world, "lin")
    mark_sent(world.scope("zhao"), letter=letter, copies=[copy.pk], way="child", on=TODAY)
    return copy


def mother_numbers(world: World) -> tuple[str, list[str], list[str]]:
    """Give what the contact card, the call desk and the child's page say of the mother's numbers."""
    scope, lin, mother = world.scope("zhao"), world.children["lin"], world.persons["lin_mother"]
    card = next(one.reachable for one in files_of(scope, [lin], TODAY)[0].relatives if one.tie.person == mother)
    desk = [one.phone.number for one in numbers(scope, [lin], "family-call")[lin.pk] if one.person == mother.name]
    members = household(scope, lin, TODAY)
    return card, desk, [phone.number for one in members if one.person == mother for phone in one.phones]


def test_a_changed_number_takes_the_place_of_the_old_one_which_stays_in_the_history(
    world: World, login: Callable[[str], Client]
) -> None:
    copy, mother, client = sent_to_lin(world), world.persons["lin_mother"], login("zhao")
    old = Phone.objects.within(world.scope("zhao"), Need.CONTACTS).get(person=mother)
    back = {"form": "back", "answered_on": "2026-11-23", "person": f"{mother.pk}:{old.pk}", "number": "13900000001"}
    assert client.post(f"/letters/copy/{copy.pk}/", back).status_code == 302
    assert mother_numbers(world) == ("13900000001", ["13900000001"], ["13900000001"])
    old.refresh_from_db()
    assert old.to_on == TODAY
    deeds = Trail.objects.everywhere(why="a test").filter(deed__startswith="phone.").values_list("deed", flat=True)
    assert sorted(deeds) == ["phone.add", "phone.end"]
    assert Change.objects.everywhere(why="a test").filter(table="phone", row=old.pk, field="to_on").exists()


def test_of_several_numbers_the_one_that_went_is_said_and_the_new_one_stands_first(
    world: World, login: Callable[[str], Client]
) -> None:
    copy, mother, client = sent_to_lin(world), world.persons["lin_mother"], login("zhao")
    first = Phone.objects.within(world.scope("zhao"), Need.CONTACTS).get(person=mother)
    Phone.objects.create(school=first.school, person=mother, number="13900000002", from_on=first.from_on)
    there = f"/letters/copy/{copy.pk}/"
    shown = client.get(there).content.decode()
    assert f"{mother.name}，换下尾号0002的" in shown
    assert f"{mother.name}，另添一个号码" in shown
    back = {"form": "back", "answered_on": "2026-11-23", "person": f"{mother.pk}:{first.pk}", "number": "13900000003"}
    assert client.post(there, back).status_code == 302
    both = ["13900000003", "13900000002"]
    assert mother_numbers(world) == ("13900000003", both, both)
    refused = client.post(there, back | {"number": "13900000004"})
    assert "这个人的号码刚才有变动" in refused.content.decode()
    assert "13900000004" in refused.content.decode()
