"""People who were erased still stand in older copies: which of these must go by now, and what to erase in one again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db.connection import connect
from db.copies.copying import escaped
from db.driver import sqlite
from db.errors import sentences

_STAMP = r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d"
_COLUMNS = ("erased_at", "reason", "mark", "erased", "kept", "places", "copies_until")


@dataclass(frozen=True, slots=True)
class KnownErasure:
    """An erasure as a file tells of it, see `db.models.Erasure`; the same one in every later copy of the file."""

    erased_at: datetime
    reason: str
    mark: str
    erased: str
    kept: str
    places: str
    copies_until: date


def erasures_in(path: Path) -> list[KnownErasure]:
    """All that a file tells of, oldest first; a file from before there were any tells nothing."""
    with sentences(path):
        connection = connect(path)
        try:
            found = connection.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM erasure ORDER BY erased_at, id"
            ).fetchall()
        except sqlite.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise
        finally:
            connection.close()
    return [
        KnownErasure(
            datetime.fromisoformat(at), reason, mark, erased, kept, places, date.fromisoformat(until)
        )
        for at, reason, mark, erased, kept, places, until in found
    ]


def are_overdue(taken_at: datetime, erasures: Iterable[KnownErasure], today: date) -> bool:
    """Whether a copy that was taken then holds somebody whose time in copies is over."""
    return any(one.erased_at >= taken_at and one.copies_until < today for one in erasures)


def copies_to_drop(
    copies: Iterable[tuple[Path, datetime]], erasures: Sequence[KnownErasure], today: date
) -> list[Path]:
    """Those of the copies (file, when it was as it is) that must go, so that nobody is kept longer than promised."""
    return [path for path, taken_at in copies if are_overdue(taken_at, erasures, today)]


def all_copies(database: Path, folder: Path) -> list[tuple[Path, datetime]]:
    """The copies of a database in a folder that the program made itself, each with its moment: the daily ones, those
    that were replaced, those from before an upgrade. Files of hers are hers to delete.
    """
    ours = re.compile(rf"{re.escape(database.stem)}(?:_ersetzt|_Stand\d+)?_({_STAMP})")
    found = []
    for path in folder.glob(f"{escaped(database.stem)}_*{database.suffix}"):
        if named := ours.fullmatch(path.stem):
            found.append((path, datetime.strptime(named[1], "%Y-%m-%d_%H-%M-%S")))
    return found


def drop_copies(database: Path, folders: Iterable[Path], today: date) -> list[Path]:
    """Delete the copies of these folders that must go; which ones went."""
    erasures = erasures_in(database)
    if not any(one.copies_until < today for one in erasures):
        return []
    gone = []
    for folder in folders:
        for path in copies_to_drop(all_copies(database, folder), erasures, today):
            for companion in ("", "-wal", "-shm"):
                path.with_name(path.name + companion).unlink(missing_ok=True)
            gone.append(path)
    return gone
