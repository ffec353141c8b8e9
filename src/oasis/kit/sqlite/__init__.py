"""Django's SQLite engine, which remembers how a statement reads in the driver's own style."""
