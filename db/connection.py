"""SQLite connections as this program needs them: explicit transactions, foreign keys, WAL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from db import reads
from db.driver import sqlite

BUSY_MILLISECONDS = 3000
SECURE_DELETE = "PRAGMA secure_delete = ON"
"""What is deleted or written anew is overwritten with zeros, not only given free."""
WRITES = "quartiersbuero_writes"
"""Execution option: transactions of this engine may write."""


def make_engine(path: Path) -> Engine:
    """An engine for the file at `path`; it is never created by connecting."""
    url = URL.create("sqlite", database=f"file:{_uri_path(path)}", query={"mode": "rw", "uri": "true"})
    engine = create_engine(url, module=sqlite)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "before_cursor_execute", reads.note)
    return engine


def connect(path: Path) -> sqlite.Connection:
    """A plain connection for what has no business with models: snapshots, checks, migrations."""
    connection = sqlite.connect(f"file:{_uri_path(path)}?mode=rw", uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute(SECURE_DELETE)
    return connection


def _uri_path(path: Path) -> str:
    """The path as SQLite's URI wants it: `?`, `#` and `%` of a file name are not syntax."""
    return path.absolute().as_uri().removeprefix("file://")


def _on_connect(connection: sqlite.Connection, _record: Any) -> None:
    # Transactions begin where we say so, else sqlite3 opens them late and DDL survives a rollback.
    connection.isolation_level = None
    connection.execute(SECURE_DELETE)
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
