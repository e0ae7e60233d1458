"""A sound copy of a database, open or not, made whole or not at all."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.errors import OutputError
from app.domain.system_errors import said
from db.attachments import AttachmentStore, Progress
from db.encryption.forms import Form, form_of, write_as
from db.errors import sentences


def silent(_done: int, _total: int) -> None:
    """For who does not ask how far it is."""


def take_snapshot(database: Path, target: Path, progress: Progress = silent) -> None:
    """Copy a database, open or not, to `target` in one step; an old file there is replaced.

    Its attached files come before it into the folder beside it ("kopie_Anlagen"); what lies there already is not
    copied again. Raises StoreError if the copy is not sound, OutputError if it cannot be written; then nothing
    is left.
    """
    with arriving(database, target) as temporary:
        add_attachments(database, target, progress)
        temporary.replace(target)


@contextmanager
def arriving(database: Path, target: Path, form: Form | None = None) -> Iterator[Path]:
    """A sound copy of a database beside `target`, to be moved there; gone afterwards if it was not.

    `form`: encrypted so, or not; by itself the copy is as the database is.
    """
    # Two backups of the same second, by the day and by hand, must not write into one file.
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}")
    remove_unfinished(target, datetime.now())
    try:
        _copy_beside(database, target, temporary, form)
        try:
            yield temporary
        except OSError as error:
            raise _not_written(target, error) from error
    finally:
        if temporary.is_file():
            temporary.unlink()


def _copy_beside(database: Path, target: Path, temporary: Path, form: Form | None) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Reserving the name first tells a folder that cannot be written from a source that cannot be read.
        temporary.touch()
        with sentences(database):
            write_as(database, temporary, form or form_of(database))
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


def add_attachments(database: Path, target: Path, progress: Progress) -> None:
    source = AttachmentStore.of(database)
    source.beside(target).fill_from(source, progress=progress)


def remove_unfinished(target: Path, now: datetime) -> None:
    """Take away what a process that was killed left unfinished on its way to `target`."""
    remove_unfinished_in(target.parent, f".{escaped(target.name)}.*", now)


def remove_unfinished_in(folder: Path, named: str, now: datetime) -> None:
    """A day later; until then somebody may be at work on it."""
    for unfinished in folder.glob(named):
        with suppress(OSError):  # another backup has just taken its own away, or it is not ours to take
            if unfinished.stat().st_mtime < (now - timedelta(days=1)).timestamp():
                unfinished.unlink()


def escaped(text: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in text)
