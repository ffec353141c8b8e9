"""Lays the tables of a database: an empty one gets them as they are today, at once; any other by its missing migrations."""

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import override_settings

from oasis.kit import keys


def lay(alias: str = "default") -> None:
    """Bring the tables of a database up to date.

    A hundred migrations one after the other take the better part of a minute of an old PC, and build up and tear down tables
    that stay empty; so a database without any gets the tables of the models, and all migrations are noted as done. Both
    ways lead to the same tables (tests/config/test_laying.py). Tables and notes come together or not at all: tables without
    notes would be taken for those of whatever version of the program starts next (docs/adr/0008).
    """
    link = connections[alias]
    if MigrationRecorder(link).applied_migrations():
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        return
    link.disable_constraint_checking()  # SQLite's way to make tables, out of reach once the transaction runs
    try:
        with transaction.atomic(using=alias):
            with override_settings(MIGRATION_MODULES={app.label: None for app in apps.get_app_configs()}):
                call_command("migrate", database=alias, run_syncdb=True, verbosity=0, interactive=False)
            MigrationRecorder(link).ensure_schema()
            keys.ensure(link)
            call_command("migrate", database=alias, fake=True, verbosity=0, interactive=False)
    finally:
        link.enable_constraint_checking()
