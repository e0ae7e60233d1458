"""Version 6: what the store keeps beside the records so that damage is noticed and people can be forgotten."""

from db.driver import sqlite

STATEMENTS: tuple[str, ...] = (
    "CREATE TABLE file_state (id INTEGER NOT NULL, stretch VARCHAR NOT NULL, after VARCHAR NOT NULL, "
    "CONSTRAINT pk_file_state PRIMARY KEY (id))",
    "INSERT INTO file_state VALUES (1, lower(hex(randomblob(16))), '')",
)


def upgrade(connection: sqlite.Connection) -> None:
    """From version 5, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
