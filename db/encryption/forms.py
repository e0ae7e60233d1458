"""The form a database is kept in: with which key, if any; and copying one in the form of another.

What only encryption needs lies among the settings of the file, but outside its log: undo must not take a key away.
"""

from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import StoreError
from db.connection import begin_file, connect, salt_of, uri_of
from db.driver import sqlite
from db.encryption import keys

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


def write_as(source: Path, target: Path, form: Form) -> None:
    """Copy a database, open or not, into the empty file `target` in this form, and prove the copy.

    Raises StoreError if the source is damaged.
    """
    if salt_of(source) == form.salt:
        _copy_pages(source, target, form)
    else:
        _copy_rows(source, target, form)
    connection = connect(target)
    try:
        _keep_settings(connection, form)
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, no companions
        wrong = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        connection.close()
    if wrong != "ok":
        raise _not_copied(source)


def _copy_pages(source: Path, target: Path, form: Form) -> None:
    reading, writing = connect(source), begin_file(target, form.salt)
    try:
        reading.backup(writing)
    finally:
        reading.close()
        writing.close()


def _copy_rows(source: Path, target: Path, form: Form) -> None:
    """With another key every page is another one. All tables have the same rows afterwards, which is counted."""
    key = "" if form.salt is None else keys.sqlcipher_key(form.salt)
    reading = connect(source)
    try:
        reading.execute("ATTACH ? AS recast KEY ?", (uri_of(target), key))
        reading.execute("BEGIN")
        reading.execute("SELECT sqlcipher_export('recast')")
        for pragma in ("user_version", "application_id"):
            value = reading.execute(f"PRAGMA main.{pragma}").fetchone()[0]
            reading.execute(f"PRAGMA recast.{pragma} = {value}")
        same = _contents(reading, "main") == _contents(reading, "recast")
        reading.execute("COMMIT")
        reading.execute("DETACH recast")
    finally:
        reading.close()
    if not same:
        raise _not_copied(source)


def _contents(connection: sqlite.Connection, schema: str) -> list[tuple[str, str, int]]:
    """Everything the schema holds, and how many rows each table has."""
    parts = connection.execute(
        f"SELECT type, name FROM {schema}.sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
    ).fetchall()
    return [
        (kind, name, connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0])
        if kind == "table"
        else (kind, name, 0)
        for kind, name in parts
    ]


def _keep_settings(connection: sqlite.Connection, form: Form) -> None:
    if settings_of(connection) == form.settings:
        return
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'setting'"
    ).fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("DELETE FROM setting WHERE name IN (?, ?)", OUR_SETTINGS)
    connection.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", form.settings.items())
    for _, statement in triggers:
        connection.execute(statement)
    connection.execute("COMMIT")


def set_settings(database: Path, form: Form) -> None:
    """Keep another form's settings in a file that is not being copied."""
    connection = connect(database)
    try:
        _keep_settings(connection, form)
    finally:
        connection.close()


def _not_copied(source: Path) -> StoreError:
    return StoreError(
        f"„{source}“ ist beschädigt und wurde nicht gesichert; ältere Sicherungen bleiben erhalten. "
        "Bitte die letzte Sicherung wiederherstellen."
    )
