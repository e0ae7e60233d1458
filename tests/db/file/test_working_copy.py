"""A file in a synchronised folder: the copy that is worked on, putting it back, and what others did meanwhile."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.errors import StoreError
from db.attachments import AttachmentStore
from db.database import open_database
from db.file.kept import Parted
from db.file.working_copy import Fetched, WorkingCopy
from db.models import Quarter
from tests.db.attaching import attach


@pytest.fixture
def original(template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Nextcloud" / "buero.db"
    path.parent.mkdir()
    shutil.copy(template, path)
    attach_to(path, b"scan")
    return path


def attach_to(path: Path, content: bytes) -> None:
    database = open_database(path, writer=True)
    attach(database, content)
    database.close()


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> WorkingCopy:
    return WorkingCopy(original, tmp_path / "Arbeitskopien")


def add(path: Path, name: str) -> None:
    database = open_database(path, writer=True)
    with database.write("Quartier") as session:
        session.add(Quarter(short=name, name=name))
    database.close()


def quarters(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return list(session.scalars(select(Quarter.name).order_by(Quarter.name)))
    finally:
        database.close()


def test_work_is_put_back_finished(original: Path, copy: WorkingCopy) -> None:
    assert copy.take_up() is Fetched.NEW
    assert len(list(AttachmentStore.of(copy.path).hashes())) == 1
    with pytest.raises(StoreError, match="anderen Programm"):
        open_database(original, writer=True)
    add(copy.path, "A")
    attach_to(copy.path, b"neues")
    assert quarters(original) == []
    assert copy.put_back()
    assert quarters(original) == ["A"]
    assert len(list(AttachmentStore.of(original).hashes())) == 2
    assert not copy.put_back()
    copy.close()


def test_work_that_was_not_put_back_goes_on(original: Path, copy: WorkingCopy) -> None:
    copy.take_up()
    add(copy.path, "A")
    copy.close()  # as after a power cut
    assert copy.take_up() is Fetched.CONTINUED
    assert quarters(copy.path) == ["A"]
    assert copy.put_back()
    assert quarters(original) == ["A"]
    copy.close()
    assert copy.take_up() is Fetched.NEW
    copy.close()


def test_what_others_did_in_the_folder_is_fetched(original: Path, copy: WorkingCopy) -> None:
    copy.take_up()
    copy.close()
    add(original, "Fremd")
    assert copy.take_up() is Fetched.NEW
    assert quarters(copy.path) == ["Fremd"]
    copy.close()


@pytest.mark.parametrize("gone", [False, True])
def test_a_file_that_others_changed_is_never_replaced(original: Path, copy: WorkingCopy, gone: bool) -> None:
    copy.take_up()
    add(copy.path, "A")
    other = Path(shutil.copy(original, original.parent / "fremd.db"))
    add(other, "Fremd")
    if gone:
        original.unlink()
    else:
        other.replace(original)
    with pytest.raises(Parted):
        copy.put_back()
    copy.close()
    if gone:
        assert not original.exists()
        return
    assert quarters(original) == ["Fremd"]
    assert copy.take_up() is Fetched.DIVERGED
    assert quarters(copy.path) == quarters(original) == ["Fremd"]
    assert copy.second is not None
    assert quarters(copy.second) == ["A"]
    copy.close()
