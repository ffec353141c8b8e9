"""Office files from outside: judged by their directory before anything is opened, and opened in a limited process."""

import io
import subprocess
import zipfile
from collections.abc import Sequence

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old Office file, or a new one under a password
MOST_UNPACKED = 1_200 * 1024 * 1024
MOST_RATIO = 300
SMALL_PARTS = 20 * 1024 * 1024


class Unfit(Exception):
    """A file that cannot be used; the message is the code of the reason."""


def parts_of(data: bytes, *, most: int = MOST_UNPACKED) -> set[str]:
    """Give the names of a zip's parts by its directory alone; raises Unfit: damaged, bomb or password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        RuntimeError,
        OSError,
    ) as error:  # packed in a way Python does not know, too
        raise Unfit("damaged") from error
    if sum(part.file_size for part in parts) > most:
        raise Unfit("bomb")
    dense = [part.file_size for part in parts if part.file_size > MOST_RATIO * max(part.compress_size, 1)]
    if sum(dense) > SMALL_PARTS:  # together: a bomb may come in many small parts, or beside a heavy picture
        raise Unfit("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("password")
    return {part.filename for part in parts}


def old_office(data: bytes) -> str:
    """Tell what an old Office file is by the names inside it: password, word, slides, book or nothing known."""
    names = {"EncryptedPackage": "password", "WordDocument": "word", "PowerPoint Document": "slides"}
    for name, code in names.items():
        if name.encode("utf-16-le") in data:
            return code
    known = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    return "book" if known else ""


def run_apart(command: Sequence[str], data: bytes, seconds: int) -> bytes:
    """Let a small program of ours read a file in a process of its own; raises Unfit when it was stopped or broke."""
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Unfit("too-heavy") from error
    if done.returncode != 0:
        raise Unfit("too-heavy" if done.returncode < 0 else "damaged")
    return done.stdout
