"""`oasis code` and `oasis unlock`: the way back in for who owns the server, never closed by a wrong password."""

from typing import Annotated
from uuid import UUID

import typer
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction

from oasis.config.commands.tables import migrate
from oasis.config.show import console, failed
from oasis.kit.dates import today, zh_when
from oasis.people import trail
from oasis.people.actions import RESET, one_time_password, set_code
from oasis.people.models import Post, User
from oasis.people.scope import Scope

SERVER = "服务器"


def code(
    username: Annotated[str, typer.Argument(help="登录名")],
    lift: Annotated[bool, typer.Option("--lift", help="第二步验证也解除；校领导会看到")] = False,
) -> None:
    """给一个账号发一次性密码（显示一次，24小时内有效），并解除登录限制和停用。第二步验证不变，除非写 --lift。"""
    migrate()
    user = User.objects.filter(username=username).first()
    if user is None:
        failed(f"没有登录名是“{username}”的账号", "用 oasis people 看有哪些账号")
        raise typer.Exit(1)
    password = one_time_password()
    with transaction.atomic():
        set_code(user, password, RESET)
        user.is_active = True
        user.save(update_fields=["password", "must_change_password", "code_until", "is_active"])
        _noted(user, "server.code")
        if lift and Authenticator.objects.filter(user=user).delete()[0]:
            _noted(user, "factor.removed")
    cache.clear()
    console.print(f"登录名：{user.username}", highlight=False)
    console.print(f"一次性密码：{password}（只显示这一次）", highlight=False)
    if user.code_until:
        console.print(
            f"{zh_when(user.code_until)}以前有效，登录后必须换掉。学校领导的“今日”里会看到这件事。", highlight=False
        )


def unlock() -> None:
    """解除因输错密码造成的登录限制，对所有账号和地址。"""
    cache.clear()
    trail.note(Scope(None, SERVER, today()), "server.unlock", school=None)
    console.print("登录限制已解除，现在就可以再试。")


def people() -> None:
    """列出账号和现在的岗位，不含孩子的信息。"""
    held: dict[str, list[str]] = {}
    for post in Post.objects.held_on(today()).select_related("user").order_by("user__username"):
        held.setdefault(post.user.username, []).append(post.get_role_display())
    for username, roles in held.items():
        console.print(f"{username}\t{'、'.join(roles)}", highlight=False)


def _noted(user: User, deed: str) -> None:
    posts = Post.objects.held_on(today()).filter(user=user, school__isnull=False)
    schools: set[UUID | None] = set(posts.values_list("school", flat=True))
    for school in schools or {None}:
        trail.note(Scope(None, SERVER, today()), deed, school=school, subject=str(user.pk))
