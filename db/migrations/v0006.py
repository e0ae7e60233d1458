"""Version 6: what the store keeps beside the records so that damage is noticed and people can be forgotten."""

from db.driver import sqlite

STATEMENTS: tuple[str, ...] = (
    # The rows' checksums; the runner fills them once all steps are taken.
    "CREATE TABLE checksum (table_name VARCHAR NOT NULL, row_id INTEGER NOT NULL, value INTEGER NOT NULL, "
    "CONSTRAINT pk_checksum PRIMARY KEY (table_name, row_id)) WITHOUT ROWID",
    "CREATE TABLE erasure (id INTEGER NOT NULL, erased_at DATETIME NOT NULL, reason VARCHAR NOT NULL, "
    "mark VARCHAR NOT NULL, erased VARCHAR NOT NULL, kept VARCHAR NOT NULL, places VARCHAR NOT NULL, "
    "copies_until DATE NOT NULL, first_without INTEGER NOT NULL, CONSTRAINT pk_erasure PRIMARY KEY (id))",
    "CREATE TABLE file_state (id INTEGER NOT NULL, stretch VARCHAR NOT NULL, after VARCHAR NOT NULL, "
    "CONSTRAINT pk_file_state PRIMARY KEY (id))",
    "INSERT INTO file_state VALUES (1, lower(hex(randomblob(16))), '')",
)


def upgrade(connection: sqlite.Connection) -> None:
    """From version 5, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
