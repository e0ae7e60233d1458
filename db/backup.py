"""Consistent snapshots of a database file and its attached files: taking, rotating, restoring, checking."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.errors import OutputError, StoreError, UserError
from app.domain.system_errors import said
from db.attachments import AttachmentStore, Progress
from db.connection import connect
from db.errors import DAMAGED, sentences
from db.identity import identify
from db.lock import WriterLock

KEPT = 14
_STAMP = "%Y-%m-%d_%H-%M-%S"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a database file as it was at a moment."""

    path: Path
    taken_at: datetime


def _silent(_done: int, _total: int) -> None:
    """For who does not ask how far it is."""


def folder_for(database: Path) -> Path:
    """Where the daily snapshots of a database file lie: in a folder beside it."""
    return database.with_name("Sicherungen")


def snapshots(database: Path, folder: Path | None = None) -> list[Snapshot]:
    """The daily snapshots of a database file, newest first."""
    found = []
    for path in (folder or folder_for(database)).glob(f"{_escaped(database.stem)}_*{database.suffix}"):
        try:
            taken_at = datetime.strptime(path.stem.removeprefix(f"{database.stem}_"), _STAMP)
        except ValueError:  # somebody's own file with a similar name
            continue
        found.append(Snapshot(path, taken_at))
    return sorted(found, key=lambda snapshot: snapshot.taken_at, reverse=True)


def daily_snapshot(
    database: Path, now: datetime, *, second_place: Path | None = None, progress: Progress = _silent
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
    name = f"{database.stem}_{now.strftime(_STAMP)}{database.suffix}"
    target = folder_for(database) / name
    failed: list[OutputError] = []
    for place in (target, *([second_place / name] if second_place is not None else [])):
        try:
            with _arriving(database, place) as temporary:
                temporary.replace(place)
            _rotate(database, place.parent, now)
            _add_attachments(database, place, progress)
        except OutputError as error:  # the other place may still take it
            failed.append(error)
    if failed:
        raise failed[0]
    return Snapshot(target, now.replace(microsecond=0))


def take_snapshot(database: Path, target: Path, progress: Progress = _silent) -> None:
    """Copy a database, open or not, to `target` in one step; an old file there is replaced.

    Its attached files come before it into the folder beside it ("kopie_Anlagen"); what lies there already is not
    copied again. Raises StoreError if the copy is not sound, OutputError if it cannot be written; then nothing
    is left.
    """
    with _arriving(database, target) as temporary:
        _add_attachments(database, target, progress)
        temporary.replace(target)


def restore(snapshot: Path, database: Path) -> Path | None:
    """Put a snapshot in the place of a database; what was there is kept beside it and its path returned.

    Attached files that are missing or changed come back from the folder beside the snapshot. Raises UserError if
    the snapshot is not sound (nothing is changed then), StoreError if the database is open.
    """
    if snapshot.absolute() == database.absolute():
        raise UserError(f"„{snapshot}“ ist die Datei, die ersetzt werden soll. Bitte eine Sicherung wählen.")
    identify(snapshot)
    problems = check(snapshot)
    if problems:
        raise UserError(
            f"Die Sicherung „{snapshot}“ ist beschädigt ({problems[0]}). Bitte eine andere wählen."
        )
    with WriterLock(database), _arriving(snapshot, database) as temporary:
        AttachmentStore.of(database).fill_from(AttachmentStore.of(snapshot), thorough=True)
        kept = _set_aside(database)
        temporary.replace(database)
    return kept


def require_sound(database: Path) -> None:
    """Raise StoreError if pages of the file are damaged, so that no figure is computed from half of the rows."""
    with sentences(database):
        connection = connect(database)
        try:
            wrong = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    if wrong != "ok":
        raise StoreError(DAMAGED.format(path=database))


def check(database: Path) -> list[str]:
    """Read every page of the file and every reference; what is wrong with it, in German, or nothing."""
    identify(database)
    try:
        connection = connect(database)
        try:
            wrong = [text for (text,) in connection.execute("PRAGMA integrity_check(20)") if text != "ok"]
            problems = [f"Die Datei ist beschädigt: {text}" for text in wrong]
            if not wrong:
                problems += [
                    f"Tabelle „{table}“, Zeile {row}: verweist auf eine Zeile in „{target}“, die es nicht gibt"
                    for table, row, target, _ in connection.execute("PRAGMA foreign_key_check")
                ]
        finally:
            connection.close()
    except UnicodeDecodeError:  # SQLite quotes damaged bytes, and Python cannot read what it says
        return ["Die Datei ist beschädigt: Statt Text stehen darin unlesbare Zeichen."]
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error) and "not a database" not in str(error):
            raise
        return [f"Die Datei ist beschädigt: {error}"]
    return problems


@contextmanager
def _arriving(database: Path, target: Path) -> Iterator[Path]:
    """A sound copy of a database beside `target`, to be moved there; gone afterwards if it was not."""
    # Two backups of the same second, by the day and by hand, must not write into one file.
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}")
    remove_unfinished(target, datetime.now())
    try:
        _copy_beside(database, target, temporary)
        try:
            yield temporary
        except OSError as error:
            raise _not_written(target, error) from error
    finally:
        if temporary.is_file():
            temporary.unlink()


def _copy_beside(database: Path, target: Path, temporary: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Reserving the name first tells a folder that cannot be written from a source that cannot be read.
        temporary.touch()
        with sentences(database):
            _copy(database, temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
    except OutputError as error:  # SQLite only knows that some disk is full; it is the target's
        raise OutputError(
            f"Für die Sicherung „{target}“ ist kein Platz mehr auf dem Datenträger. "
            "Bitte Platz schaffen oder einen anderen Ort wählen."
        ) from error
    except OSError as error:
        raise _not_written(target, error) from error


def _not_written(target: Path, error: OSError) -> OutputError:
    return OutputError(
        f"Die Sicherung „{target}“ lässt sich nicht schreiben ({said(error)}). "
        "Bitte Platz und Schreibrechte prüfen oder einen anderen Ort wählen."
    )


def _add_attachments(database: Path, target: Path, progress: Progress) -> None:
    AttachmentStore.of(target).fill_from(AttachmentStore.of(database), progress=progress)


def _copy(source: Path, target: Path) -> None:
    reading, writing = connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, no companions
        wrong = writing.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        reading.close()
        writing.close()
    if wrong != "ok":
        raise StoreError(
            f"„{source}“ ist beschädigt und wurde nicht gesichert; ältere Sicherungen bleiben erhalten. "
            "Bitte die letzte Sicherung wiederherstellen."
        )


def _rotate(database: Path, folder: Path, now: datetime) -> None:
    """Keep the newest snapshots, and nothing that was left unfinished."""
    for old in snapshots(database, folder)[KEPT:]:
        old.path.unlink(missing_ok=True)
    _remove_unfinished(folder, f".{_escaped(database.stem)}_*", now)


def remove_unfinished(target: Path, now: datetime) -> None:
    """Take away what a process that was killed left unfinished on its way to `target`."""
    _remove_unfinished(target.parent, f".{_escaped(target.name)}.*", now)


def _remove_unfinished(folder: Path, named: str, now: datetime) -> None:
    """A day later; until then somebody may be at work on it."""
    for unfinished in folder.glob(named):
        with suppress(OSError):  # another backup has just taken its own away, or it is not ours to take
            if unfinished.stat().st_mtime < (now - timedelta(days=1)).timestamp():
                unfinished.unlink()


def _set_aside(database: Path) -> Path | None:
    """Move a database and its log away together; SQLite must not find the old log beside the new file."""
    if not database.exists():
        return None
    kept = database.with_name(f"{database.stem}_ersetzt_{datetime.now().strftime(_STAMP)}{database.suffix}")
    for companion in ("", "-wal", "-shm"):
        part = database.with_name(database.name + companion)
        if part.exists():
            part.replace(kept.with_name(kept.name + companion))
    return kept


def _escaped(text: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in text)
