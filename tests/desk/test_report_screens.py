"""The screens of 强制报告: always at hand, safe from the suspect, nothing typed is lost."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oasis.kit.ids import new_id
from oasis.records.models import MandatoryReport
from oasis.records.reporting import queries, text
from tests.forms import fill
from tests.house.samples import SAMPLES
from tests.records.test_reports import MARK, POLICE, begun, fields, suspecting
from tests.world import World

Login = Callable[[str], Client]
CHANGING = re.compile(
    rb"csrf\w*|name=\"csrfmiddlewaretoken\" value=\"\w+\"|X-CSRFToken\": \"\w+\"|value=\"[0-9a-f-]{36}\""
)


def confirmed(client: Client, typed: dict[str, Any]) -> Any:
    """Send a new report, look at who will know, confirm."""
    asked = client.post(reverse("report-new"), typed).content.decode()
    sure = re.search(r'name="sure" value="(\w+)"', asked)
    assert sure, "it asks before it sends"
    return client.post(reverse("report-new"), typed | {"sure": sure[1]})


def test_a_suspect_who_is_written_but_not_ticked_is_asked_about_and_learns_nothing(world: World, login: Login) -> None:
    typed = fields(id=str(new_id()), school=str(world.schools["青河县"].pk), suspect="李建国校长")
    client = login("shen")
    asked = client.post(reverse("report-new"), typed).content.decode()
    assert "您写到了本校的李建国" in asked
    assert "会知道的人：您自己、李建国" in asked
    assert MARK in asked, "nothing typed is lost"
    assert not MandatoryReport.objects.everywhere(why="test").exists()
    sent = confirmed(client, typed | {"staffed": "yes", "suspects": [str(world.users["li"].pk)]})
    assert sent.status_code == 302
    assert not queries.own(world.scope("li")).exists()


def test_a_confirmation_does_not_hold_for_other_people(world: World, login: Login) -> None:
    typed = fields(id=str(new_id()), school=str(world.schools["青河县"].pk), staffed="unsure")
    client = login("shen")
    asked = client.post(reverse("report-new"), typed).content.decode()
    assert "会知道的人：您自己<" in asked
    sure = re.search(r'name="sure" value="(\w+)"', asked)[1]  # type: ignore[index]
    again = client.post(reverse("report-new"), typed | {"staffed": "no", "sure": sure}).content.decode()
    assert "会知道的人：您自己、李建国" in again
    assert not MandatoryReport.objects.everywhere(why="test").exists()


def test_who_will_know_is_said_truly_and_no_form_speaks_of_fields(world: World, login: Login) -> None:
    client = login("shen")
    assert "举报人的身份依法保密" not in client.get(reverse("reports")).content.decode()
    empty = client.post(reverse("report-new"), {"id": str(new_id())}).content.decode()
    assert "必填项" not in empty
    assert "请填写这一项" in empty


@pytest.mark.parametrize("who", ["shen", "wang", "zhou", "zheng", "sun", "zhao", "li"])
def test_the_button_is_on_every_page_of_everybody(who: str, world: World, login: Login) -> None:
    for name in ("today", "mine"):
        page = login(who).get(reverse(name)).content.decode()
        assert page.count(f'href="{reverse("reports")}"') >= 2, "in the side list and in the phone's bar"


def test_a_subject_teacher_reports_by_typing_a_name(world: World, login: Login) -> None:
    client = login("shen")
    school = world.schools["青河县"]
    assert "林晓晓" not in client.get(reverse("report-new")).content.decode()
    sent = confirmed(client, fields(id=str(new_id()), school=str(school.pk)))
    page = client.get(sent["Location"]).content.decode()
    assert "现在就做" in page
    assert MARK not in page, "the text opens with a reason only"
    assert "报公安机关" in client.get(reverse("today")).content.decode()


def test_an_error_keeps_what_was_typed(world: World, login: Login) -> None:
    typed = fields(id=str(new_id()), school=str(world.schools["青河县"].pk), child_name="", suspect="邻居某某")
    answer = login("shen").post(reverse("report-new"), typed)
    assert answer.status_code == 422
    assert MARK in answer.content.decode()
    assert "邻居某某" in answer.content.decode()
    assert typed["id"] in answer.content.decode()
    assert not MandatoryReport.objects.everywhere(why="test").exists()


def test_a_report_starts_from_a_record_and_takes_it_in(world: World, login: Login) -> None:
    record = SAMPLES["record-show"][0](world)["pk"]
    client = login("zhao")
    assert (
        reverse("reports") + f"?record={record}"
        in client.get(reverse("record-show", kwargs={"pk": record})).content.decode()
    )
    form = client.get(reverse("report-new") + f"?record={record}").content.decode()
    assert "林晓晓" in form
    typed = {name: value for name, value in fields().items() if not name.startswith("child")}
    sent = confirmed(client, typed | {"id": str(new_id()), "record": str(record)})
    report = queries.own(world.scope("zhao")).get()
    assert sent["Location"] == reverse("report-show", kwargs={"pk": report.pk})
    assert [row.pk for row in queries.gathered(world.scope("zhao"), report)[0]] == [record]


def test_another_class_cannot_name_the_child_or_the_record(world: World, login: Login) -> None:
    record = SAMPLES["record-show"][0](world)["pk"]
    client = login("qian")
    assert client.get(reverse("report-new") + f"?record={record}").status_code == 404
    assert client.get(reverse("report-new") + f"?child={world.children['lin'].pk}").status_code == 404


def test_opening_shows_the_text_once_and_says_so(world: World, login: Login) -> None:
    report = begun(world)
    client, address = login("li"), reverse("report-open", kwargs={"pk": report.pk})
    assert client.post(address, {"reason": ""}).status_code == 302
    opened = client.post(address, {"reason": "police"})
    assert MARK in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert "公安、检察机关询问" in client.get(reverse("report-show", kwargs={"pk": report.pk})).content.decode()


def test_a_step_is_taken_and_mended_on_its_page(world: World, login: Login) -> None:
    report = begun(world)
    client, address = login("shen"), reverse("report-step", kwargs={"pk": report.pk, "step": "police"})
    assert client.post(address, POLICE | {"based_on": "1", "how": ""}).status_code == 422
    assert client.post(address, POLICE | {"based_on": "1"}).status_code == 302
    assert "受2026-118" in client.get(address).content.decode()
    clash = login("li").post(address, POLICE | {"based_on": "1", "receipt": "没有拿到"})
    assert clash.status_code == 409
    assert "没有拿到" in clash.content.decode()


def test_correcting_after_somebody_else_shows_both(world: World, login: Login) -> None:
    report = begun(world)
    client, address = login("shen"), reverse("report-correct", kwargs={"pk": report.pk})
    assert MARK in client.get(address).content.decode()
    login("li").post(address, fields(seen="四处", based_on="1", why="数错"))
    clash = client.post(address, fields(seen="五处", based_on="1", why="再看"))
    assert clash.status_code == 409
    assert "四处" in clash.content.decode()
    assert "五处" in clash.content.decode()


def test_the_form_comes_as_word_without_a_name_in_its_name(world: World, login: Login) -> None:
    report = begun(world)
    answer = login("li").post(reverse("report-print", kwargs={"pk": report.pk}), {"reason": "police"})
    assert "林" not in answer["Content-Disposition"]
    inside = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert MARK in inside
    assert report.number in inside
    assert "沈静" in inside


def test_a_child_of_the_file_is_filled_from_the_file(world: World, login: Login) -> None:
    typed = {name: value for name, value in fields().items() if not name.startswith("child")}
    lin = world.children["lin"]
    confirmed(login("zhao"), typed | {"id": str(new_id()), "child": str(lin.pk)})
    report = queries.own(world.scope("li")).get()
    assert text.read(report)["child"]["id"] == str(lin.pk)
    answer = login("li").post(reverse("report-print", kwargs={"pk": report.pk}), {"reason": "handle"})
    inside = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert lin.id_number in inside
    assert "黄桂英" in inside


def test_the_principal_joins_the_typed_name_with_the_file(world: World, login: Login) -> None:
    report, lin = begun(world), world.children["lin"]
    opened = login("li").post(reverse("report-open", kwargs={"pk": report.pk}), {"reason": "handle"}).content.decode()
    assert str(lin.pk) in opened
    hers = login("shen").post(reverse("report-open", kwargs={"pk": report.pk}), {"reason": "handle"}).content.decode()
    assert str(lin.pk) not in hers, "who typed a name is not told whether there is a file"
    login("li").post(reverse("report-child", kwargs={"pk": report.pk}), {"child": str(lin.pk)})
    assert text.read(report)["child"]["id"] == str(lin.pk)
    printed = [
        inside_of(login(who).post(reverse("report-print", kwargs={"pk": report.pk}), {"reason": "handle"}))
        for who in ("li", "shen")
    ]
    assert lin.id_number.encode() in printed[0]
    for fact in (lin.id_number, "2017年3月5日", "黄桂英"):
        assert fact.encode() not in printed[1], "a subject teacher reads nothing of the file"


def inside_of(answer: Any) -> bytes:
    """Give a page, or what is packed in a file."""
    data: bytes = answer.getvalue() if answer.streaming else answer.content
    if data[:2] != b"PK":
        return data
    packed = zipfile.ZipFile(io.BytesIO(data))
    return b"\n".join(packed.read(name) for name in packed.namelist())


def everything(client: Client, world: World) -> dict[str, bytes]:
    """Visit every page of the house that this person may see, search, and export."""
    found: dict[str, bytes] = {}
    last = ("handover", "handover-act")  # their samples close the file of lin
    for name in sorted(SAMPLES, key=lambda name: name in last):
        arguments, _allowed = SAMPLES[name]
        if name.startswith(("report-", "account")):
            continue
        found[name] = inside_of(client.get(reverse(name, kwargs=arguments(world))))
    for query in ("name=林晓晓", "q=林晓晓", "words=林晓晓"):
        found[f"search {query}"] = inside_of(client.get(f"{reverse('children')}?{query}"))
        found[f"search post {query}"] = inside_of(client.post(reverse("children"), dict([query.split("=")])))
    for sort in ("look", "write", "out", "account", "setting"):
        found[f"trail {sort}"] = inside_of(client.get(f"{reverse('trail')}?sort={sort}"))
    place = {"place": str(world.schools["青河县"].pk), "whom": "all", "purpose": "inspection"}
    for paper in ("roster", "registration", "cards"):
        found[f"paper {paper}"] = inside_of(client.post(reverse("papers-order", kwargs={"paper": paper}), place))
    found["statistics"] = inside_of(client.post(reverse("school-export"), {"reader": "inside"}))
    return found


def test_the_suspected_leader_sees_nothing_anywhere(world: World, login: Login) -> None:
    report = suspecting(world)
    login("shen").post(reverse("report-step", kwargs={"pk": report.pk, "step": "police"}), POLICE | {"based_on": "1"})
    login("shen").post(reverse("report-open", kwargs={"pk": report.pk}), {"reason": "handle"})
    client = login("li")
    seen = everything(client, world)
    marks = (MARK, str(report.pk), report.number, "打开强制报告的内容", "收进相关记录", POLICE["receipt"])
    for name, page in seen.items():
        for mark in marks:
            assert mark.encode() not in page, (name, mark)
    for name in (name for name in SAMPLES if name.startswith("report-") and name != "report-new"):
        kwargs = SAMPLES[name][0](world) | {"pk": report.pk}
        assert client.get(reverse(name, kwargs=kwargs)).status_code == 404, name
        assert client.post(reverse(name, kwargs=kwargs), {"reason": "handle"}).status_code == 404, name


@pytest.mark.parametrize(
    "name", ["today", "trail", "trail-proof", "school", "school-work", "reports", "mine", "papers"]
)
def test_his_pages_are_the_same_before_and_after(name: str, world: World, login: Login) -> None:
    client = login("li")
    before = CHANGING.sub(b"", client.get(reverse(name)).content)
    suspecting(world)
    assert CHANGING.sub(b"", client.get(reverse(name)).content) == before


def test_his_own_report_does_not_count_the_other(world: World, login: Login) -> None:
    other, his = suspecting(world), begun(world, "li")
    assert other.number[:8] == his.number[:8]
    assert len(his.number) == len("20261123-ABCD")
    page = login("li").get(reverse("reports")).content.decode()
    assert his.number in page
    assert other.number not in page


def test_the_schools_deadlines_are_set_on_their_page(world: World, login: Login) -> None:
    client, address = login("li"), reverse("settings-reports")
    typed = {
        f"{code}_hours": "12"
        for code in ("education", "guardian", "civil", "women", "procurate", "feedback", "followup")
    }
    assert client.post(address, typed | {"education_on": "on", "education_hours": "0"}).status_code == 422
    assert fill(client, address, typed | {"education_on": "on", "guardian_on": None}).status_code == 302
    assert queries.deadlines(world.schools["青河县"].pk)["education"] == (True, 12)
    assert queries.deadlines(world.schools["青河县"].pk)["guardian"] == (False, 12)


def test_who_closes_second_sees_her_words_and_a_closed_step_is_refused(world: World, login: Login) -> None:
    report = begun(world)
    shen, li = login("shen"), login("li")
    shen.post(reverse("report-step", kwargs={"pk": report.pk, "step": "police"}), POLICE | {"based_on": "1"})
    close = reverse("report-close", kwargs={"pk": report.pk})
    assert shen.post(close, {"words": "已立案"}).status_code == 302
    answer = li.post(close, {"words": "不予立案"})
    assert answer.status_code == 409
    assert "不予立案" in answer.text
    assert "沈静" in answer.text
    late = reverse("report-step", kwargs={"pk": report.pk, "step": "education"})
    answer = li.post(late, {"at": "2026-11-23T09:50", "unit": "县教育局", "how": "phone", "based_on": "9"})
    assert answer.status_code == 422
    assert li.get(reverse("report-show", kwargs={"pk": report.pk})).status_code == 200
