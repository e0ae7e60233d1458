"""What the change log keeps comes back exactly, whatever the texts are; also from files of earlier versions."""

import shutil
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.clean_text import clean
from db.database import Database, open_database
from db.driver import sqlite
from db.history import net_changes, record_history
from db.models import Actor, Picture
from tests.paths import VERSIONS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def command(connection: sqlite.Connection, label: str) -> None:
    """What follows is noted as done by this command, as the program of then did it."""
    connection.execute(
        "INSERT INTO command (label, at, kind, undoable, state) VALUES (?, ?, 'do', 1, 'done')",
        (label, "2026-01-01 08:00:00.000000"),
    )


def notes(database: Database) -> str | None:
    with database.read() as session:
        return session.scalars(select(Actor.notes)).one()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=TEXTS)
@example(text="blob:")
@example(text="blob:00FF")
@example(text="blob: siehe Akte, kein Hexadezimal")
@example(text="blob:blob:Ä")
@example(text='{"a": "\\u0000"}\x00\x1f')
def test_any_text_comes_back(database: Database, text: str) -> None:
    with database.write("angelegt") as session:
        session.query(Actor).delete()
        session.add(Actor(id=1, short="A", name="A", notes=text))
    with database.write("geändert") as session:
        session.get_one(Actor, 1).notes = None
    database.undo()
    assert notes(database) == clean(text)
    with database.read() as session:
        newest, *_, first = record_history(session, "actor", 1)
        assert newest.after == {"notes": clean(text)}
        assert "notes" in first.after
        assert all(isinstance(one.after, dict) for one in net_changes(session, 0, ["actor"]))
    database.undo()
    database.redo()
    assert notes(database) == clean(text)


def test_bytes_come_back_as_bytes(database: Database) -> None:
    content = bytes(range(256))
    with database.write("Logo") as session:
        session.add(Picture(name="logo", media_type="image/png", content=content))
    with database.write("anderes Logo") as session:
        session.scalars(select(Picture)).one().content = b"blob:"
    database.undo()
    with database.read() as session:
        assert session.scalars(select(Picture.content)).one() == content


def test_what_the_log_of_an_old_file_holds_comes_back_too(tmp_path: Path) -> None:
    """Earlier versions wrote the same words for texts and bytes; a note of then may begin with theirs."""
    path = Path(shutil.copy(VERSIONS / "v3.db", tmp_path / "alt.db"))
    connection = sqlite.connect(path)
    command(connection, "Notiz")
    connection.execute("UPDATE actor SET notes = 'blob:alt' WHERE id = 1")
    command(connection, "Logo")
    connection.execute(
        "INSERT INTO picture (name, media_type, content) VALUES ('logo', 'image/png', x'00FF')"
    )
    connection.commit()
    connection.close()
    database = open_database(path, writer=True)
    try:
        assert [database.undo(), database.undo(), database.redo(), database.redo()] == [
            "Logo", "Notiz", "Notiz", "Logo",
        ]  # fmt: skip
        with database.read() as session:
            assert session.get_one(Actor, 1).notes == "blob:alt"
            assert session.scalars(select(Picture.content)).one() == b"\x00\xff"
    finally:
        database.close()


def test_what_was_done_to_a_table_given_up_blocks_nothing(tmp_path: Path) -> None:
    """Version 2 gave up the table behind "always for this order"; such a step can no longer be taken back."""
    path = Path(shutil.copy(VERSIONS / "v1.db", tmp_path / "alt.db"))
    connection = sqlite.connect(path)
    (budget,) = connection.execute("SELECT min(id) FROM budget").fetchone()
    command(connection, "Immer für diesen Auftrag")
    connection.execute(
        "INSERT INTO order_assignment (internal_order, year, budget_id) VALUES ('57001000', 2026, ?)",
        (budget,),
    )
    connection.commit()
    connection.close()
    database = open_database(path, writer=True)
    before = database.undo_label
    database.close()
    assert before != "Immer für diesen Auftrag"
