"""The sitting of a class on the screen: one child after the other, the last score beside."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from oasis.children.actions.assessing import assess
from oasis.children.models import Assessment
from tests.children.test_assessing import SOME, spring
from tests.forms import drawn
from tests.world import BEGAN, World

Login = Callable[[str], Client]


def test_a_class_is_gone_through(world: World, login: Login) -> None:
    client, lin = login("zhao"), world.children["lin"]
    assess(world.scope("zhao"), lin, term=spring(world), on=BEGAN, scores=SOME)
    where = reverse("klass-assess-child", kwargs={"pk": lin.pk})
    assert "上次：很缺" in client.get(where).content.decode()
    assert client.post(where, {"life": "1"}).status_code == 422
    onward = client.post(where, {"same": "1"})
    assert onward["Location"] == reverse("klass-assess-child", kwargs={"pk": world.children["chenhao"].pk})
    last = client.post(onward["Location"], {**{name: str(score) for name, score in SOME.items()}, "note": "作业没人看"})
    assert last["Location"] == reverse("klass-assess-list", kwargs={"pk": lin.klass_id})
    shown = client.get(last["Location"]).content.decode()
    assert "作业没人看" in shown
    assert Assessment.objects.everywhere(why="a test looks").filter(replaced=False).count() == 3


def test_the_due_line_goes_when_the_child_is_assessed(world: World, login: Login) -> None:
    client = login("zhao")
    assert "五项需求评估" in client.get(reverse("today")).content.decode()
    for key in ("lin", "chenhao"):
        assess(world.scope("zhao"), world.children[key], term=world.terms["青河县"], on=BEGAN, scores=SOME)
    assert "五项需求评估" not in client.get(reverse("today")).content.decode()
    assert "学习很缺" in client.get(reverse("child", kwargs={"pk": world.children["lin"].pk})).content.decode()


def test_each_number_of_the_picture_opens_its_list(world: World, login: Login) -> None:
    assess(world.scope("zhao"), world.children["lin"], term=world.terms["青河县"], on=BEGAN, scores=SOME)
    school = world.schools["青河县"].pk
    shown = login("li").get(reverse("klass-assess-picture", kwargs={"pk": school})).content.decode()
    where = reverse("klass-assess-behind", kwargs={"pk": school, "lack": "study", "size": "much"})
    assert where in shown
    assert "林晓晓" in login("li").get(where).content.decode()
    assert login("zhao").get(where).status_code == 404
    bad = reverse("klass-assess-behind", kwargs={"pk": school, "lack": "study", "size": "x"})
    assert login("li").get(bad).status_code == 404


def test_as_last_time_does_not_undo_what_another_has_scored_meanwhile(world: World, login: Login) -> None:
    lin = world.children["lin"]
    assess(world.scope("zhao"), lin, term=spring(world), on=BEGAN, scores=SOME)
    where = reverse("klass-assess-child", kwargs={"pk": lin.pk})
    li = login("li")
    (same,) = (form for form in drawn(li.get(where), where) if "same" in dict(form.buttons))
    assert "seen" not in same.fields
    fresh = dict.fromkeys(SOME, 2)
    assess(world.scope("zhao"), lin, term=world.terms["青河县"], on=BEGAN, scores=fresh, note="爷爷住院")
    answer = li.post(where, {"same": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == where
    assert "已经评过（赵明霞），没有改动" in answer.content.decode()
    row = Assessment.objects.everywhere(why="a test looks").get(term=world.terms["青河县"], replaced=False)
    assert (row.scores, row.note) == (fresh, "爷爷住院")
