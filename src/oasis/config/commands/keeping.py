"""`oasis retention`: what is due to be erased, and the end of what a leader has confirmed."""

from typing import Annotated

import typer

from oasis.config.commands.tables import migrate
from oasis.config.commands.work import eyes
from oasis.config.show import console, failed
from oasis.kit.refused import Refused
from oasis.people.queries import own_schools
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.actions.keeping import carry_out_all, confirm
from oasis.records.keeping import due

WORDS = {
    "children": "删除档案", "nameless": "去名档案", "people": "删除家庭成员", "records": "删除记录", "confidential": "删除保密记录",
    "kept": "核对后不能处理而保留",
}  # fmt: skip


def retention(
    username: Annotated[str, typer.Option("--as", help="校长或德育主任的登录名；不填只把已确认的做完")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="确认处理全部没有障碍的到期档案")] = False,
) -> None:
    """到期的档案：列出件数；--yes 确认处理。已确认而没有做完的，接着做完。"""
    migrate()
    try:
        if username:
            _confirm(eyes(username), yes=yes)
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    finish_waiting()


def _confirm(scope: Scope, *, yes: bool) -> None:
    schools = list(own_schools(scope, Need.LAW))
    if not schools:
        raise Refused("no-leader", "这个账号不是校长或德育主任，不能办理")
    for school in schools:
        found = due(scope, school)
        free = [one.child.pk for one in found if not one.obstacle]
        told = f"{school}：到期{len(found)}份，其中{len(found) - len(free)}份还有事没有办完"
        console.print(told, highlight=False)
        if free and yes:
            confirm(scope, school=school, children=free)


def finish_waiting() -> None:
    """Finish every erasure that was confirmed; says how many rows went, names nobody."""
    for done in carry_out_all():
        told = "，".join(f"{WORDS.get(name, name)}{number}" for name, number in done.counts.items() if number)
        console.print(f"到期处理：{told or '没有要处理的'}", highlight=False)
