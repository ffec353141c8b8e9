"""A pupil tells the teacher something: by a code, read by nobody else, and nothing is learnt by trying."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oasis.campus.actions.notices import AN_HOUR, new_code, plain, send_notice, set_aside
from oasis.campus.models import Notice, NoticeCode
from oasis.campus.notices import codes, waiting
from oasis.kit.refused import Refused
from oasis.records.actions.notices import take_up
from oasis.records.models import Record
from tests.world import TODAY, World

WHY = "a test looks"
Login = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code_of(world: World) -> str:
    """A code for class 3(1)."""
    return new_code(world.scope("zhao"), world.klasses["三1"]).code


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_notice_is_weighed_and_becomes_a_concern(world: World, login: Login) -> None:
    code = code_of(world)
    sent = {"code": f" {code[:4].lower()} {code[4:]}", "about": "晓晓", "words": "她中午不吃饭", "urgent": "on"}
    page = Client().post(reverse("tell"), sent).content.decode()
    assert "谢谢" in page
    assert "晓晓" not in page
    zhao, lin = login("zhao"), world.children["lin"]
    assert "同学反映了1件事" in zhao.get(reverse("today")).content.decode()
    (row,) = waiting(world.scope("zhao"))
    where = reverse("notice", kwargs={"pk": row.pk})
    assert "她中午不吃饭" in zhao.get(where).content.decode()
    he = str(world.children["he"].pk)
    take = {"form": "take", "child": he, "areas": ["life"], "weight": "now", "summary": "同学说她中午不吃饭"}
    assert zhao.post(where, take).status_code == 422, "a child of another class"
    zhao.post(where, take | {"child": str(lin.pk)})
    (record,) = Record.objects.everywhere(why=WHY).filter(kind="concern")
    assert (record.child_id, record.details["source"]) == (lin.pk, "classmate")
    row = Notice.objects.everywhere(why=WHY).get()
    assert (row.state, row.words, row.about) == ("taken", "", "")
    assert refused(lambda: set_aside(world.scope("zhao"), row, why="x")) == "decided"


def test_no_answer_tells_whether_a_name_exists(world: World) -> None:
    code, answers, queries = code_of(world), set(), set()
    for about in ("林晓晓", "不存在", "", "马小芳"):
        with CaptureQueriesContext(connection) as seen:
            answer = Client().post(reverse("tell"), {"code": code, "about": about, "words": "同样的话"})
        answers.add((answer.status_code, answer.content))
        queries.add(len(seen))
        assert not any("children_" in one["sql"] for one in seen.captured_queries)
    assert len(answers) == 1
    assert len(queries) == 1


def test_a_pupil_may_read_nothing_and_no_page_marks_anybody(world: World) -> None:
    page = Client().get(reverse("tell")).content.decode()
    assert "留守" not in page
    assert "石桥" not in page
    assert Client().get(reverse("notices")).status_code == 302


def test_codes_end_with_the_term_and_when_a_new_one_is_made(world: World) -> None:
    old = code_of(world)
    zhao = world.scope("zhao")
    told = {"about": "", "words": "有人哭", "urgent": False}
    send_notice(code=old, on=TODAY, **told)
    (row,) = waiting(zhao)
    set_aside(zhao, row, why="玩笑")
    new = code_of(world)
    assert refused(lambda: send_notice(code=old, on=TODAY, **told)) == "code"
    later = world.terms["青河县"].ends_on + timedelta(days=1)
    assert refused(lambda: send_notice(code=new, on=later, **told)) == "code"
    assert refused(lambda: send_notice(code="", on=TODAY, **told)) == "code"
    assert Notice.objects.everywhere(why=WHY).get().words == "有人哭", "what was put aside stays for a leader to read"
    assert NoticeCode.objects.everywhere(why=WHY).filter(ended_at__isnull=True).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM campus_noticecode")
        assert new not in str(cursor.fetchall())


def test_a_class_and_an_address_have_their_measure(world: World) -> None:
    code = code_of(world)
    for _n in range(AN_HOUR):
        send_notice(code=code, about="", words="x", urgent=False, on=TODAY)
    assert refused(lambda: send_notice(code=code, about="", words="x", urgent=False, on=TODAY)) == "many"
    stranger = Client()
    tries = [stranger.post(reverse("tell"), {"code": f"AAAA{n}", "words": "x"}).status_code for n in range(16)]
    assert tries[0] == 422
    assert tries[-1] == 429


def test_other_teachers_neither_read_nor_weigh(world: World, login: Login) -> None:
    send_notice(code=code_of(world), about="晓晓", words="哭了", urgent=False, on=TODAY)
    (row,) = waiting(world.scope("zhao"))
    for who in ("qian", "sun", "zheng", "zhou", "feng"):
        scope = world.scope(who)
        assert waiting(scope) == []
        assert refused(lambda: set_aside(scope, row, why="x")) == "out-of-reach"  # noqa: B023
        assert refused(lambda: new_code(scope, world.klasses["三1"])) == "out-of-reach"  # noqa: B023
    lin = world.children["lin"]
    asked = {"child": lin, "areas": ["life"], "weight": "watch", "summary": "x"}
    assert refused(lambda: take_up(world.scope("qian"), row, **asked)) == "out-of-reach"
    assert plain(" ab-12 ") == "AB12"
    assert codes(world.scope("qian"))[0].code is None


def test_the_slips_carry_the_code_and_no_name(world: World, login: Login) -> None:
    zhao, where = login("zhao"), reverse("notices-code", kwargs={"pk": world.klasses["三1"].pk})
    zhao.post(where)
    page = zhao.get(where).content.decode()
    code = NoticeCode.objects.everywhere(why=WHY).get().code
    assert f"{code[:4]} {code[4:]}" in page
    assert "留守" not in page
