"""Export into finance's own workbook: figures of the database under their headers, recorded with the layout's name."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.errors import UserError
from app.services.finance import finance_exports, finance_layouts
from app.workflows.finance.export_finance import export_finance, mark_as_sent, proposed_name
from app.workflows.finance.fill_layout import new_layout
from db.database import Database
from db.models import Model
from tests.sheets.layout.layout_samples import with_macros

NOW = datetime(2026, 7, 1, 9, 30)
SHEETS = {
    "Budgets": ("Nummer", "Bezeichnung", "Ansatz", "Umschichtung", "Gebunden", "Ist", "Verfügbar"),
    "Buchungen": ("Lfd. Nr.", "Budget", "Buchungsdatum", "Betrag", "Text"),
    "Obligo": ("Nummer", "Budget", "Bezeichnung", "Betrag", "Offen"),
    "Umschichtungen": ("Nummer", "von", "nach", "Betrag"),
    "Änderungen": ("Was", "Vorgang", "Nummer", "Betrag neu"),
}


def add(session: Session, table: str, **values: Any) -> int:
    made = session.execute(insert(Model.metadata.tables[table]).values(values))
    return int(made.inserted_primary_key[0])  # type: ignore[attr-defined]


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write("Jahr angelegt") as session:
        one = add(session, "budget", number="B1", title="Eins", year=2026, planned_cents=1000_00)
        two = add(session, "budget", number="B2", title="=Zwei", year=2026, planned_cents=0)
        add(
            session, "transfer", number="U1", kind="shift", from_budget_id=one, to_budget_id=two, amount_cents=10_50,
            day=date(2026, 3, 1),
        )  # fmt: skip
        add(session, "commitment", number="M1", budget_id=one, title="Möbel", amount_cents=50_00)
        for place, budget in enumerate((one, one, None)):
            add(
                session, "booking", source="finance", day=date(2026, 1 + place, 2), budget_year=2026,
                amount_cents=33_33, budget_id=budget, text="=A1", is_income=False,
            )  # fmt: skip
    return database


def layout_file(path: Path) -> Path:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, heads in SHEETS.items():
        book.add_worksheet(name).write_row(0, 0, heads)
    book.close()
    path.write_bytes(with_macros(buffer.getvalue()) if path.suffix == ".xlsm" else buffer.getvalue())
    return path


def keep(database: Database, path: Path) -> int:
    layout, _ = new_layout(path, lambda _done, _total: None)
    with database.write("Vorlage gespeichert") as session:
        return finance_layouts.save(session, layout)


def rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))[1:]


def test_all_lists_find_their_sheets(filled: Database, tmp_path: Path) -> None:
    keep(filled, layout_file(tmp_path / "Kämmerei.xlsx"))
    result = export_finance(filled, tmp_path / "aus.xlsx", 2026, layout="kämmerei", now=NOW)
    assert (result.bookings, result.total_cents) == (3, 99_99)
    assert rows(result.file, "Budgets") == [
        ("B1", "Eins", 1000, -10.5, 50, 66.66, 872.84),
        ("B2", "=Zwei", 0, 10.5, 0, 0, 10.5),
        ("nicht zugeordnet", None, 0, 0, 0, 33.33, -33.33),
    ]
    assert rows(result.file, "Buchungen") == [
        (1, "B1", datetime(2026, 1, 2), 33.33, "=A1"),
        (2, "B1", datetime(2026, 2, 2), 33.33, "=A1"),
        (3, "nicht zugeordnet", datetime(2026, 3, 2), 33.33, "=A1"),
    ]
    assert rows(result.file, "Obligo") == [("M1", "B1", "Möbel", 50, 50)]
    assert rows(result.file, "Umschichtungen") == [("U1", "B1", "B2", 10.5)]
    assert len(rows(result.file, "Änderungen")) == 7


def test_the_export_is_recorded_and_can_be_sent(filled: Database, tmp_path: Path) -> None:
    keep(filled, layout_file(tmp_path / "Kämmerei.xlsx"))
    result = export_finance(filled, tmp_path / "aus.xlsx", 2026, layout="Kämmerei", now=NOW)
    assert result.export_id is not None
    mark_as_sent(filled, result.export_id, now=NOW)
    with filled.read() as session:
        assert finance_exports.rows(session)[0].sent_at == NOW
        assert finance_layouts.last_used(session) == "Kämmerei"
    again = export_finance(filled, tmp_path / "neu.xlsx", 2026, layout="Kämmerei", now=NOW)
    assert rows(again.file, "Änderungen") == []


def test_macros_need_their_ending(filled: Database, tmp_path: Path) -> None:
    keep(filled, layout_file(tmp_path / "Makro.xlsm"))
    with pytest.raises(UserError, match=r"\.xlsm"):
        export_finance(filled, tmp_path / "aus.xlsx", 2026, layout="Makro")
    assert not (tmp_path / "aus.xlsx").exists()
    result = export_finance(filled, tmp_path / "aus.xlsm", 2026, layout="Makro", now=NOW)
    assert len(rows(result.file, "Buchungen")) == 3
    assert proposed_name(2026, NOW, ".xlsm") == "Finanzliste_2026_Stand_2026-07-01.xlsm"


def test_unknown_layout_is_refused(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="noch keine"):
        export_finance(filled, tmp_path / "aus.xlsx", 2026, layout="Kämmerei")


def test_a_year_without_budgets_leaves_the_headers(database: Database, tmp_path: Path) -> None:
    with database.write("Buchung") as session:
        add(session, "booking", source="finance", day=date(2026, 1, 1), budget_year=2026, amount_cents=1)
    keep(database, layout_file(tmp_path / "Kämmerei.xlsx"))
    result = export_finance(database, tmp_path / "aus.xlsx", 2026, layout="Kämmerei", now=NOW)
    assert [row[0] for row in rows(result.file, "Budgets")] == ["nicht zugeordnet"]
    assert rows(result.file, "Obligo") == []
