"""The keys of encrypted files: how a password becomes one, and the ring of those this process may use.

An encrypted file begins with its salt: eight bytes by which it is known as ours, and eight by chance. Password and
salt are stretched to a secret, which is also what the recovery sheet says in letters; secret and salt make the key.
Copies of a file have its salt, so whoever has opened the file can read them, wherever they lie.
"""

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass, field

MARK = b"QBuero1\x00"
"""How an encrypted file of ours begins; the digit says how passwords are stretched."""
SALT_BYTES = 16
SECRET_BYTES = 20
_COST, _BLOCK, _LANES = 2**16, 8, 1
"""scrypt with 64 MB: a quarter of a second for her, years for whoever tries all words."""
_MEMORY = 96 * 1024 * 1024

_ring: dict[bytes, bytearray] = {}


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens files with a salt, made from the password or read from the recovery sheet."""

    salt: bytes
    value: bytes = field(repr=False)


def new_salt() -> bytes:
    return MARK + os.urandom(SALT_BYTES - len(MARK))


def is_ours(start: bytes) -> bool:
    """Are these the first bytes of an encrypted file of ours?"""
    return start.startswith(MARK)


def stretched(password: str, salt: bytes) -> Secret:
    """The secret of a password; takes its time, so not on the thread of the window."""
    text = plain_form(password).encode()
    value = hashlib.scrypt(text, salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=SECRET_BYTES)
    return Secret(salt, value)


def plain_form(password: str) -> str:
    """The same password however a keyboard or a system writes it: "ü" is one sign or two, a space is a space."""
    spaces = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in password)
    return unicodedata.normalize("NFC", spaces)


def database_key(secret: Secret) -> bytes:
    return hmac.digest(secret.value, b"database" + secret.salt, "sha256")


def keep(salt: bytes, key: bytes) -> None:
    """From now on this process opens files with this salt."""
    _ring[salt] = bytearray(key)


def drop(salt: bytes) -> None:
    """Files with this salt do not open any more."""
    if (key := _ring.pop(salt, None)) is not None:
        key[:] = bytes(len(key))


def known(salt: bytes) -> bool:
    return salt in _ring


def key_of(salt: bytes) -> bytes:
    return bytes(_ring[salt])


def sqlcipher_key(salt: bytes) -> str:
    """Key and salt as SQLCipher takes them, without stretching once more."""
    return f"x'{_ring[salt].hex()}{salt.hex()}'"


def forget_all() -> None:
    """No file opens any more until its password is given again; overwritten as far as Python lets us."""
    for salt in list(_ring):
        drop(salt)
