"""Paths and places: servers, names that cannot be, links, places that cannot be written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import select

from app.domain.errors import OutputError, StoreError
from db.connection import uri
from db.copies.copying import take_snapshot
from db.database import Database, create_database, open_database
from db.file.places import LONGEST_PATH, is_on_network, require_usable, synchronised_by
from db.models import Quarter
from tests.disks import small_disk
from tests.paths import VERSIONS

ELSEWHERE = pytest.mark.skipif(sys.platform == "win32", reason="on Windows these are good paths")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            PureWindowsPath(r"\\server\share\ein ordner\b.db"),
            "file:////server/share/ein%20ordner/b.db?mode=rw",
        ),
        (PureWindowsPath("//server/share/b.db"), "file:////server/share/b.db?mode=rw"),
        (PureWindowsPath(r"C:\Büro\b#1.db"), "file:///C:/B%C3%BCro/b%231.db?mode=rw"),
        (PurePosixPath("/home/x/a?b.db"), "file:///home/x/a%3Fb.db?mode=rw"),
    ],
)
def test_every_path_has_its_uri(path: PureWindowsPath, expected: str) -> None:
    assert uri(path, mode="rw") == expected


@ELSEWHERE
@pytest.mark.parametrize(
    "name", [r"\\server\share\b.db", r"C:\b.db", "//server/share/b.db", "smb://server/b.db"]
)
def test_a_path_of_another_system_is_refused_and_nothing_is_made(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(name).absolute()
    with pytest.raises(StoreError, match="einhängen"):
        create_database(path)
    with pytest.raises(StoreError, match="einhängen"):
        open_database(path, writer=False)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_is_too_long_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Name der Datei ist zu lang"):
        create_database(tmp_path / f"{'n' * 230}.db")
    deep = tmp_path.joinpath(*["ordner" * 10] * 12)
    with pytest.raises(StoreError, match="Pfad ist zu lang"):
        create_database(deep / "b.db")
    assert list(tmp_path.iterdir()) == []


def test_the_longest_path_works(tmp_path: Path) -> None:
    room = LONGEST_PATH - len(os.fsencode(tmp_path)) - 1
    folder = tmp_path.joinpath(*["o" * 99] * (room // 100 - 1))
    path = folder / f"{'n' * (LONGEST_PATH - len(os.fsencode(folder)) - 4)}.db"
    require_usable(path)
    database = create_database(path)
    with database.write("x") as session:
        session.add(Quarter(short="A", name="A"))
    take_snapshot(path, path.parent / "kopie.db")
    database.close()


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_two_names_of_one_file_have_one_writer(database: Database, tmp_path: Path, link: str) -> None:
    with database.write("x") as session:
        session.add(Quarter(short="A", name="A"))
    (tmp_path / "ordner").mkdir()
    other = tmp_path / "ordner" / "anders.db"
    getattr(other, link)(database.path)
    code = (
        "import sys; from pathlib import Path; from db.database import open_database\n"
        "from db.encryption.unlocking import is_locked, unlock\n"
        "path = Path(sys.argv[1])\n"
        "if is_locked(path): unlock(path, 'Kennwort der Tests')\n"
        "open_database(path, writer=True)"
    )
    tried = subprocess.run(
        [sys.executable, "-c", code, str(other)], capture_output=True, text=True, check=False
    )
    assert "StoreError" in tried.stderr
    assert "anderen Programm" in tried.stderr
    database.close()
    opened = open_database(other, writer=True)
    with opened.write("x") as session:
        session.add(Quarter(short="B", name="B"))
    opened.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 8 MB, which a test may fill or make read-only."""
    with small_disk(tmp_path / "platte", "8m") as place:
        yield place


def make_read_only(place: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Quarter.name)))


def is_read_and_backed_up(path: Path, elsewhere: Path, why: str) -> None:
    with pytest.raises((StoreError, OutputError)):
        open_database(path, writer=True)
    database = open_database(path, writer=True, or_reader=True)
    assert names(database) == ["A"]
    with pytest.raises(StoreError, match=rf"nur zum Lesen geöffnet.*{why}"), database.write("x"):
        pass
    take_snapshot(path, elsewhere / "kopie.db")
    database.close()
    for copy in (path, elsewhere / "kopie.db"):
        reader = open_database(copy, writer=False)
        assert names(reader) == ["A"]
        reader.close()


@pytest.mark.parametrize("left", [False, True], ids=["closed", "killed"])
def test_a_read_only_place_is_read(database: Database, small: Path, tmp_path: Path, left: bool) -> None:
    if not left:
        with database.write("x") as session:
            session.add(Quarter(short="A", name="A"))
        database.settle()
        shutil.copy(database.path, small / "b.db")
    else:
        database.settle()
        with database.write("x") as session:
            session.add(Quarter(short="A", name="A"))
        for ending in ("", "-wal"):
            shutil.copy(f"{database.path}{ending}", small / f"b.db{ending}")
    make_read_only(small)
    is_read_and_backed_up(small / "b.db", tmp_path, "schreibgeschützt")


def test_an_old_file_in_a_read_only_place_is_read(small: Path) -> None:
    for old in VERSIONS.glob("*.db"):
        shutil.copy(old, small)
    before = {path.name: path.stat().st_size for path in small.iterdir()}
    make_read_only(small)
    for name in before:
        for writer in (False, True):
            database = open_database(small / name, writer=writer, or_reader=True)
            assert isinstance(names(database), list)
            database.close()


def test_a_full_disk_is_read(database: Database, small: Path, tmp_path: Path) -> None:
    with database.write("x") as session:
        session.add(Quarter(short="A", name="A"))
    database.settle()
    shutil.copy(database.path, small / "b.db")
    filling = os.open(small / "voll", os.O_WRONLY | os.O_CREAT)
    with pytest.raises(OSError, match="space"):
        for _ in range(5000):
            os.write(filling, bytes(4096))
    os.close(filling)
    for writer in (False, True):
        opened = open_database(small / "b.db", writer=writer, or_reader=True)
        assert names(opened) == ["A"]
        with pytest.raises((StoreError, OutputError)), opened.write("x") as session:
            session.add(Quarter(short="B", name="B"))
        assert names(opened) == ["A"]
        opened.close()
    take_snapshot(small / "b.db", tmp_path / "kopie.db")


def test_folders_that_synchronise_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert synchronised_by(tmp_path / "b.db") == ""
    for folder in ("OneDrive - Stadt Hannover", "Nextcloud", "Dropbox"):
        assert synchronised_by(tmp_path / folder / "Büro" / "b.db") == folder.split(" ")[0]
    (tmp_path / "wolke" / "Büro").mkdir(parents=True)
    (tmp_path / "wolke" / ".sync_0815.db").touch()
    assert synchronised_by(tmp_path / "wolke" / "Büro" / "b.db") == "Nextcloud"
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "amt"))
    assert synchronised_by(tmp_path / "amt" / "b.db") == "OneDrive"
    assert not is_on_network(tmp_path)
