"""`oasis up`: the database brought up to date, then web server and worker."""

from typing import Annotated

import typer

from oasis.config import server
from oasis.config.commands.demo import load
from oasis.config.commands.keeping import finish_waiting
from oasis.config.commands.tables import migrate
from oasis.config.demo.logins import logins
from oasis.config.show import console, failed, show_logins
from oasis.people.founding import nobody_here


def up(
    host: Annotated[str, typer.Option(envvar="HOST", help="监听地址；0.0.0.0 让校内网络都能访问")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="端口")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="网页进程数")] = 2,
    demo: Annotated[str, typer.Option(help="数据库为空时先装入演示数据：village、township、county")] = "",
) -> None:
    """启动绿洲：网页和后台任务。按 Ctrl-C 停止。"""
    migrate()
    if demo and nobody_here():
        load(demo)
    finish_waiting()
    try:
        code = server.serve(host, port, workers=workers, ready=lambda: _welcome(host, port))
    except server.PortTaken:
        failed(f"{host}:{port} 已被别的程序占用", "请换一个端口，例如 oasis up --port 8010 或 make run PORT=8010")
        raise typer.Exit(1) from None
    console.print("绿洲已停止。")
    raise typer.Exit(code)


def _welcome(host: str, port: int) -> None:
    shown = "localhost" if host in server.LOOPBACK else host
    console.print(f"\n绿洲已启动：http://{shown}:{port}/", style="bold", highlight=False)
    if nobody_here():
        console.print("还没有学校：请在浏览器里填写，或运行 oasis init。")
    elif found := logins():
        show_logins(found)
    console.print("按 Ctrl-C 停止。\n")
