"""The tables of the database, brought up to date before anything else."""

import typer
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from oasis.config.laying import lay
from oasis.config.show import console, failed
from oasis.config.vault.halfway import must_be_whole
from oasis.kit.refused import Refused


def migrate(*, whole: bool = True) -> None:
    """Bring the tables up to date, at once when they are; a database that was not restored to its end is left alone."""
    try:
        must_be_whole() if whole else None
    except Refused as refused:
        failed(refused.message)
        raise typer.Exit(1) from None
    before = _applied()
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with console.status("检查数据库……"):
        lay()
    if before and any(name.endswith("_seal") for _app, name in _applied() - before):
        with console.status("清除加密前留下的内容……"):
            scrub()


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def scrub() -> None:
    """Write the database anew, so that no free page keeps what stood there before it was sealed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL")
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
