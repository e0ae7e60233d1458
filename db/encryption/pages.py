"""The pages of an encrypted file one by one, as SQLCipher 4 writes them: a damaged one does not close all others.

Each page ends with the start of its cipher, sixteen bytes by chance, and a seal over both and its number. The first
one begins with the salt of the file instead of SQLite's own sixteen bytes.
"""

import hashlib
import hmac
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from db.encryption import keys
from db.encryption.keys import SALT_BYTES
from db.file.opened import is_open_here

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE = 4096
RESERVED = 80
"""Bytes of each page that SQLite leaves to the encryption."""
MAGIC = b"SQLite format 3\x00"
_START, _SEAL = 16, 64
_LOOKED_AT = 64
"""So many pages are tried with a key: not all of them are damaged."""


class PageCipher:
    """Opens and seals the pages of the file with this salt, whose key is known."""

    def __init__(self, salt: bytes) -> None:
        self.salt = salt
        self._key = keys.key_of(salt)

    def opened(self, number: int, page: bytes) -> bytes | None:
        """The page as SQLite knows it; None if it is not as it was written."""
        head = SALT_BYTES if number == 1 else 0
        body, start, seal = page[head:-RESERVED], page[-RESERVED:-_SEAL], page[-_SEAL:]
        if len(page) < PAGE or not hmac.compare_digest(self._seal(number, body + start), seal):
            return None
        opening = self._cipher(start).decryptor()
        plain = opening.update(body) + opening.finalize()
        return MAGIC[:head] + plain + bytes(RESERVED)

    def sealed(self, number: int, page: bytes) -> bytes:
        """The other way round."""
        head = SALT_BYTES if number == 1 else 0
        start = os.urandom(_START)
        sealing = self._cipher(start).encryptor()
        body = sealing.update(page[head:-RESERVED]) + sealing.finalize()
        return self.salt[:head] + body + start + self._seal(number, body + start)

    @cached_property
    def _seal_key(self) -> bytes:
        return hashlib.pbkdf2_hmac("sha512", self._key, bytes(byte ^ 0x3A for byte in self.salt), 2, 32)

    def _seal(self, number: int, content: bytes) -> bytes:
        return hmac.digest(self._seal_key, content + number.to_bytes(4, "little"), "sha512")

    def _cipher(self, start: bytes) -> "Cipher[CBC]":
        from cryptography.hazmat.primitives.ciphers import (
            Cipher,
            algorithms,
            modes,
        )  # not part of every start

        return Cipher(algorithms.AES(self._key), modes.CBC(start))


def fits(path: Path, salt: bytes) -> bool:
    """Is there a page in the file that the key of this salt opens? For files that SQLite does not open any more."""
    if is_open_here(path) or not keys.known(salt):
        return False
    cipher = PageCipher(salt)
    try:
        with path.open("rb") as file:
            return any(
                cipher.opened(number, file.read(PAGE)) is not None for number in range(1, _LOOKED_AT + 1)
            )
    except OSError:
        return False
