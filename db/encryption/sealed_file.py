"""An attached file as it lies encrypted on disk: a head that says what it is, then blocks bound to their places.

Every file has a key of its own, made from the office's key for attached files and sixteen bytes by chance, so blocks
can be numbered without any number being used twice. A block that was changed, moved, left out or taken from another
file does not open.
"""

import hmac
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BLOCK = 1024 * 1024
MARK = b"QBAnlag1"
_CHANCE, _TAG = 16, 16
_HEAD_PLACE = bytes(12)
_HEAD = len(MARK) + _CHANCE + 32 + 8 + _TAG


class Damaged(Exception):
    """This is no sealed file of ours, or not as it was written."""


class Head(NamedTuple):
    """What a sealed file contains. `size` in bytes."""

    sha256: str
    size: int


class Sealing:
    """Writes one sealed file, block by block, with the same memory whatever its size."""

    def __init__(self, key: bytes, target: BinaryIO) -> None:
        self._target = target
        self._chance = os.urandom(_CHANCE)
        self._cipher = _cipher(key, self._chance)
        self._blocks = 0
        target.write(bytes(_HEAD))

    def write(self, block: bytes) -> None:
        """The next block; all but the last have the full length."""
        self._blocks += 1
        self._target.write(self._cipher.encrypt(_place(self._blocks), block, None))

    def finish(self, head: Head) -> None:
        """What it was is known only now."""
        said = bytes.fromhex(head.sha256) + head.size.to_bytes(8, "big")
        start = MARK + self._chance
        self._target.seek(0)
        self._target.write(start + self._cipher.encrypt(_HEAD_PLACE, said, start))


def head_of(key: bytes, file: BinaryIO) -> Head:
    """What a sealed file says of itself. Raises Damaged."""
    return _read_head(key, file)[0]


def blocks(key: bytes, file: BinaryIO) -> Iterator[bytes]:
    """The content, exactly as it was taken. Raises Damaged where it is not."""
    head, cipher = _read_head(key, file)
    left, number = head.size, 0
    while left > 0:
        number += 1
        sealed = file.read(min(BLOCK, left) + _TAG)
        block = _opened(cipher, _place(number), sealed)
        left -= len(block)
        yield block
    if file.read(1):
        raise Damaged


def plain_blocks(file: BinaryIO) -> Iterator[bytes]:
    """The content of a file that is not sealed, in blocks of the same length."""
    while block := file.read(BLOCK):
        yield block


def is_being_written(start: bytes) -> bool:
    """Can these first bytes be those of a sealed file, finished or not?"""
    return start in (MARK, bytes(len(MARK)), b"")


def sealed_size(size: int) -> int:
    """Bytes on disk of a file with so many bytes."""
    return _HEAD + size + -(-size // BLOCK) * _TAG


def file_key(key: bytes) -> bytes:
    return hmac.digest(key, b"files", "sha256")


def hidden_name(key: bytes, sha256: str) -> str:
    """A name by which nobody without the key can find a file whose content he knows."""
    return hmac.digest(hmac.digest(key, b"names", "sha256"), bytes.fromhex(sha256), "sha256").hex()


def _read_head(key: bytes, file: BinaryIO) -> tuple[Head, "AESGCM"]:
    head = file.read(_HEAD)
    start = head[: len(MARK) + _CHANCE]
    if len(head) < _HEAD or not start.startswith(MARK):
        raise Damaged
    cipher = _cipher(key, start[len(MARK) :])
    said = _opened(cipher, _HEAD_PLACE, head[len(start) :], start)
    return Head(said[:32].hex(), int.from_bytes(said[32:], "big")), cipher


def _cipher(key: bytes, chance: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # not part of every start

    return AESGCM(hmac.digest(file_key(key), chance, "sha256"))


def _opened(cipher: "AESGCM", place: bytes, sealed: bytes, beside: bytes | None = None) -> bytes:
    from cryptography.exceptions import InvalidTag

    if len(sealed) < _TAG:
        raise Damaged
    try:
        return cipher.decrypt(place, sealed, beside)
    except InvalidTag as error:
        raise Damaged from error


def _place(number: int) -> bytes:
    return number.to_bytes(12, "big")
