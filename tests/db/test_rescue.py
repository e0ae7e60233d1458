"""What can be read of a damaged file comes into a new one, proved by checksums; the report says what is lost."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app.domain.budgets.budgets import BookingSource
from app.domain.errors import Cancelled, UserError
from db.attachments import AttachmentStore
from db.checks import check
from db.connection import connect
from db.copies.taking import daily_snapshot
from db.damage.rescue import report_path, rescue
from db.damage.working_copy import PAGE
from db.database import Database, open_database
from db.encryption.opening import salt_of
from db.file.unfinished import unfinished_path
from db.models import Actor, Booking, CityPart, Contact
from tests.paths import VERSIONS

BOOKINGS = 400


@pytest.fixture
def file(database: Database) -> Path:
    """A file whose bookings fill several pages; one was changed, one taken away again."""
    with database.write("Träger") as session:
        session.add_all(Actor(id=n, short=f"T{n}", name=f"Träger {n}") for n in range(1, 4))
        session.flush()
        session.add_all(Contact(actor_id=n, last_name=f"Muster {n}") for n in range(1, 4))
    with database.write("Buchungen") as session:
        session.add_all(
            Booking(
                id=n,
                source=BookingSource.MANUAL,
                day=date(2026, 3, 1),
                budget_year=2026,
                amount_cents=n,
                text=f"Mittagstisch {n}",
            )
            for n in range(1, BOOKINGS + 1)
        )
    with database.write("geändert") as session:
        session.execute(update(Booking).where(Booking.id == 7).values(text="berichtigt"))
    AttachmentStore.of(database.path).put_bytes(b"Scan", "scan.pdf")
    database.close()
    return database.path


def root(path: Path, table: str) -> int:
    connection = connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    return int(page)


def leaf(path: Path, table: str) -> int:
    """A page with rows of the table."""
    place = (root(path, table) - 1) * PAGE
    page = path.read_bytes()[place : place + PAGE]
    first = int.from_bytes(page[12:14], "big")
    return int.from_bytes(page[first : first + 4], "big")


def wipe(path: Path, *pages: int, first: int = 0, with_byte: bytes = b"\xff") -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        place = (page - 1) * PAGE
        content[place + first : place + PAGE] = with_byte * (PAGE - first)
    path.write_bytes(content)


def head(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def all_bytes(folder: Path) -> str:
    return "".join(one.read_bytes().decode("utf-8", "ignore") for one in folder.rglob("*") if one.is_file())


DAMAGE: dict[str, Callable[[Path], None]] = {
    "head": head,
    "first page": lambda path: wipe(path, 1, with_byte=b"\x00"),
    "behind the first bytes": lambda path: wipe(path, 1, first=16),
    "page of a table": lambda path: wipe(path, leaf(path, "booking")),
    "root of a table": lambda path: wipe(path, root(path, "booking")),
    "root of the log": lambda path: wipe(path, root(path, "change")),
    "checksums": lambda path: wipe(path, root(path, "checksum")),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_every_row_is_saved(file: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    is_sealed, snapshot = salt_of(file) is not None, Path(shutil.copy(file, tmp_path / "sicherung.db"))
    damage(file)
    hurt = file.read_bytes()
    if is_sealed and salt_of(file) is None:  # without its first bytes only a copy tells them
        with pytest.raises(UserError, match="eine Sicherung wiederherstellen"):
            rescue(file, tmp_path / "neu.db")
    found = rescue(file, tmp_path / "neu.db", [snapshot] if is_sealed else [])
    assert found.headline.endswith("gerettet, nichts verloren.")
    assert file.read_bytes() == hurt
    assert check(tmp_path / "neu.db") == []
    saved = open_database(tmp_path / "neu.db", writer=True)
    with saved.read() as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == BOOKINGS
        assert session.get_one(Booking, 7).text == "berichtigt"
        assert session.scalar(select(func.count()).select_from(CityPart)) == 51
    assert saved.undo_label is None
    with saved.write("Weiter") as session:
        session.add(Actor(short="N", name="Neu"))
    assert saved.undo() == "Weiter"
    saved.close()
    assert list(AttachmentStore.of(tmp_path / "neu.db").hashes())
    assert salt_of(tmp_path / "neu.db") == salt_of(snapshot)
    assert ("Muster 1" in all_bytes(tmp_path)) is not is_sealed


def test_the_report_names_what_is_lost_and_lies_beside(file: Path, tmp_path: Path) -> None:
    wipe(file, root(file, "booking"), root(file, "change"))
    found = rescue(file, tmp_path / "neu.db")
    assert found.lost == BOOKINGS
    report = report_path(tmp_path / "neu.db").read_text("utf-8")
    assert report == (found.report if salt_of(file) is None else found.nameless_report)
    assert "400 Einträge sind verloren" in report
    assert "- Buchungen, Eintrag 1\n" in report
    assert "Verlauf: nicht zu retten" in report
    assert "Träger: 3 gerettet" in report
    assert check(tmp_path / "neu.db") == []


def test_what_the_file_lost_is_taken_from_a_snapshot(file: Path, tmp_path: Path) -> None:
    snapshot = Path(shutil.copy(file, tmp_path / "sicherung.db"))
    database = open_database(file, writer=True)
    with database.write("später") as session:
        session.execute(update(Booking).where(Booking.id == 9).values(text="später geändert"))
    database.close()
    wipe(file, root(file, "booking"), root(file, "change"))
    found = rescue(file, tmp_path / "neu.db", [snapshot])
    (bookings,) = (one for one in found.tables if one.table == "booking")
    assert (bookings.saved, bookings.from_log) == (BOOKINGS, BOOKINGS - 1)  # the log itself is the snapshot's
    (doubtful,) = bookings.doubtful  # what the snapshot says of it is not what was there
    assert doubtful.startswith("Eintrag 9 ")


def test_half_a_file_is_filled_up_from_the_last_snapshot(file: Path, tmp_path: Path) -> None:
    snapshot = Path(shutil.copy(file, tmp_path / "sicherung.db"))
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2 // PAGE * PAGE])
    found = rescue(file, tmp_path / "neu.db", [snapshot])
    (bookings,) = (one for one in found.tables if one.table == "booking")
    assert bookings.saved == BOOKINGS
    assert check(tmp_path / "neu.db") == []


def test_rows_whose_owner_is_lost_are_named(file: Path, tmp_path: Path) -> None:
    wipe(file, root(file, "actor"), root(file, "change"))
    found = rescue(file, tmp_path / "neu.db")
    assert (
        "- Kontakte, Eintrag 1 („Muster 1“), weil das, wozu es gehört (Träger), verloren ist" in found.report
    )
    assert "(„" not in found.nameless_report
    assert "- Kontakte, Eintrag 1, weil das, wozu es gehört (Träger), verloren ist" in found.nameless_report
    assert check(tmp_path / "neu.db") == []


def test_a_changed_row_is_put_right_from_the_log(file: Path, tmp_path: Path) -> None:
    if salt_of(file) is not None:
        pytest.skip("of an encrypted page every byte is sealed")
    content = file.read_bytes()
    place = content.index(b"Mittagstisch 33", (leaf(file, "booking") - 1) * PAGE)
    file.write_bytes(content[:place] + b"X" + content[place + 1 :])
    assert check(file) != []
    assert rescue(file, tmp_path / "neu.db").is_whole
    saved = open_database(tmp_path / "neu.db", writer=False)
    with saved.read() as session:
        assert session.get_one(Booking, 33).text == "Mittagstisch 33"
    saved.close()


def test_files_of_old_versions_are_saved_and_brought_up_to_date(tmp_path: Path) -> None:
    for old in sorted(VERSIONS.glob("*.db")):
        hurt = Path(shutil.copy(old, tmp_path / old.name))
        wipe(hurt, root(hurt, "actor"))
        found = rescue(hurt, tmp_path / f"neu_{old.name}")
        assert found.saved > 100
        assert check(tmp_path / f"neu_{old.name}") == []
        open_database(tmp_path / f"neu_{old.name}", writer=True).close()


@pytest.mark.parametrize("content", [b"", b"Ein Brief und keine Datenbank.\n" * 300, bytes(20_000)])
def test_where_nothing_can_be_read_nothing_is_left(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "buero.db"
    file.write_bytes(content)
    with pytest.raises(UserError, match="nichts mehr zu lesen"):
        rescue(file, tmp_path / "neu.db")
    assert [one.name for one in tmp_path.iterdir()] == ["buero.db"]


def test_whatever_is_wiped_a_sound_file_comes_of_it(file: Path, tmp_path: Path) -> None:
    whole, chance = file.read_bytes(), random.Random(5)
    for turn in range(3):
        file.write_bytes(whole)
        wipe(file, *chance.sample(range(2, len(whole) // PAGE), 8))
        rescue(file, tmp_path / f"{turn}.db")
        assert check(tmp_path / f"{turn}.db") == []


def test_cancelled_nothing_is_left(file: Path, tmp_path: Path) -> None:
    def cancel(done: int, _total: int) -> None:
        if done > 3:
            raise Cancelled

    before = sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(Cancelled):
        rescue(file, tmp_path / "neu.db", progress=cancel)
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_what_a_killed_rescue_left_goes_with_the_next_snapshot(file: Path, tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = unfinished_path(tmp_path / "buero_gerettet.db")
    left = left.with_name(left.name.replace(f"-{os.getpid()}-", f"-{gone.pid}-"))
    own = tmp_path / ".buero_eigenes"
    for folder in (left, own):
        folder.mkdir()
        (folder / "beschaedigt.db").write_bytes(file.read_bytes())
        os.utime(folder, (0, 0))
    daily_snapshot(file, datetime(2026, 12, 1, 8))
    assert not left.exists()
    assert own.exists()
