"""Headers and rows of the lists in the workbook for finance, with the formulas behind their figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from app.domain.budgets.budgets import BudgetFigures
from app.services.budgets.commitments import CommitmentRow
from app.services.finance.finance_exports import FinanceData
from app.sheets.finance.formulas import FormulaNames, Only, Range
from app.sheets.list_writer import Cell, Columns, Money
from app.sheets.reading.cells import column_letters

OVERVIEW, BOOKINGS, COMMITMENTS = "Übersicht", "Einzelposten", "Mittelbindungen"
TRANSFERS, CHANGES, NOTES = "Umschichtungen", "Änderungen", "Hinweise"
UNASSIGNED, TOTAL = "nicht zugeordnet", "Summe"


AMOUNTS = frozenset({
    "Ansatz", "Umschichtung", "Gebunden", "Ist", "Verfügbar", "Einnahmen", "Betrag", "Gebucht", "Offen",
    "Betrag bisher", "Betrag neu",
})  # fmt: skip
"""Headers of columns with amounts, in whichever sheet."""

LISTS: Mapping[str, Columns] = {
    OVERVIEW: (
        ("Nummer", 16), ("Bezeichnung", 46), ("Quartier", 28), ("Art", 20), ("Innenauftrag", 14), ("Ansatz", 14),
        ("Umschichtung", 14), ("Gebunden", 14), ("Ist", 14), ("Verfügbar", 14), ("Einnahmen", 14),
    ),
    BOOKINGS: (
        ("Budget", 13), ("Buchungsdatum", 14), ("Belegdatum", 11), ("Zahldatum", 11), ("Belegnummer", 13),
        ("Position", 8), ("Innenauftrag", 13), ("Kostenstelle", 12), ("Sachkonto", 11), ("Kontobezeichnung", 22),
        ("Text", 28), ("Empfänger", 24), ("Betrag", 12), ("Einnahme", 10), ("Mittelbindung", 14), ("Herkunft", 11),
        ("Haushaltsjahr", 14),
    ),
    COMMITMENTS: (
        ("Nummer", 14), ("Budget", 16), ("Bezeichnung", 38), ("Empfänger", 28), ("Datum", 12), ("Vereinbarung", 14),
        ("Beschluss", 20), ("Reicht bis", 11), ("Geschlossen am", 14), ("Betrag", 14), ("Gebucht", 14), ("Offen", 14),
    ),
    TRANSFERS: (
        ("Nummer", 14), ("Art", 16), ("Datum", 12), ("Von Budget", 16), ("Nach Budget", 16), ("Betrag", 14),
        ("Grund", 46), ("Aus dem Jahr", 13),
    ),
    CHANGES: (
        ("Was", 15), ("Vorgang", 11), ("Nummer", 18), ("Bezeichnung", 38), ("Budget", 16), ("Datum", 12),
        ("Betrag bisher", 14), ("Betrag neu", 14), ("Geändert", 60),
    ),
}  # fmt: skip
"""The lists of the workbook in their order, with their columns."""


class Rows:
    """The rows of all sheets for one state of the data."""

    def __init__(self, data: FinanceData) -> None:
        self._data = data
        budgets = [row.number for row in data.budgets]
        others = [name for t in data.transfers for name in (t.from_number, t.to_number)]
        self._budget_names = FormulaNames([*budgets, *others, UNASSIGNED])
        self._booked_here: Counter[str] = Counter()
        for line in data.bookings:
            if line.commitment and not line.is_income:
                self._booked_here[line.commitment] += line.amount_cents
        self._commitment_names = FormulaNames(
            [row.number for row in data.commitments] + list(self._booked_here)
        )

    def of(self, listed: str) -> Iterable[Sequence[Cell]]:
        """The rows of one of the lists."""
        made: dict[str, Callable[[], Iterable[Sequence[Cell]]]] = {
            OVERVIEW: self.overview, BOOKINGS: self.bookings, COMMITMENTS: self.commitments,
            TRANSFERS: self.transfers, CHANGES: self.changes,
        }  # fmt: skip
        return made[listed]()

    def overview(self) -> list[list[Cell]]:
        """A row for each budget, one for bookings without a budget, and the total; figures are live formulas."""
        rows: list[list[Cell]] = []
        for budget in self._data.budgets:
            words = [budget.number, budget.title, budget.quarter, budget.kind, budget.internal_order]
            rows.append([*words, *self._figures(len(rows) + 2, budget.number, budget.figures)])
        rows.append([UNASSIGNED, None, None, None, None, *self._unassigned(len(rows) + 2)])
        last = len(rows) + 1
        total: list[Cell] = [TOTAL, None, None, None, None]
        for place in range(5, len(LISTS[OVERVIEW])):
            letter = column_letters(place)
            cents = sum(cell.cents for row in rows if isinstance(cell := row[place], Money))
            total.append(Money(cents, f"ROUND(SUM({letter}2:{letter}{last}),2)"))
        return [*rows, total]

    def _figures(self, row: int, number: str, figures: BudgetFigures) -> list[Money]:
        """Ansatz, Umschichtung, Gebunden, Ist, Verfügbar, Einnahmen of one budget."""
        cell, names, moved = f"$A{row}", self._budget_names, self.range(TRANSFERS, "Betrag")
        moved_in = names.total(moved, self.range(TRANSFERS, "Nach Budget"), cell, number)
        moved_out = names.total(moved, self.range(TRANSFERS, "Von Budget"), cell, number)
        open_amounts = self.range(COMMITMENTS, "Offen")
        committed = names.total(open_amounts, self.range(COMMITMENTS, "Budget"), cell, number)
        return [
            Money(figures.planned_cents),
            Money(figures.transfers_cents, f"ROUND({moved_in}-{moved_out},2)"),
            Money(figures.committed_cents, f"ROUND({committed},2)"),
            Money(figures.actual_cents, self._booked(cell, number, income=False)),
            Money(figures.available_cents, f"ROUND(F{row}+G{row}-H{row}-I{row},2)"),
            Money(figures.income_cents, self._booked(cell, number, income=True)),
        ]

    def _unassigned(self, row: int) -> list[Money]:
        """The same columns for bookings that have no budget yet."""
        lines = [line for line in self._data.bookings if line.budget is None]
        actual = sum(line.amount_cents for line in lines if not line.is_income)
        income = sum(line.amount_cents for line in lines if line.is_income)
        return [
            Money(0),
            Money(0),
            Money(0),
            Money(actual, self._booked(f"$A{row}", UNASSIGNED, income=False)),
            Money(-actual, f"ROUND(F{row}+G{row}-H{row}-I{row},2)"),
            Money(income, self._booked(f"$A{row}", UNASSIGNED, income=True)),
        ]

    def _booked(self, cell: str, name: str, *, income: bool) -> str:
        only = Only(self.range(BOOKINGS, "Einnahme"), "ja" if income else "nein")
        amounts, budgets = self.range(BOOKINGS, "Betrag"), self.range(BOOKINGS, "Budget")
        return f"ROUND({self._budget_names.total(amounts, budgets, cell, name, only)},2)"

    def bookings(self) -> Iterator[Sequence[Cell]]:
        """Single lines as finance booked them; those without a budget are marked as such."""
        for line in self._data.bookings:
            yield (
                line.budget or UNASSIGNED, line.day, line.document_date, line.payment_date, line.document_number,
                line.line, line.internal_order, line.cost_centre, line.account, line.account_name, line.text,
                line.payee, Money(line.amount_cents), "ja" if line.is_income else "nein", line.commitment,
                line.source.word, line.budget_year,
            )  # fmt: skip

    def _commitment(self, row: int, line: CommitmentRow) -> list[Cell]:
        only = Only(self.range(BOOKINGS, "Einnahme"), "nein")
        amounts, by = self.range(BOOKINGS, "Betrag"), self.range(BOOKINGS, "Mittelbindung")
        booked = self._commitment_names.total(amounts, by, f"$A{row}", line.number, only)
        if elsewhere := line.booked_cents - self._booked_here[line.number]:
            booked = (
                f"{booked}+{elsewhere / 100}"  # in budgets of other years, which are not in this workbook
            )
        return [
            line.number, line.budget_number, line.title, line.recipient, line.day, line.agreement_number,
            line.decision, line.until_year, line.closed_on, Money(line.amount_cents),
            Money(line.booked_cents, f"ROUND({booked},2)"),
            Money(line.open_cents, f'IF(I{row}<>"",0,MAX(0,ROUND(J{row}-K{row},2)))'),
        ]  # fmt: skip

    def commitments(self) -> Iterator[Sequence[Cell]]:
        """Commitments with what is booked on them and what is still open."""
        for row, line in enumerate(self._data.commitments, 2):
            yield self._commitment(row, line)

    def transfers(self) -> Iterator[Sequence[Cell]]:
        """Money moved between budgets, with its year of origin where it was carried over."""
        for t in self._data.transfers:
            yield (
                t.number, t.kind.word, t.day, t.from_number, t.to_number, Money(t.amount_cents), t.reason,
                t.origin_year,
            )  # fmt: skip

    def changes(self) -> Iterator[Sequence[Cell]]:
        """What has changed since the workbook that finance got last."""
        for line in self._data.changes:
            yield (
                line.kind, line.what, line.label, line.title, line.budget, line.day,
                None if line.old_cents is None else Money(line.old_cents),
                None if line.new_cents is None else Money(line.new_cents), line.details,
            )  # fmt: skip

    def range(self, sheet: str, header: str) -> Range:
        """Where the values of a column stand in one of the detail sheets."""
        data = self._data
        counts = {
            BOOKINGS: len(data.bookings), COMMITMENTS: len(data.commitments), TRANSFERS: len(data.transfers),
        }  # fmt: skip
        place = [name for name, _ in LISTS[sheet]].index(header)
        return Range(sheet, column_letters(place), counts[sheet])
