"""Meetings of parents: planned by whom they concern, signed in, told afterwards, on the due list, printed."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus.actions.meetings import plan_meeting, revise_meeting, sign_in, tell_after
from oasis.campus.models import ParentMeeting, ParentSeat
from oasis.duties.queries import owed
from oasis.kit.refused import Refused
from oasis.papers.actions import export_place
from tests.forms import drawn
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def meeting_of(world: World, klass: str | None = "三1", who: str = "zhao", days: int = -12) -> ParentMeeting:
    on = TODAY + timedelta(days=days)
    return plan_meeting(
        world.scope(who), school=world.schools["青河县"], klass=world.klasses[klass] if klass else None, kind="meeting",
        topic="陪伴", on=on, room="教室", tell_by=on + timedelta(days=7),
    )  # fmt: skip


def seats_of(meeting: ParentMeeting) -> dict[str, ParentSeat]:
    rows = ParentSeat.objects.everywhere(why="a test").filter(meeting=meeting).select_related("child", "meeting")
    return {seat.child.name: seat for seat in rows}


def test_a_class_is_planned_by_its_teacher_and_the_school_by_a_leader(world: World) -> None:
    assert set(seats_of(meeting_of(world))) == {"林晓晓", "陈浩", "杨帆"}
    assert set(seats_of(meeting_of(world, None, "li"))) == {"林晓晓", "陈浩", "杨帆", "何静怡"}
    with pytest.raises(Refused):
        meeting_of(world, "三1", "qian")
    with pytest.raises(Refused):
        meeting_of(world, None, "zhao")


def test_nobody_signs_in_before_the_day_nor_for_another_class(world: World) -> None:
    later = meeting_of(world, days=2)
    seats = [seat.pk for seat in seats_of(later).values()]
    with pytest.raises(Refused, match="early"):
        sign_in(world.scope("zhao"), meeting=later, came=seats, ended=False)
    with pytest.raises(Refused):
        sign_in(world.scope("qian"), meeting=meeting_of(world), came=[], ended=False)


def test_a_teacher_signs_her_class_in_at_a_school_meeting_but_does_not_end_or_change_it(world: World) -> None:
    meeting = meeting_of(world, None, "li")
    seats = seats_of(meeting)
    came = [seats["林晓晓"].pk, seats["何静怡"].pk]
    assert sign_in(world.scope("zhao"), meeting=meeting, came=came, ended=False).came == 1
    assert {name for name, seat in seats_of(meeting).items() if seat.came} == {"林晓晓"}
    for act in (
        lambda: sign_in(world.scope("zhao"), meeting=meeting, came=came, ended=True),
        lambda: revise_meeting(world.scope("zhao"), meeting=meeting, topic="别的"),
    ):
        with pytest.raises(Refused):
            act()


def test_who_missed_it_is_due_until_told(world: World) -> None:
    meeting, scope = meeting_of(world), world.scope("zhao")
    seats = seats_of(meeting)
    with pytest.raises(Refused):
        tell_after(scope, seat=seats["林晓晓"], told_on=TODAY, way="phone", words="")
    sign_in(scope, meeting=meeting, came=[seats["陈浩"].pk], ended=True)

    def owing() -> set[str]:
        return {line.pupil.name for line in owed(scope, TODAY, codes=("meeting-told",)).mine()}

    assert owing() == {"林晓晓", "杨帆"}
    tell_after(scope, seat=seats["林晓晓"], told_on=TODAY, way="phone", words="妈妈知道了")
    assert owing() == {"杨帆"}
    rows = ParentMeeting.objects.everywhere(why="a test")
    rows.update(on=world.terms["青河县"].starts_on - timedelta(days=1))
    assert owing() == set(), "a meeting of a term that is over is owed no longer"
    rows.update(on=meeting.on)
    for seat, day in (("陈浩", TODAY), ("杨帆", TODAY + timedelta(days=1))):
        with pytest.raises(Refused):
            tell_after(scope, seat=seats[seat], told_on=day, way="phone", words="")
    with pytest.raises(Refused):
        tell_after(world.scope("qian"), seat=seats["杨帆"], told_on=TODAY, way="phone", words="")


def test_invitations_and_the_list_to_sign_are_printed_for_the_next_meeting(world: World) -> None:
    scope, klass = world.scope("zhao"), world.klasses["三1"].pk
    asked = {"place": klass, "whom": "all", "purpose": "contact", "link": str}
    with pytest.raises(Refused, match="no-meeting"):
        export_place(scope, paper="invitation", **asked)
    meeting_of(world)
    meeting_of(world, days=4)
    letters = docx.Document(BytesIO(export_place(scope, paper="invitation", **asked).data))
    assert sum("11月27日" in paragraph.text for paragraph in letters.paragraphs) == 3
    sheet = docx.Document(BytesIO(export_place(scope, paper="sign-in", **asked).data))
    assert [row.cells[1].text for row in sheet.tables[0].rows][1:] == ["陈浩", "林晓晓", "杨帆"]
    for paper in ("invitation", "sign-in"):
        assert export_place(scope, paper=paper, ending="pdf", **asked).data[:4] == b"%PDF"


def test_a_meeting_is_planned_and_signed_in_on_the_screen(world: World, login: Callable[[str], Client]) -> None:
    client = login("zhao")
    plan = {
        "place": str(world.klasses["三1"].pk), "kind": "meeting", "topic": "陪伴", "on": "2026-11-20", "room": "教室",
        "tell_by": "2026-11-30",
    }  # fmt: skip
    there = client.post("/meetings/new/", plan)["Location"]
    meeting = ParentMeeting.objects.everywhere(why="a test").get()
    seats = seats_of(meeting)
    (page,) = drawn(client.get(there), there)
    sent = page.sent() | {"came": [str(seats["陈浩"].pk)], "ended": "1"}
    assert client.post(there, sent).status_code == 302
    assert [name for name, seat in seats_of(meeting).items() if seat.came] == ["陈浩"]
    assert "还没告知" in client.get(there).content.decode()
    client.post(
        "/meetings/new/", plan | {"kind": "school", "topic": "怎样打视频", "on": "2026-06-12", "tell_by": "2026-06-20"}
    )
    listed = client.get("/meetings/").text
    assert (
        listed.index("2026—2027学年")
        < listed.index("陪伴")
        < listed.index("2025—2026学年")
        < listed.index("怎样打视频")
    )
    assert "家长学校1次" in listed
    told = {"told_on": "2026-11-23", "way": "phone", "words": "知道了"}
    assert client.post(f"/meetings/seat/{seats['杨帆'].pk}/", told).status_code == 302
    assert client.post("/meetings/new/", plan | {"tell_by": "2026-11-01"}).status_code == 422
    assert login("qian").get(there).status_code == 404
    assert client.post(there, {"came": ["x"]}).status_code == 404


def test_ticking_who_came_drops_no_words_the_page_did_not_show(world: World, login: Callable[[str], Client]) -> None:
    meeting, scope = meeting_of(world), world.scope("li")
    where = reverse("meeting", kwargs={"pk": meeting.pk})
    zhao = login("zhao")
    (old,) = drawn(zhao.get(where), where)
    sign_in(scope, meeting=meeting, came=[], ended=True)
    lin, chen = (str(seats_of(meeting)[name].pk) for name in ("林晓晓", "陈浩"))
    tell_after(scope, seat=seats_of(meeting)["林晓晓"], told_on=TODAY, way="phone", words="告诉了奶奶")
    said = zhao.post(where, old.sent() | {"came": [lin, chen]}, follow=True).content.decode()
    assert "签到已登记" in said
    assert "还是现在的：林晓晓（没有到会）。" in said
    seats = seats_of(meeting)
    assert (seats["林晓晓"].came, seats["林晓晓"].words, seats["陈浩"].came) == (False, "告诉了奶奶", True)
    (shown,) = drawn(zhao.get(where), where)
    tell_after(scope, seat=seats["林晓晓"], told_on=TODAY, way="phone", words="告诉了爷爷")
    zhao.post(where, shown.sent() | {"came": [lin, chen]})
    assert seats_of(meeting)["林晓晓"].words == "告诉了爷爷", "told once more since"
    (shown,) = drawn(zhao.get(where), where)
    zhao.post(where, shown.sent() | {"came": [lin, chen]})
    seat = seats_of(meeting)["林晓晓"]
    assert (seat.came, seat.told_on, seat.words) == (True, None, ""), "seen, and decided"


def test_a_tick_that_was_not_taken_is_told(world: World, login: Callable[[str], Client]) -> None:
    meeting, zhao = meeting_of(world), login("zhao")
    where = reverse("meeting", kwargs={"pk": meeting.pk})
    (old,) = drawn(zhao.get(where), where)
    lin, chen = (seats_of(meeting)[name].pk for name in ("林晓晓", "陈浩"))
    said = zhao.post(where, {"came": [str(lin)]}, follow=True).content.decode()  # a page of before this was asked
    assert "签到已保存" not in said
    assert "还是现在的：林晓晓（没有到会）。" in said
    assert not seats_of(meeting)["林晓晓"].came
    sign_in(world.scope("li"), meeting=meeting, came=[chen], ended=False)
    sent = {name: value for name, value in old.sent().items() if name != "ended"} | {"came": [str(lin)]}
    said = zhao.post(where, sent, follow=True).content.decode()
    assert "签到已保存" in said
    assert "还是现在的：陈浩（到会）。" in said
    assert {name for name, seat in seats_of(meeting).items() if seat.came} == {"林晓晓", "陈浩"}
