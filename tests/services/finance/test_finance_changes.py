"""What changed since the last exchange, both ways: her own changes by kind, and finance's by delivery."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from app.domain.budgets.budgets import TransferKind
from app.services.bookings import manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets, commitments, transfers
from app.services.budgets.budgets import BudgetInput
from app.services.budgets.commitments import CommitmentInput
from app.services.budgets.transfers import TransferInput
from app.services.finance import booking_changes, finance_exports
from app.services.finance.booking_changes import BookingChange
from app.services.finance.finance_changes import ChangeLine
from app.workflows.bookings import import_bookings
from db.database import Database
from db.models import Booking, Budget, FinanceExport, Transfer

NOW = datetime(2026, 7, 1, 9, 30)
DAY = date(2026, 3, 1)


class Office:
    """One budget year with one record of each kind."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.write("Jahr") as session:
            self.b1 = budgets.save(
                session, None, BudgetInput("B1", "Treff", 2026, 100_000, internal_order="570")
            )
            self.b2 = budgets.save(session, None, BudgetInput("B2", "Küche", 2026, 50_000))
            self.commitment = commitments.save(
                session, None, CommitmentInput(self.b1, "Honorar", 5_000, "MB1")
            )
            self.transfer = transfers.save(
                session, None, TransferInput(self.b1, self.b2, 1_000, DAY, "Plakate", "UM1")
            )
            self.booking = manual_bookings.save(
                session,
                None,
                ManualBookingInput(DAY, 700, self.b1, text="Kaffee", commitment_id=self.commitment),
            )
        with database.write("gesendet", undoable=False) as session:
            data = finance_exports.gather(session, 2026, NOW)
            export_id = finance_exports.keep(session, data, "f.xlsx", b"")
            finance_exports.mark_as_sent(session, export_id, NOW)

    def changes(self) -> list[ChangeLine]:
        with self.database.read() as session:
            lines, sent = finance_exports.changes(session, 2026)
            assert sent is not None
            assert finance_exports.gather(session, 2026, NOW).changes == lines
            return lines


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def test_nothing_changed_is_an_empty_list(office: Office) -> None:
    assert office.changes() == []


def test_changes_of_each_kind_tell_old_and_new(office: Office) -> None:
    with office.database.write("geändert") as session:
        budgets.save(
            session, office.b1, BudgetInput("B1", "Treff Mitte", 2026, 120_000, internal_order="571")
        )
        commitments.save(
            session,
            office.commitment,
            CommitmentInput(office.b2, "Honorar", 6_000, "MB1", recipient="AWO", closed_on=date(2026, 6, 1)),
        )
        transfers.save(
            session, office.transfer, TransferInput(office.b2, office.b1, 1_500, DAY, "Druck", "UM1")
        )
        manual_bookings.save(session, office.booking, ManualBookingInput(date(2026, 4, 1), 800, office.b2))
    assert office.changes() == [
        (
            "Budget", "geändert", "B1", "Treff Mitte", "", None, 100_000, 120_000,
            "Bezeichnung: Treff → Treff Mitte; Innenauftrag: 570 → 571",
        ),
        (
            "Umschichtung", "geändert", "UM1", "Druck", "", DAY, 1_000, 1_500,
            "Von: B1 → B2; Nach: B2 → B1; Grund: Plakate → Druck",
        ),
        (
            "Mittelbindung", "geändert", "MB1", "Honorar", "B2", None, 5_000, 6_000,
            "Budget: B1 → B2; Empfänger: leer → AWO; geschlossen am: leer → 01.06.2026",
        ),
        (
            "Buchung", "geändert", "", "", "B2", date(2026, 4, 1), 700, 800,
            "Buchungsdatum: 01.03.2026 → 01.04.2026; Innenauftrag: 570 → leer; Text: Kaffee → leer; "
            "Budget: B1 → B2; Mittelbindung: MB1 → leer",
        ),
    ]  # fmt: skip


def test_what_was_added_and_removed_is_told_with_its_amount(office: Office) -> None:
    with office.database.write("neu") as session:
        manual_bookings.save(session, None, ManualBookingInput(DAY, 900, office.b1, text="Tee"))
        commitments.save(session, None, CommitmentInput(office.b1, "Miete", 2_000, "MB2"))
    with office.database.write("gelöscht") as session:
        manual_bookings.remove(session, office.booking)
        commitments.remove(session, office.commitment)
        transfers.remove(session, office.transfer)
        budgets.remove(session, office.b2)
    brief = [
        (line.kind, line.what, line.label or line.title, line.old_cents, line.new_cents)
        for line in office.changes()
    ]
    assert brief == [
        ("Budget", "gelöscht", "B2", 50_000, None),
        ("Umschichtung", "gelöscht", "UM1", 1_000, None),
        ("Mittelbindung", "gelöscht", "MB1", 5_000, None),
        ("Mittelbindung", "neu", "MB2", None, 2_000),
        ("Buchung", "gelöscht", "Kaffee", 700, None),
        ("Buchung", "neu", "Tee", None, 900),
    ]
    moved = office.changes()[1]
    assert moved.details == "B1 → B2"  # also of budgets that are gone


def test_a_commitment_that_is_gone_keeps_its_name(office: Office) -> None:
    with office.database.write("gelöst") as session:
        commitments.remove_bookings(session, [office.booking])
        commitments.remove(session, office.commitment)
    assert [line.details for line in office.changes() if line.kind == "Buchung"] == [
        "Mittelbindung: MB1 → leer"
    ]


def test_a_transfer_into_the_year_concerns_both_years(office: Office) -> None:
    with office.database.write("Übertrag") as session:
        old = budgets.save(session, None, BudgetInput("B25", "Vorjahr", 2025, 9_000))
        transfers.save(session, None, TransferInput(old, office.b1, 400, DAY))
        assert session.query(Transfer).filter_by(kind=TransferKind.CARRY_OVER).count() == 1
    assert [(line.kind, line.what, line.details) for line in office.changes()] == [
        ("Umschichtung", "neu", "B25 → B1")
    ]


def test_before_anything_was_sent_everything_is_new(database: Database) -> None:
    with database.write("Jahr") as session:
        session.add(Budget(number="B1", title="Treff", year=2026, planned_cents=5))
        session.add(
            FinanceExport(exported_at=NOW, year=2025, file_name="f", sha256="", last_change_id=0, sent_at=NOW)
        )
    with database.read() as session:
        lines, sent = finance_exports.changes(session, 2026)
    assert sent is None
    assert [(line.kind, line.what, line.label) for line in lines] == [("Budget", "neu", "B1")]


# --- what finance changed --------------------------------------------------------------------------------------

HEADER = ["Buchungsdatum", "Belegnummer", "Pos.", "Innenauftrag", "Sachkonto", "Betrag", "Text"]
FIRST = [
    ["10.03.2026", "19", "1", "570", "4271000", "10,00", "Miete"],
    ["11.03.2026", "19", "2", "570", "4271000", "20,00", "Druck"],
    ["12.03.2026", "20", "1", "570", "4271000", "30,00", "Honorar"],
]
SECOND = [
    ["10.03.2026", "19", "1", "570", "4271000", "12,50", "Miete"],
    ["11.03.2026", "19", "2", "999", "4271000", "20,00", "Druck"],
    ["12.03.2026", "21", "1", "570", "4271000", "5,00", "Nachtrag"],
]


def delivered(database: Database, path: Path, lines: list[list[str]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *lines])
    prepared = import_bookings.prepare(database, path)
    missing = {stored.id for stored in prepared.plan.missing}
    batch = import_bookings.apply(database, prepared, remove_missing=missing).batch
    assert batch is not None
    return batch


def since(database: Database, batch: int) -> list[BookingChange]:
    with database.read() as session:
        return booking_changes.by_finance(session, batch)


def test_each_delivery_tells_what_it_did(office: Office, tmp_path: Path) -> None:
    first = delivered(office.database, tmp_path / "a.csv", FIRST)
    second = delivered(office.database, tmp_path / "b.csv", SECOND)
    with office.database.write("Notiz") as session:
        budgets.save(session, office.b1, BudgetInput("B1", "anders", 2026, 1, internal_order="570"))
    found = {line.document: line for line in since(office.database, second)}
    assert {
        key: (line.what, line.old_cents, line.new_cents, line.details) for key, line in found.items()
    } == {
        "19/1": ("geändert", 1_000, 1_250, "Betrag: 10,00 € → 12,50 €"),
        "19/2": ("geändert", 2_000, 2_000, "Innenauftrag: 570 → 999; Budget: B1 → nicht zugeordnet"),
        "20/1": ("gelöscht", 3_000, None, ""),
        "21/1": ("neu", None, 500, ""),
    }
    assert [found[key].budget for key in ("19/1", "19/2", "20/1")] == ["B1", "nicht zugeordnet", "B1"]
    assert not found["20/1"].exists
    both = since(office.database, first)
    assert booking_changes.counted(both) == {"neu": 4, "geändert": 2, "gelöscht": 1}
    assert [line.delivery for line in both] == [second] * 4 + [first] * 3


def test_a_delivery_that_was_taken_back_is_not_told(office: Office, tmp_path: Path) -> None:
    first = delivered(office.database, tmp_path / "a.csv", FIRST)
    second = delivered(office.database, tmp_path / "b.csv", SECOND)
    import_bookings.undo(office.database, second)
    assert {line.delivery for line in since(office.database, first)} == {first}
    with office.database.read() as session:
        assert [row.id for row in booking_changes.deliveries(session)] == [first]


def test_a_transfer_that_became_a_carry_over_and_income_are_said_in_words(office: Office) -> None:
    with office.database.write("Folgejahr") as session:
        b27 = budgets.save(session, None, BudgetInput("B27", "Treff", 2027, 0))
        transfers.save(session, office.transfer, TransferInput(office.b1, b27, 1_000, DAY, "Plakate", "UM1"))
        session.get_one(Booking, office.booking).commitment_id = None
        session.get_one(Booking, office.booking).is_income = True
    details = {line.kind: line.details for line in office.changes()}
    assert "Nach: B2 → B27" in details["Umschichtung"]
    assert "Umschichtung → Übertragung" in details["Umschichtung"]
    assert "nein → ja" in details["Buchung"]
