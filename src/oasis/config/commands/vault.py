"""`oasis backup`, `oasis restore`, `oasis move`, `oasis rotate-key`: nothing lost, nothing given away."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from oasis.config.commands.tables import migrate
from oasis.config.show import console, failed, progress
from oasis.config.vault import copying, loading, moving, rotating
from oasis.config.vault.sealing import Damaged
from oasis.kit import backups
from oasis.kit.keys import KeyLost
from oasis.kit.refused import Refused

DAMAGED = (
    "备份文件读不出来：不是备份、被改动过、不完整，或者密钥不对",
    "请换一个备份文件，并核对 oasis_backup_key.key（或 OASIS_BACKUP_KEY）",
)


def backup(
    to: Annotated[Path | None, typer.Option(help="存放的文件夹，默认在数据文件夹的 backups 里")] = None,
    keep: Annotated[int, typer.Option(min=1, help="保留最近几份")] = 14,
) -> None:
    """备份：加密，并当场恢复到临时库核对一遍。运行时不影响别人使用。"""
    try:
        with progress("备份") as advance:
            path, told = copying.backup(to or settings.OASIS_BACKUPS, advance, keep=keep)
        backups.note(path.parent, "")
    except Damaged as wrong:
        failed(f"备份没有通过核对（{wrong}），没有留下文件", "请再试一次；仍不行请运行 oasis check")
        raise typer.Exit(1) from None
    console.print(f"已备份 {told.rows} 行并核对无误：{path}", highlight=False)
    console.print("请把备份文件和 oasis_backup_key.key 分开保存到另一处（U盘、另一台电脑）。")


def restore(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="备份文件")]) -> None:
    """恢复到一个空的数据库；已有数据时不会覆盖；中断后再运行一次会接着做。"""
    migrate(whole=False)
    try:
        with progress("恢复") as advance:
            told = loading.restore(file, advance)
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    except Damaged:
        failed(*DAMAGED)
        raise typer.Exit(1) from None
    console.print(f"已恢复 {told.rows} 行并核对无误，备份于 {told.made_at}。", highlight=False)


def move(to: Annotated[str, typer.Option(help="目标数据库，如 postgres://用户:密码@主机/库名")]) -> None:
    """把全部数据搬到另一个空的数据库（如县里的 PostgreSQL），逐表核对；原来的库不变；中断后再运行一次会接着做。"""
    try:
        with progress("搬迁") as advance:
            told = moving.move(to, advance)
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    except Damaged as wrong:
        failed(f"核对不一致（{wrong}），目标库没有写入")
        raise typer.Exit(1) from None
    console.print(f"已搬迁 {told.rows} 行并逐表核对无误。把 DATABASE_URL 设为新地址，再运行 oasis up。")


def rotate_key(
    finish: Annotated[bool, typer.Option("--finish", help="不换新的，只把没做完的做完、清掉用不着的旧密钥")] = False,
    restarted: Annotated[
        bool, typer.Option("--restarted", help="主密钥由环境变量给出时：已经带着新旧两个主密钥重新启动过")
    ] = False,
) -> None:
    """换密钥：生成新的主密钥和数据密钥，逐批重新加密。中断后再运行一次会接着做，不影响别人使用。"""
    migrate()
    try:
        if not finish:
            rotating.must_know_both(restarted=restarted)
        with progress("换密钥") as advance:
            turned = rotating.rotate(advance, finish=finish)
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    except KeyLost:
        failed("主密钥不对：打不开这个数据库的数据密钥", "请找回 oasis_master_key.key（或 OASIS_MASTER_KEY）再试")
        raise typer.Exit(1) from None
    console.print(f"已换用第 {turned.number} 号数据密钥，核对 {turned.rows} 行。", highlight=False)
    if turned.waiting:
        console.print(
            "旧的数据密钥再留一天，供还在运行的程序使用：明天以后再运行一次 oasis rotate-key --finish，把它清掉。"
        )
