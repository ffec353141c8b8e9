"""What `oasis check` looks at: Django's own deployment checks, and the house's."""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.core.checks.messages import ERROR
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q

from oasis.kit import backups, keys
from oasis.kit.dates import now, today
from oasis.people import heads, trail
from oasis.people.models import AccessRules, Trail, User
from oasis.places.models import School

MARKS = ("[red]须处理[/]", "[yellow]请留意[/]", "[green]正常[/]")
MUST, NOTE, FINE = range(3)
# Django's words for what plain http means here; the house says it once, in Chinese, under 网址.
ABOUT_HTTPS = {"security.W004", "security.W008", "security.W012", "security.W016"}
CHINESE = {
    "security.W009": "OASIS_SECRET_KEY 太短或太简单：换成至少50个随机字符",
    "security.W018": "调试模式开着：去掉 OASIS_DEBUG",
    "security.W020": "没有允许的网址：设置 OASIS_HOSTS",
}
VENDOR_FILES = ("tabler/tabler.min.css", "htmx/htmx.min.js", "echarts/echarts.min.js", "icons/sprite.svg")


@dataclass(frozen=True)
class Finding:
    """One line of the report: 0 must be mended, 1 is worth knowing, 2 is well."""

    rank: int
    title: str
    text: str

    @property
    def serious(self) -> bool:
        """Tell whether it must be mended before work with real children."""
        return self.rank == MUST

    @property
    def mark(self) -> str:
        """The coloured word before the line."""
        return MARKS[self.rank]


def findings(environment: Mapping[str, str] = os.environ) -> list[Finding]:
    """Look at everything; a database out of reach ends the list, as nothing more can be asked."""
    found = [*_settings(environment), *_files(), *_django()]
    try:
        return [*found, *_backups(), *_database(), *_keys(), *_people(), *_trail()]
    except DatabaseError as error:
        return [
            *found,
            Finding(
                MUST, "数据库", f"连不上，或还没有建表：{type(error).__name__}。检查 DATABASE_URL，再运行 oasis up"
            ),
        ]


def _settings(environment: Mapping[str, str]) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(MUST, "调试模式", "开着：出错页会露出数据，去掉 OASIS_DEBUG")
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(MUST, "网址", "OASIS_HOSTS 不能写 *，请写学校实际使用的网址")
    if settings.OASIS_HTTPS:
        yield Finding(FINE, "加密访问", "已开启")
    else:
        yield Finding(NOTE, "加密访问", "未开启：只宜在本机使用；多人使用请在前面加 HTTPS，并设 OASIS_HTTPS=1")
    for name in ("OASIS_SECRET_KEY", "OASIS_DATA_KEY", "OASIS_MASTER_KEY"):
        yield _key(name, environment)
    yield from _made_later(environment)


def _made_later(environment: Mapping[str, str]) -> Iterator[Finding]:
    """The keys that are made at their first use, and so may rightly be missing; the second lies in its file only."""
    backup, handover = settings.HOME / "oasis_backup_key.key", settings.HOME / "oasis_handover_key.key"
    if environment.get("OASIS_BACKUP_KEY") or backup.exists():
        yield _key("OASIS_BACKUP_KEY", environment)
    if handover.exists():
        yield _key_file(handover)


def _key(name: str, environment: Mapping[str, str]) -> Finding:
    if environment.get(name):
        return Finding(FINE, "密钥", f"{name} 由环境变量给出，请另存一份")
    return _key_file(settings.HOME / f"{name.lower()}.key")


def _key_file(path: Path) -> Finding:
    if not path.exists():
        return Finding(
            MUST, "密钥", f"{path.name} 不在：没有它，已加密的内容打不开。请放回原处；新装的请先运行 oasis up"
        )
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding(MUST, "密钥", f"{path.name} 别人也能读：chmod 600")
    return Finding(FINE, "密钥", f"{path.name} 只有本账号能读，备份时请一并保存")


def _files() -> Iterator[Finding]:
    vendor = settings.PACKAGE / "desk" / "static" / "vendor"
    missing = [name for name in VENDOR_FILES if not (vendor / name).is_file()]
    if missing:
        yield Finding(MUST, "页面文件", f"缺少 {'、'.join(missing)}：运行 make assets")
    fonts = [path for folder in settings.OASIS_FONT_DIRS for path in Path(folder).glob("*.[ot]tf")]
    yield (
        Finding(FINE, "字体", f"{len(fonts)} 个")
        if fonts
        else Finding(MUST, "字体", "没有：联系卡会缺字，运行 make assets")
    )
    if stat.S_IMODE(settings.HOME.stat().st_mode) & 0o077:
        yield Finding(NOTE, "数据文件夹", "同一台电脑的其他账号也能打开：chmod 700")
    free = shutil.disk_usage(settings.HOME).free // 2**30
    yield Finding(FINE if free >= 2 else NOTE, "磁盘", f"还有 {free} GB")


def _backups() -> Iterator[Finding]:
    kept = backups.state(settings.OASIS_BACKUPS)
    if kept.failure:
        yield Finding(MUST, "备份", f"上一次没有做成：{kept.failure}")
    elif kept.stale(now()):
        yield Finding(NOTE, "备份", "最近两天没有一份好的备份：运行 oasis backup；oasis up 开着时每夜自动做")
    else:
        yield Finding(FINE, "备份", f"{kept.count} 份，每份都核对过")


def _django() -> Iterator[Finding]:
    for message in run_checks(include_deployment_checks=True):
        if message.id not in ABOUT_HTTPS:
            rank = MUST if message.level >= ERROR else NOTE
            yield Finding(rank, "Django", CHINESE.get(message.id or "", f"{message.msg} ({message.id})"))


def _database() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield Finding(MUST, "数据库", f"有 {len(waiting)} 项结构更新没有执行：运行 oasis up")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            sound = cursor.fetchone()[0] == "ok"
        yield (
            Finding(FINE, "数据库", "SQLite，完好")
            if sound
            else Finding(MUST, "数据库", "SQLite 文件已损坏：停止使用并恢复备份")
        )
    else:
        version = getattr(connection, "pg_version", 0) // 10000
        yield Finding(FINE, "数据库", f"PostgreSQL {version}")


def _keys() -> Iterator[Finding]:
    try:
        number = keys.ring(connection).current
    except keys.KeyLost:
        yield Finding(MUST, "加密", "主密钥打不开这个数据库：请放回原来的 oasis_master_key.key（或 OASIS_MASTER_KEY）")
    else:
        yield Finding(FINE, "加密", f"证件号、电话、住址、健康和记录内容已加密，第 {number} 号数据密钥")


def _people() -> Iterator[Finding]:
    if demo := User.objects.filter(demo=True).count():
        yield Finding(NOTE, "演示数据", f"有 {demo} 个演示账号，密码是公开的；正式使用前运行 oasis demo --clear")
    lax = AccessRules.objects.everywhere(why="the installer checks the rules, and sees none of a child")
    if count := lax.filter(demand_factor=False, school__demo=False).count():
        yield Finding(NOTE, "第二步验证", f"有 {count} 所学校没有按岗位要求第二步验证：在“设置 · 登录规定”里打开")
    on = today()
    held = Q(posts__role="administrator") & (Q(posts__to_on__isnull=True) | Q(posts__to_on__gte=on))
    if not User.objects.filter(held, is_active=True).exists():
        yield Finding(MUST, "管理员", "没有管理员账号：运行 oasis init")


def _trail() -> Iterator[Finding]:
    schools = list(School.objects.values_list("pk", flat=True))
    for key in [trail.HOUSE, *schools, *(trail.apart(school) for school in schools)]:
        lines = Trail.objects.everywhere(why="the installer checks the chain, and sees line numbers only")
        broken = list(trail.broken(lines.filter(school_key=key)))
        if broken:
            yield Finding(
                MUST, "操作痕迹", f"学校 {key} 的第 {broken[0]} 条起对不上，共 {len(broken)} 处：有人动过数据库"
            )
            return
    gone = list(heads.lost(settings.OASIS_BACKUPS / heads.BESIDE))
    if gone:
        yield Finding(MUST, "操作痕迹", f"{gone[0].words}（学校 {gone[0].key}）。恢复过旧备份的，请核对恢复的时间")
        return
    yield Finding(FINE, "操作痕迹", "前后相连，和库外留存的末尾一致，没有缺改")
