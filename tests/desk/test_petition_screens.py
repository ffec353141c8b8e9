"""The screens of what parents ask for."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from oasis.children.models import Petition
from tests.world import World

Login = Callable[[str], Client]


def test_from_receiving_to_the_written_answer(world: World, login: Login) -> None:
    zhao, li, lin = login("zhao"), login("li"), world.children["lin"]
    where = reverse("child-petitions", kwargs={"pk": lin.pk})
    sent = {
        "wish": "copy",
        "how": "phone",
        "received_on": "2026-11-23",
        "guardian": str(world.persons["lin_mother"].pk),
    }
    assert zhao.post(where, sent).status_code == 422
    made = zhao.post(where, sent | {"proof": "callback"})
    page = made["Location"]
    assert "由校长或德育主任答复" in zhao.get(page).content.decode()
    assert zhao.post(page, {"verdict": "done", "answer": "给了", "on": "2026-11-23"}).status_code == 404
    assert page in li.get("/").content.decode()
    row = Petition.objects.within(world.scope("li")).get()
    act = lambda client, what: client.post(reverse("petition-act", kwargs={"pk": row.pk, "what": what}))  # noqa: E731
    assert act(li, "package").status_code == 302
    assert act(zhao, "approve").status_code == 404
    act(li, "approve")
    answer = act(li, "package")
    assert answer["Content-Type"] == "application/zip"
    assert "%E6%9E%97" not in answer["Content-Disposition"]
    refused = li.post(page, {"verdict": "refused", "answer": "不行", "on": "2026-11-23"})
    assert refused.status_code == 422
    assert li.post(page, {"verdict": "done", "answer": "当面交给母亲", "on": "2026-11-23"}).status_code == 302
    assert act(li, "letter").content.startswith(b"PK")
    assert "当面交给母亲" in li.get(page).content.decode()
    assert login("feng").get(page).status_code == 404
    assert login("qian").get(page).status_code == 404
