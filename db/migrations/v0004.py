"""Version 4: what is signed stays as signed: dated amendments, whole versions of clauses, calendar entries sent."""

import sqlite3

STATEMENTS: tuple[str, ...] = (
    # Calendar files: what went out, and which database it came from.
    "CREATE TABLE sent_event (id INTEGER NOT NULL, uid VARCHAR NOT NULL, kind VARCHAR(40) NOT NULL, "
    "day DATE NOT NULL, summary VARCHAR NOT NULL, digest VARCHAR NOT NULL, sequence INTEGER NOT NULL, "
    "changed_at DATETIME NOT NULL, is_cancelled BOOLEAN NOT NULL, "
    "CONSTRAINT pk_sent_event PRIMARY KEY (id), CONSTRAINT uq_sent_event_uid UNIQUE (uid))",
    "INSERT INTO setting (name, value) VALUES ('database.id', lower(hex(randomblob(16))))",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """From version 3, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
