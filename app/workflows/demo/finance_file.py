"""The list finance sends on the demo's day: title rows, sub-totals, a grand total, and some news in it."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import xlsxwriter

from app.domain.dates import german
from app.workflows.demo.making import random_for
from app.workflows.demo.postings import COST_CENTRE, NEWS_DAYS, PostingLine, is_known, postings
from app.workflows.files import write_file

COLUMNS = {
    "Buchungsdatum": 14, "Belegdatum": 12, "Belegnummer": 14, "Pos.": 6, "Innenauftrag": 14, "Kostenstelle": 13,
    "Sachkonto": 12, "Sachkontobezeichnung": 34, "Betrag in Hauswährung": 22, "Währung": 9, "Buchungstext": 32,
    "Kreditor": 34,
}  # fmt: skip
"""Header and width in characters."""
Cell = str | int | float | date | None


def write_finance_file(folder: Path, day: date | None = None) -> Path:
    """Write the file into a folder and return its path; raises OutputError."""
    day = day or date.today()
    path = folder / f"Einzelposten_Finanzen_{day:%Y-%m-%d}.xlsx"
    write_file(path, build_finance_file(day))
    return path


def finance_lines(day: date) -> list[PostingLine]:
    """The budget year so far as finance sees it: one known line is gone, two have another amount, some are new."""
    year = (day - timedelta(days=NEWS_DAYS)).year
    lines = [line for line in postings(day) if line.day.year == year]
    known = [line for line in lines if is_known(line, day) and line.amount_cents > 100_00]
    odd = random_for("corrections").sample(known, min(3, len(known)))
    gone, corrected = odd[:1], odd[1:]
    return [
        replace(line, amount_cents=line.amount_cents + 12_50) if line in corrected else line
        for line in lines
        if line not in gone
    ]


def build_finance_file(day: date) -> bytes:
    """The workbook as bytes, grouped by month as finance's report does."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("Einzelposten")
    head = book.add_format({"bold": True, "bottom": 1})
    look = {date: {"num_format": "dd.mm.yyyy"}, float: {"num_format": "#,##0.00"}}
    formats = {kind: book.add_format(given) for kind, given in look.items()}
    total = {"bold": True, "top": 1}
    totals = {float: book.add_format(look[float] | total), str: book.add_format(total)}
    title = book.add_format({"bold": True, "font_size": 13})
    page.merge_range(0, 0, 0, 5, "Landeshauptstadt (Beispiel) – Einzelposten Kostenrechnung", title)
    page.write_string(1, 0, f"Stand: {german(day)}")
    page.write_string(1, 4, "Teilhaushalt 57, Produkt 31503")
    for place, (header, width) in enumerate(COLUMNS.items()):
        page.set_column(place, place, width)
        page.write_string(3, place, header, head)
    for row, (cells, is_total) in enumerate(_rows(day), 4):
        for place, cell in enumerate(cells):
            page.write(row, place, cell, (totals if is_total else formats).get(type(cell)))
    page.freeze_panes(4, 0)
    book.close()
    return buffer.getvalue()


def _rows(day: date) -> Iterator[tuple[tuple[Cell, ...], bool]]:
    """Lines, a sub-total below each month, the grand total at the end; each with whether it is a total."""
    lines = finance_lines(day)
    for (year, month), group in groupby(lines, lambda line: (line.day.year, line.day.month)):
        part = list(group)
        for line in part:
            yield (
                line.day, line.document_date, line.document_number, line.line, line.internal_order, COST_CENTRE,
                line.account, line.account_name, line.amount_cents / 100, "EUR", line.text, line.payee,
            ), False  # fmt: skip
        yield _total("*", f"Summe {month:02d}/{year}", part), True
    yield _total("**", "Gesamt", lines), True


def _total(stars: str, words: str, lines: Sequence[PostingLine]) -> tuple[Cell, ...]:
    cents = sum(line.amount_cents for line in lines)
    return (stars, words, *(None,) * 6, cents / 100, "EUR")
