"""Version 4: what is signed stays as signed: dated amendments, whole versions of clauses, calendar entries sent."""

import sqlite3

STATEMENTS: tuple[str, ...] = (
    # What was done to a table that version 2 gave up cannot be taken back, nor block what was done before it.
    "UPDATE command SET undoable = 0 WHERE id IN"
    " (SELECT command_id FROM change WHERE table_name = 'order_assignment')",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """From version 3, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
