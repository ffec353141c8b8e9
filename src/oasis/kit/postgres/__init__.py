"""Django's PostgreSQL engine, which can have the statements that come again and again kept planned."""
