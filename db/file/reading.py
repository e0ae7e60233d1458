"""Reading a database beside whoever writes it, and where nothing can be written at all."""

import shutil
from contextlib import suppress
from pathlib import Path

from app.domain.errors import StoreError
from db.driver import sqlite
from db.encryption.opening import open_keyed
from db.file import opened
from db.file.addresses import uri
from db.file.opened import companion
from db.file.passing import new_folder
from db.lock import WriterLock

LOGS = ("-wal", "-journal")
"""What a program that was killed may have left: what is to come into the file, or what is to be taken back in it."""
_copies: dict[tuple[Path, int, int], Path] = {}


def needs_room(error: sqlite.OperationalError) -> bool:
    """Did reading fail because SQLite could not write its own files beside the database?"""
    words = str(error).lower()
    return any(word in words for word in ("unable to open", "readonly", "disk i/o", "is full"))


def place_to_read(path: Path) -> Path:
    """Where the database can be read as it stands, since nobody can be writing it: the file, or a copy with its log."""
    for ending in LOGS:
        log = companion(path.resolve(), ending)
        if log.exists() and log.stat().st_size > 0:
            found = _copies.get((path, path.stat().st_mtime_ns, log.stat().st_mtime_ns))
            return found or _copy_with_log(path, log, ending)
    return path


def tidy(path: Path) -> None:
    """Where nobody writes, whoever read last takes away what reading left beside the file.

    A log that a killed program left is brought into the file on this occasion, by SQLite itself. While a writer
    lives, nothing is touched.
    """
    if opened.is_open_here(path) or not any(companion(path.resolve(), one).exists() for one in LOGS):
        return
    with suppress(StoreError), WriterLock(path, patience=0):
        fold_in(path)


def fold_in(path: Path) -> None:
    """The same for who holds the file against other writers."""
    with suppress(StoreError, sqlite.Error):
        connection = open_keyed(path, uri(path.absolute(), mode="rw"), isolation_level=None, timeout=0)
        try:
            connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()


def _copy_with_log(path: Path, log: Path, ending: str) -> Path:
    copy = new_folder() / path.name
    shutil.copyfile(path, copy)
    shutil.copyfile(log, companion(copy, ending))
    connection = open_keyed(path, uri(copy, mode="rw"))
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    _copies[path, path.stat().st_mtime_ns, log.stat().st_mtime_ns] = copy
    return copy
