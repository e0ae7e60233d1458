"""What a file of ours is made of. What else somebody put into it is never run, and never taken for a table of ours.

A view may never come to an end, a trigger may change more than she sees. The file may have come from anywhere: by mail,
as a backup, from an office whose administrator added something of his own.
"""

import json
from pathlib import Path

from app.domain.errors import Damaged
from db.driver import sqlite
from db.models import Model
from db.triggers import create_statements

LATEST = 6
"""The version of the schema that the models describe."""
_FORMER_TABLES = frozenset({"order_assignment"})
"""Of earlier editions; gone when a file is brought up to date."""
_STRANGE = (
    "„{path}“ wurde von einem anderen Programm verändert („{name}“ stammt nicht von Quartiersbüro) und wird nicht "
    "verwendet. Bitte eine Sicherung wiederherstellen oder retten, was darin ist."
)
_LACKING = (
    "„{path}“ ist beschädigt: Tabellen fehlen, vielleicht nach Eingriffen eines anderen Programms. Bitte eine "
    "Sicherung wiederherstellen."
)
_MEDDLED = (
    "„{path}“ ist beschädigt oder wurde von einem anderen Programm verändert: Was die Einträge überwacht, ist nicht "
    "mehr, wie es angelegt wurde. Bitte eine Sicherung wiederherstellen oder retten, was darin ist."
)


def our_tables() -> set[str]:
    """All tables of this and earlier editions."""
    return Model.metadata.tables.keys() | _FORMER_TABLES


def require_our_tables(connection: sqlite.Connection, path: Path, version: int) -> None:
    """Raise Damaged where there are views, or tables that no edition made, or some are missing.

    What cannot be read at all is for the check to tell; of a newer file nothing is known.
    """
    if version > LATEST:
        return
    try:
        strange = connection.execute(
            "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' AND (type = 'view' "
            "OR type = 'table' AND (sql NOT LIKE 'CREATE TABLE%' OR name NOT IN (SELECT value FROM json_each(?))))",
            (json.dumps(sorted(our_tables())),),
        ).fetchone()
        there = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    except (sqlite.DatabaseError, UnicodeDecodeError):
        return
    if strange is not None:
        raise Damaged(_STRANGE.format(path=path, name=strange[0]), path)
    if version == LATEST and Model.metadata.tables.keys() - there:
        raise Damaged(_LACKING.format(path=path), path)


def has_our_triggers(connection: sqlite.Connection) -> bool:
    """Are the triggers of a file of the latest version those that this program makes, no more and no others?"""
    found = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    return {statement for (statement,) in found} == set(create_statements())


def require_our_triggers(connection: sqlite.Connection, path: Path) -> None:
    """Before anything is written: raise Damaged where something else would happen than is to."""
    if not has_our_triggers(connection):
        raise Damaged(_MEDDLED.format(path=path), path)


def reads_tables_only(connection: sqlite.Connection) -> None:
    """From now on the connection refuses to look into a view, whatever name of ours it has."""
    connection.set_authorizer(_outside_of_views)


def _outside_of_views(
    _action: int, _first: str | None, _second: str | None, _database: str | None, view: str | None
) -> int:
    return sqlite.SQLITE_OK if view is None else sqlite.SQLITE_DENY
