"""Attached files beside copies: they come with the copy that needs them, and go with the last one that does."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.attachments import AttachmentStore, folder_for
from db.copies.proof import beside
from db.copies.snapshots import folder_for as snapshots_of
from db.copies.snapshots import snapshots
from db.copies.taking import bring_to, remove, rotate, take
from db.database import Database
from db.models import Attachment, Change
from tests.db.attaching import attach

NOW = datetime(2026, 11, 24, 8, 30)


@pytest.fixture
def erased(database: Database) -> str:
    """A file that the first snapshot holds, and that is gone altogether from the database since."""
    sha256 = attach(database, b"gone")
    take(database.path, NOW)
    with database.write("Person gelöscht", undoable=False) as session:
        session.query(Attachment).delete()
        session.flush()
        session.query(Change).filter_by(table_name="attachment").delete()
    return sha256


def lying(database: Database, place: Path | None = None) -> set[str]:
    folder = place or snapshots_of(database.path)
    return set(AttachmentStore.of(database.path).beside(folder / database.path.name).hashes())


def test_a_file_goes_with_the_last_copy_that_needs_it(database: Database, erased: str) -> None:
    stays = attach(database, b"stays")
    take(database.path, NOW + timedelta(days=1))
    assert lying(database) == {erased, stays}
    remove(snapshots(database.path)[-1].path)
    rotate(database.path, snapshots_of(database.path), NOW)
    assert lying(database) == {stays}
    take(database.path, NOW + timedelta(days=2))
    assert lying(database) == {
        stays
    }  # what nobody needs is not brought again, though it lies beside the file
    assert set(AttachmentStore.of(database.path).hashes()) == {erased, stays}


def test_so_it_is_at_the_second_place(database: Database, erased: str, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    first = bring_to(stick, database.path, NOW)
    assert first is not None
    take(database.path, NOW + timedelta(days=1))
    assert bring_to(stick, database.path, NOW) is not None
    assert lying(database, stick) == {erased}
    remove(first.path)
    rotate(database.path, stick, NOW)
    assert not folder_for(first.path).exists()


def test_what_undo_could_bring_back_stays(database: Database) -> None:
    sha256 = attach(database, b"undo")
    with database.write("Anlage entfernt") as session:
        session.query(Attachment).delete()
    take(database.path, NOW)
    rotate(database.path, snapshots_of(database.path), NOW)
    assert lying(database) == {sha256}


@pytest.mark.parametrize("knows", [True, False])
def test_nothing_goes_while_a_copy_cannot_tell_what_it_needs(
    database: Database, erased: str, knows: bool
) -> None:
    """Whatever its name: it may be the one that needs the file."""
    take(database.path, NOW + timedelta(days=1))
    first = snapshots(database.path)[-1].path
    own = first.with_name(f"{database.path.stem}_2026-11-24{database.path.suffix}")
    content = bytearray(first.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    own.write_bytes(content)
    if knows:
        beside(own).write_bytes(beside(first).read_bytes())
    remove(first)
    rotate(database.path, snapshots_of(database.path), NOW)
    assert lying(database) == {erased}
    own.unlink()
    rotate(database.path, snapshots_of(database.path), NOW)
    assert lying(database) == set()
