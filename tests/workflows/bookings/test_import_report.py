"""The control before and after writing, and the report that is kept with a delivery."""

import csv
import random
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.bookings.booking_plan import Decision, PlannedRow
from app.domain.bookings.bookings import BookingField, Posting, Shape
from app.domain.bookings.import_report import ImportOutcome, ImportReport
from app.domain.bookings.import_sums import Why
from app.services import office
from app.services.bookings import batches, import_reports, manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.office import OfficeInput
from app.workflows.bookings import import_bookings, import_report
from app.workflows.bookings.import_bookings import BookingImport, ImportResult
from db.database import Database
from db.models import Batch
from tests.domain.bookings.import_samples import random_postings, random_sums
from tests.paths import SAMPLES

HEADER = ["Buchungsdatum", "Belegnummer", "Pos.", "Innenauftrag", "Sachkonto", "Betrag", "Text"]
LINES = [
    ["10.03.2026", "19", "1", "570", "4271000", "10,00", "Miete"],
    ["11.03.2026", "19", "2", "570", "4271000", "20,00", "Druck"],
    ["12.03.2026", "20", "1", "571", "4271000", "30,00", "Honorar"],
]


def written(path: Path, *lines: Sequence[Any], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *lines])
    return path


def take(database: Database, path: Path, **how: Any) -> ImportResult:
    return import_bookings.apply(database, import_bookings.prepare(database, path), **how)


def report_of(database: Database, batch: int | None) -> ImportReport:
    assert batch is not None
    with database.read() as session:
        return import_reports.load(session, batch, with_new=True)


# --- forecast and truth ----------------------------------------------------------------------------------------


def _cells(one: Posting) -> list[str]:
    cents = f"{one.amount_cents / 100:.2f}".replace(".", ",")
    return [
        f"{one.day:%d.%m.%Y}", one.document_number or "", one.line or "", one.internal_order or "",
        one.account or "", cents, one.text or "",
    ]  # fmt: skip


def _lines(chance: random.Random, path: Path) -> Path:
    header = HEADER.copy()
    lines = [_cells(one) for one in random_postings(chance, 2, chance.randint(1, 25))]
    if chance.random() < 0.4:
        lines.append(["bald", "77", "1", "570", "42", "9,99", "kein Datum"])
    if chance.random() < 0.4:
        lines.append(["30.01.2026", "78", "1", "570", "42", "zehn", "kein Betrag"])
    for dropped in chance.sample(("Sachkonto", "Pos.", "Innenauftrag", "Text"), chance.randint(0, 2)):
        at = header.index(dropped)
        header = header[:at] + header[at + 1 :]
        lines = [line[:at] + line[at + 1 :] for line in lines]
    return written(path, *lines, header=header)


def _sums(chance: random.Random, path: Path) -> Path:
    lines = [
        [one.internal_order, f"{one.day:%m/%Y}", f"{one.amount_cents / 100:.2f}".replace(".", ",")]
        for one in random_sums(chance, 2, chance.randint(1, 8))
    ]
    return written(path, *lines, header=["Innenauftrag", "Monat", "Ist kumuliert"])


@pytest.mark.parametrize("seed", range(12))
def test_the_forecast_agrees_with_the_database(database: Database, tmp_path: Path, seed: int) -> None:
    """Random files one after the other, in both shapes, with entries by hand among them and random decisions."""
    chance = random.Random(seed)
    with database.write("Budget") as session:
        budget = budgets.save(session, None, BudgetInput("B1", "Treff", 2026, 100000, internal_order="570"))
        for one in random_postings(chance, 0, 4):
            entry = ManualBookingInput(one.day, one.amount_cents, budget, text="Bar")
            manual_bookings.save(session, None, entry)
    written_ones = 0
    for number in range(7):
        make = _sums if chance.random() < 0.25 else _lines
        prepared = import_bookings.prepare(database, make(chance, tmp_path / f"{number}.csv"))
        decisions: dict[int, Decision | None] = {}
        choices = [None, Decision.NEW, Decision.KNOWN]
        if prepared.plan.shape is Shape.POSTINGS:
            choices.append(Decision.KEPT)

        def decide(
            row: PlannedRow,
            decisions: dict[int, Decision | None] = decisions,
            choices: list[Decision | None] = choices,
        ) -> Decision | None:
            return decisions.setdefault(row.posting.row, chance.choice(choices))

        prepared.decide = decide
        removed = {one.id for one in prepared.plan.missing if chance.random() < 0.5}
        expected = prepared.examined(removed).forecast()
        assert not expected.unexplained
        result = import_bookings.apply(database, prepared, skip_rejected=True, remove_missing=removed)
        if result.batch is not None:
            written_ones += 1
            assert report_of(database, result.batch).control == expected
    assert written_ones > 2


# --- what is kept ----------------------------------------------------------------------------------------------


@pytest.fixture
def corrected(database: Database, tmp_path: Path) -> ImportResult:
    """A second file: one line corrected, one fell away and goes, one is new, one cannot be read, one is unsure."""
    with database.write("Anfang") as session:
        budget = budgets.save(session, None, BudgetInput("B1", "Treff", 2026, 100000, internal_order="570"))
        manual_bookings.save(session, None, ManualBookingInput(date(2026, 3, 13), 700, budget, text="Blumen"))
        office.save(session, OfficeInput("Alter im Quartier", contact_person="Frau Ahrens"))
    take(database, written(tmp_path / "erste.csv", *LINES))
    later = written(
        tmp_path / "zweite.csv",
        ["10.03.2026", "19", "1", "570", "4271000", "12,00", "Miete"],
        ["12.03.2026", "20", "1", "571", "4271000", "30,00", "Honorar"],
        ["13.03.2026", "21", "1", "570", "4271000", "40,00", "=1+1"],
        ["bald", "22", "1", "570", "4271000", "5,00", "Datum fehlt"],
        ["14.03.2026", "23", "1", "570", "4271000", "7,00", "Blumen"],
        ["Summe", "", "", "", "", "94,00", ""],
    )
    prepared = import_bookings.prepare(database, later)
    gone = [one.id for one in prepared.plan.missing]
    return import_bookings.apply(database, prepared, skip_rejected=True, remove_missing=gone)


def test_a_delivery_keeps_its_report(database: Database, corrected: ImportResult) -> None:
    report = report_of(database, corrected.batch)
    counts = report.counts
    assert (report.outcome, report.made_by, report.file.name) == (
        ImportOutcome.IMPORTED,
        "Frau Ahrens",
        "zweite.csv",
    )
    assert (counts.new, counts.changed, counts.known, counts.uncertain) == (1, 1, 1, 1)
    assert (counts.rejected, counts.skipped, counts.missing, counts.removed, counts.rows) == (1, 1, 1, 1, 5)
    (correction,) = report.changed
    assert (correction.old.amount_cents, correction.new.amount_cents, correction.new.row) == (1000, 1200, 2)
    assert correction.fields == (BookingField.AMOUNT,)
    (gone,) = report.missing
    assert (gone.booking.text, gone.batch_id, gone.removed) == ("Druck", 1, True)
    (refusal,) = report.rejected
    assert (refusal.row, refusal.value, refusal.amount_cents) == (5, "bald", 500)
    (new,) = report.new
    assert (new.row, new.document, new.amount_cents, new.budget) == (4, "21/1", 4000, "B1")
    (doubt,) = report.uncertain
    assert doubt.like is not None
    assert (doubt.row.row, doubt.like.text) == (6, "Blumen")
    total = report.control.total
    assert (total.sum_cents, total.difference_cents, total.unexplained_cents) == (8200, 1200, 0)
    assert [one.row for one in total.left_out] == [5, 6]
    march = report.control.places[0]
    assert (march.file_cents, march.database_cents) == (5900, 5900)
    assert {item.why for item in march.items} == {Why.UNCERTAIN, Why.MANUAL}


def test_the_report_stays_as_it_was(database: Database, corrected: ImportResult, tmp_path: Path) -> None:
    before = report_of(database, corrected.batch)
    take(
        database,
        written(tmp_path / "dritte.csv", ["10.03.2026", "19", "1", "570", "4271000", "99,00", "Miete"]),
    )
    with database.write("Büro") as session:
        office.save(session, OfficeInput("Anders", contact_person="Herr Neu"))
    assert report_of(database, corrected.batch) == before
    import_bookings.undo(database, 3)
    import_bookings.undo(database, corrected.batch or 0)
    after = report_of(database, corrected.batch)
    assert after.undone_at is not None
    assert (after.new, after.control, after.changed) == (before.new, before.control, before.changed)


def test_a_delivery_from_before_there_were_reports(database: Database, tmp_path: Path) -> None:
    batch = take(database, written(tmp_path / "a.csv", *LINES)).batch
    with database.write("Alt") as session:
        session.get_one(Batch, batch).report = None
    report = report_of(database, batch)
    assert (report.complete, report.counts.new, len(report.new), report.control.places) == (False, 3, 3, ())
    assert report.control.total.sum_cents == 6000


def test_the_very_same_file_is_found(database: Database, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", *LINES)
    take(database, path)
    other = written(tmp_path / "b.csv", *LINES[:1])

    def found(prepared: BookingImport, name: str) -> list[int]:
        with database.read() as session:
            return [one.id for one in batches.like_file(session, prepared.opened.sha256, name)]

    again, different = import_bookings.prepare(database, path), import_bookings.prepare(database, other)
    assert found(again, "a.csv") == [1]
    assert found(again, "umbenannt.csv") == [1]
    assert found(different, "a.csv") == [1]
    assert found(different, "b.csv") == []


def test_a_report_before_anything_is_written(database: Database) -> None:
    prepared = import_bookings.prepare(database, SAMPLES / "einzelposten_fehler.xlsx")
    examined = prepared.examined()
    with database.read() as session:
        report = import_report.describe(
            session, examined, examined.forecast(), ImportOutcome.REFUSED, now=datetime(2026, 5, 12, 9, 30)
        )
    assert report.counts.rejected == len({one.row for one in prepared.plan.rejected}) > 0
    assert report.batch is None
    assert len(report.new) == report.counts.new
