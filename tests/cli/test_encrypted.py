"""Commands on an encrypted file: where they get the password from, and what they say without one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.encryption import keys
from db.encryption.changing import change
from db.encryption.unlocking import unlock
from tests.cli.conftest import Call
from tests.paths import ROOT

PASSWORD = "Grüße vom Lindener Berg"


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_ring", {})
    monkeypatch.delenv("QUARTIERSBUERO_PASSWORD", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def locked(filled: Path) -> Path:
    """A filled file that has its password and is closed."""
    change(filled, keys.stretched(PASSWORD, keys.new_salt()))
    keys.forget_all()
    return filled


def test_without_a_password_it_says_where_it_may_come_from(locked: Path, call: Call) -> None:
    for command in (("check",), ("budget", "--year", "2026"), ("backup", locked.parent / "b.db")):
        called = call(*command, "--database", locked)
        assert called.code == 4
        assert "Kennwort" in called.err
        assert "--password-file" in called.err
    assert json.loads(call("check", "--database", locked, "--json").out)["error"]


def test_the_password_comes_from_the_environment(
    locked: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSBUERO_PASSWORD", PASSWORD)
    assert call("check", "--database", locked).code == 0
    keys.forget_all()
    monkeypatch.setenv("QUARTIERSBUERO_PASSWORD", "falsch")
    called = call("check", "--database", locked)
    assert called.code == 4
    assert "passt nicht" in called.err


def test_the_password_comes_from_a_file(locked: Path, call: Call, tmp_path: Path) -> None:
    file = tmp_path / "kennwort.txt"
    file.write_text(f"{PASSWORD}\r\n", encoding="utf-8-sig")
    assert call("budget", "--year", "2026", "--database", locked, "--password-file", file).code == 0
    assert call("--password-file", file, "check", "--database", locked).code == 0
    keys.forget_all()
    file.write_text("")
    assert call("check", "--database", locked, "--password-file", file).code == 3
    assert call("check", "--database", locked, "--password-file", tmp_path / "fehlt").code == 3


def test_backup_and_restore_of_an_encrypted_file(
    locked: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSBUERO_PASSWORD", PASSWORD)
    backup = locked.parent / "stick" / "b.db"
    assert call("backup", backup, "--database", locked).code == 0
    assert b"SQLite" not in backup.read_bytes()[:16]
    locked.write_bytes(b"kaputt")
    keys.forget_all()
    assert call("restore", backup, "--database", locked).code == 0
    assert call("check", "--database", locked).code == 0


def test_nothing_is_written_over_an_encrypted_file(
    locked: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = locked.read_bytes()
    assert call("new", "--database", locked).code == 3
    monkeypatch.setenv("QUARTIERSBUERO_PASSWORD", PASSWORD)
    assert call("export-master", locked, "--database", locked).code == 3
    assert locked.read_bytes() == content


def test_where_the_module_is_missing_the_file_is_left_alone(locked: Path, tmp_path: Path) -> None:
    (tmp_path / "sqlcipher3.py").write_text("raise ImportError")
    content = locked.read_bytes()
    process = subprocess.run(
        [sys.executable, "main.py", "check", "--database", str(locked)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 4
    assert "sqlcipher3" in process.stderr
    assert "beschädigt" not in process.stderr
    assert locked.read_bytes() == content
    unlock(locked, PASSWORD)


def test_a_damaged_file_is_saved_behind_its_password(
    locked: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = locked.read_bytes()
    locked.write_bytes(content[:16] + bytes(4080) + content[4096:])
    saved = locked.parent / "neu.db"
    assert "Kennwort" in call("rescue", saved, "--database", locked).err
    assert not saved.exists()
    monkeypatch.setenv("QUARTIERSBUERO_PASSWORD", PASSWORD)
    called = call("check", "--database", locked)
    assert called.code == 4
    assert "Auswege" in called.err
    assert call("rescue", saved, "--database", locked).code == 0
    assert b"SQLite" not in saved.read_bytes()[:16]
    assert call("check", "--database", saved).code == 0
