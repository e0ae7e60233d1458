"""The workbook for finance: figures as in the program, formulas as LibreOffice calculates them, changes since sent."""

import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.errors import Cancelled, OutputError, UserError
from app.services.budgets import budgets
from app.services.finance import finance_exports
from app.workflows.finance import export_finance
from app.workflows.finance.export_finance import mark_as_sent
from db.database import Database
from db.models import Booking, Budget, Commitment, Model, Quarter, Transfer

NOW = datetime(2026, 7, 1, 9, 30)
NAMES = (
    "B26-DOE",
    "007",
    "7",
    "b1",
    "B1",
    "*",
    "<5",
    "=X",
    "Dez-26",
    "5%",
    "1-2",
    "1e3",
    "?7",
    "~*",
    "WAHR",
    "-",
)
"""Numbers of budgets that a spreadsheet would like to read as something else."""


def add(session: Session, table: str, **values: Any) -> int:
    made = session.execute(insert(Model.metadata.tables[table]).values(values))
    return int(made.inserted_primary_key[0])  # type: ignore[attr-defined]


def fill(session: Session) -> None:
    """A year with everything that can stand in it, and budgets of the year before and after."""
    quarter = add(session, "quarter", short="DOE", name="=Döhren")
    before = add(session, "budget", number="B25", title="Vorjahr", year=2025, planned_cents=500_00)
    after = add(session, "budget", number="B27", title="Folgejahr", year=2027, planned_cents=0)
    budget_ids = [
        add(
            session, "budget", number=name, title=f"=Budget {name}", year=2026, planned_cents=1000_00 + place,
            internal_order=f"00{place}", quarter_id=quarter if place == 0 else None, kind="Starterbudget",
        )
        for place, name in enumerate(NAMES)
    ]  # fmt: skip
    moves = [
        (before, budget_ids[0], 12_34),
        (budget_ids[0], budget_ids[3], 10_00),
        (budget_ids[1], after, 1_01),
    ]
    for place, (giver, taker, cents) in enumerate(moves):
        add(
            session, "transfer", number=f"U{place}", kind="shift", from_budget_id=giver, to_budget_id=taker,
            amount_cents=cents, day=date(2026, 3, 1), reason="+Grund",
        )  # fmt: skip
    for place, budget_id in enumerate(budget_ids):
        name = NAMES[place]
        open_id = add(
            session, "commitment", number=name, budget_id=budget_id, title="@Zusage", amount_cents=50_00
        )
        add(
            session, "commitment", number=f"zu {place}", budget_id=budget_id, title="geschlossen", amount_cents=99_00,
            closed_on=date(2026, 5, 1),
        )  # fmt: skip
        for line in range(3):
            add(
                session, "booking", source="finance", day=date(2026, 1 + line, 28), budget_year=2026, line=str(line),
                document_number=f"10{place}", internal_order=f"00{place}",
                amount_cents=33_33 * (line + 1) - 50_00 * (line == 2),
                text="=SUMME(A1)", payee='"Müller" & Söhne', budget_id=budget_id, is_income=False,
                commitment_id=open_id if line == 0 else None,
            )  # fmt: skip
        add(
            session, "booking", source="manual", day=date(2026, 6, 30), budget_year=2026, amount_cents=-7_00 - place,
            budget_id=budget_id, is_income=True,
        )  # fmt: skip
        if place == 0:
            add(
                session, "booking", source="finance", day=date(2027, 1, 5), budget_year=2027, amount_cents=5_00,
                budget_id=after, commitment_id=open_id, is_income=False,
            )  # fmt: skip
    for cents, income in ((52_86, False), (-1_00, True)):
        add(
            session, "booking", source="finance", day=date(2026, 2, 2), budget_year=2026, amount_cents=cents,
            is_income=income,
        )  # fmt: skip
    add(
        session,
        "booking",
        source="finance",
        day=date(2025, 2, 2),
        budget_year=2025,
        amount_cents=9,
        budget_id=before,
    )


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write("Jahr angelegt") as session:
        fill(session)
    return database


def sheets(path: Path, *, formulas: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path, data_only=not formulas)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def cents(value: Any) -> int:
    return round(value * 100)


def test_overview_shows_the_figures_of_the_program(filled: Database, tmp_path: Path) -> None:
    result = export_finance.export_finance(filled, tmp_path / "f.xlsx", 2026, now=NOW)
    overview = sheets(result.file)["Übersicht"]
    assert overview[0][:10] == (
        "Nummer", "Bezeichnung", "Quartier", "Art", "Innenauftrag", "Ansatz", "Umschichtung", "Gebunden", "Ist",
        "Verfügbar",
    )  # fmt: skip
    with filled.read() as session:
        rows = budgets.rows(session, budgets.BudgetSelection(year=2026))
        free = budgets.unassigned(session, 2026)
    assert [row[0] for row in overview[1:]] == [*(row.number for row in rows), "nicht zugeordnet", "Summe"]
    for line, row in zip(overview[1:], rows, strict=False):
        f = row.figures
        assert [cents(value) for value in line[5:]] == [
            f.planned_cents, f.transfers_cents, f.committed_cents, f.actual_cents, f.available_cents, f.income_cents,
        ]  # fmt: skip
    total, unassigned = overview[-1], overview[-2]
    assert [cents(v) for v in unassigned[5:]] == [0, 0, 0, free.sum_cents, -free.sum_cents, free.income_cents]
    assert cents(total[8]) == sum(row.figures.actual_cents for row in rows) + 52_86 == result.total_cents
    assert result.as_json() == {
        "file": str(result.file),
        "bookings": len(NAMES) * 4 + 2,
        "total": f"{result.total_cents / 100:.2f}",
    }


def test_details_are_complete_and_text_stays_text(filled: Database, tmp_path: Path) -> None:
    result = export_finance.export_finance(filled, tmp_path / "f.xlsx", 2026, now=NOW)
    pages = sheets(result.file, formulas=True)
    assert list(pages) == [
        "Übersicht", "Einzelposten", "Mittelbindungen", "Umschichtungen", "Änderungen", "Hinweise",
    ]  # fmt: skip
    book = openpyxl.load_workbook(result.file)
    posts = book["Einzelposten"]
    head = [cell.value for cell in posts[1]]
    line = {name: posts.cell(2, place + 1) for place, name in enumerate(head)}
    assert line["Text"].value == "=SUMME(A1)"
    assert line["Text"].data_type == "s"
    assert line["Buchungsdatum"].is_date
    assert line["Betrag"].data_type == "n"
    assert line["Betrag"].number_format.startswith("#,##0.00")
    budget_column = [row[0] for row in pages["Einzelposten"][1:]]
    assert len(budget_column) == result.bookings
    assert budget_column.count("nicht zugeordnet") == 2
    for page in book.worksheets[:5]:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize == 9
        assert page.print_title_rows == "$1:$1"
        assert "&P" in page.oddFooter.right.text
    assert book["Übersicht"].auto_filter.ref.endswith(str(len(NAMES) + 1))


def test_open_commitments_count_bookings_of_later_years(filled: Database, tmp_path: Path) -> None:
    result = export_finance.export_finance(filled, tmp_path / "f.xlsx", 2026, now=NOW)
    lines = {row[0]: row for row in sheets(result.file)["Mittelbindungen"][1:]}
    assert [cents(v) for v in lines["B26-DOE"][-3:]] == [50_00, 38_33, 11_67]
    assert [cents(v) for v in lines["zu 0"][-3:]] == [99_00, 0, 0]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_stored_results_are_what_libreoffice_calculates(filled: Database, tmp_path: Path) -> None:
    result = export_finance.export_finance(filled, tmp_path / "f.xlsx", 2026, now=NOW)
    bare = without_results(result.file, tmp_path / "bare.xlsx")
    calculated = sheets(recalculated(bare, tmp_path / "calculated"))
    formulas = sheets(result.file, formulas=True)
    stored = sheets(result.file)
    compared = 0
    for name, rows in formulas.items():
        for row, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if (
                    isinstance(cell, str)
                    and cell.startswith("=")
                    and is_formula(result.file, name, row, place)
                ):
                    where = f"{name} Zeile {row + 1}: {cell}"
                    assert calculated[name][row][place] == pytest.approx(stored[name][row][place]), where
                    compared += 1
    assert compared > len(NAMES) * 7


def is_formula(path: Path, sheet: str, row: int, place: int) -> bool:
    return _types(path)[sheet].get((row, place)) == "f"


_seen: dict[Path, dict[str, dict[tuple[int, int], str]]] = {}


def _types(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    if path not in _seen:
        book = openpyxl.load_workbook(path)
        _seen[path] = {
            page.title: {(c.row - 1, c.column - 1): c.data_type for cells in page for c in cells}
            for page in book
        }
    return _seen[path]


def without_results(path: Path, target: Path) -> Path:
    """The same workbook without stored results, so that whoever opens it has to calculate."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            made.writestr(name, content)
    return target


def recalculated(path: Path, folder: Path) -> Path:
    profile = folder.parent / "profile"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / path.name


# --- what has changed since the last one that was sent ---------------------------------------------------------


def changes(database: Database, folder: Path) -> list[tuple[Any, ...]]:
    result = export_finance.export_finance(database, folder / "neu.xlsx", 2026, now=NOW)
    return sheets(result.file)["Änderungen"][1:]


def send(database: Database, folder: Path, year: int = 2026) -> None:
    result = export_finance.export_finance(database, folder / "alt.xlsx", year, now=NOW)
    assert result.export_id is not None
    mark_as_sent(database, result.export_id, now=NOW)


def test_before_the_first_sending_everything_is_new(filled: Database, tmp_path: Path) -> None:
    lines = changes(filled, tmp_path)
    assert {line[1] for line in lines} == {"neu"}
    kinds = [line[0] for line in lines]
    assert kinds.count("Buchung") == len(NAMES) * 4 + 2
    assert kinds.count("Budget") == len(NAMES)
    assert kinds.count("Umschichtung") == 3
    assert kinds.count("Mittelbindung") == 2 * len(NAMES)


def test_after_sending_only_what_is_different_is_told(filled: Database, tmp_path: Path) -> None:
    send(filled, tmp_path)
    assert changes(filled, tmp_path) == []
    with filled.write("Zugeordnet") as session:
        budget_id = session.scalars(select(Budget.id).where(Budget.number == "B26-DOE")).one()
        free = Booking.budget_id.is_(None) & Booking.is_income.is_(False)
        session.execute(
            update(Booking).where(free).values(budget_id=budget_id, amount_cents=53_00, note="intern")
        )
        session.execute(update(Transfer).where(Transfer.number == "U0").values(amount_cents=20_00))
        session.execute(delete(Commitment).where(Commitment.number == "zu 1"))
        session.execute(update(Quarter).values(name="anders"))
        add(session, "budget", number="NEU", title="Neues", year=2026, planned_cents=5)
        add(session, "budget", number="B28", title="fern", year=2028, planned_cents=5)
    assert changes(filled, tmp_path) == [
        ("Budget", "neu", "NEU", "Neues", None, None, None, 0.05, None),
        ("Umschichtung", "geändert", "U0", "+Grund", None, datetime(2026, 3, 1), 12.34, 20, None),
        ("Mittelbindung", "gelöscht", "zu 1", "geschlossen", "007", None, 99, None, None),
        (
            "Buchung", "geändert", None, None, "B26-DOE", datetime(2026, 2, 2), 52.86, 53,
            "Budget: nicht zugeordnet → B26-DOE",
        ),
    ]  # fmt: skip


def test_what_was_undone_or_does_not_concern_finance_is_not_told(filled: Database, tmp_path: Path) -> None:
    send(filled, tmp_path)
    with filled.write("Angelegt") as session:
        add(session, "budget", number="NEU", title="Neues", year=2026, planned_cents=5)
    filled.undo()
    with filled.write("Notiz") as session:
        session.execute(update(Budget).values(notes="intern", overspending_reason="Grund"))
    assert changes(filled, tmp_path) == []


def test_each_year_has_its_own_sending(filled: Database, tmp_path: Path) -> None:
    send(filled, tmp_path, 2025)
    assert len(changes(filled, tmp_path)) > 100


def test_sending_is_outside_undo_and_can_be_withdrawn(filled: Database, tmp_path: Path) -> None:
    send(filled, tmp_path)
    assert filled.undo_label == "Jahr angelegt"
    with filled.read() as session:
        row = finance_exports.rows(session)[0]
    assert (row.year, row.file_name, row.sent_at) == (2026, "alt.xlsx", NOW)
    export_finance.withdraw_sent(filled, row.id)
    assert len(changes(filled, tmp_path)) > 100


# --- what can go wrong -----------------------------------------------------------------------------------------


def test_year_without_anything_is_refused(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="1999"):
        export_finance.export_finance(filled, tmp_path / "f.xlsx", 1999)
    assert not (tmp_path / "f.xlsx").exists()


def test_file_that_cannot_be_written_leaves_no_record(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Ordner"):
        export_finance.export_finance(filled, tmp_path / "gibtsnicht" / "f.xlsx", 2026)
    with filled.read() as session:
        assert finance_exports.rows(session) == []


def test_a_cancelled_export_writes_and_records_nothing(filled: Database, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        seen.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        export_finance.export_finance(filled, tmp_path / "f.xlsx", 2026, cancel)
    assert seen
    assert list(tmp_path.glob("*.xlsx")) == []
    with filled.read() as session:
        assert finance_exports.rows(session) == []


def test_progress_ends_with_all_rows(filled: Database, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    result = export_finance.export_finance(
        filled, tmp_path / "f.xlsx", 2026, lambda done, total: seen.append((done, total))
    )
    assert seen[-1][0] == seen[-1][1] > result.bookings


def test_the_workbook_is_kept_and_carries_its_key(filled: Database, tmp_path: Path) -> None:
    result = export_finance.export_finance(filled, tmp_path / "f.xlsx", 2026, now=NOW)
    assert result.export_id is not None
    with filled.read() as session:
        assert finance_exports.content(session, result.export_id) == result.file.read_bytes()
    notes = {row[0]: row[1] for row in sheets(result.file)["Hinweise"]}
    assert notes["Kennung Quartiersbüro"].startswith("QB-2026-20260701-093000-")
    with zipfile.ZipFile(result.file) as archive:
        assert notes["Kennung Quartiersbüro"].encode() in archive.read("docProps/custom.xml")


def test_only_unassigned_bookings_make_a_workbook(database: Database, tmp_path: Path) -> None:
    with database.write("Buchung") as session:
        add(session, "booking", source="finance", day=date(2026, 1, 1), budget_year=2026, amount_cents=100)
    result = export_finance.export_finance(database, tmp_path / "f.xlsx", 2026, now=NOW)
    assert cents(sheets(result.file)["Übersicht"][-1][8]) == 100
