"""Every row has a checksum that only the store keeps; a byte that changed is found, and an edit does not hide it."""

import hashlib
import random
import shutil
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from app.domain.agreements.agreements import AgreementKind
from app.domain.budgets.budgets import BookingSource
from app.domain.errors import Cancelled, UserError
from db import checksums
from db.attachments import AttachmentStore
from db.bulk import insert_many
from db.checks import check, examine
from db.connection import connect
from db.database import Database, open_database
from db.driver import sqlite
from db.models import Actor, Agreement, Attachment, Booking, Checksum, Paper, Setting
from tests.paths import VERSIONS

AT = datetime(2026, 11, 24, 8, 30)


def booking(number: int) -> Booking:
    return Booking(
        source=BookingSource.MANUAL,
        day=date(2026, 3, 1),
        budget_year=2026,
        amount_cents=number * 100,
        text=f"Sachkosten für den Mittagstisch Nummer {number}, Übertrag",
    )


def worked_in(database: Database) -> Path:
    """A file in which things were made, changed, deleted, undone and printed."""
    with database.write("Träger") as session:
        session.add_all(Actor(id=n, short=f"T{n}", name=f"Träger {n} e. V.") for n in range(1, 41))
    with database.write("Buchungen") as session:
        session.add_all(booking(n) for n in range(1, 60))
    with database.write("geändert") as session:
        session.execute(update(Booking).where(Booking.amount_cents > 3000).values(text="berichtigt"))
    with database.write("gelöscht") as session:
        session.execute(delete(Actor).where(Actor.id > 30))
    database.undo()
    database.redo()
    database.undo()
    with database.write("Vereinbarung") as session:
        agreement = Agreement(number="ZV-2026-01", kind=AgreementKind.TARGET, title="Treff", reminder_days="")
        session.add(agreement)
        session.flush()
        session.add(
            Paper(
                agreement_id=agreement.id,
                file_name="ZV.pdf",
                printed_at=AT,
                sha256=hashlib.sha256(b"%PDF").hexdigest(),
                content=b"%PDF",
                agreed="{}",
            )
        )
        session.flush()
    return database.path


@pytest.fixture
def closed(database: Database) -> Path:
    """The path of such a file, closed and sound."""
    with database.write("x") as session:
        session.add_all(Actor(id=n, short=f"T{n}", name=f"Träger {n} e. V.") for n in range(1, 41))
        session.add_all(booking(n) for n in range(1, 60))
    database.close()
    return database.path


def by_hand(path: Path, *statements: str, triggers: bool = False) -> None:
    """Change a file as nothing in the program could: past its triggers."""
    with closing(connect(path, writes=True)) as connection:
        for statement in statements:
            if not triggers:
                names = connection.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                ).fetchall()
                for name, _ in names:
                    connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute(statement)
            if not triggers:
                for _, sql in names:
                    connection.execute(sql)


def everything(path: Path) -> list[object] | None:
    """All rows of all tables and how they are made; None if they cannot be read."""
    try:
        with closing(connect(path)) as connection:
            connection.text_factory = bytes
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            ).fetchall()
            heads = [
                connection.execute(f"PRAGMA {one}").fetchone() for one in ("user_version", "application_id")
            ]
            rows = [
                connection.execute(f'SELECT * FROM "{name.decode()}" ORDER BY 1, 2').fetchall()
                for (name,) in tables
            ]
            made = connection.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
            ).fetchall()
    except (sqlite.Error, UnicodeDecodeError, UserError):
        return None
    return [heads, rows, made]


def found(path: Path) -> list[str]:
    try:
        return check(path)
    except UserError as error:
        return [error.sentence]


def test_every_flipped_byte_that_changes_data_is_found(closed: Path, tmp_path: Path) -> None:
    sound, whole = everything(closed), closed.read_bytes()
    chance = random.Random(11)
    missed, changed = [], 0
    hurt = tmp_path / "kaputt.db"
    while changed < 15:
        content = bytearray(whole)
        place, by = chance.randrange(len(content)), chance.randrange(1, 256)
        content[place] ^= by
        hurt.write_bytes(content)
        if everything(hurt) != sound:
            changed += 1
            if not found(hurt):
                missed.append((place, by))
    assert missed == []


def test_whatever_is_done_leaves_every_row_with_its_checksum(database: Database) -> None:
    path = worked_in(database)
    assert check(path) == []
    with database.write("viele") as session:
        insert_many(
            session,
            Booking.__table__,  # type: ignore[arg-type]
            ("source", "day", "budget_year", "occurrence", "amount_cents", "is_income"),
            [(BookingSource.FINANCE, date(2026, 1, 2), 2026, 1, n, False) for n in range(3000)],
        )
    with database.read() as session:
        assert session.query(Checksum).filter_by(table_name="booking").count() == 3059
    database.undo()
    assert check(path) == []
    with database.read() as session:
        assert session.query(Checksum).filter_by(table_name="booking").count() == 59


def test_rows_of_old_files_get_their_checksums(tmp_path: Path) -> None:
    for old in sorted(VERSIONS.glob("*.db")):
        path = Path(shutil.copy(old, tmp_path / old.name))
        assert check(path) == []
        database = open_database(path, writer=True)
        with database.read() as session:
            settings = session.query(Checksum).filter_by(table_name="setting").count()
            assert settings == session.query(Setting).count() > 0
        assert check(path) == []
        with database.write("x") as session:
            session.execute(update(Actor).values(notes="später"))
        database.close()
        assert check(path) == []


def test_an_edit_does_not_hide_the_damage(closed: Path) -> None:
    by_hand(closed, "UPDATE booking SET text = 'Sachkosten' WHERE id = 7")
    database = open_database(closed, writer=True)
    with database.write("x") as session:
        session.execute(update(Booking).where(Booking.id == 7).values(note="geprüft"))
    database.close()
    assert [one for one in check(closed) if one.startswith("Buchungen, Eintrag 7: passt nicht")]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            "UPDATE booking SET amount_cents = 1 WHERE id = 3",
            "Buchungen, Eintrag 3: passt nicht zu ihrer Prüfsumme",
        ),
        ("UPDATE booking SET text = CAST(x'41C3' AS TEXT) WHERE id = 3", "enthält Zeichen, die keine sind"),
        ("UPDATE booking SET source = 'hend' WHERE id = 3", "unbekannten Wert „hend“"),
        ("UPDATE booking SET day = '2026-13-01' WHERE id = 3", "unbekannten Wert „2026-13-01“"),
        ("UPDATE booking SET amount_cents = 'viel' WHERE id = 3", "etwas, das dort nicht stehen kann"),
        ("DELETE FROM booking WHERE id = 3", "Buchungen, Eintrag 3: fehlt"),
        (
            "DELETE FROM checksum WHERE table_name = 'booking' AND row_id = 3",
            "Eintrag 3: hat keine Prüfsumme",
        ),
        (
            "UPDATE checksum SET table_name = 'boking' WHERE row_id = 3 AND table_name = 'booking'",
            "zu keinem Eintrag",
        ),
        ("UPDATE change SET after = '{' WHERE id = 3", "Einträge im Verlauf, Eintrag 3"),
        ("UPDATE building_block SET name = 'x' WHERE id = 3", "Bausteine, Eintrag 3"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(closed: Path, damage: str, said: str) -> None:
    by_hand(closed, damage)
    assert any(said in problem for problem in check(closed)), check(closed)


def test_the_log_is_held_against_the_rows(closed: Path) -> None:
    """Where a row and its checksum were changed together, by an older state of both, the log still knows."""
    by_hand(closed, "UPDATE booking SET text = 'von gestern' WHERE id = 3")
    by_hand(closed, "DELETE FROM actor WHERE id = 4")
    with closing(connect(closed, writes=True)) as connection:
        checksums.seal_all(connection)
    assert check(closed) == [
        "Träger, Eintrag 4: fehlt",
        "Buchungen, Eintrag 3: ist anders, als der Verlauf sagt",
    ]


def test_a_trigger_that_is_gone_is_noticed(closed: Path) -> None:
    with closing(connect(closed, writes=True)) as connection:
        connection.execute("DROP TRIGGER log_booking_update")
    assert any("Aufbau der Datei" in problem for problem in check(closed))


def test_kept_files_are_held_against_their_hashes(database: Database) -> None:
    path = worked_in(database)
    database.close()
    by_hand(path, "UPDATE paper SET content = x'00'")
    assert check(path) == [
        "Dokumente, Eintrag 1: enthält eine Datei, die nicht mehr zu ihrer Prüfsumme passt"
    ]


def test_files_that_belong_to_nothing_are_named_and_are_no_damage(database: Database) -> None:
    path = worked_in(database)
    store = AttachmentStore.of(path)
    kept, removed = store.put_bytes(b"bleibt", "a.pdf"), store.put_bytes(b"entfernt", "b.pdf")
    strange = store.put_bytes(b"allein", "c.pdf")
    with database.write("angehängt") as session:
        agreement_id = session.scalars(select(Agreement.id)).one()
        for stored in (kept, removed):
            session.add(
                Attachment(
                    agreement_id=agreement_id,
                    file_name="a.pdf",
                    size=stored.size,
                    sha256=stored.sha256,
                    added_at=AT,
                )
            )
    with database.write("entfernt") as session:
        session.execute(delete(Attachment).where(Attachment.sha256 == removed.sha256))
    found = examine(path)
    assert found.wrong == ()
    assert list(found.orphans) == [store.place(strange.sha256)]


def test_a_check_ends_when_it_is_cancelled(closed: Path) -> None:
    def cancel(done: int, _total: int) -> None:
        if done > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        check(closed, cancel)
