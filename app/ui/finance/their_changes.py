"""What finance changed in its bookings since a delivery, each field with old and new value."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.services.finance import booking_changes
from app.services.finance.booking_changes import BookingChange, DeliveryRow
from app.ui.context import Context
from app.ui.finance.list_layout import lay_out
from app.ui.finance.our_changes import PILLS
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.filter_bar import FilterBar
from app.ui.kit.form import Field
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.folding import folded
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import label

COLUMNS: tuple[Column[BookingChange], ...] = (
    Column("delivery", "Lieferung", lambda row: row.delivery, Kind.NUMBER, 80),
    Column("what", "Vorgang", lambda row: PILLS[row.what], Kind.PILL, 106),
    Column("document", "Beleg", lambda row: row.document, width=104, strong=True),
    Column("day", "Datum", lambda row: row.day, Kind.DATE, 86),
    Column("text", "Text", lambda row: row.text, width=106, tip=lambda row: row.text),
    Column("order", "Innenauftrag", lambda row: row.internal_order, width=100),
    Column("budget", "Budget", lambda row: row.budget, width=92),
    Column("old", "Betrag bisher", lambda row: row.old_cents, Kind.AMOUNT, 98),
    Column("new", "Betrag neu", lambda row: row.new_cents, Kind.AMOUNT, 90, strong=True),
    Column(
        "details", "Geändert", lambda row: row.details, width=110, stretch=True,
        tip=lambda row: row.details.replace("; ", "\n"),
    ),
)  # fmt: skip


class TheirChanges(QWidget):
    """The list since a delivery, the last one at first.

    `counted`: how many lines there are; `wanted`: the id of a booking that shall be opened.
    """

    counted = Signal(int)
    wanted = Signal(int)

    def __init__(self, context: Context, since: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        found = context.ask(booking_changes.deliveries)
        self.since = ChoiceEditor([(row.id, _named(row)) for row in found])
        if found:
            known = {row.id for row in found}
            self.since.set_value(since if since in known else found[0].id)
        self.since.setEnabled(bool(found))
        self.since.changed.connect(self.refresh)
        self.sentence = label("", "muted", wrap=True)
        self.filters = FilterBar("exports/theirs", "Buchung suchen …")
        self.filters.add_chip("what", "Vorgang", [(what, what) for what in PILLS])
        self.filters.add_chip("budget", "Budget")
        self.filters.add_chip("order", "Innenauftrag")
        self.filters.changed.connect(self._filter)
        self.table: Table[BookingChange] = Table(
            "exports/their_changes",
            COLUMNS,
            title="Änderungen der Finanzabteilung",
            empty=EmptyState("receipt", "Noch keine Lieferung der Finanzabteilung"),
        )
        self.table.set_actions(
            [RowAction("Buchung öffnen", lambda rows: self._open(rows[0]), "receipt", _one)]
        )
        self.table.opened.connect(self._open)
        self.table.filter_reset_requested.connect(self.filters.reset)
        field = Field("since", "Was hat die Finanzabteilung geändert seit", self.since)
        field.setMinimumWidth(380)
        lay_out(self, field, self.sentence, self.filters, self.table)

    def refresh(self) -> None:
        """Read what the chosen delivery and later ones changed, beside the window."""
        since = self.since.value()
        if since is None:
            self._show([])
            return
        self._context.do_later(
            "Änderungen werden gesucht",
            lambda _progress: self._context.ask(booking_changes.by_finance, int(since)),
            self._show,
        )

    def _show(self, lines: list[BookingChange]) -> None:
        if not isValid(self):
            return  # closed while it was read
        counts = booking_changes.counted(lines)
        self.sentence.setText(", ".join(f"{count} {what}" for what, count in counts.items()))
        for key, values in (
            ("budget", {line.budget for line in lines}),
            ("order", {line.internal_order for line in lines if line.internal_order}),
        ):
            self.filters.set_options(key, [(value, value) for value in sorted(values, key=folded)])
        self.table.set_rows(lines)
        self._filter()
        self.counted.emit(len(lines))

    def _filter(self) -> None:
        whats, numbers, orders = (self.filters.chosen(key) for key in ("what", "budget", "order"))

        def passes(row: BookingChange) -> bool:
            return (
                (not whats or row.what in whats)
                and (not numbers or row.budget in numbers)
                and (not orders or row.internal_order in orders)
            )

        self.table.set_predicate(passes if whats or numbers or orders else None)
        self.table.set_search(self.filters.text)

    def _open(self, row: BookingChange) -> None:
        if row.exists:
            self.wanted.emit(row.booking_id)


def _named(row: DeliveryRow) -> str:
    return f"Lieferung {row.id} vom {row.imported_at:%d.%m.%Y} ({row.file_name})"


def _one(rows: list[BookingChange]) -> bool:
    return len(rows) == 1 and rows[0].exists
