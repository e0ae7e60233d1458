"""Encrypting, another password, unencrypted again: file, copies and attached files, and nothing readable left."""

import hashlib
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.errors import Cancelled, Damaged, StoreError
from db.attached import problems
from db.attachments import AttachmentStore
from db.checks import check
from db.copies.copying import take_snapshot
from db.copies.proof import Soundness, known_proof
from db.copies.restoring import restore
from db.copies.snapshots import snapshots
from db.copies.taking import daily_snapshot
from db.damage.orphans import orphans
from db.database import Database, open_database
from db.encryption import keys
from db.encryption.changing import change, settle
from db.encryption.forms import form_of
from db.encryption.keys import Secret
from db.encryption.opening import Locked, salt_of
from db.encryption.unlocking import WrongPassword, is_locked, unlock
from db.identity import identify, is_database
from db.models import Actor
from tests.db.attaching import attach

PASSWORD = "Grüße vom Lindener Berg"
SAID = "Frau Geheimnis-Müller"
SCAN = b"%PDF Unterschrift von Frau Geheimnis " * 1000


@pytest.fixture(autouse=True)
def empty_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of other tests are theirs."""
    monkeypatch.setattr(keys, "_ring", {})


@pytest.fixture
def office(database: Database) -> Path:
    """A file with a name, an attached file, a snapshot and what a restore put aside; closed."""
    path = database.path
    attach(database, SCAN)
    with database.write("Angelegt") as session:
        session.add(Actor(short="G", name=SAID))
    daily_snapshot(path, datetime(2026, 11, 30, 8))
    database.close()
    restore(snapshots(path)[0].path, path)
    return path


def names(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return list(session.scalars(select(Actor.name)))
    finally:
        database.close()


def made(password: str = PASSWORD) -> Secret:
    return keys.stretched(password, keys.new_salt())


def readable(folder: Path) -> list[str]:
    """All files in which a stranger finds what he should not, be it a content, a name of a file or its hash."""
    words = (
        SAID.encode(),
        b"Geheimnis",
        b"Angelegt",
        b"Scan.pdf",
        b"SQLite format",
        b"CREATE TABLE",
        b"Unterschrift",
    )
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


def test_a_stolen_folder_says_nothing(office: Path) -> None:
    (office.parent / f".{office.name}.4711").write_bytes(
        office.read_bytes()
    )  # left by a process that was killed
    left = office.parent / "buero_Anlagen" / ".neu-abc"
    left.write_bytes(SCAN)
    assert readable(office.parent)
    assert change(office, made()) == []
    assert readable(office.parent) == []
    digest = hashlib.sha256(SCAN).hexdigest()
    assert not list(office.parent.rglob(f"*{digest}*"))  # whoever has the same scan cannot find it here
    assert len(snapshots(office)) == 2
    assert all(
        (proof := known_proof(one.path)) and proof.soundness is Soundness.WHOLE for one in snapshots(office)
    )


def test_it_opens_with_its_password_only(office: Path) -> None:
    change(office, made())
    keys.forget_all()
    for wanted in (lambda: identify(office), lambda: open_database(office, writer=True)):
        with pytest.raises(Locked, match="Kennwort"):
            wanted()
    assert is_locked(office)
    assert is_database(office)
    with pytest.raises(WrongPassword):
        unlock(office, "falsch")
    assert is_locked(office)
    unlock(office, PASSWORD)
    assert names(office) == [SAID]
    with pytest.raises(WrongPassword):
        unlock(office, "falsch")
    assert names(office) == [SAID]  # a wrong password closes nothing that is open


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("Gru\u0308\u00dfe", "Gr\u00fc\u00dfe"),
        ("ein\u00a0Satz", "ein Satz"),
        ("x" * 5000 + "a", "x" * 5000 + "a"),
    ],
)
def test_the_same_password_however_it_is_written(office: Path, chosen: str, typed: str) -> None:
    change(office, made(chosen))
    keys.forget_all()
    unlock(office, typed)
    assert names(office) == [SAID]


def test_a_very_long_password_counts_to_its_end() -> None:
    salt = keys.new_salt()
    assert keys.stretched("x" * 5000 + "a", salt) != keys.stretched("x" * 5000 + "b", salt)


def test_all_copies_open_with_the_password_of_the_file(office: Path, tmp_path: Path) -> None:
    change(office, made())
    take_snapshot(office, tmp_path / "stick" / "kopie.db")
    assert salt_of(tmp_path / "stick" / "kopie.db") == salt_of(office)
    keys.forget_all()
    moved = tmp_path / "woanders.db"
    shutil.move(tmp_path / "stick" / "kopie.db", moved)
    unlock(moved, PASSWORD)
    assert names(moved) == names(snapshots(office)[0].path) == [SAID]
    assert readable(tmp_path / "stick") == []


def test_another_password_holds_for_copies_and_the_old_one_opens_what_was_away(
    office: Path, tmp_path: Path
) -> None:
    change(office, made())
    away = tmp_path / "weg.db"
    take_snapshot(office, away)
    change(office, made("ein ganz anderes Kennwort"))
    keys.forget_all()
    with pytest.raises(WrongPassword):
        unlock(office, PASSWORD)
    unlock(office, "ein ganz anderes Kennwort")
    assert names(office) == names(snapshots(office)[0].path) == [SAID]
    assert names(away) == [SAID]  # the file remembers its earlier keys
    assert problems(office) == []
    keys.forget_all()
    unlock(away, PASSWORD)


def test_unencrypted_again_everything_can_be_read_without_a_password(office: Path) -> None:
    before = form_of(office)
    change(office, made())
    assert change(office, None) == []
    keys.forget_all()
    assert names(office) == names(snapshots(office)[0].path) == [SAID]
    assert form_of(office) == before
    assert problems(office) == check(office) == []
    assert not list(office.parent.rglob("*.qa"))


def test_what_was_stopped_half_way_is_finished_by_the_next_start(office: Path) -> None:
    def stop(_done: int, total: int) -> None:
        if total:
            raise Cancelled

    with pytest.raises(Cancelled):
        change(office, made(), progress=stop)
    assert readable(office.parent)
    assert names(office) == [SAID]
    assert problems(office) == []  # files in the old form are read, too
    assert settle(office) == []
    assert readable(office.parent) == []
    assert problems(office) == []


def test_cancelled_or_without_room_the_file_is_as_it_was(office: Path) -> None:
    content = office.read_bytes()

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    secret = made()
    with pytest.raises(Cancelled):
        change(office, secret, progress=stop)
    assert office.read_bytes() == content
    assert not keys.known(secret.salt)
    assert not list(office.parent.glob(f".{office.name}*"))


def test_a_file_in_use_is_not_changed(office: Path) -> None:
    open_one = open_database(office, writer=True)
    with pytest.raises(StoreError, match="schließen"):
        change(office, made())
    open_one.close()
    assert salt_of(office) is None


def test_undo_takes_no_key_away(office: Path) -> None:
    change(office, made())
    database = open_database(office, writer=True)
    while database.undo() is not None:
        pass
    database.close()
    assert form_of(office).attachments_key is not None


def test_an_unencrypted_backup_comes_back_encrypted(office: Path, tmp_path: Path) -> None:
    shutil.copytree(office.parent / "buero_Anlagen", tmp_path / "alt" / "buero_Anlagen")
    old = shutil.copy(office, tmp_path / "alt" / "buero_2026-11-01.db")
    change(office, made())
    for path in (office.parent / "buero_Anlagen").rglob("*.qa"):
        path.unlink()
    restore(Path(old), office)
    shutil.rmtree(tmp_path / "alt")
    assert readable(office.parent) == []
    assert problems(office) == []
    assert names(office) == [SAID]


def test_an_encrypted_backup_replaces_a_damaged_file(office: Path, tmp_path: Path) -> None:
    change(office, made())
    backup = tmp_path / "stick" / "buero_2026-12-01.db"
    take_snapshot(office, backup)
    office.write_bytes(b"kaputt")
    restore(backup, office)
    assert names(office) == [SAID]
    assert salt_of(office) == salt_of(backup)


def test_the_right_password_of_a_damaged_file_is_not_called_wrong(office: Path) -> None:
    change(office, made())
    keys.forget_all()
    content = bytearray(office.read_bytes())
    content[100:2000] = bytes(1900)
    office.write_bytes(content)
    with pytest.raises(WrongPassword, match=r"Tastatur achten\.$"):
        unlock(office, PASSWORD + "?")
    assert is_locked(office)
    unlock(office, PASSWORD)
    with pytest.raises(Damaged):
        open_database(office, writer=True)
    copies = [one.path for one in snapshots(office)]
    assert copies
    assert not any(map(is_locked, copies))


def test_rubbish_is_not_asked_for_a_password(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"\x81" * 8192)
    with pytest.raises(StoreError, match="beschädigt"):
        identify(path)
    assert not is_locked(path)


def test_a_changed_byte_of_an_encrypted_file_is_noticed(office: Path) -> None:
    change(office, made())
    content = bytearray(office.read_bytes())
    content[len(content) // 2] ^= 1
    office.write_bytes(content)
    assert check(office)


def test_what_belongs_to_no_entry_is_named_as_it_lies_there(office: Path) -> None:
    change(office, made())
    store = AttachmentStore.of(office)
    stray = store.path(store.put_bytes(b"niemandes", "x").sha256)
    assert orphans(office) == [f"buero_Anlagen/{stray.parent.name}/{stray.name[:12]}…"]
    assert stray.is_file()
