"""The list finance sends on the demo's day: title rows, sub-totals, a grand total, and some news in it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import xlsxwriter

from app.domain.dates import german
from app.workflows.demo.making import random_for
from app.workflows.demo.postings import COST_CENTRE, NEWS_DAYS, PostingLine, is_known, postings
from app.workflows.files import write_file

HEADERS = (
    "Buchungsdatum", "Belegdatum", "Belegnummer", "Pos.", "Innenauftrag", "Kostenstelle", "Sachkonto",
    "Sachkontobezeichnung", "Betrag in Hauswährung", "Währung", "Buchungstext", "Kreditor",
)  # fmt: skip
_WIDTHS = (14, 12, 14, 6, 14, 13, 12, 34, 22, 9, 32, 34)


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
    return [_corrected(line) if line in corrected else line for line in lines if line not in gone]


def _corrected(line: PostingLine) -> PostingLine:
    return replace(line, amount_cents=line.amount_cents + 12_50)


def build_finance_file(day: date) -> bytes:
    """The workbook as bytes, grouped by month as finance's report does."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("Einzelposten")
    title = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bottom": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    total = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1})
    bold = book.add_format({"bold": True, "top": 1})
    dates = book.add_format({"num_format": "dd.mm.yyyy"})
    page.merge_range(0, 0, 0, 5, "Landeshauptstadt (Beispiel) – Einzelposten Kostenrechnung", title)
    page.write_string(1, 0, f"Stand: {german(day)}")
    page.write_string(1, 4, "Teilhaushalt 57, Produkt 31503")
    for place, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
        page.set_column(place, place, width)
        page.write_string(3, place, header, head)
    amount = HEADERS.index("Betrag in Hauswährung")
    for row, (words, line, cents) in enumerate(_rows(day), 4):
        if line is None:
            for place, word in enumerate(words):
                page.write_string(row, place, word, bold)
            page.write_number(row, amount, cents / 100, total)
            page.write_string(row, amount + 1, "EUR", bold)
            continue
        page.write_datetime(row, 0, line.day, dates)
        page.write_datetime(row, 1, line.document_date, dates)
        page.write_string(row, 2, line.document_number)
        page.write_number(row, 3, line.line)
        page.write_string(row, 4, line.internal_order)
        page.write_string(row, 5, COST_CENTRE)
        page.write_string(row, 6, line.account)
        page.write_string(row, 7, line.account_name)
        page.write_number(row, amount, line.amount_cents / 100, money)
        page.write_string(row, 9, "EUR")
        page.write_string(row, 10, line.text)
        page.write_string(row, 11, line.payee)
    page.freeze_panes(4, 0)
    book.close()
    return buffer.getvalue()


def _rows(day: date) -> Iterator[tuple[tuple[str, ...], PostingLine | None, int]]:
    """Lines, a sub-total below each month, the grand total at the end."""
    lines = finance_lines(day)
    for (year, month), group in groupby(lines, lambda line: (line.day.year, line.day.month)):
        part = list(group)
        for line in part:
            yield (), line, line.amount_cents
        yield ("*", f"Summe {month:02d}/{year}"), None, sum(line.amount_cents for line in part)
    yield ("**", "Gesamt"), None, sum(line.amount_cents for line in lines)
