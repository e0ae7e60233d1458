"""The list of changes that finance made in its bookings since a delivery, each field with old and new value."""

from PySide6.QtCore import Signal

from app.services.finance import booking_changes
from app.services.finance.booking_changes import BookingChange, DeliveryRow
from app.ui.context import Context
from app.ui.finance.changes_list import PILLS, ChangesList
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.filter_bar import Filter, FilterBar
from app.ui.kit.form import Field
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.scaling import follow_text

COLUMNS: tuple[Column[BookingChange], ...] = (
    Column("delivery", "Lieferung", lambda row: row.delivery, Kind.NUMBER, 80),
    Column("what", "Vorgang", lambda row: PILLS[row.what], Kind.PILL, 106),
    Column("document", "Beleg", lambda row: row.document, width=104, strong=True),
    Column("day", "Datum", lambda row: row.day, Kind.DATE, 86),
    Column("text", "Text", lambda row: row.text, width=106),
    Column("order", "Innenauftrag", lambda row: row.internal_order, width=100),
    Column("budget", "Budget", lambda row: row.budget, width=92),
    Column("old", "Betrag bisher", lambda row: row.old_cents, Kind.AMOUNT, 98),
    Column("new", "Betrag neu", lambda row: row.new_cents, Kind.AMOUNT, 90, strong=True),
    Column(
        "details", "Geändert", lambda row: row.details, width=110, stretch=True,
        tip=lambda row: row.details.replace("; ", "\n"),
    ),
)  # fmt: skip


FILTERS: tuple[Filter[BookingChange], ...] = (
    Filter("what", "Vorgang", lambda row: row.what, [(what, what) for what in PILLS]),
    Filter("budget", "Budget", lambda row: row.budget),
    Filter("order", "Innenauftrag", lambda row: row.internal_order),
)


class TheirChanges(ChangesList[BookingChange]):
    """The list since a delivery, the last one at first. `wanted`: the id of a booking that shall be opened."""

    wanted = Signal(int)

    def __init__(self, context: Context, since: int | None = None) -> None:
        found = context.ask(booking_changes.deliveries)
        self.since = ChoiceEditor([(row.id, _named(row)) for row in found])
        if found:
            known = {row.id for row in found}
            self.since.set_value(since if since in known else found[0].id)
        self.since.setEnabled(bool(found))
        field = Field("since", "Was hat die Finanzabteilung geändert seit", self.since)
        follow_text(field, field.setMinimumWidth, 300)
        table: Table[BookingChange] = Table(
            "exports/their_changes",
            COLUMNS,
            title="Änderungen der Finanzabteilung",
            empty=EmptyState("receipt", "Noch keine Lieferung der Finanzabteilung"),
        )
        super().__init__(context, field, FilterBar("exports/theirs", "Buchung suchen …", FILTERS), table)
        table.set_actions([RowAction("Buchung öffnen", lambda rows: self._open(rows[0]), "receipt", _one)])
        table.opened.connect(self._open)

    def refresh(self) -> None:
        """Read what the chosen delivery and later ones changed, beside the window."""
        since = self.since.value()
        if since is None:
            self._show([])
        else:
            self.read(booking_changes.by_finance, int(since), self._show)

    def _show(self, lines: list[BookingChange]) -> None:
        counts = booking_changes.counted(lines)
        self.show_rows(", ".join(f"{count} {what}" for what, count in counts.items()), lines)

    def _open(self, row: BookingChange) -> None:
        if row.exists:
            self.wanted.emit(row.booking_id)


def _named(row: DeliveryRow) -> str:
    return f"Lieferung {row.id} vom {row.imported_at:%d.%m.%Y} ({row.file_name})"


def _one(rows: list[BookingChange]) -> bool:
    return len(rows) == 1 and rows[0].exists
