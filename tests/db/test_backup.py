"""Snapshots: consistent while the file is open, rotated, restored; damaged ones are noticed."""

import os
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.errors import OutputError, StoreError, UserError
from db.backup import KEPT, check, daily_snapshot, restore, snapshots, take_snapshot
from db.database import Database, open_database
from db.models import Actor

NOW = datetime(2026, 11, 24, 8, 30)


def add(database: Database, short: str) -> None:
    with database.write("x") as session:
        session.add(Actor(short=short, name=short))


def shorts(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    with database.read() as session:
        found = list(session.scalars(select(Actor.short)))
    database.close()
    return found


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    path.write_bytes(content)


def test_a_snapshot_of_an_open_file_has_every_committed_row(database: Database, tmp_path: Path) -> None:
    add(database, "A")  # still in the write-ahead log
    take_snapshot(database.path, tmp_path / "kopie.db")
    assert shorts(tmp_path / "kopie.db") == ["A"]
    assert list(tmp_path.glob(".*")) == []


def test_one_snapshot_a_day_and_only_the_newest_are_kept(database: Database, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for day in range(KEPT + 3):
        assert daily_snapshot(database.path, NOW + timedelta(days=day), second_place=stick) is not None
        assert daily_snapshot(database.path, NOW + timedelta(days=day, hours=3)) is None
    kept = snapshots(database.path)
    assert len(kept) == len(snapshots(database.path, stick)) == KEPT
    assert kept[0].taken_at == NOW + timedelta(days=KEPT + 2)


def test_other_files_in_the_folder_are_left_alone(database: Database) -> None:
    folder = database.path.with_name("Sicherungen")
    folder.mkdir()
    (folder / "buero_wichtig.db").write_text("meins")
    for day in range(KEPT + 2):
        daily_snapshot(database.path, NOW + timedelta(days=day))
    assert (folder / "buero_wichtig.db").exists()


def test_what_a_killed_process_left_goes_after_a_day(database: Database) -> None:
    folder = database.path.with_name("Sicherungen")
    folder.mkdir()
    for name, age in (("alt", timedelta(days=2)), ("neu", timedelta(hours=1))):
        left = folder / f".buero_{name}.db.4711"
        left.touch()
        stamp = (NOW - age).timestamp()
        os.utime(left, (stamp, stamp))
    daily_snapshot(database.path, NOW)
    assert [path.name for path in folder.glob(".*")] == [".buero_neu.db.4711"]


def test_a_damaged_file_is_not_rotated_in(database: Database) -> None:
    daily_snapshot(database.path, NOW)
    path = database.path
    database.close()
    damage(path)
    with pytest.raises(StoreError, match="beschädigt"):
        daily_snapshot(path, NOW + timedelta(days=1))
    assert len(snapshots(path)) == 1


def test_a_full_or_missing_place_gives_a_sentence(database: Database, tmp_path: Path) -> None:
    (tmp_path / "datei").touch()
    with pytest.raises(OutputError, match="nicht schreiben"):
        take_snapshot(database.path, tmp_path / "datei" / "kopie.db")


def test_restore_keeps_what_was_there(database: Database, tmp_path: Path) -> None:
    add(database, "A")
    take_snapshot(database.path, tmp_path / "kopie.db")
    add(database, "B")
    with pytest.raises(StoreError, match="anderen Programm"):
        restore(tmp_path / "kopie.db", database.path)
    database.close()
    kept = restore(tmp_path / "kopie.db", database.path)
    assert kept is not None
    assert shorts(database.path) == ["A"]
    assert shorts(kept) == ["A", "B"]


def test_restore_works_in_place_of_a_damaged_or_missing_file(database: Database, tmp_path: Path) -> None:
    add(database, "A")
    take_snapshot(database.path, tmp_path / "kopie.db")
    database.close()
    database.path.write_bytes(b"kaputt")
    restore(tmp_path / "kopie.db", database.path)
    assert shorts(database.path) == ["A"]
    database.path.unlink()
    assert restore(tmp_path / "kopie.db", database.path) is None
    assert shorts(database.path) == ["A"]


def test_a_damaged_snapshot_is_refused(database: Database, tmp_path: Path) -> None:
    take_snapshot(database.path, tmp_path / "kopie.db")
    damage(tmp_path / "kopie.db")
    before = database.path.read_bytes()
    database.close()
    with pytest.raises(UserError, match="beschädigt"):
        restore(tmp_path / "kopie.db", database.path)
    with pytest.raises(UserError, match="ersetzt werden soll"):
        restore(database.path, database.path)
    assert database.path.read_bytes()[:4096] == before[:4096]


def test_check_tells_what_is_wrong(template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(template, tmp_path / "x.db"))
    assert check(path) == []
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO command (label, at, kind, undoable, state) VALUES ('x', 'y', 'do', 1, 'done')"
    )
    connection.execute("INSERT INTO contact (actor_id, last_name, first_name) VALUES (99, 'Muster', '')")
    connection.commit()
    connection.close()
    assert any("contact" in problem for problem in check(path))
    damage(path)
    assert any("beschädigt" in problem for problem in check(path))
