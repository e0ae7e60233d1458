"""new, backup, restore, check: exit codes and JSON."""

import hashlib
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.services.papers.attachments import Belonging
from app.workflows.papers.attachments import Pasted, attach
from db.attachments import folder_for
from db.database import open_database
from db.models import Agreement
from tests.cli.conftest import Call
from tests.paths import SAMPLES


def test_new_makes_a_file_and_refuses_to_overwrite(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "neu" / "buero.db"
    made = call("new", "--database", path, "--json")
    assert (made.code, made.data) == (0, {"database": str(path)})
    before = path.read_bytes()
    again = call("--json", "--database", path, "new")
    assert again.code == 3
    assert "nicht überschrieben" in again.data["error"]
    assert again.err.strip() == again.data["error"]
    assert path.read_bytes() == before


def test_options_count_before_and_after_the_command(file: Path, call: Call) -> None:
    before = call("--json", "--database", file, "budget", "--year", "2026")
    after = call("budget", "--year", "2026", "--database", file, "--json")
    mixed = call("--database", file, "budget", "--json", "--year", "2026")
    assert before.data == after.data == mixed.data


@pytest.mark.parametrize(
    "command",
    [
        ("budget", "--year", "2026"),
        ("deadlines",),
        ("grant", "LAND"),
        ("export-master", "x.xlsx"),
        ("check",),
        ("backup", "b.db"),
        ("import-master", "m.xlsx"),
    ],
)
def test_a_missing_database_is_4(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    called = call(*command, "--database", tmp_path / "fort.db", "--json")
    assert called.code == 4
    assert "gibt es nicht" in called.data["error"]
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_file_is_4_and_stays_as_it_is(tmp_path: Path, call: Call) -> None:
    foreign = tmp_path / "brief.db"
    foreign.write_text("Sehr geehrte Damen und Herren")
    called = call("budget", "--year", "2026", "--database", foreign)
    assert called.code == 4
    assert "keine Datei von Quartiersbüro" in called.err
    assert foreign.read_text() == "Sehr geehrte Damen und Herren"


def test_a_damaged_file_is_4(filled: Path, call: Call) -> None:
    with filled.open("r+b") as raw:
        raw.seek(4096 * 3)
        raw.write(b"\xff" * 4096 * 4)
    called = call("check", "--database", filled, "--json")
    assert called.code == 4
    assert called.data["ok"] is False
    assert called.data["details"]


def test_check_finds_nothing_in_a_sound_file(filled: Path, call: Call) -> None:
    called = call("check", "--database", filled, "--json")
    assert (called.code, called.data["ok"]) == (0, True)


def test_backup_then_restore_brings_everything_back(filled: Path, tmp_path: Path, call: Call) -> None:
    target = tmp_path / "stick" / "sicherung.db"
    made = call("backup", target, "--database", filled, "--json").data
    assert made["ok"] is True
    assert made["details"][-1].startswith("Geprüft: vollständig, ")
    assert hashlib.sha256(target.read_bytes()).hexdigest() in made["details"][-1]
    shown = call("budget", "--year", "2026", "--database", filled, "--json").data
    refused = call("backup", target, "--database", filled)
    assert refused.code == 3
    filled.unlink()
    filled.with_name(filled.name + "-wal").unlink(missing_ok=True)
    filled.with_name(filled.name + "-shm").unlink(missing_ok=True)
    assert call("restore", target, "--database", filled, "--json").data["ok"] is True
    assert call("budget", "--year", "2026", "--database", filled, "--json").data == shown


@pytest.mark.parametrize("content", [None, b"", b"kein Archiv"])
def test_a_bad_backup_is_3_and_changes_nothing(
    filled: Path, tmp_path: Path, call: Call, content: bytes | None
) -> None:
    source = tmp_path / "sicherung.db"
    if content is not None:
        source.write_bytes(content)
    called = call("restore", source, "--database", filled, "--json")
    assert called.code == 3
    assert called.data["error"]
    assert call("check", "--database", filled).code == 0


def test_backup_into_a_file_in_place_of_a_folder_is_5(filled: Path, tmp_path: Path, call: Call) -> None:
    (tmp_path / "datei").write_text("")
    called = call("backup", tmp_path / "datei" / "b.db", "--database", filled, "--json")
    assert called.code == 5
    assert "lässt sich nicht schreiben" in called.data["error"]


def test_reading_goes_on_beside_a_writer_and_writing_waits_outside(
    filled: Path, tmp_path: Path, call: Call
) -> None:
    window = open_database(filled, writer=True)
    try:
        assert call("budget", "--year", "2026", "--database", filled).code == 0
        assert call("deadlines", "--database", filled).code == 0
        assert call("check", "--database", filled).code == 0
        assert call("backup", tmp_path / "b.db", "--database", filled).code == 0
        shutil.copy(SAMPLES / "stammdaten.xlsx", tmp_path / "m.xlsx")
        assert call("import-master", tmp_path / "m.xlsx", "--dry-run", "--database", filled).code == 0
        locked = call("import-master", tmp_path / "m.xlsx", "--database", filled, "--json")
        assert locked.code == 4
        assert "anderen Programm" in locked.data["error"]
        assert call("restore", tmp_path / "b.db", "--database", filled).code == 4
    finally:
        window.close()


def test_a_newer_file_is_4_and_unchanged(filled: Path, call: Call) -> None:
    from db.driver import sqlite

    connection = sqlite.connect(filled)
    connection.execute("PRAGMA user_version = 9999")
    connection.commit()
    connection.close()
    called = call("budget", "--year", "2026", "--database", filled)
    assert called.code == 4
    assert "neueren Ausgabe" in called.err


def test_no_figures_from_a_damaged_file(file: Path, call: Call) -> None:
    content = bytearray(file.read_bytes())
    content[8192:28672] = bytes(20480)
    file.write_bytes(content)
    called = call("budget", "--year", "2026", "--database", file, "--json")
    assert called.code == 4
    assert "beschädigt" in called.data["error"]


def test_backup_takes_the_attached_files_along_and_check_misses_them(
    filled: Path, tmp_path: Path, call: Call
) -> None:
    database = open_database(filled, writer=True)
    with database.read() as session:
        agreement = session.scalars(select(Agreement.id).limit(1)).one()
    attach(database, Belonging(agreement), [Pasted("Scan.pdf", b"%PDF scan")], datetime(2026, 11, 24))
    database.close()
    target = tmp_path / "stick" / "sicherung.db"
    said = call("backup", target, "--database", filled, "--json").data["details"]
    assert (
        said[1] == f"Die Anlagen liegen daneben und gehören dazu: {tmp_path / 'stick' / 'sicherung_Anlagen'}"
    )
    assert call("check", "--database", filled).code == 0
    shutil.rmtree(folder_for(filled))
    checked = call("check", "--database", filled, "--json")
    assert (checked.code, checked.data["ok"]) == (4, False)
    assert "Scan.pdf" in checked.data["details"][0]
    assert "Anlagen" in checked.err
    assert call("budget", "--year", "2026", "--database", filled).code == 0
    lacking = call("backup", tmp_path / "b.db", "--database", filled, "--json")
    assert (lacking.code, lacking.data["ok"]) == (4, False)
    assert "unvollständig" in lacking.err
    assert "Die Datei fehlt" in lacking.data["details"][-1]
    assert call("restore", target, "--database", filled).code == 0
    assert call("check", "--database", filled).code == 0


def test_the_demo_is_a_file_like_any_other(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    assert call("demo", "--database", path, "--json").data["database"] == str(path)
    assert call("check", "--database", path).code == 0
    assert call("demo", "--database", path).code == 3
