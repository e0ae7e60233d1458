"""Attaching and giving out: folder and database together, all or none."""

import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.agreements.agreements import AgreementKind
from app.domain.errors import Cancelled, OutputError, UserError
from app.domain.file_names import safe_file_name
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.papers import attachments
from app.services.papers.attachments import Belonging
from app.workflows.papers.attachments import (
    Pasted,
    attach,
    open_copy,
    read_only_copy,
    read_states,
    save_copy,
    states,
)
from db.attachments import AttachmentStore, FileState
from db.database import Database
from db.models import Actor
from tests.paths import ROOT

AT = datetime(2026, 11, 24, 14, 30)


@pytest.fixture
def agreement(database: Database) -> int:
    with database.write("x") as session:
        actor = Actor(short="AWO", name="AWO Hannover")
        session.add(actor)
        session.flush()
        data = AgreementInput("ZV-1", AgreementKind.TARGET, "Treff", parties=(PartyInput(actor.id),))
        return agreements.save(session, None, data)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Scan.pdf"
    path.write_bytes(b"%PDF scan")
    return path


def test_several_files_are_one_step(database: Database, agreement: int, scan: Path) -> None:
    first = attach(database, Belonging(agreement), [scan, Pasted("Bild.png", b"png")], AT)
    assert [one.file_name for one in first] == ["Scan.pdf", "Bild.png"]
    (again,) = attach(database, Belonging(agreement), [scan], AT)
    assert [twin.file_name for twin in again.twins] == ["Scan.pdf"]
    assert database.undo_label == "„Scan.pdf“ angehängt"
    database.undo()
    database.undo()
    with database.read() as session:
        assert attachments.rows(session, agreement) == []
    database.redo()
    with database.read() as session:
        rows = attachments.rows(session, agreement)
    assert set(states(database, rows).values()) == {FileState.SOUND}  # undo never took the files away


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
def test_a_name_cannot_pretend_to_be_another(database: Database, agreement: int, tmp_path: Path) -> None:
    source = tmp_path / "Rechnung\u202efdp\n.exe"
    source.write_bytes(b"MZ")
    (taken,) = attach(database, Belonging(agreement), [source], AT)
    with database.read() as session:
        (row,) = attachments.rows(session, agreement)
    assert taken.file_name == row.file_name == open_copy(database, row).name == "Rechnungfdp-.exe"
    assert database.undo_label == "„Rechnungfdp-.exe“ angehängt"


def test_one_that_cannot_be_read_keeps_all_out(database: Database, agreement: int, scan: Path) -> None:
    with pytest.raises(UserError, match="weg"):
        attach(database, Belonging(agreement), [scan, scan.with_name("weg.pdf")], AT)
    assert list(AttachmentStore.of(database.path).hashes()) == []

    def cancel(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        attach(database, Belonging(agreement), [scan, scan], AT, progress=cancel)
    assert list(AttachmentStore.of(database.path).hashes()) == []


def test_a_copy_is_shown_under_its_own_name_and_cannot_change_the_stored_one(
    database: Database, agreement: int, scan: Path
) -> None:
    attach(database, Belonging(agreement), [scan], AT)
    with database.read() as session:
        (row,) = attachments.rows(session, agreement)
    copy = open_copy(database, row)
    assert (copy.name, copy.read_bytes()) == ("Scan.pdf", b"%PDF scan")
    assert not copy.stat().st_mode & 0o222
    copy.chmod(0o644)
    copy.write_bytes(b"anders")
    assert states(database, [row]) == {row.id: FileState.SOUND}
    save_copy(database, row, scan.with_name("kopie.pdf"))
    assert scan.with_name("kopie.pdf").read_bytes() == b"%PDF scan"
    with pytest.raises(OutputError):
        save_copy(database, row, scan / "kopie.pdf")
    AttachmentStore.of(database.path).path(row.sha256).unlink()
    assert states(database, [row]) == {row.id: FileState.MISSING}
    with pytest.raises(UserError, match=r"Scan\.pdf.*fehlt"):
        open_copy(database, row)


def test_no_copy_stays_behind_when_the_program_ends(tmp_path: Path) -> None:
    code = (
        "from app.workflows.papers.attachments import read_only_copy\n"
        "for name in ('Scan.pdf', 'Brief.pdf'): print(read_only_copy(b'%PDF', name).read_bytes())"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.split() == ["b'%PDF'", "b'%PDF'"], ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "voll"))
    with pytest.raises(OutputError, match=r"voll.*gibt es nicht"):
        read_only_copy(b"%PDF", "Scan.pdf")


@pytest.mark.parametrize(
    ("name", "safe"),
    [("Scan.pdf", "Scan.pdf"), ("a/b:c?.pdf", "a-b-c-.pdf"), ("..", "Anlage"), ("Anlage. ", "Anlage")],
)
def test_names_that_some_systems_refuse_are_mended(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


def test_large_files_are_read_beside_the_window(database: Database, agreement: int, scan: Path) -> None:
    attach(database, Belonging(agreement), [scan, Pasted("klein", b"k")], AT)
    with database.read() as session:
        rows = attachments.rows(session, agreement)
    found = states(database, rows, at_once=5)
    assert {row.file_name: found[row.id] for row in rows} == {"Scan.pdf": None, "klein": FileState.SOUND}
    told: list[tuple[int, int]] = []
    read_states(database, rows, lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]
    assert set(states(database, rows, at_once=0).values()) == {FileState.SOUND}


def test_copies_of_a_program_that_was_killed_are_swept_at_the_next_start(tmp_path: Path) -> None:
    code = (
        "import os; from app.workflows.papers.attachments import read_only_copy\n"
        "read_only_copy(b'%PDF', 'Scan.pdf')\n"
        "print('da', flush=True); input()"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    running = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.readline()
    sweep = "from db.file.passing import sweep; sweep()"
    subprocess.run([sys.executable, "-c", sweep], cwd=ROOT, env=environment, check=True)
    assert list(tmp_path.rglob("Scan.pdf"))  # another window is at work
    running.kill()
    running.communicate()
    assert list(tmp_path.rglob("Scan.pdf"))
    subprocess.run([sys.executable, "-c", sweep], cwd=ROOT, env=environment, check=True)
    assert list(tmp_path.iterdir()) == []


def test_what_earlier_editions_left_is_swept_a_day_later(tmp_path: Path) -> None:
    for name, age in (("quartiersbuero-alt", 2 * 86400), ("quartiersbuero-neu", 0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "buero.db").write_bytes(b"SQLite format 3")
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    sweep = "from db.file.passing import sweep; sweep()"
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", sweep], cwd=ROOT, env=environment, check=True)
    assert [one.name for one in tmp_path.iterdir()] == ["quartiersbuero-neu"]
