"""Writes the workbook for finance: overview, single bookings, commitments, transfers, changes, notes.

Figures are live formulas over the detail sheets that carry their results, so that a viewer that does not calculate
shows the same (exchange.md, section 3).
"""

import io
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.domain.dates import german
from app.services.finance.finance_exports import FinanceData
from app.sheets.finance.rows import (
    AMOUNTS,
    BOOKINGS,
    BOOKINGS_COLUMNS,
    CHANGES,
    CHANGES_COLUMNS,
    COMMITMENTS,
    COMMITMENTS_COLUMNS,
    NOTES,
    OVERVIEW,
    OVERVIEW_COLUMNS,
    TRANSFERS,
    TRANSFERS_COLUMNS,
    Cell,
    Columns,
    Money,
    Rows,
)

_ACCENT, _LINE = "#2044AA", "#DFE1EA"
_MONEY = "#,##0.00;[Red]-#,##0.00"


Progress = Callable[[int, int], None]
"""progress(rows written, all rows); may raise Cancelled."""

PROPERTY = "Kennung Quartiersbüro"
"""Name of the document property, and label in the sheet of notes, of what the workbook is recognised by."""

_REPORT_EVERY = 500


def build_workbook(data: FinanceData, progress: Progress | None = None) -> bytes:
    """The workbook as bytes; rows go to a temporary file as they are made, so memory stays flat."""
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="finanzliste-") as folder:
        workbook = xlsxwriter.Workbook(buffer, {"constant_memory": True, "tmpdir": folder})
        try:
            _Book(workbook, data, progress or _silent).write()
        finally:
            if not workbook.fileclosed:  # cancelled or failed: let go of the files the sheets have open
                for page in workbook.worksheets():
                    page.row_data_fh.close()
    return buffer.getvalue()


def _silent(done: int, total: int) -> None:
    pass


class _Book:
    """One workbook while it is written."""

    def __init__(self, workbook: xlsxwriter.Workbook, data: FinanceData, progress: Progress) -> None:
        self._book = workbook
        self._data = data
        self._rows = Rows(data)
        self._progress = progress
        self._written = 0
        self._total = len(data.budgets) + len(data.commitments) + len(data.transfers) + 2
        self._total += len(data.bookings) + len(data.changes)
        workbook.set_properties(
            {"title": f"Budgets {data.year}", "author": data.office, "comments": "Quartiersbüro"}
        )
        workbook.set_custom_property(PROPERTY, str(data.key))
        head = {
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": _ACCENT,
            "text_wrap": True,
            "valign": "vcenter",
        }
        self._head = workbook.add_format({**head, "border": 1, "border_color": _LINE, "indent": 1})
        self._head_right = workbook.add_format({**head, "border": 1, "border_color": _LINE, "align": "right"})
        self._text = workbook.add_format({"valign": "top", "align": "left", "indent": 1})
        self._day = workbook.add_format(
            {"num_format": "dd.mm.yyyy", "align": "left", "indent": 1, "valign": "top"}
        )
        self._money = workbook.add_format({"num_format": _MONEY, "valign": "top"})
        self._whole = workbook.add_format({"num_format": "0", "align": "left", "indent": 1, "valign": "top"})
        bottom = {"bold": True, "top": 1, "valign": "top"}
        self._count = workbook.add_format({"num_format": "#,##0"})
        self._sum = workbook.add_format({**bottom, "align": "left", "indent": 1})
        self._sum_money = workbook.add_format({**bottom, "num_format": _MONEY})
        self._title = workbook.add_format({"bold": True, "font_size": 16, "font_color": _ACCENT})
        self._section = workbook.add_format({"bold": True, "font_size": 12, "font_color": _ACCENT})
        self._wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        rows, data = self._rows, self._data
        *budgets, total = rows.overview()
        page = self._list(OVERVIEW, OVERVIEW_COLUMNS, budgets, len(budgets) - 1)
        self._write_total(page, len(budgets) + 1, total)
        self._list(BOOKINGS, BOOKINGS_COLUMNS, rows.bookings(), len(data.bookings))
        self._list(COMMITMENTS, COMMITMENTS_COLUMNS, rows.commitments(), len(data.commitments))
        self._list(TRANSFERS, TRANSFERS_COLUMNS, rows.transfers(), len(data.transfers))
        self._list(CHANGES, CHANGES_COLUMNS, rows.changes(), len(data.changes))
        self._notes(self._book.add_worksheet(NOTES))
        self._progress(self._total, self._total)
        self._book.close()

    # --- sheets --------------------------------------------------------------------------------------------

    def _list(self, name: str, columns: Columns, rows: Iterable[Sequence[Cell]], filtered: int) -> Worksheet:
        """A sheet with a header, rows, and a filter over the first `filtered` of them."""
        page = self._book.add_worksheet(name)
        page.set_row(0, 30)
        for place, (header, width) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(0, place, header, self._head_right if header in AMOUNTS else self._head)
        self._write_rows(page, rows)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(1, filtered), len(columns) - 1)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # order numbers are names, not numbers
        self._print_on_a4(page, repeat=True)
        return page

    def _write_rows(self, page: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
        """The inner loop of the export: nothing is looked up for a cell but its type."""
        string, number, day = page.write_string, page.write_number, page.write_datetime
        text_style, money_style, day_style = self._text, self._money, self._day
        for row, cells in enumerate(rows, 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    if cell:
                        string(row, place, cell, text_style)
                elif isinstance(cell, Money):
                    if cell.formula:
                        page.write_formula(row, place, f"={cell.formula}", money_style, cell.cents / 100)
                    else:
                        number(row, place, cell.cents / 100, money_style)
                elif isinstance(cell, int):
                    number(row, place, cell, self._whole)
                elif cell is not None:
                    day(row, place, cell, day_style)
            self._written += 1
            if self._written % _REPORT_EVERY == 0:
                self._progress(self._written, self._total)

    def _write_total(self, page: Worksheet, row: int, cells: Sequence[Cell]) -> None:
        for place, cell in enumerate(cells):
            if isinstance(cell, Money):
                page.write_formula(row, place, f"={cell.formula}", self._sum_money, cell.cents / 100)
            elif cell is None:
                page.write_blank(row, place, None, self._sum)
            else:
                page.write_string(row, place, str(cell), self._sum)

    def _notes(self, page: Worksheet) -> None:
        data = self._data
        page.hide_gridlines(2)
        page.set_column(0, 0, 34)
        page.set_column(1, 1, 18)
        page.set_column(2, 2, 64)
        page.write_string(0, 0, f"Budgets {data.year}", self._title)
        days = [line.day for line in data.bookings]
        span = f"{german(min(days))} bis {german(max(days))}" if days else "keine"
        since = (
            f"{german(data.since.date())}, {data.since:%H:%M} Uhr"
            if data.since
            else "noch nichts gesendet: alles ist neu"
        )
        facts = (
            ("Stand", _moment(data.as_of)),
            ("Von", " · ".join(part for part in (data.office, data.contact) if part) or "nicht angegeben"),
            ("Haushaltsjahr", str(data.year)),
            ("Buchungen", span),
            ("Änderungen seit", since),
            (PROPERTY, str(data.key)),
        )
        for row, (label, fact) in enumerate(facts, 2):
            page.write_string(row, 0, label, self._text)
            page.write_string(row, 1, fact, self._text)
        self._controls(page, len(facts) + 3)
        self._explain(page, len(facts) + 3 + 9)
        self._print_on_a4(page, repeat=False)

    def _controls(self, page: Worksheet, top: int) -> None:
        """Totals that can be held against finance's own, and a difference that must be nothing."""
        data = self._data
        page.write_string(top, 0, "Kontrollsummen", self._section)
        amounts, income = self._rows.range(BOOKINGS, "Betrag"), self._rows.range(BOOKINGS, "Einnahme")
        lines = data.bookings
        free = sum(line.amount_cents for line in lines if line.budget is None and not line.is_income)
        last = len(data.budgets) + 3
        spent, earned = data.actual_cents, sum(line.amount_cents for line in lines if line.is_income)
        page.write_string(top + 1, 0, "Anzahl Einzelposten", self._text)
        page.write_formula(top + 1, 1, f"=COUNT({amounts})", self._count, len(lines))
        sums = (
            ("Summe der Ausgaben", Money(spent, f'ROUND(SUMIFS({amounts},{income},"nein"),2)')),
            ("Summe der Einnahmen", Money(earned, f'ROUND(SUMIFS({amounts},{income},"ja"),2)')),
            ("davon Ausgaben nicht zugeordnet", Money(free, f"{OVERVIEW}!I{last - 1}")),
            (
                "Offene Mittelbindungen",
                Money(self._open_cents(), f"ROUND(SUM({self._rows.range(COMMITMENTS, 'Offen')}),2)"),
            ),
            (
                "Übersicht weniger Einzelposten",
                Money(0, f"ROUND({OVERVIEW}!I{last}-B{top + 3},2)"),
            ),
        )
        for row, (label, money) in enumerate(sums, top + 2):
            page.write_string(row, 0, label, self._text)
            page.write_formula(row, 1, f"={money.formula}", self._money, money.cents / 100)
        page.write_string(top + 6, 2, "muss 0,00 sein", self._text)

    def _open_cents(self) -> int:
        return sum(line.open_cents for line in self._data.commitments)

    def _explain(self, page: Worksheet, top: int) -> None:
        page.write_string(top, 0, "Begriffe", self._section)
        for row, (term, meaning) in enumerate(_TERMS, top + 1):
            page.set_row(row, 30)
            page.write_string(row, 0, term, self._text)
            page.merge_range(row, 1, row, 2, meaning, self._wrapped)

    def _print_on_a4(self, page: Worksheet, *, repeat: bool) -> None:
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        page.fit_to_pages(1, 0)
        if repeat:
            page.repeat_rows(0)
        office = self._data.office.replace("&", "&&")[:120]
        page.set_header(f"&L{office}&C&A {self._data.year}&RStand {german(self._data.as_of.date())}")
        page.set_footer("&L&F&RSeite &P von &N")


_TERMS = (
    (
        "Umschichtung",
        "Zugänge aus anderen Budgets weniger Abgänge; Übertragungen aus dem Vorjahr eingeschlossen.",
    ),
    (
        "Gebunden",
        "Offene Mittelbindungen: Betrag weniger schon Gebuchtes, nie unter null; geschlossene binden nichts.",
    ),
    ("Ist", "Gebuchte Ausgaben; Gutschriften mindern. Einnahmen stehen für sich und gehören nicht zum Ist."),
    ("Verfügbar", "Ansatz + Umschichtung − Gebunden − Ist."),
    ("nicht zugeordnet", "Buchungen des Jahres, die noch zu keinem Budget gehören; in der Summe enthalten."),
)


def _moment(moment: datetime) -> str:
    return f"{german(moment.date())}, {moment:%H:%M} Uhr"
