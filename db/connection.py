"""SQLite connections as this program needs them: explicit transactions, foreign keys, WAL, and the file's key."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from app.domain.errors import StoreError
from db import reads
from db.driver import CAN_ENCRYPT, sqlite
from db.encryption import keys

BUSY_MILLISECONDS = 3000
WRITES = "quartiersbuero_writes"
"""Execution option: transactions of this engine may write."""
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


def make_engine(path: Path) -> Engine:
    """An engine for the file at `path`; it is never created by connecting. Raises Locked at its first use."""
    url = URL.create("sqlite", database=f"file:{_uri_path(path)}", query={"mode": "rw", "uri": "true"})
    engine = create_engine(url, module=sqlite)
    event.listen(engine, "do_connect", lambda _dialect, _record, args, more: _opened(path, *args, **more))
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "before_cursor_execute", reads.note)
    return engine


def connect(path: Path) -> sqlite.Connection:
    """A plain connection for what has no business with models: snapshots, checks, migrations.

    Raises Locked if the file is encrypted and its password was not given yet.
    """
    connection = _opened(path, uri_of(path), uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    return connection


def begin_file(path: Path, salt: bytes | None) -> sqlite.Connection:
    """A connection to an empty file that becomes a database with the key of this salt; None: an ordinary one."""
    connection = sqlite.connect(uri_of(path), uri=True, isolation_level=None)
    if salt is not None:
        connection.execute(f'PRAGMA key = "{keys.sqlcipher_key(salt)}"')
    return connection


def uri_of(path: Path, mode: str = "rw") -> str:
    """The file as SQLite names it in `sqlite.connect` and ATTACH."""
    return f"file:{_uri_path(path)}?mode={mode}"


def salt_of(path: Path) -> bytes | None:
    """The salt of an encrypted file of ours; None: it is none, or cannot be opened."""
    if not CAN_ENCRYPT:
        return None
    try:
        connection = sqlite.connect(uri_of(path, "ro"), uri=True)
    except sqlite.Error:
        return None
    try:
        start = _start(connection)
    except sqlite.Error:
        return None
    finally:
        connection.close()
    return start if keys.is_ours(start) else None


def start_of(path: Path) -> bytes:
    """The first sixteen bytes of a file, read by SQLite: were it read in any other way, SQLite's locks on it would go.

    What is shorter has bytes by chance.
    """
    connection = sqlite.connect(uri_of(path, "ro"), uri=True)
    try:
        return _start(connection)
    finally:
        connection.close()


def _opened(path: Path, *args: Any, **options: Any) -> sqlite.Connection:
    """A connection with the file's key, if it has one; the driver's own errors come when it is used."""
    connection: sqlite.Connection = sqlite.connect(*args, **options)
    if not CAN_ENCRYPT:
        return connection
    try:
        key = _key_for(path, _start(connection))
        if key is not None:
            connection.execute(f'PRAGMA key = "{key}"')
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()  # SQLCipher cannot be told to go without a key again
    ordinary: sqlite.Connection = sqlite.connect(*args, **options)
    return ordinary


def _key_for(path: Path, start: bytes) -> str | None:
    if not keys.is_ours(start):
        return None
    if not keys.known(start):
        raise Locked(path)
    return keys.sqlcipher_key(start)


def _start(connection: sqlite.Connection) -> bytes:
    """SQLCipher takes the first bytes of a file for its salt; of an ordinary one they are SQLite's own."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA cipher_log_level = NONE")  # it would write about wrong keys on the terminal
    cursor.execute(f'PRAGMA key = "{_NO_KEY}"')
    return bytes.fromhex(cursor.execute("PRAGMA cipher_salt").fetchone()[0])


def _uri_path(path: Path) -> str:
    """The path as SQLite's URI wants it: `?`, `#` and `%` of a file name are not syntax."""
    return path.absolute().as_uri().removeprefix("file://")


def _on_connect(connection: sqlite.Connection, _record: Any) -> None:
    # Transactions begin where we say so, else sqlite3 opens them late and DDL survives a rollback.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # REPLACE must be seen by the change log
        "synchronous = FULL",  # a commit survives a power cut
        "temp_store = MEMORY",
        "cache_size = -32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
