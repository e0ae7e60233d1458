"""Looks for damage: in the pages of a database file, in its rows, and in the files beside it."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from app.domain.counting import counted
from app.domain.errors import Damaged
from db import attached, checksums
from db.attachments import Progress
from db.connection import connect
from db.damage.orphans import orphans
from db.damage.reading import UNREADABLE, cancellable, forgiving
from db.damage.rows import WrongRow, wrong_rows
from db.driver import sqlite
from db.errors import DAMAGED, sentences
from db.identity import identify
from db.migrations import LOG_HOLDS_SINCE
from db.table_words import TABLES, called

NAMED = 5
"""Rows of one table that are named one by one; of more the number is told."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found, in German.

    `damage`: in the database file; `files`: attached files that are missing or changed; `orphans`: files in their
    folder that belong to no record, which is no damage.
    """

    damage: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[str, ...]:
        return self.damage + self.files


def require_sound(database: Path) -> None:
    """Raise StoreError if pages of the file are damaged, so that no figure is computed from half of the rows."""
    with sentences(database), closing(connect(database)) as connection:
        wrong = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if wrong != "ok":
        raise Damaged(DAMAGED.format(path=database), database)


def examine(database: Path, progress: Progress = lambda _done, _total: None) -> Findings:
    """Read all there is: every page, every row, every attached file. Raises Cancelled from `progress`.

    Each statement is a short read of its own, so that whoever works in the file is not held up.
    """
    damage = check(database, progress)
    try:
        files = attached.problems(database, progress)
        strange = orphans(database)
    except (*UNREADABLE, ValueError):
        return Findings(tuple(damage))  # which files there are to be cannot be read; that is said already
    return Findings(tuple(damage), tuple(files), tuple(strange))


def check(database: Path, progress: Progress = lambda _done, _total: None) -> list[str]:
    """Read every page and every row of the file; what is wrong with it, in German, or nothing."""
    identify(database)
    try:
        with closing(connect(database)) as connection:
            forgiving(connection)
            return list(_all_of(connection, progress))
    except UnicodeDecodeError:  # SQLite quotes damaged bytes, and Python cannot read what it says
        return ["Die Datei ist beschädigt: Statt Text stehen darin unlesbare Zeichen."]
    except sqlite.DatabaseError as error:
        if not _is_damage(error):
            raise
        return [_in_german(str(error))]


def _is_damage(error: sqlite.DatabaseError) -> bool:
    return any(words in str(error) for words in ("malformed", "not a database", "no such table"))


def _all_of(connection: sqlite.Connection, progress: Progress) -> Iterator[str]:
    names = checksums.tables(connection)
    steps = 2 * len(names) + 2  # pages take about as long as all rows
    progress(0, steps)
    with cancellable(connection, lambda: progress(0, steps)):
        wrong = list(_pages(connection))
    yield from wrong
    if not wrong:
        yield from _references(connection)
        yield from _schema(connection)
    known = _has_checksums(connection)
    since = _log_holds_since(connection)
    for done, table in enumerate(names, len(names) + 2):
        progress(done, steps)
        with cancellable(connection, lambda done=done: progress(done, steps)):  # type: ignore[misc]
            yield from _said(wrong_rows(connection, table, since, known))


def _pages(connection: sqlite.Connection) -> Iterator[str]:
    try:
        found = [text for (text,) in connection.execute("PRAGMA integrity_check(100)") if text != "ok"]
        yield from dict.fromkeys(_in_german(text) for text in found)
    except UNREADABLE as error:
        if not isinstance(error, UnicodeDecodeError) and not _is_damage(error):
            raise
        yield "Die Datei ist beschädigt: Seiten in ihr sind nicht mehr zu lesen"


def _in_german(text: str) -> str:
    """What SQLite says of a page, an index or a field, with the table that it belongs to."""
    if found := re.search(r"(?:index|missing from) (?:ix|uq|pk)_(\w+)|value in (\w+)\.", text):
        word = found[1] or found[2]
        table = max((name for name in TABLES if word.startswith(name)), key=len, default="")
        if table:
            return f"Die Datei ist beschädigt: {called(table)} stehen nicht mehr so darin, wie sie geordnet wurden"
    return "Die Datei ist beschädigt: Seiten in ihr sind nicht mehr zu lesen"


def _references(connection: sqlite.Connection) -> Iterator[str]:
    for table, row, target, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{called(table)}, Eintrag {row}: verweist auf „{called(target)}“, wo der Eintrag fehlt"


def _schema(connection: sqlite.Connection) -> Iterator[str]:
    if not _has_checksums(connection):
        return
    known = connection.execute(
        "SELECT value FROM checksum WHERE table_name = ?", (checksums.SCHEMA,)
    ).fetchone()
    if known is None or known[0] != checksums.schema_now(connection):
        yield "Der Aufbau der Datei (Tabellen und was sie überwacht) ist nicht mehr, wie er angelegt wurde"
    names = [*checksums.tables(connection), checksums.SCHEMA]
    marks = ", ".join("?" * len(names))
    (strange,) = connection.execute(
        f"SELECT count(*) FROM checksum WHERE table_name NOT IN ({marks})", names
    ).fetchone()
    if strange:
        yield f"{counted(strange, 'Prüfsumme gehört', 'Prüfsummen gehören')} zu keinem Eintrag"


def _has_checksums(connection: sqlite.Connection) -> bool:
    """Files from before version 6 have none; they get them when they are opened."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'checksum'").fetchone()
    return found is not None


def _log_holds_since(connection: sqlite.Connection) -> int:
    """Before this entry of the log, steps from version to version changed rows without a word in it."""
    try:
        found = connection.execute("SELECT value FROM setting WHERE name = ?", (LOG_HOLDS_SINCE,)).fetchone()
        return int(found[0]) if found else 0
    except (*UNREADABLE, ValueError):
        return 0


def _said(found: list[WrongRow]) -> Iterator[str]:
    for table, rows in groupby(found, lambda one: one.table):
        several = list(rows)
        for one in several[:NAMED]:
            place = "" if one.row_id is None else f", Eintrag {one.row_id}"
            yield f"{called(table)}{place}: {', '.join(one.reasons)}"
        if len(several) > NAMED:
            more = counted(len(several) - NAMED, "weiterer Eintrag ist", "weitere Einträge sind")
            yield f"{called(table)}: {more} ebenso beschädigt"
