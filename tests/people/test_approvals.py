"""What one person may not settle alone: asked with a purpose, decided by another, carried out, on the trail."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oasis.children.access import viewers
from oasis.children.actions.answering import answer_question
from oasis.children.models import Child
from oasis.children.queries import mentioned
from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import actions, approvals
from oasis.people.looks import loud, unusual
from oasis.people.models import Approval, Post, Trail
from oasis.people.roles import ROLES, Need
from tests.world import TODAY, TOTP_SECRET, World


def deeds() -> list[str]:
    rows = Trail.objects.everywhere(why="a test reads the trail").order_by("at", "seq")
    return list(rows.values_list("deed", flat=True))


def own_post(world: World, role: str = "principal", purpose: str = "校长外出学习，由我主持工作") -> Approval:
    school = world.schools["青河县"]
    asked = approvals.ask_own_post(
        world.scope("wang"), school=school, role=role, klass=None, from_on=TODAY, purpose=purpose
    )
    assert asked is not None
    return asked


def factor_off(world: World, whom: str = "wu") -> Approval:
    return approvals.ask_factor_removal(world.scope("wang"), user=world.users[whom], purpose="手机丢了")


def leave(world: World, *names: str) -> None:
    for name in names:
        Post.objects.filter(user=world.users[name]).update(to_on=TODAY - timedelta(days=1))


def test_an_administrator_gives_himself_no_post_with_children(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.give_post(
            world.scope("wang"), user=world.users["wang"], role="dean", from_on=TODAY, school=world.schools["青河县"]
        )
    assert refused.value.code == "own-post"


@pytest.mark.parametrize("role", sorted(role.code for role in ROLES if role.sees and role.given))
def test_no_post_with_a_child_s_name_in_it_is_given_to_oneself(role: str, world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.give_post(
            world.scope("wang"), user=world.users["wang"], role=role, from_on=TODAY,
            school=world.schools["青河县"], klass=world.klasses["三1"] if role in ("subject", "homeroom") else None,
        )  # fmt: skip
    assert refused.value.code == "own-post"


def test_every_post_of_one_s_own_with_children_is_shown_to_the_leaders(world: World) -> None:
    leave(world, "li", "wu")
    own_post(world, "keeper")
    Post.objects.filter(user__in=[world.users["li"]]).update(to_on=None)
    assert any("大队辅导员" in one.why for one in unusual(world.scope("li"), TODAY - timedelta(days=400)))


def test_a_leader_s_word_gives_the_post(world: World) -> None:
    asked = own_post(world)
    assert not world.scope("wang").can(Need.CHILD_READ)
    approvals.decide(world.scope("li"), approval=asked.pk, yes=True)
    assert world.scope("wang").can(Need.CHILD_READ)
    assert deeds()[-3:] == ["approval.ask", "post.give", "approval.grant"]


def test_a_refusal_gives_nothing_and_says_why(world: World) -> None:
    asked = own_post(world)
    with pytest.raises(Refused):
        approvals.decide(world.scope("li"), approval=asked.pk, yes=False)
    approvals.decide(world.scope("li"), approval=asked.pk, yes=False, answer="由德育主任主持")
    assert not world.scope("wang").can(Need.CHILD_READ)
    with pytest.raises(Refused):
        approvals.decide(world.scope("wu"), approval=asked.pk, yes=True)


def test_where_nobody_else_is_there_it_holds_and_is_told_aloud(world: World) -> None:
    leave(world, "li", "wu")
    assert own_post(world).alone
    assert world.scope("wang").can(Need.CHILD_READ)
    assert "approval.alone" in deeds()
    Post.objects.filter(user=world.users["li"]).update(to_on=None)
    assert any("自行生效" in one.words for one in loud(world.scope("li"), TODAY))


@pytest.mark.parametrize("who", ["feng", "zhao", "wang", "xu"])
def test_only_this_school_s_leaders_decide(who: str, world: World) -> None:
    asked = own_post(world)
    with pytest.raises(Refused):
        approvals.decide(world.scope(who), approval=asked.pk, yes=True)


def test_nobody_decides_about_herself(world: World) -> None:
    asked = factor_off(world, "wu")
    with pytest.raises(Refused):
        approvals.decide(world.scope("wu"), approval=asked.pk, yes=True)


def test_a_second_factor_goes_by_two_persons_only(world: World) -> None:
    asked = factor_off(world)
    wu = world.users["wu"]
    assert Authenticator.objects.filter(user=wu).exists()
    approvals.decide(world.scope("li"), approval=asked.pk, yes=True)
    assert not Authenticator.objects.filter(user=wu).exists()
    assert "factor.removed" in deeds()
    assert any("第二步验证" in one.words and "吴秀英" in one.words for one in loud(world.scope("wu"), TODAY))


def test_leaders_hear_of_a_teacher_s_factor_by_name_and_of_every_post_that_sees_children(world: World) -> None:
    TOTP.activate(world.users["zhao"], TOTP_SECRET)
    approvals.decide(world.scope("li"), approval=factor_off(world, "zhao").pk, yes=True)
    actions.give_post(
        world.scope("wang"), user=world.users["qian"], role="helper", from_on=TODAY, school=world.schools["青河县"]
    )
    said = {one.words for one in loud(world.scope("wu"), TODAY)}
    assert said == {"李建国解除了赵明霞的第二步验证", "王立新给钱志远安排了帮扶教师岗位"}


def test_a_stranger_asks_for_nobody_s_factor(world: World) -> None:
    with pytest.raises(Refused):
        approvals.ask_factor_removal(world.scope("zhao"), user=world.users["wu"], purpose="x")
    with pytest.raises(Refused):
        approvals.ask_factor_removal(world.scope("wang"), user=world.users["feng"], purpose="x")


def test_the_same_is_not_asked_twice_and_not_without_a_purpose(world: World) -> None:
    factor_off(world)
    with pytest.raises(Refused) as again:
        factor_off(world)
    assert again.value.code == "asked-already"
    with pytest.raises(Refused) as empty:
        own_post(world, purpose=" ")
    assert empty.value.field == "purpose"


def read_he(world: World, who: str = "zhao") -> Approval:
    words, until = "三（2）班何静怡", TODAY + timedelta(days=2)
    return approvals.ask_read(world.scope(who), words=words, purpose="兄妹在两个班，一起家访", until_on=until)


def test_a_leader_opens_one_file_to_read_for_some_days(world: World) -> None:
    he = world.children["he"]
    asked = read_he(world)
    with pytest.raises(Refused):
        approvals.decide(world.scope("li"), approval=asked.pk, yes=True)
    assert mentioned(world.scope("li"), {asked.words})[asked.words] == [(he.pk, "何静怡（三（2）班）")]
    approvals.decide(world.scope("li"), approval=asked.pk, yes=True, child=he.pk)
    scope = world.scope("zhao")
    assert Child.objects.within(scope, Need.CHILD_READ).filter(pk=he.pk).exists()
    assert not Child.objects.within(scope, Need.CHILD_WRITE).filter(pk=he.pk).exists()
    assert not Child.objects.within(scope, Need.ID_NUMBER).filter(pk=he.pk).exists()
    later = world.scope("zhao", TODAY + timedelta(days=3))
    assert not Child.objects.within(later, Need.NAMES).filter(pk=he.pk).exists()
    assert any("经李建国同意查阅" in one.why for one in viewers(he, TODAY))


def test_an_asking_to_read_tells_nothing_and_needs_a_post(world: World) -> None:
    assert approvals.ask_read(world.scope("zhao"), words="某班某某", purpose="x", until_on=TODAY).granted is None
    with pytest.raises(Refused):
        read_he(world, "han")
    with pytest.raises(Refused):
        approvals.ask_read(world.scope("zhao"), words="何静怡", purpose="x", until_on=TODAY + timedelta(days=40))


def test_a_person_sees_what_she_asked_and_nobody_else_s(world: World) -> None:
    asked = own_post(world)
    assert list(approvals.asked(world.scope("wang"))) == [asked]
    assert not approvals.asked(world.scope("zhao"))
    assert list(approvals.waiting(world.scope("li"))) == [asked]
    assert not approvals.waiting(world.scope("feng"))


def test_who_puts_the_leaders_out_does_not_settle_alone(world: World) -> None:
    wang, users = world.scope("wang"), world.users
    actions.set_active(wang, user=users["li"], active=False)
    post = Post.objects.get(user=users["wu"], school=world.schools["青河县"])
    actions.end_post(wang, post=post, to_on=TODAY - timedelta(days=90))
    asked = own_post(world)
    assert asked.granted is None
    assert not world.scope("wang").can(Need.CHILD_READ)
    said = [one.words for one in loud(world.scope("li"), TODAY)]
    assert any("结束了吴秀英的" in words and "岗位" in words for words in said)


def test_a_question_nobody_is_left_to_answer_is_settled_after_a_month(world: World) -> None:
    actions.set_active(world.scope("wang"), user=world.users["li"], active=False)
    leave(world, "wu")
    assert own_post(world).granted is None
    with pytest.raises(Refused):
        own_post(world)
    lines = Trail.objects.everywhere(why="a test lets time pass").filter(deed="user.active")
    lines.update(at=now() - timedelta(days=31))
    assert own_post(world).alone


def test_a_child_of_another_school_is_not_opened(world: World) -> None:
    asked = read_he(world)
    elsewhere = next(one for one in world.children.values() if one.school_id != asked.school_id)
    with pytest.raises(Refused) as refused:
        answer_question(world.scope("li"), approval=asked.pk, yes=True, child=elsewhere.pk)
    assert refused.value.field == "child"
    assert list(approvals.waiting(world.scope("li"))) == [asked]
    assert answer_question(world.scope("li"), approval=asked.pk, yes=True, child=world.children["he"].pk).granted


def test_a_post_held_meanwhile_or_a_stopped_account_is_not_granted(world: World) -> None:
    asked, school, wang = own_post(world), world.schools["青河县"], world.users["wang"]
    post = Post.objects.create(user=wang, role="principal", school=school, from_on=TODAY)
    with pytest.raises(Refused) as refused:
        approvals.decide(world.scope("li"), approval=asked.pk, yes=True)
    assert refused.value.code == "post-held"
    post.delete()
    wang.is_active = False
    wang.save()
    with pytest.raises(Refused) as refused:
        approvals.decide(world.scope("li"), approval=asked.pk, yes=True)
    assert refused.value.code == "person"
    assert approvals.decide(world.scope("li"), approval=asked.pk, yes=False, answer="已停用").granted is False


def test_leave_to_read_past_its_day_is_not_granted(world: World) -> None:
    asked = read_he(world)
    late = world.scope("li", TODAY + timedelta(days=5))
    with pytest.raises(Refused) as refused:
        approvals.decide(late, approval=asked.pk, yes=True, child=world.children["he"].pk)
    assert refused.value.code == "too-late"


def test_questions_to_read_are_matched_with_children_at_once(world: World) -> None:
    words = {f"三（2）班何静怡{n}" for n in range(5)} | {"某班某某"}
    scope = world.scope("li")
    with CaptureQueriesContext(connection) as caught:
        found = mentioned(scope, words)
    assert len(caught) == 1
    assert found["某班某某"] == []
    assert [name for _pk, name in found["三（2）班何静怡3"]] == ["何静怡（三（2）班）"]
