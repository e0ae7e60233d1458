"""Writes what a table in the window shows as a workbook: same columns, same order, real numbers and dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.domain.clean_text import clean
from app.sheets.list_writer import Cell, ListBook, ListLook, Money
from app.sheets.reading.cells import column_letters
from app.workflows.files import write_file

AMOUNT = "amount"
DATE = "date"
_WIDTHS = {AMOUNT: 14.0, DATE: 12.0, "number": 10.0}
_HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
_DAY = {"num_format": "dd.mm.yyyy"}
_MONEY = {"num_format": "#,##0.00"}
_PLAIN = ListLook(_HEAD, _HEAD, {}, _DAY, _DAY, _MONEY, {})
_SUM = {"bold": True, "top": 1}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet. `kind` "amount": values are whole cents. `total`: a sum stands below."""

    title: str
    kind: str
    total: bool = False


def export_table(
    path: Path, title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[Any]]
) -> None:
    """Write `rows` below the titles into one sheet. Raises OutputError."""
    write_file(path, workbook(title, columns, rows))


def workbook(title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[Any]]) -> bytes:
    """The workbook's bytes; sums are live formulas with their stored result."""
    widths = [(column.title, _width(column, place, rows)) for place, column in enumerate(columns)]
    cells = [[_cell(column, value) for column, value in zip(columns, row, strict=True)] for row in rows]
    with ListBook(_PLAIN) as book:
        sheet = book.add_list(sheet_name(title), widths, cells)
        if rows and any(column.total for column in columns):
            words, money = book.format(_SUM), book.format({**_SUM, **_MONEY})
            bottom = len(rows) + 1
            for place, column in enumerate(columns):
                sheet.write_blank(bottom, place, None, words)
                if column.total:
                    total = sum(row[place] or 0 for row in rows)
                    letters = column_letters(place)
                    stored = total / 100 if column.kind == AMOUNT else total
                    formula = f"=SUBTOTAL(109,{letters}2:{letters}{bottom})"
                    sheet.write_formula(bottom, place, formula, money, stored)
    return book.content


def _width(column: SheetColumn, place: int, rows: Sequence[Sequence[Any]]) -> float:
    longest = max((len(str(row[place] or "")) for row in rows[:500]), default=0)
    return _WIDTHS.get(column.kind) or min(max(longest, len(column.title)) + 2, 60)


def _cell(column: SheetColumn, value: Any) -> Cell:
    if column.kind == AMOUNT and isinstance(value, int):
        return Money(value)
    if isinstance(value, int | Decimal):
        return float(value)
    return value if value is None or isinstance(value, float | date) else str(value)


def sheet_name(title: str) -> str:
    """A name Excel accepts: at most 31 signs, none of []:*?/\\, not empty."""
    cleaned = "".join(" " if sign in "[]:*?/\\" else sign for sign in clean(title)).strip().strip("'")
    return cleaned[:31] or "Tabelle"
