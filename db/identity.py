"""Tells whether a file is a database of ours, of which schema version, and which one it is."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Damaged, StoreError
from app.domain.system_errors import said
from db.connection import connect
from db.driver import CAN_ENCRYPT, sqlite
from db.encryption import keys
from db.encryption.opening import CannotDecrypt
from db.errors import sentences
from db.file.log import put_foreign_log_aside
from db.file.opened import is_open_here
from db.file.places import require_usable
from db.models import Setting
from db.structure import require_our_tables

APPLICATION_ID = 0x51554152  # "QUAR"
DATABASE_ID = "database.id"
"""The setting by which a database, its backups included, is told from any other."""
_HEADER = b"SQLite format 3\x00"


def is_database(path: Path) -> bool:
    """Is there an SQLite file at `path`, whosever, or an encrypted one of ours? False where nothing can be read."""
    if is_open_here(path):
        return True
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except OSError:
        return False
    return start == _HEADER or keys.is_ours(start)


def identify(path: Path) -> int:
    """The schema version of the database at `path`; raises StoreError if it is not one of ours.

    Of an encrypted one nothing is known, and Locked raised, until its password was given.
    """
    require_usable(path)
    put_foreign_log_aside(path)
    if not is_open_here(path) and not _begins_as_database(path):
        raise Damaged(
            f"„{path}“ ist keine Datei von Quartiersbüro oder ist beschädigt. "
            "Bitte eine andere Datei wählen oder eine Sicherung wiederherstellen.",
            path,
        )
    with sentences(path):
        connection = connect(path)
        try:
            application_id = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if application_id == APPLICATION_ID:
                require_our_tables(connection, path, version)
        finally:
            connection.close()
    if application_id != APPLICATION_ID:
        raise StoreError(f"„{path}“ gehört zu einem anderen Programm. Bitte eine andere Datei wählen.")
    return version


def _begins_as_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except FileNotFoundError as error:
        raise StoreError(
            f"Die Datei „{path}“ gibt es nicht. Bitte den Ort prüfen oder eine neue Datei anlegen."
        ) from error
    except OSError as error:
        raise StoreError(f"Die Datei „{path}“ lässt sich nicht lesen ({said(error)}).") from error
    if keys.is_ours(start) and not CAN_ENCRYPT:
        raise CannotDecrypt(path)
    return start == _HEADER or keys.is_ours(start)


def database_id(session: Session) -> str:
    """The id that this database was given when it was made; no other one has it."""
    return session.scalars(select(Setting.value).where(Setting.name == DATABASE_ID)).one()


def database_id_of(path: Path) -> str | None:
    """The same of a file that is not open, of whatever version; None where it has none or is none of ours."""
    try:
        connection = connect(path)
    except sqlite.DatabaseError:
        return None
    try:
        found = connection.execute("SELECT value FROM setting WHERE name = ?", (DATABASE_ID,)).fetchone()
    except sqlite.DatabaseError:
        return None
    finally:
        connection.close()
    return None if found is None else str(found[0])
