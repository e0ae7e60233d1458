"""The form a database is kept in: with which key, if any; and copying one in the form of another.

What only encryption needs lies among the settings of the file, but outside its log: undo must not take a key away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import Damaged
from db.connection import connect
from db.copies.counting import count_rows
from db.driver import sqlite
from db.encryption import keys
from db.encryption.opening import begin_file, salt_of
from db.file.addresses import uri

ATTACHMENTS_KEY = "encryption.attachments"
"""The setting with the key of the attached files, as hexadecimal digits."""
FORMER_KEYS = "encryption.former"
"""The setting with salts and keys of earlier passwords, by which older copies still open."""
OUR_SETTINGS = (ATTACHMENTS_KEY, FORMER_KEYS)


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is kept. `salt` None: not encrypted; attached files are sealed where there is a salt."""

    salt: bytes | None = None
    settings: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def attachments_key(self) -> bytes | None:
        """Also of a file that was encrypted until now, as long as sealed files are left."""
        stored = self.settings.get(ATTACHMENTS_KEY)
        return bytes.fromhex(stored) if stored else None


def form_of(database: Path) -> Form:
    """The form of a file. Raises Locked."""
    salt = salt_of(database)
    connection = connect(database)
    try:
        return Form(salt, settings_of(connection))
    finally:
        connection.close()


def settings_of(connection: sqlite.Connection) -> dict[str, str]:
    """What a file keeps for encryption; nothing where it is no file of ours."""
    try:
        found = connection.execute(
            "SELECT name, value FROM setting WHERE name IN (?, ?)", OUR_SETTINGS
        ).fetchall()
    except sqlite.OperationalError as error:
        if "no such table" in str(error):
            return {}
        raise
    return dict(found)


def write_as(source: Path, target: Path, form: Form) -> Mapping[str, int]:
    """Copy a database, open or not, into the empty file `target` in this form, and prove the copy.

    Returns the rows it must have, by table. Raises StoreError if the source is damaged.
    """
    reading = connect(source)
    try:
        same_key = salt_of(source) == form.salt
        rows = (_copy_pages if same_key else _copy_rows)(reading, target, form)
    finally:
        reading.close()
    connection = connect(target, writes=True)
    try:
        same = count_rows(connection) == rows
        _keep_settings(connection, form)
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, no companions
        wrong = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        rows = count_rows(connection) if same and wrong == "ok" else {}
    finally:
        connection.close()
    if not same or wrong != "ok":
        raise Damaged(
            f"„{source}“ ist beschädigt und wurde nicht gesichert; ältere Sicherungen bleiben erhalten. "
            "Bitte die letzte Sicherung wiederherstellen.",
            source,
        )
    return rows


def _copy_pages(reading: sqlite.Connection, target: Path, form: Form) -> dict[str, int]:
    """As they are at one moment."""
    writing = begin_file(target, form.salt)
    try:
        reading.execute("BEGIN")
        rows = count_rows(reading)  # from here on the copy is of this moment, whatever others write
        reading.backup(writing)
    finally:
        writing.close()
    return rows


def _copy_rows(reading: sqlite.Connection, target: Path, form: Form) -> dict[str, int]:
    """With another key every page is another one, so tables are written anew."""
    key = "" if form.salt is None else keys.sqlcipher_key(form.salt)
    reading.execute("ATTACH ? AS recast KEY ?", (uri(target.absolute(), mode="rw"), key))
    reading.execute("BEGIN")
    rows = count_rows(reading)
    reading.execute("SELECT sqlcipher_export('recast')")
    for pragma in ("user_version", "application_id"):
        value = reading.execute(f"PRAGMA main.{pragma}").fetchone()[0]
        reading.execute(f"PRAGMA recast.{pragma} = {value}")
    reading.execute("COMMIT")
    reading.execute("DETACH recast")
    return rows


def _keep_settings(connection: sqlite.Connection, form: Form) -> None:
    if settings_of(connection) == form.settings:
        return
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'log~_setting~_%' ESCAPE '~'"
    ).fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("DELETE FROM setting WHERE name IN (?, ?)", OUR_SETTINGS)
    # Below all that the log counts: redo would find its own id taken.
    connection.executemany(
        "INSERT INTO setting (id, name, value) VALUES (?, ?, ?)",
        ((-place, name, value) for place, (name, value) in enumerate(form.settings.items(), 1)),
    )
    for _, statement in triggers:
        connection.execute(statement)
    connection.execute("COMMIT")


def set_settings(database: Path, form: Form) -> None:
    """Keep another form's settings in a file that is not being copied."""
    connection = connect(database, writes=True)
    try:
        _keep_settings(connection, form)
    finally:
        connection.close()
