"""What is in a database file, in figures."""

from db.driver import sqlite


def count_rows(connection: sqlite.Connection) -> dict[str, int]:
    """The rows of each table, in one look: what others write meanwhile does not count."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
            "ORDER BY name"
        )
    ]
    if not names:
        return {}
    columns = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in names)
    return dict(zip(names, connection.execute(f"SELECT {columns}").fetchone(), strict=True))
