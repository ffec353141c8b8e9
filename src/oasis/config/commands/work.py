"""`oasis import` and `oasis summary`: the school's work without a browser, done as one of its people."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from oasis.children.access import scope_of
from oasis.config.commands.tables import migrate
from oasis.config.commands.watching import report_batch, watched
from oasis.config.show import console, failed
from oasis.figures.where import Calendar
from oasis.intake import actions, commit
from oasis.kit.dates import today
from oasis.kit.refused import Refused
from oasis.papers.places import Place, places_within
from oasis.papers.summary.drafting import begin
from oasis.papers.summary.export import export_summary
from oasis.people.models import User
from oasis.people.roles import Need
from oasis.people.scope import Scope

As = Annotated[str, typer.Option("--as", help="以谁的身份做：登录名。能做什么、留下的痕迹，都与此人在网页上一样")]


def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="花名册：.xlsx、.xls 或 .csv")],
    username: As,
    yes: Annotated[bool, typer.Option("--yes", help="核对后直接导入，不再询问")] = False,
) -> None:
    """导入花名册：先逐行核对，确认后写入。不认得的列请在网页上指定。"""
    migrate()
    try:
        scope = eyes(username)
        if file.stat().st_size > settings.OASIS_UPLOAD_LIMIT:
            raise Refused("too-large", f"文件超过 {settings.OASIS_UPLOAD_LIMIT >> 20} MB，请拆成几个文件再导入")
        batch = actions.receive(scope, name=file.name, data=file.read_bytes())
        batch = watched("逐行核对", scope, batch, actions.preview)
        report_batch(scope, batch)
        if not (batch.counts.get("new") or batch.counts.get("changed")):
            console.print("没有要写入的内容。")
            return
        if not (yes or typer.confirm("写入以上内容？")):
            console.print("没有写入。核对结果已留在网页的“导入”里。")
            return
        watched("写入", scope, batch, commit.commit)
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    console.print("已导入。需要撤回时，请在网页的“导入”里操作。")


def summary(
    username: As,
    place: Annotated[str, typer.Option("--class", help="班级，如 三（2）班；不填为全校（或自己的班）")] = "",
    year: Annotated[bool, typer.Option("--year", help="按学年；不填按本学期")] = False,
    to: Annotated[Path, typer.Option(help="存到哪个文件夹")] = Path(),
) -> None:
    """起草并导出工作总结（Word）。已有修改过的文稿时，导出的就是那份文稿。"""
    migrate()
    try:
        scope = eyes(username)
        chosen = chosen_place(scope, place)
        with console.status("起草工作总结……"):
            draft = begin(scope, place=chosen, period=period_code(scope, chosen, year))
            made = export_summary(scope, draft=draft)
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    target = to / made.name
    target.write_bytes(made.data)
    console.print(f"已写好：{target}", highlight=False)


def eyes(username: str) -> Scope:
    """Give the scope of an account; raises Refused when there is none or it is closed."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refused("no-user", f"没有“{username}”这个账号，或已停用")
    return scope_of(user, today(), "命令行")


def chosen_place(scope: Scope, label: str) -> Place:
    """Give the place by its name, or the widest in reach; raises Refused when there is none."""
    found = places_within(scope, Need.SUMMARY)
    named = [place for place in found if label in ("", place.label)]
    if not named:
        choice = "、".join(place.label for place in found) or "无"
        raise Refused("no-place", f"没有这个班级，或不在此人负责的范围内。可以选：{choice}")
    return named[0]


def period_code(scope: Scope, place: Place, year: bool) -> str:
    """Give the code of today's term or school year."""
    now = Calendar(place.school.pk, scope.on).current()
    if now is None:
        raise Refused("no-period", "学校还没有学期，请先在设置里添加")
    return f"y{now.code[1:5]}" if year else now.code
