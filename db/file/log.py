"""The log beside a database (-wal): whether it belongs to the file, and what becomes of one that does not.

SQLite takes any sound log for the file's own. After a power cut, when somebody has put an older or newer copy in the
place of the file, it would write pages of one into the other. So each stretch of writing, from one emptying of the log
to the next, has a name; it is written with every command and says after which stretch of the file it began.
"""

import logging
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from app.domain.errors import StoreError
from app.domain.file_names import STAMP
from db.connection import OurConnection, connect, connect_without_log
from db.driver import sqlite
from db.file.opened import companion, is_open_here
from db.lock import WriterLock

log = logging.getLogger(__name__)
_told: list[str] = []


class State(NamedTuple):
    """What the row of `FileState` says."""

    stretch: str
    after: str


def new_stretch() -> str:
    return uuid4().hex


def read_state(connection: OurConnection) -> State | None:
    """None in a file of an older version."""
    try:
        found = connection.execute("SELECT stretch, after FROM file_state").fetchone()
    except sqlite.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return None if found is None else State(*found)


def put_foreign_log_aside(path: Path) -> None:
    """Before a file is opened: a log that is of another file, or of another state of it, gets a name of its own.

    Nothing is done while somebody writes, or where nothing can be written. `take_notices` says what was done.
    """
    place = path.resolve()
    found = companion(place, "-wal")
    try:
        if found.stat().st_size == 0 or is_open_here(path):
            return
    except OSError:
        return
    with suppress(StoreError), WriterLock(path, patience=0):
        if _belongs(place):
            return
        aside = place.with_name(
            f"{place.stem}_fremdes-Protokoll_{datetime.now().strftime(STAMP)}{place.suffix}-wal"
        )
        found.replace(aside)
        companion(place, "-shm").unlink(missing_ok=True)
        _told.append(
            f"Neben „{path}“ lag ein Protokoll nicht abgeschlossener Eingaben, das zu einem anderen Stand der Datei "
            f"gehört. Es wurde nicht eingemischt und heißt jetzt „{aside.name}“. Bitte prüfen, ob die Datei durch "
            "eine ältere Kopie ersetzt wurde und ob Eingaben fehlen."
        )
        log.warning("A foreign log was put aside")


def take_notices() -> tuple[str, ...]:
    """What was put aside since somebody asked last; whoever can show sentences asks."""
    told = tuple(_told)
    _told.clear()
    return told


def _belongs(place: Path) -> bool:
    """Doubt speaks for the log: what SQLite would do anyway is done."""
    try:
        with closing(connect_without_log(place)) as connection:
            alone = read_state(connection)
            if alone is None and not _is_sound(connection):
                return True
    except (sqlite.Error, UnicodeDecodeError):
        return True  # killed while the log was being written into the file, perhaps
    try:
        # Not to be tidied up: that would be to mix it in.
        with closing(connect(place, leaves_all=True)) as connection:
            together = read_state(connection)
            if alone is None or together is None:
                return _is_sound(connection)
    except (sqlite.Error, UnicodeDecodeError):
        return False
    return alone.stretch in together


def _is_sound(connection: OurConnection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
