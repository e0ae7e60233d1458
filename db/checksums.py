"""A checksum for every row, kept by the database itself: a byte that changes on the disk is noticed.

Triggers keep them, whoever writes: a command, undo and redo, a file of fifty thousand bookings, the log itself. A row
that no longer fits its checksum never gets a new one by being changed, else the next edit would hide the damage.
Only a connection of this program knows the function, so no other program can change a row without being refused.
"""

import zlib
from collections.abc import Iterable, Iterator

from sqlalchemy import Table

from db.driver import sqlite
from db.models import Checksum, Model

FUNCTION = "row_checksum"
HASHED = {
    ("paper", "content"): "sha256",
    ("finance_export", "content"): "sha256",
    ("finance_layout", "content"): "sha256",
}
"""Columns of bytes whose hash stands in another column of the row: that one is checked instead."""
SCHEMA = "sqlite_master"
"""Under this name, as row 0, stands the checksum of tables, indexes and triggers themselves."""
_KEPT = Checksum.__tablename__


def register(connection: sqlite.Connection) -> None:
    """Teach a connection the function that the triggers call."""
    connection.create_function(FUNCTION, 1, zlib.crc32, deterministic=True)


def guarded_tables() -> list[Table]:
    """All tables but the one that holds the checksums."""
    return [table for table in Model.metadata.sorted_tables if table.name != _KEPT]


def create_statements() -> Iterator[str]:
    """SQL of the triggers that keep the checksums."""
    for table in guarded_tables():
        name, columns = table.name, [column.name for column in table.columns]
        old, new = of_row(name, columns, "OLD."), of_row(name, columns, "NEW.")
        its = f"table_name = '{name}' AND row_id = OLD.id"
        for event, statement in (
            (
                "insert",
                f"INSERT INTO {_KEPT} (table_name, row_id, value) VALUES ('{name}', NEW.id, {new}) "
                "ON CONFLICT (table_name, row_id) DO UPDATE SET value = excluded.value",
            ),
            ("update", f"UPDATE {_KEPT} SET value = {new} WHERE {its} AND value = {old}"),
            ("delete", f"DELETE FROM {_KEPT} WHERE {its}"),
        ):
            yield (
                f'CREATE TRIGGER "checksum_{name}_{event}" AFTER {event.upper()} ON "{name}" '
                f"BEGIN {statement}; END"
            )


def of_row(table: str, columns: Iterable[str], row: str = "") -> str:
    """SQL of the checksum of a row; `row`: what stands before each column.

    Every value is written with its type (`quote`), and as bytes: damaged text may be none.
    """
    values = (f'quote({row}"{name}")' for name in sorted(columns) if (table, name) not in HASHED)
    return f"{FUNCTION}(CAST({'||'.join(values)} AS BLOB))"


def seal_all(connection: sqlite.Connection) -> None:
    """Give every row of a file the checksum it has now: a new file, or one just brought up to date."""
    connection.execute(f"DELETE FROM {_KEPT}")
    for table in tables(connection):
        connection.execute(
            f"INSERT INTO {_KEPT} (table_name, row_id, value) "
            f"SELECT '{table}', id, {of_row(table, columns(connection, table))} FROM \"{table}\" ORDER BY id"
        )
    seal_schema(connection)


def seal_schema(connection: sqlite.Connection) -> None:
    """Note what tables, indexes and triggers are; whoever has just made them calls this."""
    connection.execute(
        f"INSERT OR REPLACE INTO {_KEPT} (table_name, row_id, value) VALUES (?, 0, ?)",
        (SCHEMA, schema_now(connection)),
    )


def schema_now(connection: sqlite.Connection) -> int:
    """The checksum of all tables, indexes and triggers as they are."""
    found = connection.execute(
        "SELECT CAST(group_concat(quote(type) || quote(name) || quote(tbl_name) || quote(sql), ';') AS BLOB) "
        f"FROM (SELECT * FROM {SCHEMA} ORDER BY type, name)"
    ).fetchone()
    return zlib.crc32(found[0] or b"")


def tables(connection: sqlite.Connection) -> list[str]:
    """The tables of a file that have checksums, of whatever version it is."""
    found = connection.execute(
        f"SELECT name FROM {SCHEMA} WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ? ORDER BY name",
        (_KEPT,),
    )
    return [name for (name,) in found.fetchall()]


def columns(connection: sqlite.Connection, table: str) -> list[str]:
    """The columns of a table of a file, of whatever version it is."""
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall()]
