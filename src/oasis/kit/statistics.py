"""What the database knows of how its tables are filled, from which it chooses the index for a query."""

from django.db import connection, transaction

ENOUGH = 1000  # rows looked at in each index: a tenth of a second for a county, where all would take many


def learn() -> None:
    """Let SQLite look anew at its tables. PostgreSQL does so by itself.

    Without it a child's page cost up to a third more in a county's database (docs/performance.md). What was known before is dropped
    first: a new table is a change of the schema, upon which the connections of the running program read it anew.
    """
    if connection.vendor == "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ENOUGH}")
            cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")
            cursor.execute("ANALYZE")
