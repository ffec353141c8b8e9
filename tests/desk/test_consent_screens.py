"""The screens of consent: one by one, the child's page, the settings, the printed sheets and documents."""

from collections.abc import Callable
from io import BytesIO

import docx
from django.test import Client
from django.urls import reverse

from oasis.people.uses import ASKED
from tests.forms import fill
from tests.world import World, agree

Login = Callable[[str], Client]


def told(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_a_class_is_gone_through_one_by_one(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    assert "还有3名没有答复" in told(client.get(reverse("klass-consent")))
    where = reverse("klass-consent-child", kwargs={"pk": lin.pk})
    page = told(client.get(where))
    assert "林国平（" in page
    assert "黄桂英" not in page
    assert "checked" not in page
    sent = {use.code: "yes" for use in ASKED} | {"on": "2026-11-23", "signed": "paper"}
    assert client.post(where, sent).status_code == 422
    onward = client.post(where, sent | {"signer": str(world.persons["lin_father"].pk)})
    assert onward["Location"] != where
    assert "还没有答复（2名）" in told(client.get(reverse("klass-consent-list", kwargs={"pk": lin.klass_id})))


def test_a_withdrawal_on_the_childs_page(world: World, login: Login) -> None:
    agree(world, world.scope("zhao"))
    client, lin = login("zhao"), world.children["lin"]
    where = reverse("child-consent", kwargs={"pk": lin.pk})
    assert "撤回以后马上生效" in told(client.get(where))
    sent = {"uses": ["photo"], "signed": "paper", "on": "2026-11-23", "signer": str(world.persons["lin_mother"].pk)}
    assert client.post(reverse("child-consent-withdraw", kwargs={"pk": lin.pk}), sent).status_code == 302
    page = told(client.get(where))
    assert "不同意" in page
    assert "周玉兰" in page
    assert "家长已撤回同意" in told(client.get(reverse("child-papers", kwargs={"pk": lin.pk})))


def test_a_sheet_with_an_open_question_is_saved_and_not_called_a_no(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    where = reverse("klass-consent-child", kwargs={"pk": lin.pk})
    page = told(client.get(where))
    assert "见证人（电话答复时必填）" in page
    sent = {"photo": "yes", "publicity": "none", "on": "2026-11-23", "signed": "paper"}
    assert client.post(where, sent | {"signer": str(world.persons["lin_father"].pk)}).status_code == 302
    listed = told(client.get(reverse("klass-consent-list", kwargs={"pk": lin.klass_id})))
    assert "项没有回答" in listed
    assert "不同意" not in listed


def test_today_names_who_has_not_answered(world: World, login: Login) -> None:
    assert reverse("klass-consent") in told(login("zhao").get("/"))


def words(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_sheets_of_a_class_are_printed(world: World, login: Login) -> None:
    sent = {"place": str(world.klasses["三1"].pk), "whom": "all", "purpose": "contact"}
    answer = login("zhao").post(reverse("papers-order", kwargs={"paper": "consent"}), sent)
    page = words(answer.content)
    assert page.count("儿童个人信息处理告知同意书") == 3
    assert "杨帆" in page
    assert "可以逐项同意或不同意" in page


def test_the_documents_are_filled_from_settings_and_figures(world: World, login: Login) -> None:
    agree(world, world.scope("zhao"))
    client = login("li")
    page = told(client.get(reverse("settings-law")))
    assert "通用文字" not in page
    fill(client, reverse("settings-law"), {"officer": "吴秀英", "answer_days": "10", "storage": "学校机房"})
    for code, said in (("record", "处理活动记录"), ("assessment", "影响评估")):
        address = reverse("settings-law-document", kwargs={"code": code})
        assert client.get(address).status_code == 405
        text = words(client.post(address).content)
        assert said in text
        assert "吴秀英" in text
        assert "在校儿童4名" in text
        assert "10个工作日" in text
    assert login("zhao").post(reverse("settings-law-document", kwargs={"code": "record"})).status_code == 404


def test_a_new_version_is_written_on_the_screen(world: World, login: Login) -> None:
    client = login("li")
    page = client.get(reverse("settings-law-text"))
    assert "另存为新的一版" in told(page)
    sent = dict.fromkeys(("purpose", "kinds", "manner", "period", "refusal", "rights"), "改过的文字")
    assert fill(client, reverse("settings-law-text"), sent).status_code == 302
    assert "改过的文字" in told(client.get(reverse("settings-law")))
    assert fill(client, reverse("settings-law-text"), sent).status_code == 422


def test_a_pile_of_sheets_that_all_say_yes(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    where = reverse("klass-consent-child", kwargs={"pk": lin.pk})
    sent = {"all": "1", "on": "2026-11-20", "signed": "paper", "paper_no": "第1袋"}
    assert client.post(where, sent).status_code == 422
    onward = client.post(where, sent | {"signer": str(world.persons["lin_father"].pk)})
    page = told(client.get(f"{where}?{onward['Location'].partition('?')[2]}"))
    assert 'value="2026-11-20"' in page
    assert 'value="第1袋"' in page
    assert "都同意" in told(client.get(reverse("klass-consent-list", kwargs={"pk": lin.klass_id})))
    assert client.get(where + "?on=x&signed=y").status_code == 200
