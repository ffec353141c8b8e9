"""What the database knows of how its tables are filled, from which it chooses the index for a query."""

from django.db import connection

ENOUGH = 1000  # rows looked at in each index: a tenth of a second for a county, where all would take many


def learn() -> None:
    """Let SQLite look anew at its tables. PostgreSQL does so by itself.

    Without it a child's page asked half as much again of a county's database (docs/performance.md).
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ENOUGH}")
            cursor.execute("ANALYZE")
