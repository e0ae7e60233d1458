"""Puts a snapshot in the place of a database, in one step: whenever it is killed, the old or the new one is there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from app.domain.errors import OutputError, StoreError, UserError
from db.attachments import AttachmentStore, Progress
from db.connection import connect
from db.copies.attached import add_attachments
from db.copies.copying import arriving, bring, silent
from db.copies.proof import Soundness, prove
from db.copies.snapshots import REPLACED, folder_for, name_for, next_number
from db.driver import sqlite
from db.encryption.forms import Form, form_of
from db.encryption.opening import Locked, salt_of
from db.encryption.unlocking import is_locked
from db.errors import sentences, store_error
from db.file.opened import COMPANIONS, companion
from db.file.unfinished import settle
from db.identity import identify
from db.lock import WriterLock
from db.migrations import LATEST, upgrade

IN_USE = (
    "„{path}“ wird gerade von einem anderen Fenster oder Programm gelesen. Bitte dort schließen und noch einmal "
    "versuchen. Es wurde nichts geändert."
)


def restore(snapshot: Path, database: Path, progress: Progress = silent) -> Path | None:
    """Put a snapshot in the place of a database; what was there is kept among the snapshots, its path returned.

    Attached files that are missing or changed come back from the folder beside the snapshot. Raises UserError if
    the snapshot is not sound or newer than the program (nothing is changed then), StoreError if the database is open.
    """
    require_fit(snapshot, database, progress)
    return put_in_place(snapshot, database, progress)


def put_in_place(snapshot: Path, database: Path, progress: Progress = silent) -> Path | None:
    """The second half of `restore`, once `require_fit` has found nothing against it."""
    form = _form_in_place(database)
    with WriterLock(database), arriving(snapshot, database, form) as copy:
        _bring_up_to_date(copy.path, snapshot)
        theirs = AttachmentStore.of(snapshot)
        ours = theirs.beside(database) if form is None else AttachmentStore.of(database)
        ours.fill_from(theirs, thorough=True, progress=progress)
        kept = _keep(database) if database.exists() else None
        with closed_to_all(database):
            settle(copy.path, database)
    if kept is not None:
        with suppress(OutputError):  # what is attached stays where it is as well
            add_attachments(database, kept, silent)
        with suppress(Locked):  # its password is forgotten
            prove(kept)
    return kept


def require_fit(snapshot: Path, database: Path, progress: Progress = silent) -> None:
    """Raise UserError unless the snapshot can take the place of the database; nothing is changed by asking."""
    if snapshot.absolute() == database.absolute():
        raise UserError(f"„{snapshot}“ ist die Datei, die ersetzt werden soll. Bitte eine Sicherung wählen.")
    try:
        version = identify(snapshot)
    except Locked:  # its password is asked for
        raise
    except StoreError as error:  # not our own file is damaged but what we were given
        raise UserError(error.sentence) from error
    if version > LATEST:
        raise UserError(
            f"Die Sicherung „{snapshot}“ ist von einer neueren Ausgabe von Quartiersbüro. Es wurde nichts geändert. "
            "Bitte zuerst das Programm erneuern oder eine andere Sicherung wählen."
        )
    found = prove(snapshot, progress=progress)
    if found.soundness is Soundness.FAULTY:
        raise UserError(
            f"Die Sicherung „{snapshot}“ ist beschädigt ({found.problems[0]}). Bitte eine andere wählen."
        )


def needs_password(snapshot: Path, database: Path) -> Path | None:
    """The file whose password is wanted before: without it what was encrypted would come back readable by all."""
    asked = [snapshot] if salt_of(snapshot) is not None else [snapshot, database]
    return next((one for one in asked if is_locked(one)), None)


def _form_in_place(database: Path) -> Form | None:
    """What comes back is encrypted as what it replaces; where that cannot be read any more, as the snapshot is."""
    try:
        return form_of(database) if database.exists() else None
    except (Locked, sqlite.Error):
        return None


def _keep(database: Path) -> Path:
    """What is there becomes a snapshot; as it lies there, with its log, if it is damaged."""
    now = datetime.now()
    kept = folder_for(database) / name_for(database, next_number(database), now, REPLACED)
    try:
        with arriving(database, kept) as copy:
            settle(copy.path, kept)
    except StoreError:
        for ending in (*COMPANIONS, ""):
            if (part := companion(database, ending)).exists():
                bring(part, companion(kept, ending), now)
    return kept


def _bring_up_to_date(copy: Path, snapshot: Path) -> None:
    """Before it is in its place: where that fails, nothing has happened."""
    if identify(copy) == LATEST:
        return
    try:
        with sentences(copy):
            upgrade(copy)
    except StoreError as error:
        raise UserError(
            f"Die Sicherung „{snapshot}“ lässt sich nicht auf den heutigen Stand des Programms bringen. Es wurde "
            "nichts geändert. Bitte eine andere wählen."
        ) from error


@contextmanager
def closed_to_all(database: Path) -> Iterator[None]:
    """Nobody else has the file open, and its log is folded in.

    A log that stayed would meet the new file, and who still reads the old one would take away the new one's log when
    he closes.
    """
    try:
        connection = connect(database, writes=True) if database.exists() else None
    except Locked:  # its password is forgotten: it is as good as damaged
        connection = None
    try:
        if connection is not None:
            is_sound = _fold_in(connection, database)
            if sys.platform == "win32" or not is_sound:  # Windows replaces no file that is open
                connection.close()
        for ending in COMPANIONS:  # only a file that is damaged, or was taken away by hand, still has any
            companion(database, ending).unlink(missing_ok=True)
        yield
    finally:
        if connection is not None:
            connection.close()


def _fold_in(connection: sqlite.Connection, database: Path) -> bool:
    """Raises StoreError if anybody else has the file open; False if it is too damaged to tell."""
    try:
        # Giving up the log needs the file for itself alone.
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode == "delete":
            connection.execute("BEGIN EXCLUSIVE")
            return True
    except sqlite.DatabaseError as error:
        if any(words in str(error) for words in ("malformed", "not a database")):
            return False
        if "locked" not in str(error):
            raise store_error(error, database) or error from error
    raise StoreError(IN_USE.format(path=database))
