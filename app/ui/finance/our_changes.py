"""What finance has not been told yet, as the workbook's sheet of changes would list it."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.domain.dates import german
from app.services.budgets import budgets
from app.services.finance import finance_exports
from app.services.finance.finance_changes import CHANGED, NEW, REMOVED, ChangeLine
from app.services.finance.finance_exports import ExportRow
from app.ui.context import Context
from app.ui.finance.list_layout import lay_out
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.filter_bar import FilterBar
from app.ui.kit.form import Field
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.folding import folded
from app.ui.kit.table.table import Table
from app.ui.kit.texts import clock_time
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label

PILLS = {
    NEW: Pill(NEW, Tone.SUCCESS, "plus", 0),
    CHANGED: Pill(CHANGED, Tone.WARNING, "edit", 1),
    REMOVED: Pill(REMOVED, Tone.DANGER, "trash", 2),
}
KINDS = ("Budget", "Umschichtung", "Mittelbindung", "Buchung")


class OurChange(NamedTuple):
    """A line with its place in the list."""

    id: int
    line: ChangeLine


COLUMNS: tuple[Column[OurChange], ...] = (
    Column("kind", "Was", lambda row: row.line.kind, width=104),
    Column("what", "Vorgang", lambda row: PILLS[row.line.what], Kind.PILL, 100),
    Column("label", "Nummer", lambda row: row.line.label, width=106, strong=True),
    Column("title", "Bezeichnung", lambda row: row.line.title, width=126, tip=lambda row: row.line.title),
    Column("budget", "Budget", lambda row: row.line.budget, width=92),
    Column("day", "Datum", lambda row: row.line.day, Kind.DATE, 86),
    Column("old", "Betrag bisher", lambda row: row.line.old_cents, Kind.AMOUNT, 98),
    Column("new", "Betrag neu", lambda row: row.line.new_cents, Kind.AMOUNT, 92, strong=True),
    Column(
        "details", "Geändert", lambda row: row.line.details, width=150, stretch=True,
        tip=lambda row: row.line.details.replace("; ", "\n"),
    ),
)  # fmt: skip


class OurChanges(QWidget):
    """The list for a budget year; `counted` tells how many lines there are."""

    counted = Signal(int)

    def __init__(self, context: Context, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        years = context.ask(budgets.years) or [year]
        self.year = ChoiceEditor([(value, str(value)) for value in years])
        self.year.set_value(year if year in years else years[0])
        self.year.changed.connect(self.refresh)
        self.sentence = label("", "muted", wrap=True)
        self.filters = FilterBar("exports/ours", "Änderung suchen …")
        self.filters.add_chip("kind", "Was", [(kind, kind) for kind in KINDS])
        self.filters.add_chip("what", "Vorgang", [(what, what) for what in PILLS])
        self.filters.add_chip("budget", "Budget")
        self.filters.changed.connect(self._filter)
        self.table: Table[OurChange] = Table(
            "exports/our_changes",
            COLUMNS,
            title="Änderungen seit der letzten Übergabe",
            empty=EmptyState("success", "Seit der letzten Übergabe hat sich nichts geändert"),
        )
        self.table.filter_reset_requested.connect(self.filters.reset)
        field = Field("year", "Haushaltsjahr", self.year)
        field.setMaximumWidth(160)
        lay_out(self, field, self.sentence, self.filters, self.table)

    def refresh(self) -> None:
        """Read the changes of the chosen year, beside the window."""
        year = int(self.year.value())
        self._context.do_later(
            "Änderungen werden gesucht",
            lambda _progress: self._context.ask(finance_exports.changes, year),
            self._show,
        )

    def _show(self, found: tuple[list[ChangeLine], ExportRow | None]) -> None:
        if not isValid(self):
            return  # closed while it was read
        lines, sent = found
        self.sentence.setText(_since(sent))
        numbers = sorted({line.budget for line in lines if line.budget}, key=folded)
        self.filters.set_options("budget", [(number, number) for number in numbers])
        self.table.set_rows([OurChange(number, line) for number, line in enumerate(lines)])
        self._filter()
        self.counted.emit(len(lines))

    def _filter(self) -> None:
        kinds, whats, numbers = (self.filters.chosen(key) for key in ("kind", "what", "budget"))

        def passes(row: OurChange) -> bool:
            line = row.line
            return (
                (not kinds or line.kind in kinds)
                and (not whats or line.what in whats)
                and (not numbers or line.budget in numbers)
            )

        self.table.set_predicate(passes if kinds or whats or numbers else None)
        self.table.set_search(self.filters.text)


def _since(sent: ExportRow | None) -> str:
    if sent is None:
        return "Für dieses Jahr wurde noch nichts als gesendet markiert: Alles gilt als neu."
    return (
        f"Anders als in der Finanzliste vom {german(sent.exported_at.date())}, "
        f"{clock_time(sent.exported_at)} Uhr („{sent.file_name}“), die zuletzt gesendet wurde."
    )
