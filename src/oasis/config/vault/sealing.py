"""An encrypted, compressed stream in one file: AES-256-GCM in pieces, each tied to its place, the last one marked.

A piece that is changed, moved, missing or cut off is found when it is read (NIST SP 800-38D; the key is 32 random bytes).
"""

import os
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"OASIS\x01"
PIECE = 1 << 20
LENGTH = struct.Struct(">I?")


class Damaged(ValueError):
    """The file is not a backup, was changed, cut off, or belongs to another key."""


class Writer:
    """Takes bytes, writes sealed pieces; `close` writes the last one."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._cipher, self._squeeze = file, AESGCM(key), zlib.compressobj(6)
        self._salt, self._number, self._waiting = os.urandom(8), 0, bytearray()
        file.write(MAGIC + self._salt)

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._waiting += self._squeeze.compress(data)
        while len(self._waiting) >= PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write what is left and the end."""
        self._waiting += self._squeeze.flush()
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        head = LENGTH.pack(len(plain) + 16, last)
        nonce = self._salt + struct.pack(">I", self._number)
        self._file.write(head + self._cipher.encrypt(nonce, plain, MAGIC + head))
        self._number += 1


def opened(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Give the bytes that went in, piece by piece; raises Damaged where anything is wrong."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged("not a backup")
    salt, cipher, swell, number, last = file.read(8), AESGCM(key), zlib.decompressobj(), 0, False
    while not last:
        head = file.read(LENGTH.size)
        if len(head) < LENGTH.size:
            raise Damaged("cut off")
        length, last = LENGTH.unpack(head)
        sealed = file.read(length) if length <= PIECE + 16 else b""
        try:
            plain = cipher.decrypt(salt + struct.pack(">I", number), sealed, MAGIC + head)
        except InvalidTag as wrong:
            raise Damaged("changed, or another key") from wrong
        yield swell.decompress(plain)
        number += 1
    yield swell.flush()
