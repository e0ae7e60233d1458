"""Version 6: what the store keeps beside the records so that damage is noticed and people can be forgotten."""

from db.driver import sqlite

STATEMENTS: tuple[str, ...] = ()


def upgrade(connection: sqlite.Connection) -> None:
    """From version 5, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
