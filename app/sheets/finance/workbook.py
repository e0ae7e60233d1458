"""Writes the workbook for finance: overview, single bookings, commitments, transfers, changes, notes.

Figures are live formulas over the detail sheets that carry their results, so that a viewer that does not calculate
shows the same (exchange.md, section 3).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from app.domain.dates import german
from app.services.finance.finance_exports import FinanceData
from app.sheets.finance.rows import (
    AMOUNTS,
    BOOKINGS,
    CHANGES,
    COMMITMENTS,
    LISTS,
    NOTES,
    OVERVIEW,
    TRANSFERS,
    Rows,
)
from app.sheets.list_writer import (
    LOOK,
    SECTION,
    SIGNED_MONEY,
    TITLE,
    WORDS,
    WRAPPED,
    Cell,
    ListBook,
    Money,
    print_on_a4,
)

_LOOK = replace(LOOK, number={**WORDS, "num_format": "0"})  # years and positions
_SUM = {"bold": True, "top": 1}

Progress = Callable[[int, int], None]
"""progress(rows written, all rows); may raise Cancelled."""

PROPERTY = "Kennung Quartiersbüro"
"""Name of the document property, and label in the sheet of notes, of what the workbook is recognised by."""

_REPORT_EVERY = 500


def build_workbook(data: FinanceData, progress: Progress | None = None) -> bytes:
    """The workbook as bytes."""
    with ListBook(_LOOK, f"Budgets {data.year}", data.office, streamed=True) as book:
        _Book(book, data, progress or _silent).write()
    return book.content


def _silent(done: int, total: int) -> None:
    pass


class _Book:
    """One workbook while it is written."""

    def __init__(self, book: ListBook, data: FinanceData, progress: Progress) -> None:
        self._book = book
        self._data = data
        self._rows = Rows(data)
        self._progress = progress
        self._written = 0
        self._total = len(data.budgets) + len(data.commitments) + len(data.transfers) + 2
        self._total += len(data.bookings) + len(data.changes)
        book.book.set_custom_property(PROPERTY, str(data.key))

    def write(self) -> None:
        rows, data = self._rows, self._data
        *budgets, total = rows.overview()
        page = self._list(OVERVIEW, budgets, len(budgets) - 1)
        self._write_total(page, len(budgets) + 1, total)
        self._list(BOOKINGS, rows.bookings(), len(data.bookings))
        self._list(COMMITMENTS, rows.commitments(), len(data.commitments))
        self._list(TRANSFERS, rows.transfers(), len(data.transfers))
        self._list(CHANGES, rows.changes(), len(data.changes))
        self._notes(self._book.book.add_worksheet(NOTES))
        self._progress(self._total, self._total)

    # --- sheets --------------------------------------------------------------------------------------------

    def _list(self, name: str, rows: Iterable[Sequence[Cell]], filtered: int) -> Worksheet:
        page = self._book.add_list(
            name, LISTS[name], self._counted(rows), figures=AMOUNTS, frozen_columns=1, filtered=filtered
        )
        self._print(page)
        return page

    def _counted(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            yield row
            self._written += 1
            if self._written % _REPORT_EVERY == 0:
                self._progress(self._written, self._total)

    def _write_total(self, page: Worksheet, row: int, cells: Sequence[Cell]) -> None:
        words, money = self._book.format({**WORDS, **_SUM}), self._book.format({**SIGNED_MONEY, **_SUM})
        for place, cell in enumerate(cells):
            if isinstance(cell, Money):
                page.write_formula(row, place, f"={cell.formula}", money, cell.cents / 100)
            elif cell is None:
                page.write_blank(row, place, None, words)
            else:
                page.write_string(row, place, str(cell), words)

    def _notes(self, page: Worksheet) -> None:
        data = self._data
        page.hide_gridlines(2)
        for place, width in enumerate((34, 18, 64)):
            page.set_column(place, place, width)
        page.write_string(0, 0, f"Budgets {data.year}", self._book.format(TITLE))
        days = [line.day for line in data.bookings]
        span = f"{german(min(days))} bis {german(max(days))}" if days else "keine"
        since = _moment(data.since) if data.since else "noch nichts gesendet: alles ist neu"
        facts = (
            ("Stand", _moment(data.as_of)),
            ("Von", " · ".join(part for part in (data.office, data.contact) if part) or "nicht angegeben"),
            ("Haushaltsjahr", str(data.year)),
            ("Buchungen", span),
            ("Änderungen seit", since),
            (PROPERTY, str(data.key)),
        )
        for row, (label, fact) in enumerate(facts, 2):
            page.write_string(row, 0, label, self._book.text)
            page.write_string(row, 1, fact, self._book.text)
        self._controls(page, len(facts) + 3)
        self._explain(page, len(facts) + 3 + 9)
        print_on_a4(page)
        self._print(page)

    def _controls(self, page: Worksheet, top: int) -> None:
        """Totals that can be held against finance's own, and a difference that must be nothing."""
        data = self._data
        text = self._book.text
        page.write_string(top, 0, "Kontrollsummen", self._book.format(SECTION))
        amounts, income = self._rows.range(BOOKINGS, "Betrag"), self._rows.range(BOOKINGS, "Einnahme")
        lines = data.bookings
        free = sum(line.amount_cents for line in lines if line.budget is None and not line.is_income)
        last = len(data.budgets) + 3
        spent, earned = data.actual_cents, sum(line.amount_cents for line in lines if line.is_income)
        committed = sum(line.open_cents for line in data.commitments)
        open_amounts = self._rows.range(COMMITMENTS, "Offen")
        page.write_string(top + 1, 0, "Anzahl Einzelposten", text)
        count = self._book.format({"num_format": "#,##0"})
        page.write_formula(top + 1, 1, f"=COUNT({amounts})", count, len(lines))
        sums = (
            ("Summe der Ausgaben", Money(spent, f'ROUND(SUMIFS({amounts},{income},"nein"),2)')),
            ("Summe der Einnahmen", Money(earned, f'ROUND(SUMIFS({amounts},{income},"ja"),2)')),
            ("davon Ausgaben nicht zugeordnet", Money(free, f"{OVERVIEW}!I{last - 1}")),
            ("Offene Mittelbindungen", Money(committed, f"ROUND(SUM({open_amounts}),2)")),
            ("Übersicht weniger Einzelposten", Money(0, f"ROUND({OVERVIEW}!I{last}-B{top + 3},2)")),
        )
        for row, (label, money) in enumerate(sums, top + 2):
            page.write_string(row, 0, label, text)
            self._book.write(page, row, 1, money)
        page.write_string(top + 6, 2, "muss 0,00 sein", text)

    def _explain(self, page: Worksheet, top: int) -> None:
        wrapped = self._book.format(WRAPPED)
        page.write_string(top, 0, "Begriffe", self._book.format(SECTION))
        for row, (term, meaning) in enumerate(_TERMS, top + 1):
            page.set_row(row, 30)
            page.write_string(row, 0, term, self._book.text)
            page.merge_range(row, 1, row, 2, meaning, wrapped)

    def _print(self, page: Worksheet) -> None:
        """Each page says whose it is and of which day."""
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
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
