"""Importing, importing again, corrections, undoing a delivery: what stands in the database afterwards."""

import csv
import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.domain.bookings.booking_plan import Decision
from app.domain.bookings.bookings import BookingField, RowState
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.errors import Cancelled, UserError
from app.services import office
from app.services.assignment import booking_assignment
from app.services.bookings import batches, column_profiles, manual_bookings
from app.services.bookings.column_profiles import Profile
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetInput
from app.services.budgets.commitments import CommitmentInput
from app.services.office import OfficeInput
from app.workflows.bookings import import_bookings
from app.workflows.bookings.import_bookings import ImportResult
from db.database import Database, open_database
from db.models import Batch, Booking, Command
from tests.paths import ROOT, SAMPLES

HEADER = ["Buchungsdatum", "Belegnummer", "Pos.", "Innenauftrag", "Sachkonto", "Betrag", "Text"]
LINES = [
    ["10.03.2026", "19", "1", "570", "4271000", "10,00", "Miete"],
    ["11.03.2026", "19", "2", "570", "4271000", "20,00", "Druck"],
    ["12.03.2026", "20", "1", "571", "4271000", "30,00", "Honorar"],
]


def written(path: Path, *lines: list[str], header: list[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *lines])
    return path


def take(database: Database, path: Path, uncertain: Decision | None = None, **how: Any) -> ImportResult:
    prepared = import_bookings.prepare(database, path)
    prepared.decide = lambda row: uncertain
    return import_bookings.apply(database, prepared, **how)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return (
        result.counts.new,
        result.counts.changed,
        result.counts.known,
        result.counts.uncertain,
        result.counts.missing,
    )


def stored(database: Database, document: str = "19", line: str | None = "1") -> Booking:
    with database.read() as session:
        found = select(Booking).where(Booking.document_number == document)
        return session.scalars(found.where(Booking.line == line) if line else found).one()


def total(database: Database) -> tuple[int, int]:
    with database.read() as session:
        return tuple(
            session.execute(select(func.count(), func.sum(Booking.amount_cents)).select_from(Booking)).one()
        )  # type: ignore[return-value]


@pytest.fixture
def budget(database: Database) -> int:
    with database.write("Budget") as session:
        return budgets.save(session, None, BudgetInput("B1", "Treff", 2026, 100000, internal_order="0000570"))


@pytest.fixture
def other(database: Database) -> int:
    with database.write("Budget") as session:
        return budgets.save(session, None, BudgetInput("B2", "Anderes", 2026, 100000, internal_order="571"))


def test_importing_the_same_file_again(database: Database, tmp_path: Path, budget: int) -> None:
    path = written(tmp_path / "maerz.csv", *LINES)
    first = take(database, path)
    assert (counts(first), first.counts.unassigned) == ((3, 0, 0, 0, 0), 1)
    assert (stored(database).budget_id, stored(database).assigned_by) == (budget, AssignedBy.ORDER)
    before = total(database)
    again = take(database, path)
    assert (counts(again), again.batch) == ((0, 0, 3, 0, 0), None)
    assert import_bookings.summary(again).startswith("Nichts Neues")
    assert total(database) == before
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Batch)) == 1


def test_two_truly_identical_lines(database: Database, tmp_path: Path) -> None:
    header = [name for name in HEADER if name != "Pos."]
    same = ["10.03.2026", "19", "570", "4271000", "10,00", "Miete"]
    path = written(tmp_path / "doppelt.csv", same, same, header=header)
    assert counts(take(database, path)) == (2, 0, 0, 0, 0)
    assert counts(take(database, path)) == (0, 0, 2, 0, 0)
    with database.read() as session:
        assert session.scalars(select(Booking.occurrence).order_by(Booking.id)).all() == [1, 2]


def test_a_correction_by_finance(database: Database, tmp_path: Path, budget: int, other: int) -> None:
    take(database, written(tmp_path / "a.csv", *LINES))
    with database.write("Notiz") as session:
        commitment = commitments.save(session, None, CommitmentInput(budget, "Miete", 100000, number="M1"))
        session.execute(
            update(Booking)
            .where(Booking.document_number == "19")
            .values(note="geprüft", commitment_id=commitment)
        )
        booking_assignment.assign(session, [stored(database).id], other)
    corrected = [
        ["15.03.2026", "19", "1", "571", "4271000", "11,00", "Miete neu"],
        ["11.03.2026", "19", "2", "571", "3271000", "20,00", "Druck"],
        LINES[2],
    ]
    prepared = import_bookings.prepare(database, written(tmp_path / "b.csv", *corrected))
    first = prepared.plan.rows[0]
    assert first.changes == (BookingField.AMOUNT, BookingField.DAY, BookingField.INTERNAL_ORDER)
    assert first.stored is not None
    assert (first.stored.amount_cents, first.amount_cents) == (1000, 1100)
    result = import_bookings.apply(database, prepared)
    assert counts(result) == (0, 2, 1, 0, 0)
    booking = stored(database)
    assert (booking.day, booking.amount_cents, booking.text) == (date(2026, 3, 15), 1100, "Miete neu")
    assert (booking.note, booking.commitment_id) == ("geprüft", commitment)
    assert (booking.budget_id, booking.assigned_by) == (other, AssignedBy.HAND)
    automatic = stored(database, "19", "2")
    assert (automatic.budget_id, automatic.assigned_by) == (other, AssignedBy.ORDER)
    assert (automatic.is_income, automatic.note) == (True, "geprüft")


def test_columns_that_the_file_lacks_stay(database: Database, tmp_path: Path, budget: int) -> None:
    take(database, written(tmp_path / "a.csv", *LINES))
    short = written(
        tmp_path / "b.csv",
        ["10.03.2026", "19", "1", "12,00"],
        header=["Buchungsdatum", "Belegnummer", "Pos.", "Betrag"],
    )
    assert counts(take(database, short)) == (0, 1, 0, 0, 0)
    booking = stored(database)
    assert (booking.amount_cents, booking.internal_order, booking.account) == (1200, "570", "4271000")
    assert (booking.budget_id, booking.text) == (budget, "Miete")


def test_rejected_rows_hold_everything_back(database: Database, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", *LINES, ["31.02.2026", "21", "1", "570", "4271000", "1,00", ""])
    refused = take(database, path)
    assert (refused.counts.new, refused.counts.rows, refused.batch) == (3, 4, None)
    assert import_bookings.summary(refused).startswith("Nichts übernommen")
    assert total(database) == (0, None)
    taken = take(database, path, skip_rejected=True)
    assert (taken.counts.new, taken.batch is not None) == (3, True)
    assert total(database) == (3, 6000)


def test_uncertain_rows_wait_for_a_decision(database: Database, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ["10.03.2026", "", "", "570", "4271000", "10,00", "Miete"])
    assert counts(take(database, path)) == (1, 0, 0, 0, 0)
    waiting = take(database, path)
    assert (counts(waiting), waiting.batch) == ((0, 0, 0, 1, 0), None)
    known = take(database, path, uncertain=Decision.KNOWN)
    assert (counts(known), known.batch) == ((0, 0, 1, 0, 0), None)
    new = take(database, path, uncertain=Decision.NEW)
    assert (counts(new), new.batch is not None) == ((1, 0, 0, 0, 0), True)
    assert total(database) == (2, 2000)


def test_an_entry_by_hand_becomes_finances_line(database: Database, tmp_path: Path, budget: int) -> None:
    with database.write("Von Hand") as session:
        by_hand = manual_bookings.save(
            session, None, ManualBookingInput(date(2026, 3, 5), 1000, budget, text="Miete März", note="bar")
        )
    path = written(tmp_path / "a.csv", *LINES)
    assert counts(take(database, path)) == (2, 0, 0, 1, 0)
    assert counts(take(database, path, uncertain=Decision.KNOWN)) == (0, 0, 3, 0, 0)
    booking = stored(database)
    assert (booking.id, booking.source, booking.day) == (by_hand, BookingSource.FINANCE, date(2026, 3, 10))
    assert (booking.note, booking.budget_id) == ("bar", budget)
    assert counts(take(database, path)) == (0, 0, 3, 0, 0)
    assert total(database) == (3, 6000)


def test_what_fell_away_is_kept_unless_she_decides(database: Database, tmp_path: Path) -> None:
    take(database, written(tmp_path / "a.csv", *LINES))
    shorter = written(tmp_path / "b.csv", LINES[0], ["12.03.2026", "22", "1", "570", "4271000", "1,00", ""])
    prepared = import_bookings.prepare(database, shorter)
    assert [(one.document_number, one.line) for one in prepared.plan.missing] == [("19", "2")]
    import_bookings.apply(database, prepared)
    assert total(database) == (4, 6100)
    prepared = import_bookings.prepare(database, shorter)
    gone = import_bookings.apply(database, prepared, remove_missing=[one.id for one in prepared.plan.missing])
    assert gone.batch is not None
    assert total(database) == (3, 4100)
    assert import_bookings.undo(database, gone.batch).restored == 1
    assert total(database) == (4, 6100)


def test_undoing_a_delivery(database: Database, tmp_path: Path, budget: int, other: int) -> None:
    first = take(database, written(tmp_path / "a.csv", *LINES))
    correction = ["10.03.2026", "19", "1", "571", "4271000", "99,00", "Miete"]
    second = take(
        database, written(tmp_path / "b.csv", correction, ["13.03.2026", "23", "1", "570", "42", "5,00", ""])
    )
    assert (first.batch, second.batch) == (1, 2)
    with pytest.raises(UserError, match=r"Lieferung 2 \(„b.csv“\)"):
        import_bookings.undo(database, 1)
    with database.write("Notiz") as session:
        session.get_one(Booking, stored(database).id).note = "meine"
    undone = import_bookings.undo(database, 2)
    assert (undone.removed, undone.restored) == (1, 1)
    booking = stored(database)
    assert (booking.amount_cents, booking.budget_id, booking.note) == (1000, budget, "meine")
    with pytest.raises(UserError, match="schon zurückgenommen"):
        import_bookings.undo(database, 2)
    assert import_bookings.undo(database, 1).removed == 3
    assert total(database) == (0, None)
    with database.read() as session:
        assert [row.undone_at is not None for row in batches.rows(session)] == [True, True]
    assert database.undo() == "Lieferung 1 zurückgenommen"
    assert total(database) == (3, 6000)


def test_undoing_leaves_an_assignment_by_hand(
    database: Database, tmp_path: Path, budget: int, other: int
) -> None:
    take(database, written(tmp_path / "a.csv", *LINES))
    take(database, written(tmp_path / "b.csv", ["10.03.2026", "19", "1", "571", "4271000", "10,00", "Miete"]))
    with database.write("Budget") as session:
        third = budgets.save(session, None, BudgetInput("B3", "Drittes", 2026, 1))
        booking_assignment.assign(session, [stored(database).id], third)
    import_bookings.undo(database, 2)
    booking = stored(database)
    assert (booking.internal_order, booking.budget_id, booking.assigned_by) == ("570", third, AssignedBy.HAND)


def test_an_unknown_delivery(database: Database) -> None:
    with pytest.raises(UserError, match="77"):
        import_bookings.undo(database, 77)


def test_one_import_is_one_step_of_undo(database: Database, tmp_path: Path) -> None:
    take(database, written(tmp_path / "a.csv", *LINES))
    assert database.undo_label == "Buchungen aus „a.csv“ übernommen"
    database.undo()
    assert total(database) == (0, None)
    with database.read() as session:
        assert batches.rows(session) == []


def test_always_for_this_order(database: Database, tmp_path: Path, budget: int) -> None:
    take(database, written(tmp_path / "a.csv", *LINES, ["20.03.2026", "24", "1", "571", "42", "1,00", ""]))
    with database.write("Zugeordnet") as session:
        assert booking_assignment.assign(session, [stored(database, "20").id], budget, always=True) == 2
    assert stored(database, "20").assigned_by is AssignedBy.HAND
    assert stored(database, "24").assigned_by is AssignedBy.RULE
    take(database, written(tmp_path / "b.csv", ["21.03.2026", "25", "1", "0571", "42", "1,00", ""]))
    assert (stored(database, "25").budget_id, stored(database, "25").assigned_by) == (budget, AssignedBy.RULE)
    with database.write("Zurück") as session:
        assert booking_assignment.assign(session, [stored(database, "25").id], None) == 1
    assert (stored(database, "25").budget_id, stored(database, "25").assigned_by) == (None, None)


def test_two_budgets_with_one_order(database: Database, tmp_path: Path, budget: int) -> None:
    with database.write("Budget") as session:
        budgets.save(session, None, BudgetInput("B1b", "Treff", 2026, 1, internal_order="570"))
    assert take(database, written(tmp_path / "a.csv", *LINES)).counts.unassigned == 3


def test_a_budget_that_comes_later(database: Database, tmp_path: Path) -> None:
    take(database, written(tmp_path / "a.csv", *LINES))
    with database.write("Budget") as session:
        budgets.save(session, None, BudgetInput("B1", "Treff", 2026, 1, internal_order="570"))
        assert booking_assignment.assign_waiting(session) == 2


def test_income_is_a_setting(database: Database, tmp_path: Path) -> None:
    with database.write("Einstellung") as session:
        office.save(session, OfficeInput(name="Büro", income_account_classes="4"))
    take(database, written(tmp_path / "a.csv", *LINES))
    assert stored(database).is_income


def test_a_named_profile(database: Database, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ["10.03.2026", "5,00"], header=["Tag", "Summe"])
    with pytest.raises(UserError, match="Kopfzeile"):
        take(database, path)
    with pytest.raises(UserError, match="KSB1"):
        import_bookings.prepare(database, path, "KSB1")
    columns = {BookingField.DAY: "Tag", BookingField.AMOUNT: "Summe"}
    with database.write("Profil") as session:
        column_profiles.save(session, Profile("KSB1", columns))
    prepared = import_bookings.prepare(database, path, "ksb1")
    assert [row.state for row in prepared.plan.rows] == [RowState.NEW]
    with database.read() as session:
        assert column_profiles.names(session) == ["KSB1"]


def test_a_profile_is_found_by_the_headers(database: Database, tmp_path: Path) -> None:
    header = ["Buchungsdatum", "Betrag", "Summe EUR"]
    path = written(tmp_path / "a.csv", ["10.03.2026", "5,00", "7,00"], header=header)
    plain = import_bookings.prepare(database, path)
    assert plain.plan.rows[0].amount_cents == 500
    with database.write("Profil") as session:
        fingerprint = plain.file.columns.fingerprint
        column_profiles.save(session, Profile("Sonderliste", {BookingField.AMOUNT: "Summe EUR"}, fingerprint))
    found = import_bookings.prepare(database, path)
    assert (found.profile, found.plan.rows[0].amount_cents) == ("Sonderliste", 700)


def test_what_changed_since_the_check_is_not_overwritten(
    database: Database, tmp_path: Path, budget: int
) -> None:
    path = written(tmp_path / "a.csv", *LINES)
    prepared = import_bookings.prepare(database, path)
    with database.write("Etwas anderes") as session:
        budgets.save(session, None, BudgetInput("B9", "Anderes", 2025, 1))
    outdated = import_bookings.prepare(database, path)
    assert import_bookings.apply(database, prepared).counts.new == 3
    with pytest.raises(UserError, match="seit der Prüfung"):
        import_bookings.apply(database, outdated)
    assert total(database) == (3, 6000)


def test_cancelling_leaves_nothing(database: Database, tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    source = SAMPLES / "einzelposten_2026-03.xlsx"
    with pytest.raises(Cancelled):
        import_bookings.prepare(database, source, None, cancel)
    assert total(database) == (0, None)


def test_cancelling_an_undo_takes_nothing_back(database: Database, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        seen.append((done, total))
        raise Cancelled

    batch = take(database, written(tmp_path / "a.csv", *LINES)).batch
    assert batch is not None
    with pytest.raises(Cancelled):
        import_bookings.undo(database, batch, cancel)
    assert seen == [(3, 3)]
    assert total(database) == (3, 6000)
    assert import_bookings.undo(database, batch).removed == 3
    assert total(database) == (0, None)


def test_cumulative_sums_and_the_lines_that_replace_them(
    database: Database, tmp_path: Path, budget: int
) -> None:
    take(database, written(tmp_path / "a.csv", *LINES))
    sums = written(
        tmp_path / "k.csv", ["570", "04/2026", "100,00"], header=["Innenauftrag", "Monat", "Ist kumuliert"]
    )
    result = take(database, sums)
    assert (result.shape, counts(result)) == ("cumulative", (1, 0, 0, 0, 0))
    assert total(database) == (4, 13000)
    with database.read() as session:
        booking = session.scalars(select(Booking).where(Booking.source == BookingSource.DIFFERENCE)).one()
        assert (booking.day, booking.amount_cents, booking.budget_id) == (date(2026, 4, 30), 7000, budget)
    assert counts(take(database, sums)) == (0, 0, 1, 0, 0)
    april = written(tmp_path / "b.csv", ["20.04.2026", "30", "1", "570", "4271000", "65,00", "Miete"])
    prepared = import_bookings.prepare(database, april)
    assert [one.amount_cents for one in prepared.plan.replaced] == [None]
    import_bookings.apply(database, prepared)
    assert total(database) == (4, 12500)


WORKER = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from app.workflows.bookings import import_bookings
    from app.services.bookings import booking_import
    from db.database import open_database

    def slow_change(*arguments):
        print("written", flush=True)
        time.sleep(60)

    if __name__ == "__main__":
        booking_import._change = slow_change
        database = open_database(Path({file!r}), writer=True)
        import_bookings.apply(database, import_bookings.prepare(database, Path({source!r})))
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a word of POSIX")
def test_killed_in_the_middle_of_an_import(database: Database, tmp_path: Path) -> None:
    path = database.path
    database.close()
    source = written(tmp_path / "a.csv", *LINES)
    script = tmp_path / "worker.py"
    root = str(ROOT)
    script.write_text(WORKER.format(root=root, file=str(path), source=str(source)), "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"  # the bookings are inserted, the write is not done
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    time.sleep(0.1)
    reopened = open_database(path, writer=True)
    try:
        assert total(reopened) == (0, None)
        with reopened.read() as session:
            assert batches.rows(session) == []
            assert session.scalar(select(func.count()).select_from(Command)) == 0
        assert take(reopened, source).counts.new == 3
    finally:
        reopened.close()
