"""Nothing lost: backup, restore and the move to another database, in one form for SQLite and PostgreSQL."""
