"""The command `oasis`: sets Django up, then hands over to the commands."""

import os

import django


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oasis.config.settings")
    django.setup()
    from oasis.config.commands import app

    app()


if __name__ == "__main__":
    main()
