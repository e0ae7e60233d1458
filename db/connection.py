"""SQLite connections as this program needs them: explicit transactions, foreign keys, WAL, and the file's key."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from db import checksums, reads
from db.driver import sqlite
from db.encryption.opening import open_keyed
from db.file import opened, reading
from db.file.addresses import uri
from db.structure import reads_tables_only

BUSY_MILLISECONDS = 3000
SECURE_DELETE = "PRAGMA secure_delete = ON"
"""What is deleted or written anew is overwritten with zeros, not only given free."""
WRITES = "quartiersbuero_writes"
"""Execution option: transactions of this engine may write."""


class OurConnection(sqlite.Connection):
    """A connection that is noted while it is open. One that only reads leaves nothing beside the file."""

    path: Path
    leaves_all = False
    """Nothing beside the file is tidied up when it closes."""
    is_still = False
    """What it shows is the file as it was when it was opened; nobody can have written it meanwhile."""

    def close(self) -> None:
        super().close()
        opened.note_closed(self)
        if not self.leaves_all and not self.is_still:
            reading.tidy(self.path)


def make_engine(path: Path, *, writes: bool = True) -> Engine:
    """An engine for the file at `path`; it is never created by connecting. Without `writes` it only reads."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlite,
        creator=lambda: _open(path, writes),
        hide_parameters=True,  # its errors name nobody
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "before_cursor_execute", reads.note)
    return engine


def connect(path: Path, *, writes: bool = False, leaves_all: bool = False) -> OurConnection:
    """A plain connection for what has no business with models: snapshots, checks; with `writes`: migrations.

    One that only reads never touches the file or its log, and works where nothing can be written. Who reads last
    tidies up, unless it `leaves_all` as it is. Raises Locked if the file is encrypted and its password not known yet.
    """
    connection = _open(path, writes)
    connection.leaves_all |= leaves_all
    return connection


def connect_without_log(path: Path) -> OurConnection:
    """The file as it is without its log. Only where neither we nor others have it open: it knows no locks."""
    return _connect(path, path, mode="ro", immutable="1")


def _open(path: Path, writes: bool) -> OurConnection:
    """Every connection of the program begins here."""
    path = path.absolute()
    if writes:
        return _connect(path, path, mode="rw")
    try:
        return _connect(path, path, mode="ro")
    except sqlite.OperationalError as error:
        # Beside the file nothing can be written, so SQLite cannot tell whether somebody is writing into it.
        if not reading.needs_room(error) or opened.is_open_here(path):
            raise
    reading.tidy(path)  # what a killed program has left can be more than one who only reads may mend
    with suppress(sqlite.OperationalError):
        return _connect(path, path, mode="ro")
    return _connect(path, reading.place_to_read(path), mode="ro", immutable="1")


def _connect(path: Path, place: Path, **query: str) -> OurConnection:
    connection: OurConnection = open_keyed(
        path, uri(place, **query), isolation_level=None, check_same_thread=False, factory=OurConnection
    )
    connection.path = path
    connection.leaves_all = query["mode"] == "rw"
    connection.is_still = "immutable" in query
    opened.note_opened(connection)
    checksums.register(connection)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    if connection.leaves_all:
        connection.execute(SECURE_DELETE)
    else:
        reads_tables_only(connection)
        try:
            connection.execute("PRAGMA user_version").fetchone()  # only now it opens the file
        except sqlite.Error:
            connection.leaves_all = True
            connection.close()
            raise
    return connection


def _on_connect(connection: OurConnection, _record: Any) -> None:
    # Transactions begin where we say so, else sqlite3 opens them late and DDL survives a rollback.
    connection.isolation_level = None
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",  # REPLACE must be seen by the change log
        "synchronous = FULL",  # a commit survives a power cut
        "temp_store = MEMORY",
        "cache_size = -32000",
        "wal_autocheckpoint = 0",  # the log is emptied beside the work, see KeptFile
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
