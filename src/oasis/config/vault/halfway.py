"""A database that is being filled says so itself, until its last table was compared: nobody works in half a school.

The mark is a table of its own with one line, the moment of the backup that goes in; it is there before the first row.
"""

from django.db import connections, transaction

from oasis.config.vault import tables
from oasis.kit.refused import Refused

MARK = "oasis_halfway"
UNFINISHED = "这个数据库还没有恢复完（上次中断了）。请再运行一次同样的 oasis restore 或 oasis move，会接着做完"


def mark(alias: str = "default") -> str:
    """Give the moment of the backup that is going into a database, "" where none is."""
    connection = connections[alias]
    if MARK not in connection.introspection.table_names():
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT made_at FROM {MARK}")  # noqa: S608 - a name of ours
        return str(cursor.fetchone()[0])


def must_be_whole(alias: str = "default") -> None:
    """Raise Refused where a restore was stopped halfway."""
    if mark(alias):
        raise Refused("halfway", UNFINISHED)


def enter(alias: str, made_at: str) -> bool:
    """Mark a database as being filled; give True where this same backup was stopped and goes on. Raises Refused when it holds anything.

    Half of another backup is worth nothing and goes first: the mark proves that nobody worked there.
    """
    begun = mark(alias)
    if begun == made_at:
        return True
    if begun:
        leave(alias, empty=True)
    must_be_empty(alias)
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (made_at varchar(40) NOT NULL)")
        cursor.execute(f"INSERT INTO {MARK} VALUES (%s)", [made_at])  # noqa: S608
    return False


def leave(alias: str, *, empty: bool = False) -> None:
    """Take the mark away: the database is whole, or empty again."""
    with transaction.atomic(using=alias):
        if empty:
            for model in reversed(tables.tables()):
                tables.empty(model, alias)
        with connections[alias].cursor() as cursor:
            cursor.execute(f"DROP TABLE {MARK}")


def must_be_empty(alias: str) -> None:
    """Raise Refused when a database holds anything: nothing is ever overwritten."""
    if any(tables.count(model, alias) for model in tables.tables()):
        raise Refused("not-empty", "目标数据库里已经有数据，不会覆盖。请换一个空的数据库")
