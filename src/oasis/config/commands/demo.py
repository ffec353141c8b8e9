"""`oasis demo`: schools that read like life, put in and taken out."""

from typing import Annotated

import typer

from oasis.config import demo
from oasis.config.commands.tables import migrate
from oasis.config.show import console, failed, progress, show_logins
from oasis.people.founding import nobody_here


def fill(
    size: Annotated[str, typer.Option(help="village 村小，township 乡镇中心校，county 一个县")] = "village",
    clear: Annotated[bool, typer.Option("--clear", help="删除全部演示数据")] = False,
) -> None:
    """装入演示数据，或用 --clear 全部删除。"""
    migrate()
    if clear:
        with console.status("删除演示数据……"):
            removed = demo.clear()
        console.print(f"演示数据已全部删除，共 {removed} 行。", highlight=False)
        return
    if not nobody_here():
        failed("数据库不是空的，演示数据不与别的数据混放", "请先运行 oasis demo --clear，或换一个 OASIS_HOME")
        raise typer.Exit(1)
    load(size)
    show_logins(demo.logins())


def load(size: str) -> None:
    """Build the demo with a bar to watch."""
    if size not in demo.SIZES:
        failed(f"没有“{size}”这种演示数据", f"可以选：{'、'.join(demo.SIZES)}")
        raise typer.Exit(2)
    with progress("装入演示数据") as advance:
        demo.build(size, advance)
