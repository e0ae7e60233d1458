"""Version 4: what is signed stays as signed: dated amendments, whole versions of clauses, calendar entries sent."""

import sqlite3

from db.migrations import v0004_amendments

STATEMENTS: tuple[str, ...] = ()


def upgrade(connection: sqlite3.Connection) -> None:
    """From version 3, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
    v0004_amendments.upgrade(connection)
