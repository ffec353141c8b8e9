"""How the command line shows things: progress, log-ins, findings, a refusal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from oasis.config.checkup import Finding
from oasis.config.demo.logins import Login

Advance = Callable[[int, int, str], None]
console = Console()


@contextmanager
def progress(title: str) -> Iterator[Advance]:
    """Show a bar with the time gone and the time left; the work calls advance(done, total, what) as it goes on."""
    used, left = TextColumn("已用"), TextColumn("还要")
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), used, TimeElapsedColumn(), left)
    with Progress(*columns, TimeRemainingColumn(), console=console) as bars:
        bar = bars.add_task(title, total=None)
        yield lambda done, total, what: bars.update(
            bar, description=f"{title}：{what}" if what else title, completed=done, total=total
        )


def show_logins(found: Iterable[Login]) -> None:
    """Show one log-in per role."""
    table = Table(title="演示账号（数据都是虚构的）", title_justify="left")
    for heading in ("岗位", "姓名", "登录名", "密码"):
        table.add_column(heading)
    for login in found:
        table.add_row(login.role, login.name, login.username, login.password)
    console.print(table)


def report(findings: Iterable[Finding]) -> None:
    """Show what a check found, the serious first."""
    table = Table()
    for heading in ("", "检查项", "结果"):
        table.add_column(heading)
    for finding in sorted(findings, key=lambda found: found.rank):
        table.add_row(finding.mark, finding.title, escape(finding.text))
    console.print(table)


def failed(*lines: str) -> None:
    """Say what went wrong and what to do next."""
    console.print("没有完成：", escape(lines[0]), style="bold red", highlight=False)
    for line in lines[1:]:
        console.print(escape(line), highlight=False)
