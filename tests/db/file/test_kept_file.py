"""What others do to the open file is noticed before the next write, and what was saved is not lost by it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.errors import StoreError
from db import checks
from db.attached import problems
from db.attachments import AttachmentStore
from db.database import Database, open_database
from db.file.kept import Meddling, Parted
from db.file.log import take_notices
from db.file.opened import is_open_here
from db.models import Quarter
from tests.db.attaching import attach


def add(database: Database, name: str) -> None:
    with database.write("Quartier") as session:
        session.add(Quarter(short=name, name=name))


def quarters(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    try:
        with database.read() as session:
            return list(session.scalars(select(Quarter.name).order_by(Quarter.name)))
    finally:
        database.close()


def companions(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.glob(f"{path.name}-*"))


def by_rename(path: Path, other: Path) -> None:
    other.replace(path)


def in_place(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def gone(path: Path, other: Path) -> None:
    path.unlink()


def test_a_settled_file_is_whole_without_its_log(database: Database, tmp_path: Path) -> None:
    for number in range(30):
        add(database, f"Q{number:02}")
    assert database.settle()
    shutil.copy(database.path, tmp_path / "kopie.db")
    assert len(quarters(tmp_path / "kopie.db")) == 30
    assert database.path.with_name("buero.db-wal").stat().st_size == 0


def test_closing_leaves_nothing_beside_the_file(database: Database) -> None:
    add(database, "A")
    database.close()
    assert companions(database.path) == []


def test_settling_waits_for_nobody_who_reads(database: Database, tmp_path: Path) -> None:
    add(database, "A")
    with database.read() as session:
        session.scalars(select(Quarter.name)).all()
        add(database, "B")
        assert not database.settle()
    assert database.settle()


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize(
    ("meddle", "meddling"),
    [(by_rename, Meddling.REPLACED), (in_place, Meddling.OVERWRITTEN), (gone, Meddling.GONE)],
)
def test_nothing_is_written_into_what_is_not_our_file(
    database: Database,
    tmp_path: Path,
    meddle: Callable[[Path, Path], None],
    meddling: Meddling,
    settled: bool,
) -> None:
    path = database.path
    add(database, "A")
    database.settle()
    shutil.copy(path, tmp_path / "alt.db")
    add(database, "B")
    database.settle()
    add(database, "C")
    scan = attach(database, b"scan")
    if settled:
        database.settle()
    meddle(path, tmp_path / "alt.db")
    there = path.read_bytes() if path.exists() else None
    with pytest.raises(Parted, match="Die eigene Arbeit ist noch da") as caught:
        add(database, "D")
    assert caught.value.meddling is meddling
    with pytest.raises(Parted):
        database.settle()
    database.rescue(tmp_path / "zweite.db")
    database.close()
    assert quarters(tmp_path / "zweite.db") == ["A", "B", "C"]
    assert problems(tmp_path / "zweite.db") == []
    assert list(AttachmentStore.of(tmp_path / "zweite.db").hashes()) == [scan]
    assert companions(tmp_path / "zweite.db") == []
    assert (path.read_bytes() if path.exists() else None) == there
    if path.exists():
        assert quarters(path) == ["A"]
        assert checks.check(path) == []
        told = take_notices()
        assert len(told) == (0 if settled else 1)
        assert len(list(tmp_path.glob("buero_fremdes-Protokoll_*.db-wal"))) == len(told)


def test_at_rest_no_connection_is_left_and_others_are_kept_away(database: Database) -> None:
    add(database, "A")
    assert database.rest()
    assert not is_open_here(database.path)
    assert companions(database.path) == []
    with pytest.raises(StoreError):
        open_database(database.path, writer=True)
    assert quarters(database.path) == ["A"]
    database.wake()
    add(database, "B")
    assert database.settle()
    assert quarters(database.path) == ["A", "B"]


def test_at_rest_a_reader_in_the_way_is_waited_for(database: Database) -> None:
    with database.read() as session:
        list(session.scalars(select(Quarter)))
        add(database, "A")
        assert not database.rest()
    assert database.rest()


@pytest.mark.parametrize("meddle", [by_rename, in_place, gone])
def test_what_others_do_to_a_file_at_rest_is_noticed(
    database: Database, tmp_path: Path, meddle: Callable[[Path, Path], None]
) -> None:
    other = Path(shutil.copy(database.path, tmp_path / "andere.db"))
    add(database, "A")
    assert database.rest()
    meddle(database.path, other)
    database.wake()
    with pytest.raises(Parted):
        add(database, "B")
    database.rescue(tmp_path / "gerettet.db")
    assert quarters(tmp_path / "gerettet.db") == ["A"]


def test_a_touched_file_is_still_ours(database: Database) -> None:
    add(database, "A")
    database.settle()
    os.utime(database.path, (1, 1))
    add(database, "B")
    assert quarters(database.path) == ["A", "B"]


def killed_with_a_log(database: Database, tmp_path: Path) -> Path:
    """A file as a power cut leaves it, with work in its log; and the state before that work as "alt.db"."""
    path = tmp_path / "strom" / "buero.db"
    path.parent.mkdir()
    add(database, "A")
    database.settle()
    shutil.copy(database.path, tmp_path / "alt.db")
    add(database, "B")
    database.settle()
    add(database, "C")
    for name in ("buero.db", "buero.db-wal"):
        shutil.copy(tmp_path / name, path.with_name(name))
    return path


def test_the_log_of_a_killed_program_is_taken_up(database: Database, tmp_path: Path) -> None:
    path = killed_with_a_log(database, tmp_path)
    assert quarters(path) == ["A", "B", "C"]
    assert take_notices() == ()
    assert companions(path) == []


def test_a_log_of_another_state_of_the_file_is_not_mixed_in(database: Database, tmp_path: Path) -> None:
    path = killed_with_a_log(database, tmp_path)
    shutil.copy(tmp_path / "alt.db", path)
    before = path.read_bytes()
    assert quarters(path) == ["A"]
    [sentence] = take_notices()
    [aside] = path.parent.glob("buero_fremdes-Protokoll_*.db-wal")
    assert aside.name in sentence
    assert aside.stat().st_size > 0
    assert path.read_bytes() == before


def test_a_log_beside_a_foreign_file_is_not_mixed_in(
    database: Database, template: Path, tmp_path: Path
) -> None:
    path = killed_with_a_log(database, tmp_path)
    database.close()
    other = open_database(database.path, writer=True)
    for number in range(40):
        add(other, f"Z{number}")
    other.close()
    shutil.copy(other.path, path)
    opened = open_database(path, writer=True)
    with opened.read() as session:
        assert len(session.scalars(select(Quarter.name)).all()) == 43
    opened.close()
    assert len(take_notices()) == 1
    assert checks.check(path) == []
