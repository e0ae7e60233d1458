"""A sound copy of a database, open or not, made whole or not at all."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import OutputError
from app.domain.system_errors import said
from db.attachments import Progress
from db.copies.attached import add_attachments
from db.copies.proof import Proof, forget, hash_of, prove
from db.encryption.forms import Form, form_of, write_as
from db.errors import sentences
from db.file.opened import COMPANIONS
from db.file.unfinished import remove_unfinished, settle, unfinished_path


@dataclass(frozen=True, slots=True)
class Copied:
    """A finished copy on its way to its place. `rows`: by table, as they were in the original at that moment."""

    path: Path
    rows: Mapping[str, int]


def silent(_done: int, _total: int) -> None:
    """For who does not ask how far it is."""


def take_snapshot(database: Path, target: Path, progress: Progress = silent) -> Proof:
    """Copy a database, open or not, to `target` in one step, and prove it; an old file there is replaced.

    Its attached files come before it into the folder beside it ("kopie_Anlagen"); what lies there already is not
    copied again. Raises StoreError if the copy is not sound, OutputError if it cannot be written; then nothing
    is left.
    """
    with arriving(database, target) as copy:
        add_attachments(database, target, progress, of=copy.path)
        forget(target)
        settle(copy.path, target)
    return prove(target, expected=copy.rows, progress=progress)


@contextmanager
def arriving(database: Path, target: Path, form: Form | None = None) -> Iterator[Copied]:
    """A sound copy of a database beside `target`, to be moved there; gone afterwards if it was not.

    `form`: encrypted so, or not; by itself the copy is as the database is.
    """
    temporary = unfinished_path(target)
    remove_unfinished(target, datetime.now())
    try:
        rows = _copy_beside(database, target, temporary, form)
        try:
            yield Copied(temporary, rows)
        except OSError as error:
            raise not_written(target, error) from error
    finally:
        for ending in ("", *COMPANIONS, ".lock"):
            with suppress(
                OSError
            ):  # there was no folder to write into; what is left goes with the next start
                temporary.with_name(temporary.name + ending).unlink(missing_ok=True)


def bring(source: Path, target: Path, now: datetime) -> None:
    """Copy a file that nobody has open as it is; it arrives whole or not at all."""
    temporary = unfinished_path(target)
    remove_unfinished(target, now)
    try:
        shutil.copyfile(source, temporary)
        if hash_of(temporary) != hash_of(source):
            raise OutputError(
                f"„{target}“ kommt anders an, als es geschickt wird. Bitte den Datenträger prüfen."
            )
        settle(temporary, target)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _copy_beside(database: Path, target: Path, temporary: Path, form: Form | None) -> Mapping[str, int]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Reserving the name first tells a folder that cannot be written from a source that cannot be read.
        temporary.touch()
        with sentences(database):
            rows = write_as(database, temporary, form or form_of(database))
    except OutputError as error:  # SQLite only knows that some disk is full; it is the target's
        raise OutputError(
            f"Für die Sicherung „{target}“ ist kein Platz mehr auf dem Datenträger. "
            "Bitte Platz schaffen oder einen anderen Ort wählen."
        ) from error
    except OSError as error:
        raise not_written(target, error) from error
    return rows


def not_written(target: Path, error: OSError) -> OutputError:
    return OutputError(
        f"Die Sicherung „{target}“ lässt sich nicht schreiben ({said(error)}). "
        "Bitte Platz und Schreibrechte prüfen oder einen anderen Ort wählen."
    )
