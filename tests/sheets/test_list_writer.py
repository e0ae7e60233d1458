"""Lists as workbooks: text stays text, figures are figures, and each list can be filtered and printed."""

import gc
import io
import shutil
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter.exceptions import FileCreateError

from app.sheets.list_writer import LOOK, Cell, ListBook, Money

COLUMNS = (("Text", 20.0), ("Betrag", 12.0))


def page(
    rows: list[tuple[Cell, ...]], *, streamed: bool = False, results: bool = False, **options: Any
) -> Any:
    with ListBook(LOOK, "Titel", "Büro", streamed=streamed) as book:
        book.add_list("Liste", COLUMNS, rows, figures={"Betrag"}, **options)
    return openpyxl.load_workbook(io.BytesIO(book.content), data_only=results)["Liste"]


@pytest.mark.parametrize("streamed", [False, True])
def test_text_is_neither_a_formula_nor_a_link(streamed: bool) -> None:
    texts = ["=1+1", "https://example.org", "mailto:a@b.de", "{=A1}", "007", "+49", "@x"]
    made = page([(text, None) for text in texts], streamed=streamed)
    assert [cell.value for cell in made["A"][1:]] == texts
    assert {cell.data_type for cell in made["A"][1:]} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for cell in made["A"])


def test_amounts_dates_and_numbers_are_such() -> None:
    cells: list[Cell] = [
        Money(123_45),
        Money(300, "SUM(B2:B2)"),
        7,
        1.5,
        date(2026, 3, 1),
        datetime(2026, 3, 1, 9),
    ]
    rows: list[tuple[Cell, ...]] = [("x", cell) for cell in cells]
    made = page(rows)
    assert [cell.value for cell in made["B"][1:4]] == [123.45, "=SUM(B2:B2)", 7]
    assert made["B2"].number_format == "#,##0.00;[Red]-#,##0.00"
    assert made["B6"].value == datetime(2026, 3, 1)
    assert made["B7"].number_format == "dd.mm.yyyy hh:mm"
    assert page(rows, results=True)["B3"].value == 3


def test_a_list_is_frozen_filtered_and_printed_on_a4() -> None:
    made = page([("a", None), ("b", None), ("Summe", None)], filtered=2, frozen_columns=1)
    assert (made.freeze_panes, made.auto_filter.ref, made.print_title_rows) == ("B2", "A1:B3", "$1:$1")
    assert (made.page_setup.orientation, made.page_setup.paperSize) == ("landscape", 9)
    assert made["B1"].alignment.horizontal == "right"
    assert page([]).auto_filter.ref == "A1:B2"


def test_what_was_begun_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError), ListBook(LOOK, streamed=True) as book:
        book.add_list("Liste", COLUMNS, ((str(1 / number), None) for number in (2, 1, 0)))
    assert list(tmp_path.iterdir()) == []


def open_archives() -> set[int]:
    return {id(one) for one in gc.get_objects() if isinstance(one, zipfile.ZipFile) and one.fp is not None}


def test_an_archive_that_could_not_be_written_is_not_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = open_archives()
    with pytest.raises(FileCreateError) as failed, ListBook(LOOK, streamed=True) as book:
        book.add_list("Liste", COLUMNS, [("a", None)])
        shutil.rmtree(next(tmp_path.iterdir()))  # the folder of what is to be packed, as on a full disk
    assert isinstance(failed.value.__context__, OSError)
    assert open_archives() <= before
