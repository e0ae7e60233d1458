"""Version 5: an actor joins or leaves an agreement by an amendment."""

from db.driver import sqlite

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE party ADD COLUMN joins_with INTEGER REFERENCES amendment (id) ON DELETE CASCADE",
    "ALTER TABLE party ADD COLUMN leaves_with INTEGER REFERENCES amendment (id) ON DELETE SET NULL",
    "CREATE INDEX ix_party_joins_with ON party (joins_with)",
    "CREATE INDEX ix_party_leaves_with ON party (leaves_with)",
)


def upgrade(connection: sqlite.Connection) -> None:
    """From version 4, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
