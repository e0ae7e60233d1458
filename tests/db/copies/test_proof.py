"""What is known of a snapshot without opening it, and what makes it unsound."""

import json
import os
from pathlib import Path

import pytest

from db.connection import connect
from db.copies import proof
from db.copies.copying import take_snapshot
from db.copies.proof import Proof, Soundness, beside, known_proof, prove
from db.database import Database
from db.models import Actor
from tests.db.attaching import attach


@pytest.fixture(autouse=True)
def another_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process has found counts as found by an earlier one."""
    monkeypatch.setattr(proof, "_FOUND", {})


@pytest.fixture
def snapshot(database: Database, tmp_path: Path) -> Path:
    with database.write("Träger angelegt") as session:
        session.add(Actor(short="A", name="A"))
    attach(database, b"eins")
    target = tmp_path / "stick" / "buero_Nr1_2026-11-24_08-30-00.db"
    take_snapshot(database.path, target)
    proof._FOUND.clear()
    return target


def known(path: Path) -> Proof:
    found = known_proof(path)
    assert found is not None
    return found


def test_what_is_in_it_is_kept_beside_it(snapshot: Path) -> None:
    found = known(snapshot)
    assert (found.soundness, found.problems) == (Soundness.WHOLE, ())
    assert (found.rows["actor"], found.rows["agreement"], found.rows["attachment"]) == (1, 1, 1)
    assert found.last_step is not None
    assert (found.last_step.number, found.last_step.label) == (2, "Datei angehängt")
    assert found.sha256 == proof.hash_of(snapshot)


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", '{"form": 1}', '{"form": 1, "size": "x", "touched": null}']
)
def test_a_lost_or_foreign_note_is_written_again(snapshot: Path, content: str | None) -> None:
    before = known(snapshot)
    proof._FOUND.clear()
    if content is None:
        beside(snapshot).unlink()
    else:
        beside(snapshot).write_text(content)
    assert known_proof(snapshot) is None
    assert prove(snapshot) == before
    proof._FOUND.clear()
    assert known(snapshot) == before


def test_the_note_of_another_file_is_not_believed(snapshot: Path, database: Database, tmp_path: Path) -> None:
    with database.write("Träger angelegt") as session:
        session.add_all(Actor(short=f"B{n}", name="B" * 500) for n in range(100))
    other = tmp_path / "stick" / "buero_Nr2_2026-11-25_08-30-00.db"
    take_snapshot(database.path, other)
    proof._FOUND.clear()
    beside(other).write_text(beside(snapshot).read_text())
    assert known_proof(other) is None


def test_missing_or_changed_attachments_make_it_incomplete(snapshot: Path) -> None:
    (kept,) = (snapshot.parent / "buero_Anlagen").rglob("*/*")
    kept.chmod(0o644)
    kept.write_bytes(b"EINS!")
    changed = prove(snapshot)
    assert changed.soundness is Soundness.INCOMPLETE
    assert "verändert" in changed.problems[0]
    kept.unlink()
    missing = prove(snapshot)
    assert missing.soundness is Soundness.INCOMPLETE
    assert "fehlt" in missing.problems[0]


def test_what_went_missing_since_is_seen_without_reading_anything(snapshot: Path) -> None:
    (kept,) = (snapshot.parent / "buero_Anlagen").rglob("*/*")
    kept.chmod(0o644)
    kept.write_bytes(b"EINS")  # as long as before
    later = beside(snapshot).stat().st_mtime + 60
    os.utime(kept, (later, later))
    assert known_proof(snapshot) is None
    kept.unlink()
    assert known(snapshot).soundness is Soundness.INCOMPLETE
    assert known(snapshot).problems == ("1 Anlage fehlt inzwischen im Ordner daneben.",)


def test_a_snapshot_somebody_worked_in_is_said_to_be_changed(snapshot: Path) -> None:
    connection = connect(snapshot, writes=True)
    connection.execute("UPDATE actor SET name = 'Anders'")
    connection.commit()
    connection.close()
    os.utime(snapshot, (0, 0))
    assert known_proof(snapshot) is None
    assert prove(snapshot).soundness is Soundness.CHANGED
    assert prove(snapshot).soundness is Soundness.CHANGED  # and stays so


def test_a_drive_that_gives_back_other_bytes_is_noticed(snapshot: Path) -> None:
    seen = snapshot.stat()
    with snapshot.open("r+b") as file:
        content = file.read()
        file.seek(content.index(b"Treff"))
        file.write(b"Trefx")
    os.utime(snapshot, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    found = prove(snapshot)
    assert found.soundness is Soundness.FAULTY
    assert found.problems[0].startswith("Vereinbarungen, Eintrag 1")


def test_too_few_rows_are_noticed(snapshot: Path) -> None:
    rows = dict(known(snapshot).rows)
    assert prove(snapshot, expected=rows).soundness is Soundness.WHOLE
    assert prove(snapshot, expected=rows | {"actor": 2}).soundness is Soundness.FAULTY


def test_no_words_of_what_cannot_be_read_by_all_lie_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "buero_Nr1_2026-11-24_08-30-00.db"
    path.write_bytes(b"\x17" * 8192)  # as an encrypted file looks
    assert prove(path).problems
    assert json.loads(beside(path).read_text())["problems"] == []
