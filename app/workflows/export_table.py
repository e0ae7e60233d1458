"""What a table in the window shows, as a workbook: same columns, same order, real numbers and dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from app.workflows.files import write_file

AMOUNT = "amount"
DATE = "date"
_WIDTHS = {AMOUNT: 14.0, DATE: 12.0, "number": 10.0}


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
    import xlsxwriter  # heavy, and the window starts without it

    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_name(title))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sum_format = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})
        sum_words = book.add_format({"bold": True, "top": 1})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title, head)
            longest = max((len(str(row[place] or "")) for row in rows[:500]), default=0)
            width = _WIDTHS.get(column.kind) or min(max(longest, len(column.title)) + 2, 60)
            sheet.set_column(place, place, width)
        for line, row in enumerate(rows, start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if value is None or value == "":
                    continue
                if isinstance(value, date):
                    moment = (
                        value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
                    )
                    sheet.write_datetime(line, place, moment, day)
                elif column.kind == AMOUNT and isinstance(value, int):
                    sheet.write_number(line, place, value / 100, money)
                elif isinstance(value, int | float | Decimal):
                    sheet.write_number(line, place, float(value))
                else:
                    sheet.write_string(line, place, str(value))
        if rows and any(column.total for column in columns):
            bottom = len(rows) + 1
            for place, column in enumerate(columns):
                sheet.write_blank(bottom, place, None, sum_words)
                if column.total:
                    total = sum(row[place] or 0 for row in rows)
                    letter = xlsxwriter.utility.xl_col_to_name(place)
                    stored = total / 100 if column.kind == AMOUNT else total
                    formula = f"=SUBTOTAL(109,{letter}2:{letter}{bottom})"
                    sheet.write_formula(bottom, place, formula, sum_format, stored)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&RSeite &P von &N")
    return target.getvalue()


def sheet_name(title: str) -> str:
    """A name Excel accepts: at most 31 signs, none of []:*?/\\, not empty."""
    cleaned = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip().strip("'")
    return cleaned[:31] or "Tabelle"
