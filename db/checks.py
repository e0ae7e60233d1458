"""Looks for damage in a database file."""

from pathlib import Path

from app.domain.errors import StoreError
from db.connection import connect
from db.driver import sqlite
from db.errors import DAMAGED, sentences
from db.identity import identify


def require_sound(database: Path) -> None:
    """Raise StoreError if pages of the file are damaged, so that no figure is computed from half of the rows."""
    with sentences(database):
        connection = connect(database)
        try:
            wrong = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    if wrong != "ok":
        raise StoreError(DAMAGED.format(path=database))


def check(database: Path) -> list[str]:
    """Read every page of the file and every reference; what is wrong with it, in German, or nothing."""
    identify(database)
    try:
        connection = connect(database)
        try:
            wrong = [text for (text,) in connection.execute("PRAGMA integrity_check(20)") if text != "ok"]
            problems = [f"Die Datei ist beschädigt: {text}" for text in wrong]
            if not wrong:
                problems += [
                    f"Tabelle „{table}“, Zeile {row}: verweist auf eine Zeile in „{target}“, die es nicht gibt"
                    for table, row, target, _ in connection.execute("PRAGMA foreign_key_check")
                ]
        finally:
            connection.close()
    except UnicodeDecodeError:  # SQLite quotes damaged bytes, and Python cannot read what it says
        return ["Die Datei ist beschädigt: Statt Text stehen darin unlesbare Zeichen."]
    except sqlite.DatabaseError as error:
        if "malformed" not in str(error) and "not a database" not in str(error):
            raise
        return [f"Die Datei ist beschädigt: {error}"]
    return problems
