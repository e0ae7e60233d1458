"""A full disk: one sentence with the place, nothing half done. Needs a file system of its own, so Linux and root."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import OutputError
from db.attachments import AttachmentStore
from db.copies.copying import take_snapshot
from db.database import Database
from tests.disks import small_disk


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for 64 KB."""
    with small_disk(tmp_path / "klein", "64k") as place:
        yield place


def test_a_snapshot_onto_a_full_disk_names_the_target_and_leaves_nothing(
    database: Database, tiny: Path
) -> None:
    with pytest.raises(OutputError, match=r"klein/kopie\.db.*Platz"):
        take_snapshot(database.path, tiny / "kopie.db")
    assert list(tiny.iterdir()) == []


def test_an_attachment_onto_a_full_disk_says_so_and_leaves_nothing(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(bytes(200_000))
    store = AttachmentStore(tiny / "buero_Anlagen")
    with pytest.raises(OutputError, match=r"klein/buero_Anlagen.*kein Platz.*nichts gespeichert"):
        store.put(tmp_path / "scan.pdf")
    assert [path for path in tiny.rglob("*") if path.is_file()] == []


def test_a_backup_whose_attachments_find_no_room_leaves_nothing(database: Database, tiny: Path) -> None:
    AttachmentStore.of(database.path).put_bytes(bytes(40_000), "klein")
    AttachmentStore.of(database.path).put_bytes(b"1" * 200_000, "gross")
    store = AttachmentStore(tiny / "kopie_Anlagen")
    with pytest.raises(OutputError, match=r"klein/kopie_Anlagen.*kein Platz"):
        store.fill_from(AttachmentStore.of(database.path))
    assert list(tiny.iterdir()) == []


def test_a_folder_that_became_read_only_is_said_and_reading_goes_on(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    store = AttachmentStore(tiny / "buero_Anlagen")
    stored = store.put(tmp_path / "scan.pdf")
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    with pytest.raises(OutputError, match=r"buero_Anlagen.*schreibgeschützt.*nichts gespeichert"):
        store.put_bytes(b"neu", "neu.pdf")
    assert store.read(stored.sha256, "scan.pdf") == b"%PDF"
