"""Old files: upgraded in one transaction or not at all; models and migrations do not drift apart."""

import shutil
from pathlib import Path

import pytest

from app.domain.errors import StoreError
from db import database as door
from db.connection import connect
from db.database import create_database, open_database
from db.driver import sqlite
from db.migrations import LATEST, STEPS, upgrade
from db.models import Actor, Contact, Model
from tests.paths import VERSIONS


def schema(path: Path) -> set[tuple[object, ...]]:
    """What the file's tables, columns, references, indexes and triggers are, however they came to be."""
    connection = connect(path, writes=True)
    found: set[tuple[object, ...]] = set(
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    )
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        found.add(("table", table))
        for _, name, kind, needed, _, key in connection.execute(f'PRAGMA table_info("{table}")'):
            found.add(("column", table, name, kind, needed, key))
        for _, _, other, own, theirs, update, delete, _ in connection.execute(
            f'PRAGMA foreign_key_list("{table}")'
        ):
            found.add(("reference", table, own, other, theirs, update, delete))
        for _, name, unique, origin, _ in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
            columns = tuple(row[2] for row in connection.execute(f'PRAGMA index_info("{name}")'))
            found.add(("index", table, name if origin == "c" else origin, unique, columns))
    connection.close()
    return found


def filled(template: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(template, tmp_path / "alt.db"))
    database = open_database(path, writer=True)
    with database.write("x") as session:
        actor = Actor(short="A", name="A")
        session.add(actor)
        session.flush()
        session.add(Contact(actor_id=actor.id, last_name="Muster"))
    database.close()
    return path


def test_every_version_has_its_step() -> None:
    assert set(STEPS) == set(range(2, LATEST + 1))


def test_rebuilding_a_parent_table_keeps_its_children(template: Path, tmp_path: Path) -> None:
    path = filled(template, tmp_path)

    def rebuild(connection: sqlite.Connection) -> None:
        connection.execute(
            "CREATE TABLE fresh (id INTEGER PRIMARY KEY, short, name, kind, street, postcode, city,"
            " phone, email, represented_by, function, notes)"
        )
        connection.execute("INSERT INTO fresh SELECT * FROM actor")
        connection.execute("DROP TABLE actor")
        connection.execute("ALTER TABLE fresh RENAME TO actor")

    upgrade(path, {LATEST + 1: rebuild}, LATEST + 1)
    connection = connect(path, writes=True)
    assert connection.execute("SELECT count(*) FROM contact").fetchone() == (1,)
    assert connection.execute("PRAGMA user_version").fetchone() == (LATEST + 1,)
    connection.close()


def test_a_failing_step_changes_nothing(template: Path, tmp_path: Path) -> None:
    path = filled(template, tmp_path)
    before = schema(path)

    def fails(connection: sqlite.Connection) -> None:
        connection.execute("CREATE TABLE half (id INTEGER)")
        raise sqlite.OperationalError("database or disk is full")

    with pytest.raises(sqlite.OperationalError):
        upgrade(path, {LATEST + 1: fails}, LATEST + 1)
    with pytest.raises(StoreError, match="Verweise"):
        upgrade(path, {LATEST + 1: lambda c: c.execute("DELETE FROM actor")}, LATEST + 1)
    assert schema(path) == before


def test_an_old_file_is_kept_beside_before_it_is_upgraded(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(template, tmp_path)
    steps = {LATEST + 1: lambda c: c.execute("ALTER TABLE actor ADD COLUMN colour VARCHAR")}
    monkeypatch.setattr(door, "LATEST", LATEST + 1)
    monkeypatch.setattr(door, "upgrade", lambda file: upgrade(file, steps, LATEST + 1))
    door.open_database(path, writer=True).close()
    (kept,) = (path.parent / "Sicherungen").glob("*.db")
    assert f"Stand{LATEST}" in kept.name
    connection = connect(kept, writes=True)
    assert "colour" not in [row[1] for row in connection.execute("PRAGMA table_info(actor)")]
    connection.close()


def test_a_new_file_has_exactly_the_models_tables(tmp_path: Path) -> None:
    path = tmp_path / "neu.db"
    create_database(path).close()
    tables = {row[1] for row in schema(path) if row[0] == "table"}
    assert tables == set(Model.metadata.tables)


def test_files_of_released_versions_open(tmp_path: Path) -> None:
    """Once a version is released, a file of it is kept in tests/data/versions and must come up to date."""
    fresh = tmp_path / "neu.db"
    create_database(fresh).close()
    for old in sorted(VERSIONS.glob("*.db")):
        path = Path(shutil.copy(old, tmp_path / old.name))
        open_database(path, writer=True).close()
        assert schema(path) == schema(fresh)


def test_versions_of_clauses_get_what_was_said_of_the_clause(tmp_path: Path) -> None:
    path = Path(shutil.copy(VERSIONS / "v3.db", tmp_path / "v3.db"))
    connection = connect(path, writes=True)
    connection.execute("UPDATE clause SET is_obligatory = 0, note = 'Mein Hinweis' WHERE id = 3")
    connection.execute(
        "INSERT INTO clause_version (clause_id, number, as_of, title, text) VALUES (3, 2, '2026-11-30', 'T', 'U')"
    )
    connection.execute("UPDATE clause SET \"key\" = 'klima' WHERE id = 4")  # one of her own
    connection.commit()
    query = "SELECT {}.id, kind, condition, is_obligatory, is_numbered, note FROM clause"
    before = {row[0]: row[1:] for row in connection.execute(query.format("clause"))}
    command = connection.execute(
        "INSERT INTO command (label, at, kind, undoable, state) VALUES ('x', '2026-11-30 10:00:00', 'do', 1, 'done')"
    ).lastrowid
    connection.execute(
        "INSERT INTO change (command_id, table_name, row_id, operation, before, after) "
        "VALUES (?, 'clause', 3, 'update', '{\"note\": null}', '{\"note\": \"Mein Hinweis\"}')",
        (command,),
    )
    connection.commit()
    connection.close()
    database = open_database(path, writer=True)
    assert database.undo_label != "x"  # names a column that is gone
    database.close()
    connection = connect(path, writes=True)
    joined = query.format("clause") + " JOIN clause_version ON clause_id = clause.id"
    after = connection.execute(joined).fetchall()
    assert len(after) == len(before) + 1
    assert all(row[1:] == before[row[0]] for row in after)
    own = connection.execute("SELECT clause_id, number FROM clause_version WHERE standard_as_of IS NULL")
    assert sorted(own) == [(3, 2), (4, 1)]
    connection.close()
