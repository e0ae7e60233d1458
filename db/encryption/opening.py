"""Opens a database file with the key it needs: the one place that tells encrypted files from others.

What a file begins with is asked of SQLite: were it read in any other way, SQLite's locks on it would go (POSIX).
"""

from pathlib import Path
from typing import Any

from app.domain.errors import StoreError
from db.driver import CAN_ENCRYPT, sqlite
from db.encryption import keys
from db.file.addresses import uri

_NO_KEY = f"x'{'0' * 64}'"


class Locked(StoreError):
    """The file is encrypted, and its password was not given yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"„{path}“ ist mit einem Kennwort geschützt. Bitte das Kennwort eingeben.")
        self.path = path


class CannotDecrypt(StoreError):
    """The file is encrypted, and this program was installed without what it takes to read it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"„{path}“ ist verschlüsselt, und auf diesem Rechner fehlt dem Programm der Teil, der das lesen kann "
            "(sqlcipher3). Die Datei ist unverändert. Bitte das Programm vollständig installieren."
        )


def open_keyed(path: Path, name: str, **options: Any) -> Any:
    """`sqlite.connect` to what has this name for SQLite, with the key of the file at `path`. Raises Locked."""
    start = _start(name) if CAN_ENCRYPT else b""
    if keys.is_ours(start) and not keys.known(start):
        raise Locked(path)
    connection = sqlite.connect(name, uri=True, **options)
    if keys.is_ours(start):
        connection.execute(f'PRAGMA key = "{keys.sqlcipher_key(start)}"')
    return connection


def begin_file(path: Path, salt: bytes | None) -> sqlite.Connection:
    """A connection to an empty file that becomes a database with the key of this salt; None: an ordinary one."""
    connection: sqlite.Connection = sqlite.connect(
        uri(path.absolute(), mode="rw"), uri=True, isolation_level=None
    )
    if salt is not None:
        connection.execute(f'PRAGMA key = "{keys.sqlcipher_key(salt)}"')
    return connection


def salt_of(path: Path) -> bytes | None:
    """The salt of an encrypted file of ours; None: it is none, or cannot be opened."""
    if not CAN_ENCRYPT:
        return None
    try:
        start = _start(uri(path.absolute(), mode="ro"))
    except sqlite.Error:
        return None
    return start if keys.is_ours(start) else None


def salt_of_open(connection: sqlite.Connection) -> bytes | None:
    """The same of a connection, whatever has become of its file."""
    found = connection.execute("PRAGMA cipher_salt").fetchone()
    return None if found is None else bytes.fromhex(found[0])


def _start(name: str) -> bytes:
    """SQLCipher takes the first bytes of a file for its salt; of an ordinary one they are SQLite's own."""
    connection = sqlite.connect(name, uri=True)
    try:
        connection.execute(
            "PRAGMA cipher_log_level = NONE"
        )  # it would write about wrong keys on the terminal
        connection.execute(f'PRAGMA key = "{_NO_KEY}"')
        return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
    finally:
        connection.close()
