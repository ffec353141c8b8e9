"""The backup that nobody has to remember, and what else is done at night: python -m oasis.config.vault.nightly, started by the program's own watch."""

import logging
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402  Django stands first

from oasis.config.vault import copying  # noqa: E402
from oasis.config.vault.sealing import Damaged  # noqa: E402
from oasis.kit import backups, statistics  # noqa: E402
from oasis.papers.inspection.building import forget_old  # noqa: E402
from oasis.records.actions.keeping import carry_out_all  # noqa: E402

LOG = logging.getLogger("oasis.backup")


def main() -> int:
    """Make one backup and note how it ended."""
    folder = settings.OASIS_BACKUPS
    _tidy()
    try:
        copying.backup(folder, lambda _done, _total, _what: None, keep=settings.OASIS_BACKUPS_KEPT)
    except Damaged as wrong:
        return _failed(f"核对没有通过（{wrong}）")
    except Exception as error:
        LOG.exception("backup failed")
        return _failed(f"{type(error).__name__}")
    backups.note(folder, "")
    return 0


def _tidy() -> None:
    """Finish the erasures that leaders confirmed, keep queries quick; a fault there never costs the backup."""
    for chore in (carry_out_all, forget_old, statistics.learn):
        try:
            chore()
        except Exception:
            LOG.exception("a chore before the backup failed")


def _failed(words: str) -> int:
    settings.OASIS_BACKUPS.mkdir(parents=True, exist_ok=True)
    backups.note(settings.OASIS_BACKUPS, words)
    return 1


if __name__ == "__main__":
    sys.exit(main())
