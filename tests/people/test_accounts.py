"""Accounts and posts: given, ended, reset, stopped."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator

from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.people import actions
from oasis.people.looks import loud
from oasis.people.meanwhile import mark
from oasis.people.models import Post, User
from oasis.people.roles import Need
from tests.world import TODAY, World


def invite(world: World, who: str = "wang", **changes: object) -> actions.Invitation:
    given = {"name": "林国安", "role": "subject", "from_on": TODAY, "school": world.schools["青河县"]} | changes
    return actions.invite(world.scope(who), **given)


def test_leaders_hear_of_a_leader_s_new_mail_and_not_of_a_new_phone(world: World) -> None:
    li = world.users["li"]
    actions.edit_person(world.scope("wang"), user=li, name=li.name, phone="19900000009", email=li.email)
    assert not loud(world.scope("wu"), TODAY)
    actions.edit_person(world.scope("wang"), user=li, name=li.name, phone="19900000009", email="li@new.example")
    actions.edit_person(world.scope("wang"), user=world.users["zhao"], name="赵明夏", phone="", email="z@new.example")
    said = [one.words for one in loud(world.scope("wu"), TODAY)]
    assert said == ["王立新修改了李建国的邮箱，忘记密码时可以用它重设密码"]


def test_an_invitation_opens_an_account_with_a_password_to_be_changed(world: World) -> None:
    invitation = invite(world, role="homeroom", klass=world.klasses["五1"])
    user = User.objects.get(username="linguoan")
    assert user.check_password(invitation.password)
    assert user.must_change_password
    assert user.posts.get().klass == world.klasses["五1"]


def test_a_second_person_of_the_same_name_gets_another_log_in_name(world: World) -> None:
    invite(world)
    assert invite(world).user.username == "linguoan2"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"username": "zhao"}, "not-valid"), ({"role": "county"}, "role"), ({"role": "homeroom"}, "not-valid")],
)
def test_an_invitation_against_the_rules_leaves_nothing(changes: dict, code: str, world: World) -> None:
    before = User.objects.count()
    with pytest.raises(Refused) as refused:
        invite(world, **changes)
    assert refused.value.code == code
    assert User.objects.count() == before


@pytest.mark.parametrize("who", ["li", "zhao", "feng"])
def test_only_the_administrator_invites(who: str, world: World) -> None:
    with pytest.raises(Refused):
        invite(world, who)


def test_a_class_of_another_school_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        invite(world, role="homeroom", klass=world.klasses["柳三1"])
    assert refused.value.code == "other-class"


def test_a_post_held_is_not_given_twice(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.give_post(
            world.scope("wang"), user=world.users["li"], role="principal", from_on=TODAY, school=world.schools["青河县"]
        )
    assert refused.value.code == "post-held"


def test_an_ended_post_reaches_nothing_the_day_after(world: World) -> None:
    post = world.users["zhao"].posts.get()
    actions.end_post(world.scope("wang"), post=post, to_on=TODAY)
    assert world.scope("zhao").can(Need.CHILD_READ)
    assert not world.scope("zhao", TODAY + timedelta(days=1)).can(Need.CHILD_READ)


def test_a_post_cannot_end_before_it_began(world: World) -> None:
    with pytest.raises(Refused):
        actions.end_post(world.scope("wang"), post=world.users["zhao"].posts.get(), to_on=date(2020, 1, 1))


def test_a_post_is_never_made_longer_by_ending_it(world: World) -> None:
    post = world.users["chu"].posts.get()
    for to_on in (TODAY, date(2030, 12, 31), date(2026, 8, 30)):
        with pytest.raises(Refused) as refused:
            actions.end_post(world.scope("wang"), post=post, to_on=to_on)
        assert refused.value.code == "ended"
    running = world.users["zhao"].posts.get()
    actions.end_post(world.scope("wang"), post=running, to_on=TODAY + timedelta(days=9))
    with pytest.raises(Refused):
        actions.end_post(world.scope("wang"), post=running, to_on=TODAY + timedelta(days=10))
    actions.end_post(world.scope("wang"), post=running, to_on=TODAY)
    assert Post.objects.get(pk=running.pk).to_on == TODAY


def test_the_last_administrator_stays(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.end_post(world.scope("wang"), post=world.users["wang"].posts.get(), to_on=TODAY)
    assert refused.value.code == "last-administrator"


def test_a_stranger_ends_no_post(world: World) -> None:
    with pytest.raises(Refused):
        actions.end_post(world.scope("feng"), post=world.users["zhao"].posts.get(), to_on=TODAY)


def test_a_reset_gives_a_new_password_for_a_day_and_leaves_the_second_factor(world: World) -> None:
    zhao = world.users["zhao"]
    Authenticator.objects.create(user=zhao, type=Authenticator.Type.TOTP, data={})
    invitation = actions.reset_password(world.scope("wang"), user=zhao)
    zhao.refresh_from_db()
    assert zhao.check_password(invitation.password)
    assert zhao.must_change_password
    assert zhao.code_until == now() + timedelta(days=1)
    assert Authenticator.objects.filter(user=zhao).exists()


def test_an_account_with_a_post_elsewhere_is_not_reset_from_here(world: World) -> None:
    li = world.users["li"]
    Post.objects.create(user=li, role="county", region=world.schools["青河县"].region, from_on=TODAY)
    with pytest.raises(Refused) as refused:
        actions.reset_password(world.scope("wang"), user=li)
    assert refused.value.code == "other-posts"


@pytest.mark.parametrize("who", ["chen", "han"])
def test_strangers_are_not_managed(who: str, world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_active(world.scope("wang"), user=world.users[who], active=False)
    assert refused.value.code == "other-school"


def test_an_account_is_stopped_and_works_again(world: World) -> None:
    zhao = world.users["zhao"]
    actions.set_active(world.scope("wang"), user=zhao, active=False)
    assert not User.objects.get(pk=zhao.pk).is_active
    actions.set_active(world.scope("wang"), user=zhao, active=True)
    assert User.objects.get(pk=zhao.pk).is_active


def test_nobody_stops_the_own_account(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_active(world.scope("wang"), user=world.users["wang"], active=False)
    assert refused.value.code == "own-account"


def test_name_and_phone_are_mended(world: World) -> None:
    actions.edit_person(world.scope("wang"), user=world.users["zhao"], name="赵明夏", phone="19900000009")
    assert User.objects.get(pk=world.users["zhao"].pk).name == "赵明夏"


def test_a_person_stopped_meanwhile_stays_stopped_when_the_name_is_mended(world: World) -> None:
    zhao = world.users["zhao"]
    User.objects.filter(pk=zhao.pk).update(is_active=False)
    actions.edit_person(world.scope("wang"), user=zhao, name="赵明夏", phone="")
    assert User.objects.filter(pk=zhao.pk, is_active=False, name="赵明夏").exists()


def test_a_last_day_set_meanwhile_is_not_written_over(world: World) -> None:
    wang, post = world.scope("wang"), world.users["zhao"].posts.get()
    actions.end_post(wang, post=post, to_on=TODAY + timedelta(days=9), seen="")
    with pytest.raises(Refused, match="meanwhile"):
        actions.end_post(wang, post=post, to_on=TODAY, seen="")
    seen = mark(TODAY + timedelta(days=9))
    assert actions.end_post(wang, post=post, to_on=TODAY, seen=seen).to_on == TODAY
