"""The door: transactions, notices, undo and redo, locks, files that are not ours."""

import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DatabaseError

from app.domain.errors import OutputError, StoreError, UserError
from db.connection import connect
from db.database import Changed, Database, create_database, open_database
from db.driver import sqlite
from db.history import last_change_id, net_changes, record_history, steps
from db.migrations import LATEST
from db.models import Actor, CityDistrict, CityPart, Command, Contact, Paper, Quarter
from db.models.agreement import Agreement
from db.models.history import Operation
from tests.paths import DATA, ROOT


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Actor.name).order_by(Actor.short)))


def add(database: Database, short: str, name: str | None = None) -> int:
    with database.write(f"Träger {short} angelegt") as session:
        actor = Actor(short=short, name=name or short)
        session.add(actor)
        session.flush()
        return actor.id


def test_a_new_file_knows_the_city(database: Database) -> None:
    with database.read() as session:
        assert session.scalar(select(func.count(CityPart.id))) == 51
        assert session.scalar(select(func.count(CityDistrict.id))) == 13
        assert session.get_one(CityPart, 8).name
        assert session.scalar(select(func.count(Command.id))) == 0


def test_a_write_is_one_notice_with_the_tables_that_changed(database: Database) -> None:
    notices: list[Changed] = []
    database.on_change.append(notices.append)
    with database.write("Träger mit Kontakt") as session:
        actor = Actor(short="A", name="A")
        session.add(actor)
        session.flush()
        session.add(Contact(actor_id=actor.id, last_name="Muster"))
    assert notices == [Changed("Träger mit Kontakt", frozenset({"actor", "contact"}))]


def test_an_exception_rolls_everything_back(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write("bricht ab") as session:
        session.add(Actor(short="A", name="A"))
        session.flush()
        raise RuntimeError
    assert names(database) == []
    assert database.undo_label is None


def test_a_command_that_changes_nothing_leaves_no_trace(database: Database) -> None:
    add(database, "A")
    with database.write("nichts") as session:
        session.execute(update(Actor).values(name=Actor.name))
    assert database.undo_label == "Träger A angelegt"


def test_read_cannot_write(database: Database) -> None:
    with pytest.raises(StoreError), database.read() as session:
        session.add(Actor(short="A", name="A"))
        session.flush()
    assert names(database) == []


def test_undo_and_redo_walk_back_and_forth(database: Database) -> None:
    actor = add(database, "A", "alt: 100 % & 'x'")
    with database.write("umbenannt") as session:
        session.get_one(Actor, actor).name = "neu"
    with database.write("gelöscht") as session:
        session.delete(session.get_one(Actor, actor))
    assert names(database) == []
    assert database.undo() == "gelöscht"
    assert names(database) == ["neu"]
    assert database.undo() == "umbenannt"
    assert names(database) == ["alt: 100 % & 'x'"]
    assert database.redo() == "umbenannt"
    assert names(database) == ["neu"]
    assert database.undo() == "umbenannt"
    assert database.undo() == "Träger A angelegt"
    assert database.undo() is None
    assert database.redo() == "Träger A angelegt"
    add(database, "B")
    assert database.redo() is None
    assert names(database) == ["alt: 100 % & 'x'", "B"]


def test_undo_brings_back_what_went_with_its_owner(database: Database) -> None:
    actor = add(database, "A")
    with database.write("Kontakt") as session:
        session.add(Contact(actor_id=actor, last_name="Ayşe Öztürk"))
    with database.write("gelöscht") as session:
        session.delete(session.get_one(Actor, actor))
    with database.read() as session:
        assert session.scalar(select(func.count(Contact.id))) == 0
    database.undo()
    with database.read() as session:
        contact = session.scalars(select(Contact)).one()
        assert (contact.actor_id, contact.last_name) == (actor, "Ayşe Öztürk")
    database.redo()
    assert names(database) == []


def test_undo_is_refused_when_something_outside_undo_depends_on_it(database: Database) -> None:
    with database.write("angelegt") as session:
        session.add(Agreement(number="ZV-1", kind="target", title="x"))
    with database.write("für Unterschrift gedruckt", undoable=False) as session:
        agreement = session.scalars(select(Agreement)).one()
        session.add(
            Paper(
                agreement_id=agreement.id, file_name="a.pdf", printed_at=_noon(), sha256="0", content=b"%PDF"
            )
        )
    with pytest.raises(UserError, match="„angelegt“ lässt sich nicht zurücknehmen"):
        database.undo()
    with database.read() as session:
        assert session.scalar(select(func.count(Agreement.id))) == 1


def test_undo_takes_nothing_along_that_came_later_outside_undo(database: Database) -> None:
    actor = add(database, "A")
    add(database, "B")
    with database.write("aus einer Sicherung geholt", undoable=False) as session:
        session.add(Contact(actor_id=actor, last_name="Öztürk"))
    with database.read() as session:
        first = steps(session, 3)[-1].id
    with pytest.raises(UserError, match="„Träger A angelegt“ lässt sich nicht zurücknehmen"):
        database.undo(first)  # which step it is, is said: those after it can be taken back
    database.undo()
    with pytest.raises(UserError, match="was später kam und bleibt"):
        database.undo()
    with database.read() as session:
        assert session.scalars(select(Contact.last_name)).all() == ["Öztürk"]
    assert names(database) == ["A"]


def test_a_frozen_paper_never_changes(database: Database) -> None:
    with database.write("gedruckt", undoable=False) as session:
        agreement = Agreement(number="ZV-1", kind="target", title="x")
        session.add(agreement)
        session.flush()
        session.add(
            Paper(
                agreement_id=agreement.id, file_name="a.pdf", printed_at=_noon(), sha256="0", content=b"%PDF"
            )
        )
    with pytest.raises(DatabaseError, match="never changes"), database.write("x") as session:
        session.execute(update(Paper).values(content=b"anders"))
    with pytest.raises(DatabaseError, match="never changes"), database.write("x") as session:
        session.delete(session.scalars(select(Paper)).one())


def test_history_of_a_record_shows_only_what_differs(database: Database) -> None:
    actor = add(database, "A", "alt")
    with database.write("umbenannt") as session:
        session.get_one(Actor, actor).name = "neu"
        session.add(Contact(actor_id=actor, last_name="Muster"))
    database.undo()
    with database.read() as session:
        own = record_history(session, "actor", actor)
        with_parts = record_history(session, "actor", actor, owned=[("contact", "actor_id")])
    assert [(c.label, c.before.get("name"), c.after.get("name")) for c in own] == [
        ("Rückgängig: umbenannt", "neu", "alt"),
        ("umbenannt", "alt", "neu"),
        ("Träger A angelegt", None, "alt"),
    ]
    assert own[0].after == {"name": "alt"}
    assert [c.operation for c in with_parts if c.table == "contact"] == [Operation.DELETE, Operation.INSERT]


def test_net_changes_leave_out_what_ended_as_it_began(database: Database) -> None:
    kept = add(database, "A", "eins")
    with database.read() as session:
        mark = last_change_id(session)
    add(database, "B")
    database.undo()
    with database.write("zwei") as session:
        session.get_one(Actor, kept).name = "zwei"
    with database.write("drei") as session:
        session.get_one(Actor, kept).name = "drei"
    with database.read() as session:
        (change,) = net_changes(session, mark, ["actor"])
    assert change.before is not None
    assert change.after is not None
    assert (change.row_id, change.before["name"], change.after["name"]) == (kept, "eins", "drei")


def test_a_second_writer_is_told_and_a_reader_is_not_kept_out(database: Database) -> None:
    add(database, "A")
    with pytest.raises(StoreError, match="anderen Programm"):
        open_database(database.path, writer=True)
    reader = open_database(database.path, writer=False)
    assert names(reader) == ["A"]
    with pytest.raises(StoreError, match="nur zum Lesen"), reader.write("x"):
        pass
    reader.close()


def test_a_killed_writer_frees_the_file_and_leaves_no_half_change(database: Database) -> None:
    path = database.path
    add(database, "A")
    database.close()
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from db.database import open_database; from db.models import Actor\n"
        "from db.encryption.unlocking import is_locked, unlock\n"
        "path = Path(sys.argv[1])\n"
        "if is_locked(path): unlock(path, 'Kennwort der Tests')\n"
        "database = open_database(path, writer=True)\n"
        "with database.write('halb') as session:\n"
        "    session.add(Actor(short='B', name='B')); session.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = ROOT
    process = subprocess.run([sys.executable, "-c", script, str(path)], cwd=root, check=False)
    assert process.returncode == -9
    again = open_database(path, writer=True)
    assert names(again) == ["A"]
    again.close()


def test_what_is_not_ours_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="gibt es nicht"):
        open_database(tmp_path / "fehlt.db", writer=False)
    (tmp_path / "leer.db").touch()
    (tmp_path / "text.db").write_text("kein SQLite")
    for name in ("leer.db", "text.db"):
        with pytest.raises(StoreError, match="keine Datei von Quartiersbüro"):
            open_database(tmp_path / name, writer=True)
    other = sqlite.connect(tmp_path / "andere.db")
    other.execute("CREATE TABLE x (y)")
    other.close()
    with pytest.raises(StoreError, match="anderen Programm"):
        open_database(tmp_path / "andere.db", writer=True)


def test_a_newer_file_is_refused_and_not_changed(template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(template, tmp_path / "neuer.db"))
    connection = connect(path, writes=True)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="neueren Ausgabe"):
        open_database(path, writer=True)
    assert path.read_bytes() == before


def test_a_damaged_file_gives_a_sentence(template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(template, tmp_path / "kaputt.db"))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="beschädigt"):
        database = open_database(path, writer=True)
        names(database)


@pytest.mark.parametrize(
    "damage",
    [
        # SQLite quotes the name in what it says.
        "UPDATE sqlite_master SET name = CAST(x'A7A7' AS TEXT), sql = '' WHERE name = 'actor'",
        "UPDATE actor SET name = CAST(x'A7A7' AS TEXT)",
    ],
)
def test_unreadable_text_in_a_file_is_damage(database: Database, damage: str) -> None:
    add(database, "A")
    path = database.path
    database.close()
    connection = connect(path, writes=True)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(damage)
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="beschädigt"):
        names(open_database(path, writer=True))


def test_an_existing_file_is_not_overwritten(database: Database) -> None:
    with pytest.raises(UserError, match="gibt es schon"):
        create_database(database.path)


def test_a_place_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "datei").touch()
    with pytest.raises(OutputError, match="keine Datei anlegen"):
        create_database(tmp_path / "datei" / "buero.db")


def test_names_with_signs_of_a_uri_work(tmp_path: Path) -> None:
    path = tmp_path / "Büro #1 50% ?.db"
    database = create_database(path)
    add(database, "A")
    database.close()
    reader = open_database(path, writer=False)
    assert names(reader) == ["A"]
    reader.close()


def test_keys_are_unique(database: Database) -> None:
    with database.write("x") as session:
        session.add(Quarter(short="VHW", name="Vahrenwald"))
    with pytest.raises(DatabaseError), database.write("y") as session:
        session.add(Quarter(short="VHW", name="noch eins"))


def _noon() -> datetime:

    return datetime(2026, 1, 1, 12)


def test_undo_is_refused_when_its_place_was_taken_outside_undo(database: Database) -> None:
    actor = add(database, "A", "alt")
    with database.write("gelöscht") as session:
        session.delete(session.get_one(Actor, actor))
    with database.write("aus einer Sicherung geholt", undoable=False) as session:
        session.add(Actor(short="A", name="neu"))
    with pytest.raises(UserError, match="was später kam und bleibt"):
        database.undo()
    assert names(database) == ["neu"]
    assert database.undo_label == "gelöscht"


def test_an_older_file_opened_for_reading_is_brought_up_to_date_and_left_free(tmp_path: Path) -> None:
    path = tmp_path / "alt.db"
    shutil.copy(DATA / "versions" / "v3.db", path)
    reading = open_database(path, writer=False)
    try:
        assert not reading.is_writer
        with pytest.raises(StoreError, match="nur zum Lesen"), reading.write("x"):
            pass
        writing = open_database(path, writer=True)  # nobody holds the lock
        add(writing, "NEU")
        writing.close()
        assert "NEU" in names(reading)
    finally:
        reading.close()


def test_several_commands_are_taken_back_in_one_transaction(database: Database) -> None:
    ids = [add(database, short) for short in ("A", "B", "C")]
    with database.read() as session:
        commands = list(session.scalars(select(Command.id).order_by(Command.id)))
    notices: list[Changed] = []
    database.on_change.append(notices.append)
    assert database.undo(commands[1]) == "Träger B angelegt"
    assert names(database) == ["A"]
    assert [(one.label, one.command, one.is_undone) for one in notices] == [
        ("Rückgängig: 2 Schritte bis Träger B angelegt", commands[1], True)
    ]
    assert database.redo(commands[2]) == "Träger C angelegt"
    assert names(database) == ["A", "B", "C"]
    assert ids


def test_several_commands_are_taken_back_all_or_none(database: Database) -> None:
    """The oldest took a short name that is given again outside undo: nothing goes, not even what could."""
    first = add(database, "A", "alt")
    with database.write("gelöscht") as session:
        session.delete(session.get_one(Actor, first))
    add(database, "B")
    with database.write("aus einer Sicherung geholt", undoable=False) as session:
        session.add(Actor(short="A", name="neu"))
    with database.read() as session:
        oldest = session.scalar(select(func.min(Command.id)))
    with pytest.raises(UserError, match="was später kam und bleibt"):
        database.undo(oldest)
    assert names(database) == ["neu", "B"]
    assert database.redo_label is None
