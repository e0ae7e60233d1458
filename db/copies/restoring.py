"""Puts a snapshot in the place of a database."""

from datetime import datetime
from pathlib import Path

from app.domain.errors import UserError
from db.attachments import AttachmentStore
from db.checks import check
from db.connection import Locked
from db.copies.copying import arriving
from db.copies.snapshots import STAMP
from db.driver import sqlite
from db.encryption.forms import Form, form_of
from db.identity import identify
from db.lock import WriterLock


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
    form = _form_in_place(database)
    with WriterLock(database), arriving(snapshot, database, form) as temporary:
        theirs = AttachmentStore.of(snapshot)
        ours = theirs.beside(database) if form is None else AttachmentStore.of(database)
        ours.fill_from(theirs, thorough=True)
        kept = _set_aside(database)
        temporary.replace(database)
    return kept


def _form_in_place(database: Path) -> Form | None:
    """What comes back is encrypted as what it replaces; where that cannot be read any more, as the snapshot is."""
    try:
        return form_of(database) if database.exists() else None
    except (Locked, sqlite.Error):
        return None


def _set_aside(database: Path) -> Path | None:
    """Move a database and its log away together; SQLite must not find the old log beside the new file."""
    if not database.exists():
        return None
    kept = database.with_name(f"{database.stem}_ersetzt_{datetime.now().strftime(STAMP)}{database.suffix}")
    for companion in ("", "-wal", "-shm"):
        part = database.with_name(database.name + companion)
        if part.exists():
            part.replace(kept.with_name(kept.name + companion))
    return kept
