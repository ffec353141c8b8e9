"""`oasis init` and `oasis check`: a real school's first start, and the look over an installation."""

import secrets
from datetime import date
from typing import Annotated

import typer

from oasis.config import checkup
from oasis.config.commands.tables import migrate
from oasis.config.show import console, failed, report
from oasis.kit.dates import today
from oasis.kit.refused import Refused
from oasis.people.founding import TermDates, found_school
from oasis.people.scope import Scope

INSTALLER = "安装"


def init(
    school: Annotated[str, typer.Option(prompt="学校名称", help="学校全称")],
    name: Annotated[str, typer.Option(prompt="管理员姓名", help="管理员姓名")],
    username: Annotated[str, typer.Option(help="管理员登录名")] = "admin",
    password: Annotated[str, typer.Option(envvar="OASIS_ADMIN_PASSWORD", help="管理员密码；不填则生成一个")] = "",
    system: Annotated[str, typer.Option(help="学制：6-3 或 5-4")] = "6-3",
    term: Annotated[str, typer.Option(help="学期，如 2026-1（第一学期）；不填按今天推算")] = "",
    starts: Annotated[str, typer.Option(help="开学日期，如 2026-09-01")] = "",
    ends: Annotated[str, typer.Option(help="放假日期，如 2027-01-20")] = "",
    also: Annotated[str, typer.Option(help="管理员还兼任：principal（校长）或 dean（德育主任）；不兼任就不填")] = "",
) -> None:
    """第一次使用：建立学校、学期和管理员账号。"""
    migrate()
    chosen = password or secrets.token_urlsafe(9)
    try:
        made = found_school(
            Scope(None, INSTALLER, today()),
            name=school,
            administrator=name,
            username=username,
            password=chosen,
            system=system,
            term=_term(term, starts, ends),
            also=_also(also),
        )
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    console.print(f"已建立“{made.name}”。管理员登录名：{username}", highlight=False)
    if not password:
        console.print(f"密码：{chosen}（只显示这一次，请记下并在登录后修改）", highlight=False)
    console.print("下一步：运行 oasis up，登录后在“设置”里建班级和教师账号，再导入花名册。", highlight=False)


def _term(term: str, starts: str, ends: str) -> TermDates | None:
    if not (term or starts or ends):
        return None
    try:
        year, half = (int(part) for part in term.split("-"))
        return TermDates(year, half, date.fromisoformat(starts), date.fromisoformat(ends))
    except ValueError:
        raise Refused("bad-term", "学期写成 2026-1，开学和放假日期写成 2026-09-01，三项要一起填") from None


def _also(role: str) -> str:
    if role not in ("", "principal", "dean"):
        raise Refused("bad-role", "兼任只能填 principal（校长）或 dean（德育主任）")
    return role


def check() -> None:
    """检查安装：数据库、密钥、网址、字体、操作痕迹。有必须处理的问题时返回 1。"""
    found = checkup.findings()
    report(found)
    if any(finding.serious for finding in found):
        raise typer.Exit(1)
