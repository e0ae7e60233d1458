"""The import report as a workbook: numbers are numbers, dates dates, and text is never a formula."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from app.sheets.bookings.import_report import import_report_workbook
from tests.reports.bookings.import_samples import report


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(BytesIO(import_report_workbook(report(), "Alter im Quartier")))


def test_its_sheets(book: Workbook) -> None:
    assert book.sheetnames[:6] == ["Übersicht", "Kontrolle", "Abgelehnt", "Geändert", "Entfallen", "Neu"]
    assert book.sheetnames[6:] == [
        "Unsicher",
        "Unterschiede",
        "Nicht in der Summe",
        "Ersetzt",
        "Übersprungen",
    ]


def test_text_numbers_and_dates(book: Workbook) -> None:
    new = [cell.value for cell in book["Neu"][2]]
    assert new == [
        4, datetime(2026, 3, 10), "0019", "1", "570", "4271000", 40, "=1+1", "<Büro> & Co.", "B1",
    ]  # fmt: skip
    text = book["Neu"]["H2"]
    assert (text.data_type, book["Neu"]["G2"].number_format) == ("s", "#,##0.00;[Red]-#,##0.00")
    assert book["Neu"]["B2"].is_date


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("Kontrolle", ["570", None, "03/2026", "Ausgaben", 3, 59, 61, 2, "erklärt"]),
        ("Abgelehnt", [5, "Buchungsdatum", "bald", "Das ist kein Datum.", 5]),
        ("Ersetzt", [datetime(2026, 3, 10), "570", 9, 0]),
        ("Nicht in der Summe", [5, "abgelehnt", "Buchungsdatum: Das ist kein Datum.", 5]),
        ("Übersprungen", [9, "übersprungen", "Summenzeile", 87]),
    ],
)
def test_rows(book: Workbook, sheet: str, row: list[object]) -> None:
    assert [cell.value for cell in book[sheet][2]] == row


def test_old_and_new_of_a_correction_stand_side_by_side(book: Workbook) -> None:
    cells = dict(
        zip(*([cell.value for cell in row] for row in book["Geändert"].iter_rows(max_row=2)), strict=True)
    )
    assert (cells["Betrag bisher"], cells["Betrag neu"], cells["Differenz"]) == (10, 12, 2)
    assert cells["Entscheidung"] == "übernommen"


def test_the_overview_says_it_all(book: Workbook) -> None:
    cells = {row[0].value: row[1].value for row in book["Übersicht"].iter_rows() if row[0].value}
    assert (cells["Lieferung"], cells["neu"], cells["Summe der Zeilen"]) == (7, 1, 82)
    assert cells["davon Einnahmen"] == -1
    assert cells["Prüfsumme"] == "ab" * 32
    assert "Übernommen als Lieferung 7 am 12.05.2026 um 09:30 Uhr von Frau Ahrens." in cells
