"""Steps from one schema version to the next, and the runner that takes them.

A new database is made from the models; an old one is brought up to them. To change the schema: change the
models, add a module `vNNNN` with `upgrade(connection)`, enter it in STEPS, keep a file of the old version in
tests/data/versions.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.domain.errors import StoreError
from db import checksums, seed
from db.connection import WRITES, make_engine
from db.driver import sqlite
from db.migrations import v0002, v0003, v0004, v0005, v0006
from db.structure import LATEST as LATEST
from db.triggers import create_statements, drop_statements

Step = Callable[[sqlite.Connection], None]

STEPS: Mapping[int, Step] = {
    2: v0002.upgrade,
    3: v0003.upgrade,
    4: v0004.upgrade,
    5: v0005.upgrade,
    6: v0006.upgrade,
}
"""Version reached -> step from the version before."""

LOG_HOLDS_SINCE = "log.holds_since"
"""The setting with the last entry of the log before the newest upgrade: steps change rows, and columns, unlogged."""


def version(connection: sqlite.Connection) -> int:
    """The schema version a file says of itself; 0: none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def upgrade(path: Path, steps: Mapping[int, Step] = STEPS, latest: int = LATEST) -> None:
    """Bring the file at `path` to `latest` in one transaction, its contents too; else it stays as it was."""
    engine = make_engine(path)
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            raw = cast(sqlite.Connection, connection.connection.dbapi_connection)
            raw.execute("PRAGMA journal_mode = WAL")
            # With foreign keys on, rebuilding a parent table would silently delete all its children.
            raw.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                _take_steps(raw, steps, latest)
                if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise StoreError(
                        f"„{path}“ konnte nicht auf den neuen Stand gebracht werden, weil Verweise in ihr fehlen. "
                        "Die Datei ist unverändert. Bitte eine Sicherung wiederherstellen."
                    )
                _fill_up(connection)
                _mark_log(raw)
                for statement in create_statements():
                    raw.execute(statement)
                checksums.seal_all(raw)
                raw.execute(f"PRAGMA user_version = {latest}")
    finally:
        engine.dispose()


def _take_steps(raw: sqlite.Connection, steps: Mapping[int, Step], latest: int) -> None:
    triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for statement in drop_statements([name for (name,) in triggers]):
        raw.execute(statement)
    for number in range(version(raw) + 1, latest + 1):
        steps[number](raw)


def _fill_up(connection: Connection) -> None:
    """A file from before clauses could be edited gets the standard ones, before the log of changes begins again."""
    with Session(connection) as session:
        if seed.lacks_templates(session):
            seed.plant_templates(session)
        session.commit()  # of what the session holds: the transaction is the upgrade's


def _mark_log(raw: sqlite.Connection) -> None:
    """The rows as the steps left them are what counts from now on, whatever the log says of them before.

    Written while no trigger listens: this is no change of hers.
    """
    raw.execute(
        "INSERT INTO setting (name, value) SELECT ?, coalesce(max(id), 0) FROM change WHERE true "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (LOG_HOLDS_SINCE,),
    )
