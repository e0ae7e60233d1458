"""Snapshots: consistent while the file is open, rotated, restored; damaged ones are noticed."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.copies.rotation import BEFORE, DAYS
from app.domain.errors import OutputError, StoreError, UserError
from db.attached import problems
from db.attachments import AttachmentStore
from db.checks import check
from db.connection import connect
from db.copies.copying import take_snapshot
from db.copies.proof import Soundness, known_proof
from db.copies.restoring import restore
from db.copies.snapshots import Reason, doubted, folder_for, snapshots
from db.copies.taking import bring_to, daily_snapshot, take
from db.database import Database, create_database, open_database
from db.identity import identify
from db.migrations import LATEST
from db.models import Actor
from tests.db.attaching import attach
from tests.paths import VERSIONS

NOW = datetime(2026, 11, 24, 8, 30)


def add(database: Database, short: str) -> None:
    with database.write("x") as session:
        session.add(Actor(short=short, name=short))


def shorts(path: Path) -> list[str]:
    database = open_database(path, writer=False)
    with database.read() as session:
        found = list(session.scalars(select(Actor.short)))
    database.close()
    return found


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    path.write_bytes(content)


def test_a_snapshot_of_an_open_file_has_every_committed_row(database: Database, tmp_path: Path) -> None:
    add(database, "A")  # still in the write-ahead log
    take_snapshot(database.path, tmp_path / "kopie.db")
    assert shorts(tmp_path / "kopie.db") == ["A"]
    assert list(tmp_path.glob(".*")) == []


def test_one_snapshot_a_day_and_the_oldest_go(database: Database) -> None:
    for day in range(DAYS + 3):
        assert daily_snapshot(database.path, NOW + timedelta(days=day)) is not None
        assert daily_snapshot(database.path, NOW + timedelta(days=day, hours=3)) is None
    kept = snapshots(database.path)
    days = [one.taken_at for one in kept]
    assert days[:DAYS] == [NOW + timedelta(days=DAYS + 2 - back) for back in range(DAYS)]
    assert len(kept) < DAYS + 3
    assert [one.number for one in kept[:3]] == [DAYS + 3, DAYS + 2, DAYS + 1]
    assert {path.name for path in folder_for(database.path).iterdir()} == {
        name for one in kept for name in (one.path.name, f"{one.path.name}.json")
    }


def test_a_clock_once_ahead_or_behind_stops_no_snapshot(database: Database) -> None:
    daily_snapshot(database.path, NOW)
    for wrong in (datetime(2031, 3, 5), NOW - timedelta(days=3000)):
        ahead = daily_snapshot(database.path, wrong)
        assert ahead is not None
        next_day = daily_snapshot(database.path, NOW + timedelta(days=1))
        assert next_day is not None
        assert next_day.number == ahead.number + 1
        assert snapshots(database.path)[0] == next_day
        assert ahead in snapshots(database.path)
        doubt = doubted(snapshots(database.path), NOW + timedelta(days=1))
        assert ahead.path in doubt
        assert next_day.path not in doubt


def test_copies_before_a_restore_or_an_upgrade_are_found_and_rotate(database: Database) -> None:
    daily_snapshot(database.path, NOW)
    old = database.path.with_name("buero_ersetzt_2026-01-01_10-00-00.db")
    shutil.copy(snapshots(database.path)[0].path, old)
    taken = [take(database.path, NOW + timedelta(hours=n), reason="ersetzt") for n in range(BEFORE + 1)]
    found = snapshots(database.path)
    assert [one.reason for one in found].count(Reason.REPLACED) == BEFORE
    assert not old.exists()
    assert taken[0].path not in [one.path for one in found]
    assert taken[-1] == found[0]


def test_a_second_place_is_filled_when_it_is_there_and_never_made(database: Database, tmp_path: Path) -> None:
    stick = tmp_path / "media" / "stick"
    daily_snapshot(database.path, NOW)
    assert bring_to(stick, database.path, NOW) is None
    assert not stick.parent.exists()
    stick.mkdir(parents=True)
    brought = bring_to(stick, database.path, NOW)
    assert brought is not None
    assert brought.path.read_bytes() == snapshots(database.path)[0].path.read_bytes()
    proof = known_proof(brought.path)
    assert proof is not None
    assert proof.soundness is Soundness.WHOLE
    assert bring_to(stick, database.path, NOW) == brought
    assert list(stick.glob(".*")) == []


def test_a_stick_of_a_lost_computer_goes_on_with_its_numbers(database: Database, tmp_path: Path) -> None:
    """On the new one they begin anew, and must not count as the oldest there."""
    stick = tmp_path / "stick"
    stick.mkdir()
    for day in range(1, DAYS + 3):
        daily_snapshot(database.path, NOW - timedelta(days=60 - day))
        bring_to(stick, database.path, NOW)
    shutil.rmtree(folder_for(database.path))
    first = daily_snapshot(database.path, NOW)
    assert first is not None
    assert first.number == 1
    brought = bring_to(stick, database.path, NOW)
    assert brought is not None
    assert brought.number == DAYS + 3
    assert snapshots(database.path, stick)[0] == brought
    assert bring_to(stick, database.path, NOW) == brought


def test_what_a_killed_process_left_goes_after_a_day(database: Database) -> None:
    folder = database.path.with_name("Sicherungen")
    folder.mkdir()
    for name, age in (("alt", timedelta(days=2)), ("neu", timedelta(hours=1))):
        left = folder / f".buero_{name}.db.4711"
        left.touch()
        stamp = (NOW - age).timestamp()
        os.utime(left, (stamp, stamp))
    daily_snapshot(database.path, NOW)
    assert [path.name for path in folder.glob(".*")] == [".buero_neu.db.4711"]


def test_half_a_file_that_a_killed_process_left_does_not_stay(database: Database, tmp_path: Path) -> None:
    """Of a database that was being made, restored, or saved by hand: it holds what the office knows of people."""
    backup, new = tmp_path / "stick" / "sicherung.db", tmp_path / "neu.db"
    backup.parent.mkdir()
    left = [
        target.with_name(f".{target.name}.{end}")
        for target in (database.path, backup, new)
        for end in ("4711-1", "4711-1-journal")
    ]
    for one in left:
        one.touch()
        os.utime(one, (0, 0))
    at_work = backup.with_name(f".{backup.name}.4712-1")
    at_work.touch()
    daily_snapshot(database.path, datetime.now())
    take_snapshot(database.path, backup)
    create_database(new).close()
    assert [one.name for one in left if one.exists()] == []
    assert at_work.exists()


def test_a_damaged_file_is_not_rotated_in(database: Database) -> None:
    daily_snapshot(database.path, NOW)
    path = database.path
    database.close()
    damage(path)
    with pytest.raises(StoreError, match="beschädigt"):
        daily_snapshot(path, NOW + timedelta(days=1))
    assert len(snapshots(path)) == 1


def test_a_full_or_missing_place_gives_a_sentence(database: Database, tmp_path: Path) -> None:
    (tmp_path / "datei").touch()
    with pytest.raises(OutputError, match="nicht schreiben"):
        take_snapshot(database.path, tmp_path / "datei" / "kopie.db")


def test_restore_keeps_what_was_there(database: Database, tmp_path: Path) -> None:
    add(database, "A")
    take_snapshot(database.path, tmp_path / "kopie.db")
    add(database, "B")
    with pytest.raises(StoreError, match="anderen Programm"):
        restore(tmp_path / "kopie.db", database.path)
    database.close()
    kept = restore(tmp_path / "kopie.db", database.path)
    assert kept is not None
    assert shorts(database.path) == ["A"]
    assert shorts(kept) == ["A", "B"]


def test_restore_works_in_place_of_a_damaged_or_missing_file(database: Database, tmp_path: Path) -> None:
    add(database, "A")
    take_snapshot(database.path, tmp_path / "kopie.db")
    database.close()
    database.path.write_bytes(b"kaputt")
    restore(tmp_path / "kopie.db", database.path)
    assert shorts(database.path) == ["A"]
    database.path.unlink()
    assert restore(tmp_path / "kopie.db", database.path) is None
    assert shorts(database.path) == ["A"]


def test_a_damaged_snapshot_is_refused(database: Database, tmp_path: Path) -> None:
    take_snapshot(database.path, tmp_path / "kopie.db")
    damage(tmp_path / "kopie.db")
    before = database.path.read_bytes()
    database.close()
    with pytest.raises(UserError, match="beschädigt"):
        restore(tmp_path / "kopie.db", database.path)
    with pytest.raises(UserError, match="ersetzt werden soll"):
        restore(database.path, database.path)
    assert database.path.read_bytes()[:4096] == before[:4096]


def test_an_older_backup_is_brought_up_to_date_and_a_newer_one_refused(
    database: Database, tmp_path: Path
) -> None:
    add(database, "A")
    take_snapshot(database.path, tmp_path / "kopie.db")
    database.close()
    newer = connect(tmp_path / "kopie.db", writes=True)
    newer.execute(f"PRAGMA user_version = {LATEST + 1}")
    newer.close()
    with pytest.raises(UserError, match="neueren Ausgabe"):
        restore(tmp_path / "kopie.db", database.path)
    assert shorts(database.path) == ["A"]
    assert not folder_for(database.path).exists()
    old = Path(shutil.copy(VERSIONS / "v3.db", tmp_path / "alt.db"))
    restore(old, database.path)
    assert identify(database.path) == LATEST
    assert identify(old) == 3
    assert check(database.path) == []
    assert [one.reason for one in snapshots(database.path)] == [Reason.REPLACED]


def test_nothing_is_replaced_while_somebody_reads_it(database: Database, tmp_path: Path) -> None:
    """Whoever closes the old file last would take away the log of the new one."""
    add(database, "A")
    take_snapshot(database.path, tmp_path / "kopie.db")
    add(database, "B")
    database.close()
    reader = connect(database.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM actor").fetchone()
    with pytest.raises(StoreError, match="gelesen"):
        restore(tmp_path / "kopie.db", database.path)
    reader.close()
    assert shorts(database.path) == ["A", "B"]
    assert [path.name for path in tmp_path.glob(".*")] == []
    restore(tmp_path / "kopie.db", database.path)
    assert shorts(database.path) == ["A"]


def test_a_log_that_is_left_never_meets_the_restored_file(database: Database, tmp_path: Path) -> None:
    add(database, "A")
    take_snapshot(database.path, tmp_path / "kopie.db")
    add(database, "B")
    crashed = tmp_path / "absturz"
    crashed.mkdir()
    for path in tmp_path.glob("buero.db*"):
        shutil.copy(path, crashed)
    (crashed / "buero.db.lock").unlink(missing_ok=True)
    assert (crashed / "buero.db-wal").stat().st_size > 0
    kept = restore(tmp_path / "kopie.db", crashed / "buero.db")
    assert not (crashed / "buero.db-wal").exists()
    assert shorts(crashed / "buero.db") == ["A"]
    assert kept is not None
    assert sorted(shorts(kept)) == ["A", "B"]


def test_check_tells_what_is_wrong(template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(template, tmp_path / "x.db"))
    assert check(path) == []
    connection = connect(path, writes=True)
    connection.execute(
        "INSERT INTO command (label, at, kind, undoable, state) VALUES ('x', 'y', 'do', 1, 'done')"
    )
    connection.execute("INSERT INTO contact (actor_id, last_name, first_name) VALUES (99, 'Muster', '')")
    connection.commit()
    connection.close()
    assert any("Kontakte" in problem for problem in check(path))
    damage(path)
    assert any("beschädigt" in problem for problem in check(path))


def test_check_tells_of_a_schema_that_is_no_text(template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(template, tmp_path / "x.db"))
    connection = connect(path, writes=True)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET name = CAST(x'A7A7' AS TEXT), sql = 'x' WHERE name = 'actor'"
    )
    connection.commit()
    connection.close()
    assert any("beschädigt" in problem for problem in check(path))


def kept(database: Path) -> set[str]:
    return set(AttachmentStore.of(database).hashes())


def test_attached_files_are_kept_once_for_all_snapshots_of_a_place(
    database: Database, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    first = attach(database, b"eins")
    stick.mkdir()
    daily_snapshot(database.path, NOW)
    bring_to(stick, database.path, NOW)
    second = attach(database, b"zwei")
    daily_snapshot(database.path, NOW + timedelta(days=1))
    bring_to(stick, database.path, NOW)
    for folder in (folder_for(database.path), stick):
        newest, oldest = snapshots(database.path, folder)
        assert kept(newest.path) == kept(oldest.path) == {first, second}
        assert sum(path.is_file() for path in (folder / "buero_Anlagen").rglob("*")) == 2
        assert problems(newest.path) == problems(oldest.path) == []


def test_what_a_snapshot_lacked_is_brought_at_the_next_start(database: Database, tmp_path: Path) -> None:
    sha256 = attach(database, b"eins")
    path = AttachmentStore.of(database.path).path(sha256)
    path.rename(tmp_path / "verlegt")
    first = daily_snapshot(database.path, NOW)
    assert first is not None
    lacking = known_proof(first.path)
    assert lacking is not None
    assert lacking.soundness is Soundness.INCOMPLETE
    path.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "verlegt").rename(path)
    assert daily_snapshot(database.path, NOW + timedelta(hours=2)) is None
    whole = known_proof(first.path)
    assert whole is not None
    assert whole.soundness is Soundness.WHOLE


def test_restoring_brings_attached_files_back(database: Database, tmp_path: Path) -> None:
    sound, changed = attach(database, b"eins"), attach(database, b"zwei")
    take_snapshot(database.path, tmp_path / "stick" / "kopie.db")
    store = AttachmentStore.of(database.path)
    later = attach(database, b"drei")
    database.close()
    store.path(sound).unlink()
    store.path(changed).chmod(0o644)
    store.path(changed).write_bytes(b"ZWEI")
    assert len(problems(database.path)) == 2
    old = restore(tmp_path / "stick" / "kopie.db", database.path)
    assert problems(database.path) == []
    assert kept(database.path) == {sound, changed, later}
    assert old is not None
    assert problems(old) == []  # what was there shares the folder and misses nothing


def test_a_database_moves_with_its_folder_and_opens_without_it(database: Database, tmp_path: Path) -> None:
    attach(database, b"eins")
    database.close()
    place = tmp_path / "umzug"
    place.mkdir()
    shutil.copy(database.path, place)
    (said,) = problems(place / "buero.db")
    assert said.startswith("Anlage „Scan.pdf“ zu ZV-eins: Die Datei fehlt")
    open_database(place / "buero.db", writer=True).close()
    take_snapshot(place / "buero.db", place / "kopie.db")  # nothing to copy is no reason to fail
    shutil.copytree(tmp_path / "buero_Anlagen", place / "buero_Anlagen")
    assert problems(place / "buero.db") == []


def test_a_damaged_attachment_never_replaces_the_sound_one_of_a_backup(
    database: Database, tmp_path: Path
) -> None:
    sha256 = attach(database, b"eins")
    daily_snapshot(database.path, NOW)
    path = AttachmentStore.of(database.path).path(sha256)
    path.chmod(0o644)
    path.write_bytes(b"kaputt")
    daily_snapshot(database.path, NOW + timedelta(days=1))
    assert problems(snapshots(database.path)[0].path) == []


def test_files_that_cannot_be_backed_up_leave_the_database_backed_up(database: Database) -> None:
    attach(database, b"eins")
    folder_for(database.path).mkdir()
    blocked = folder_for(database.path) / "buero_Anlagen"
    blocked.write_text("kein Ordner")
    with pytest.raises(OutputError, match="buero_Anlagen"):
        daily_snapshot(database.path, NOW)
    assert len(snapshots(database.path)) == 1
    with pytest.raises(OutputError, match="buero_Anlagen"):  # one she asks for is whole or is not
        take_snapshot(database.path, folder_for(database.path) / "buero_2026-01-01.db")
    assert not (folder_for(database.path) / "buero_2026-01-01.db").exists()


def test_two_backups_at_once_do_not_write_into_one_file(database: Database, tmp_path: Path) -> None:
    attach(database, b"eins")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: take_snapshot(database.path, tmp_path / "stick" / "kopie.db"), range(8)))
    assert check(tmp_path / "stick" / "kopie.db") == problems(tmp_path / "stick" / "kopie.db") == []
    assert list((tmp_path / "stick").glob(".*")) == []
