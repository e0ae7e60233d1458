"""The folder of attached files: whole or not at all, named by content, never overwritten, noticed when damaged."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.errors import Cancelled, OutputError, UserError
from db import attached, attachments
from db.attachments import AttachmentStore, FileState, folder_for
from tests.paths import DATA, ROOT


@pytest.fixture
def store(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "buero_Anlagen")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Scan.pdf"
    path.write_bytes(b"%PDF scan")
    return path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("database", "folder"),
    [
        ("buero.db", "buero_Anlagen"),
        ("buero_2026-11-24_08-30-00.db", "buero_Anlagen"),  # a daily backup
        ("buero_2026-11-24.db", "buero_Anlagen"),  # a backup she saved herself
        ("buero_ersetzt_2026-11-24_08-30-00.db", "buero_Anlagen"),
        ("buero_Stand2_2026-11-24_08-30-00.db", "buero_Anlagen"),
        ("buero_2026.db", "buero_2026_Anlagen"),
        ("_2026-11-24.db", "_2026-11-24_Anlagen"),
    ],
)
def test_backups_share_the_folder_of_their_file(database: str, folder: str) -> None:
    assert folder_for(Path("/x") / database) == Path("/x") / folder


def test_a_file_is_kept_once_under_its_hash(store: AttachmentStore, scan: Path) -> None:
    first, second = store.put(scan), store.put_bytes(scan.read_bytes(), "anders.pdf")
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    assert (first.sha256, first.size, first.is_new, second.is_new) == (digest, 9, True, False)
    assert files(store.folder) == [digest] == list(store.hashes())
    assert store.read(digest, "Scan.pdf") == scan.read_bytes()
    assert not store.path(digest).stat().st_mode & 0o222


def test_what_is_missing_or_changed_is_seen_and_not_given_out(store: AttachmentStore, scan: Path) -> None:
    stored = store.put(scan)
    path = store.path(stored.sha256)
    assert store.state(stored.sha256, stored.size) is FileState.SOUND
    path.chmod(0o644)
    path.write_bytes(b"%PDF snac")  # as long as before
    os.utime(path, (1, 1))
    assert store.state(stored.sha256, stored.size) is FileState.CHANGED
    with pytest.raises(UserError, match=r"Scan\.pdf.*verändert"):
        store.read(stored.sha256, "Scan.pdf")
    assert not store.put(scan).is_new  # bringing the original again mends it
    assert store.state(stored.sha256, stored.size) is FileState.SOUND
    path.unlink()
    assert store.state(stored.sha256, stored.size) is FileState.MISSING
    with pytest.raises(UserError, match=r"Scan\.pdf.*fehlt"):
        store.read(stored.sha256, "Scan.pdf")


def test_what_cannot_be_taken_is_said(
    store: AttachmentStore, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="ist ein Ordner"):
        store.put(tmp_path)
    with pytest.raises(UserError, match=r"weg\.pdf.*nicht vorhanden"):
        store.put(tmp_path / "weg.pdf")
    monkeypatch.setattr(attachments, "SIZE_LIMIT", 8)
    with pytest.raises(UserError, match="höchstens"):
        store.put(scan)
    with pytest.raises(UserError, match="höchstens"):
        store.put_bytes(bytes(9), "Bild.png")
    assert files(store.folder) == []


def test_a_folder_that_cannot_be_written_is_said(scan: Path, tmp_path: Path) -> None:
    (tmp_path / "buero_Anlagen").write_text("keine Ordner hier")
    with pytest.raises(OutputError, match=r"buero_Anlagen.*nichts gespeichert"):
        AttachmentStore(tmp_path / "buero_Anlagen").put(scan)


def test_a_copy_stands_or_falls_as_a_whole(store: AttachmentStore, scan: Path, tmp_path: Path) -> None:
    stored = store.put(scan)
    damaged = store.put_bytes(b"wird beschaedigt", "b")
    store.path(damaged.sha256).chmod(0o644)
    store.path(damaged.sha256).write_bytes(b"ist beschaedigt")
    other = AttachmentStore(tmp_path / "stick" / "buero_Anlagen")
    assert [one.sha256 for one in other.fill_from(store)] == [stored.sha256]
    assert other.fill_from(store) == []
    assert other.fill_from(other) == other.fill_from(AttachmentStore(tmp_path / "nie")) == []
    copy = other.path(stored.sha256)
    copy.chmod(0o644)
    copy.write_bytes(b"%PDF SCAN")
    assert other.fill_from(store) == []
    assert [one.sha256 for one in other.fill_from(store, thorough=True)] == [stored.sha256]
    assert copy.read_bytes() == b"%PDF scan"


def test_a_process_killed_while_copying_leaves_no_file_that_counts(
    store: AttachmentStore, tmp_path: Path
) -> None:
    (tmp_path / "gross").write_bytes(bytes(1024 * 1024))
    code = (
        "import os, sys; from pathlib import Path; from db.attachments import AttachmentStore\n"
        "os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        "AttachmentStore(Path(sys.argv[1])).put(Path(sys.argv[2]))"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, store.folder, tmp_path / "gross"],
        cwd=ROOT,
        check=False,
    )
    assert killed.returncode == -9
    assert list(store.hashes()) == []
    (left,) = store.folder.glob(".neu-*")
    store.put_bytes(b"a", "a")
    assert left.exists()  # another process may be at it
    os.utime(left, (time.time() - 90_000,) * 2)
    store.put_bytes(b"b", "b")
    assert not left.exists()


def test_a_cancelled_copy_leaves_nothing(store: AttachmentStore, tmp_path: Path) -> None:
    for content in (b"eins", b"zwei"):
        store.put_bytes(content, "x")

    def cancel(done: int, total: int) -> None:
        assert total == 2
        if done:
            raise Cancelled

    other = AttachmentStore(tmp_path / "stick" / "buero_Anlagen")
    other.folder.parent.mkdir()
    with pytest.raises(Cancelled):
        other.fill_from(store, progress=cancel)
    assert not other.folder.exists()


def test_a_stick_that_cannot_be_read_is_named_and_nothing_is_copied(
    store: AttachmentStore, tmp_path: Path
) -> None:
    stick = AttachmentStore(tmp_path / "stick" / "buero_Anlagen")
    stick.put_bytes(b"eins", "eins.pdf")
    lost = stick.path("f" * 64)
    lost.parent.mkdir()
    lost.symlink_to(tmp_path / "abgezogen")  # listed, but its content cannot be reached
    with pytest.raises(UserError, match=r"stick.*lässt sich nicht lesen.*Datenträger prüfen"):
        store.fill_from(stick)
    assert files(tmp_path / "buero_Anlagen") == []


def test_more_than_was_announced_is_refused_and_leaves_nothing(
    store: AttachmentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = Path(
        "/proc/version"
    )  # says that it has no content and has some, as a file that grows meanwhile
    if not growing.exists():
        pytest.skip("this system has no such file")
    monkeypatch.setattr(attachments, "SIZE_LIMIT", 8)
    with pytest.raises(UserError, match=r"„version“.*höchstens"):
        store.put(growing)
    assert not store.folder.exists()


def test_a_file_from_before_attachments_has_no_problems_with_them(tmp_path: Path) -> None:
    path = tmp_path / "alt.db"
    shutil.copy(DATA / "versions" / "v1.db", path)
    assert attached.problems(path) == []
