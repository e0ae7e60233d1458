"""A file that another program changed, or made to do harm: nothing in it is run, and nobody waits for it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.errors import Damaged, UserError
from db import checksums
from db.checks import check
from db.copies.copying import take_snapshot
from db.copies.restoring import restore
from db.damage.rescue import rescue
from db.database import Database, open_database
from db.driver import sqlite
from db.encryption.opening import open_keyed
from db.file.addresses import uri
from tests.paths import DATA

ENDLESS = """WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)
    SELECT n AS name, n AS value FROM x WHERE n < 0"""


@pytest.fixture
def closed(database: Database) -> Path:
    database.close()
    return database.path


@pytest.fixture
def mine(template: Path, tmp_path: Path) -> Iterator[Path]:
    """Another file, in whose place the hostile one is to come; nothing happens to it."""
    path = tmp_path / "mein" / "buero.db"
    path.parent.mkdir()
    shutil.copy(template, path)
    before = path.read_bytes()
    yield path
    assert path.read_bytes() == before


def change(path: Path, *statements: str) -> None:
    """Change what a file is made of, and its checksum with it: whoever means harm knows how."""
    with closing(open_keyed(path, uri(path, mode="rw"), isolation_level=None)) as connection:
        checksums.register(connection)
        for statement in statements:
            connection.execute(statement)
        if "checksum" in _tables(connection):
            checksums.seal_schema(connection)


def _tables(connection: sqlite.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


STRANGE = [
    ("ALTER TABLE setting RENAME TO x", f"CREATE VIEW setting AS {ENDLESS}"),
    ("CREATE VIEW bericht AS SELECT * FROM budget",),
    ('CREATE TABLE "x"" y\' z" (n INTEGER)',),
    ("CREATE VIRTUAL TABLE suche USING fts5(text)",),
    ("DROP TABLE picture",),
]


@pytest.mark.parametrize("statements", STRANGE)
def test_views_and_tables_of_others_are_refused(
    closed: Path, mine: Path, statements: tuple[str, ...], tmp_path: Path
) -> None:
    change(closed, *statements)
    for writer in (True, False):
        with pytest.raises(Damaged, match="anderen Programm"):
            open_database(closed, writer=writer)
    with pytest.raises(Damaged):
        check(closed)
    with pytest.raises(UserError, match="anderen Programm"):
        restore(closed, mine)
    rescue(closed, tmp_path / "gerettet.db")
    assert check(tmp_path / "gerettet.db") == []


def test_an_old_file_is_not_different(mine: Path, tmp_path: Path) -> None:
    old = tmp_path / "alt.db"
    shutil.copy(DATA / "versions" / "v5.db", old)
    change(old, f"CREATE VIEW erasure AS {ENDLESS}")
    with pytest.raises(Damaged, match="anderen Programm"):
        open_database(old, writer=False)
    with pytest.raises(UserError, match="anderen Programm"):
        restore(old, mine)


@pytest.mark.parametrize("name", ["fremd", "log_budget_update"])
def test_a_trigger_of_others_never_runs(closed: Path, mine: Path, name: str, tmp_path: Path) -> None:
    change(
        closed,
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} AFTER INSERT ON command BEGIN DELETE FROM city_part; END",
    )
    with pytest.raises(Damaged, match="anderen Programm"):
        open_database(closed, writer=True)
    assert check(closed) != []
    with pytest.raises(UserError, match="beschädigt"):
        restore(closed, mine)
    open_database(closed, writer=False).close()  # reading sets no trigger off
    rescue(closed, tmp_path / "gerettet.db")
    open_database(tmp_path / "gerettet.db", writer=True).close()


def test_triggers_of_an_old_file_are_gone_before_it_is_changed(tmp_path: Path) -> None:
    old = tmp_path / "buero.db"
    shutil.copy(DATA / "versions" / "v5.db", old)
    change(old, 'CREATE TRIGGER "fre""md" AFTER INSERT ON setting BEGIN DELETE FROM city_part; END')
    opened = open_database(old, writer=True)
    opened.close()
    with closing(sqlite.connect(old)) as connection:
        assert connection.execute("SELECT count(*) FROM city_part").fetchone()[0] > 0
    assert check(old) == []


def test_rescue_does_nothing_that_a_file_says(tmp_path: Path) -> None:
    """Where tables are described, any statement may stand."""
    old, made = tmp_path / "alt.db", tmp_path / "fremd.db"
    shutil.copy(DATA / "versions" / "v5.db", old)
    change(
        old,
        "PRAGMA writable_schema = ON",
        f"INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 0, 'VACUUM INTO ''{made}''')",
        f"INSERT INTO sqlite_master VALUES ('table', 'quarter', 'quarter', 0, 'ATTACH ''{made}'' AS y')",
    )
    rescue(old, tmp_path / "gerettet.db")
    assert not made.exists()


def test_copies_of_every_kind_keep_what_is_ours(closed: Path, tmp_path: Path) -> None:
    for version in (1, 3, 4, 5):
        old = tmp_path / f"v{version}.db"
        shutil.copy(DATA / "versions" / f"v{version}.db", old)
        open_database(old, writer=True).close()
        open_database(old, writer=True).close()
    take_snapshot(closed, tmp_path / "kopie.db")
    open_database(tmp_path / "kopie.db", writer=True).close()


def test_what_a_kill_left_while_the_log_was_given_up_goes_with_the_next_start(closed: Path) -> None:
    """A rollback journal whose head was never written: SQLite takes nothing back from it, and leaves it."""
    left = closed.with_name("buero.db-journal")
    left.write_bytes(bytes(512) + b"x" * 4096)
    open_database(closed, writer=True).close()
    assert not left.exists()
