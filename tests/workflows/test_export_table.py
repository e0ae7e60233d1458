"""A list of the window as a workbook: real numbers and dates, text that stays text, sums that add up."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.domain.errors import OutputError
from app.workflows.export_table import SheetColumn, export_table, sheet_name

COLUMNS = [
    SheetColumn("Name", "text"),
    SheetColumn("Betrag", "amount", total=True),
    SheetColumn("Am", "date"),
    SheetColumn("Stunden", "number", total=True),
]
ROWS = [
    ["=1+1", 3333, date(2026, 12, 31), Decimal("19.5")],
    ["0511 1234", -1250, None, 2],
    ["", None, datetime(2026, 1, 2, 8, 30), None],
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liste.xlsx"


def test_values_keep_their_kind(path: Path) -> None:
    export_table(path, "Liste", COLUMNS, ROWS)
    sheet = openpyxl.load_workbook(path)["Liste"]
    assert [cell.value for cell in sheet[1]] == ["Name", "Betrag", "Am", "Stunden"]
    assert [cell.value for cell in sheet[2]] == ["=1+1", 33.33, datetime(2026, 12, 31), 19.5]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "d", "n"]
    assert [cell.value for cell in sheet[3]] == ["0511 1234", -12.5, None, 2]
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet["C2"].number_format == "dd.mm.yyyy"


def test_sums_are_formulas_with_their_result(path: Path) -> None:
    export_table(path, "Liste", COLUMNS, ROWS)
    assert openpyxl.load_workbook(path)["Liste"]["B5"].value == "=SUBTOTAL(109,B2:B4)"
    stored = openpyxl.load_workbook(path, data_only=True)["Liste"]
    assert [cell.value for cell in stored[5]] == [None, 20.83, None, 21.5]


def test_an_empty_list_has_its_head_and_no_sum(path: Path) -> None:
    export_table(path, "Liste", COLUMNS, [])
    sheet = openpyxl.load_workbook(path)["Liste"]
    assert sheet.max_row == 1
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Träger", "Träger"),
        ("Budget 2026/2027 [alle]", "Budget 2026 2027  alle"),
        ("", "Tabelle"),
        ("'", "Tabelle"),
        ("x" * 40, "x" * 31),
    ],
)
def test_names_of_sheets(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Ordner"):
        export_table(tmp_path / "fehlt" / "liste.xlsx", "Liste", COLUMNS, ROWS)
