"""What the folder of the backups tells: the last good one, a failure since, and when the next is due (requirements.md F4).

A file carries the moment in its name and stays only when it has been restored and compared. Two marks lie beside the files:
FAILED holds the words of a failure, WANTED a person's wish for a backup now.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oasis.kit.dates import CHINA

ENDING, FAILED, WANTED = ".oasis", "failed.txt", "wanted"
STALE = timedelta(hours=48)
NIGHT = range(1, 5)  # o'clock in China


@dataclass(frozen=True)
class Backups:
    """The state of a folder; `failure` is empty unless the last attempt failed."""

    last: datetime | None
    count: int
    bytes: int
    failure: str
    failed_at: datetime | None
    wanted: bool

    def stale(self, at: datetime) -> bool:
        """Tell whether there is no good backup of the last two days."""
        return self.last is None or at - self.last > STALE

    def due(self, at: datetime) -> bool:
        """Tell whether one should be made now: asked for, in the night, or as soon as a day is missing; an hour after a failure."""
        if self.wanted:
            return True
        if self.failed_at and at - self.failed_at < timedelta(hours=1):
            return False
        age = at - self.last if self.last else timedelta.max
        night = at.astimezone(CHINA).hour in NIGHT
        return age > timedelta(hours=26) or (night and age > timedelta(hours=12))


def name_at(at: datetime) -> str:
    """Give the name of a backup begun at a moment."""
    return f"oasis-{at.astimezone(UTC):%Y%m%d-%H%M%S}{ENDING}"


def state(folder: Path) -> Backups:
    """Look at a folder, which need not be there."""
    files = {moment: path for path in folder.glob(f"oasis-*{ENDING}") if (moment := _moment(path))}
    last = max(files, default=None)
    failed = folder / FAILED
    broke = datetime.fromtimestamp(failed.stat().st_mtime, UTC) if failed.exists() else None
    return Backups(
        last, len(files), files[last].stat().st_size if last else 0, failed.read_text(encoding="utf-8") if broke else "", broke,
        (folder / WANTED).exists(),
    )  # fmt: skip


def ask(folder: Path) -> None:
    """Wish for a backup; the program's own watch makes it within a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WANTED).touch()


def note(folder: Path, failure: str) -> None:
    """Write down how an attempt ended: empty words for a good one. The wish is thereby answered."""
    (folder / WANTED).unlink(missing_ok=True)
    if failure:
        (folder / FAILED).write_text(failure, encoding="utf-8")
    else:
        (folder / FAILED).unlink(missing_ok=True)


def _moment(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem, "oasis-%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
