"""The tables of the database, brought up to date before anything else."""

from django.core.management import call_command

from oasis.config.show import console


def migrate() -> None:
    """Bring the tables up to date; at once when they are."""
    with console.status("检查数据库……"):
        call_command("migrate", verbosity=0, interactive=False)
