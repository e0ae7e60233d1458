"""The snapshots of a database file: where they lie, taking one each day, and which are kept."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import OutputError
from db.attachments import Progress
from db.copies.copying import (
    add_attachments,
    arriving,
    escaped,
    remove_unfinished,
    remove_unfinished_in,
    silent,
)
from db.copies.erased import drop_copies

KEPT = 14
STAMP = "%Y-%m-%d_%H-%M-%S"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a database file as it was at a moment."""

    path: Path
    taken_at: datetime


def folder_for(database: Path) -> Path:
    """Where the daily snapshots of a database file lie: in a folder beside it."""
    return database.with_name("Sicherungen")


def snapshots(database: Path, folder: Path | None = None) -> list[Snapshot]:
    """The daily snapshots of a database file, newest first."""
    found = []
    for path in (folder or folder_for(database)).glob(f"{escaped(database.stem)}_*{database.suffix}"):
        try:
            taken_at = datetime.strptime(path.stem.removeprefix(f"{database.stem}_"), STAMP)
        except ValueError:  # somebody's own file with a similar name
            continue
        found.append(Snapshot(path, taken_at))
    return sorted(found, key=lambda snapshot: snapshot.taken_at, reverse=True)


def daily_snapshot(
    database: Path, now: datetime, *, second_place: Path | None = None, progress: Progress = silent
) -> Snapshot | None:
    """Take today's snapshot if there is none yet, and keep the newest 14; None if today's is there.

    A copy goes to `second_place` (stick, network drive) too. Attached files are kept once for all snapshots of
    a place. A damaged database is never rotated in: raises StoreError then. Raises OutputError if a place cannot
    be written; what could be saved stays, so the database itself is safe where only a large file found no room.
    """
    remove_unfinished(database, now)
    taken = snapshots(database)
    if taken and taken[0].taken_at.date() >= now.date():
        return None
    name = f"{database.stem}_{now.strftime(STAMP)}{database.suffix}"
    target = folder_for(database) / name
    failed: list[OutputError] = []
    for place in (target, *([second_place / name] if second_place is not None else [])):
        try:
            with arriving(database, place) as temporary:
                temporary.replace(place)
            _rotate(database, place.parent, now)
            add_attachments(database, place, progress)
        except OutputError as error:  # the other place may still take it
            failed.append(error)
    if failed:
        raise failed[0]
    return Snapshot(target, now.replace(microsecond=0))


def _rotate(database: Path, folder: Path, now: datetime) -> None:
    """Keep the newest snapshots without those that hold people erased long since, and nothing left unfinished."""
    drop_copies(database, [folder, database.parent], now.date())
    for old in snapshots(database, folder)[KEPT:]:
        old.path.unlink(missing_ok=True)
    remove_unfinished_in(folder, f".{escaped(database.stem)}_*", now)
