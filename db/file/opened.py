"""Which files this process has open through SQLite; nobody else may open and close them beside it.

POSIX drops all locks of a process on a file when the process closes any of its descriptors of that file. SQLite knows
this and takes care among its own connections; of Python's `open`, a hash or a preview it knows nothing. Without its
locks another program takes our log for a dead one's and removes it, and with it what was saved.
"""

from pathlib import Path
from typing import NamedTuple, Protocol
from weakref import WeakSet

from app.domain.errors import UserError

COMPANIONS = ("-wal", "-shm", "-journal")
"""What is added to the name of a database for the files that SQLite keeps beside it."""


class FileId(NamedTuple):
    """By this one file is told from another, whatever names and links it has."""

    device: int
    inode: int


class _Opened(Protocol):
    path: Path
    is_still: bool


_connections: WeakSet[_Opened] = WeakSet()


def file_id(path: Path) -> FileId | None:
    """The file at this place, links followed; None if there is none."""
    try:
        seen = path.stat()
    except (OSError, ValueError):
        return None
    return FileId(seen.st_dev, seen.st_ino)


def companion(database: Path, ending: str) -> Path:
    """The file that SQLite keeps beside a database: "-wal" is its log."""
    return database.with_name(database.name + ending)


def note_opened(connection: _Opened) -> None:
    _connections.add(connection)


def note_closed(connection: _Opened) -> None:
    _connections.discard(connection)


def is_open_here(path: Path) -> bool:
    """Has this process the file, or the database it belongs to, open through SQLite, with locks to lose?"""
    wanted = file_id(path)
    if wanted is None:
        return False
    databases = {connection.path for connection in list(_connections) if not connection.is_still}
    return any(
        file_id(companion(database.resolve(), ending)) == wanted
        for database in databases
        for ending in ("", *COMPANIONS)
    )


def refuse_open_here(path: Path) -> None:
    """Raise UserError before a file is read that SQLite has open here; see above what reading it would do."""
    if is_open_here(path):
        raise UserError(
            f"„{path}“ ist die geöffnete Datei von Quartiersbüro selbst. Bitte eine andere Datei wählen."
        )
