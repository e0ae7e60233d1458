"""The bookings behind a figure: list, assign, enter by hand."""

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QWidget

from app.domain.budgets.budgets import BookingSource
from app.domain.dates import german
from app.services.bookings import budget_bookings, manual_bookings
from app.services.bookings.budget_bookings import BudgetBooking
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.grants import grant_income
from app.ui.assignment.form import open_rule_from
from app.ui.bookings.booking_form import BookingForm, open_booking_form
from app.ui.context import Context
from app.ui.kit.change_field import FieldChange
from app.ui.kit.layout import column
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button
from app.ui.removal import Removal

SOURCES = {
    BookingSource.MANUAL: Pill(BookingSource.MANUAL.word, Tone.INFO, "edit"),
    BookingSource.DIFFERENCE: Pill(BookingSource.DIFFERENCE.word, Tone.WARNING, "merge"),
}


def source_of(row: BudgetBooking) -> Pill | None:
    """Where a booking comes from, unless it is one of finance as most are."""
    if row.is_income:
        return Pill("Einnahme", Tone.SUCCESS, "arrow-down")
    return SOURCES.get(row.source)


def spent(row: BudgetBooking) -> int | None:
    """Its part of the Ist in cents; income has none, so that the list adds up to the figure she came from."""
    return None if row.is_income else row.amount_cents


def received(row: BudgetBooking) -> int | None:
    """Income in cents, positive when money came in."""
    return -row.amount_cents if row.is_income else None


def item_tip(row: BudgetBooking) -> str:
    """Where the position in the financing plan comes from."""
    if row.plan_item is None:
        return ""
    return f"{row.plan_item}\n{'für diese Buchung gewählt' if row.has_own_item else 'vom Budget'}"


COLUMNS: tuple[Column[BudgetBooking], ...] = (
    Column("day", "Datum", lambda row: row.day, Kind.DATE),
    Column("text", "Text", lambda row: row.text, width=120, stretch=True),
    Column("payee", "Empfänger", lambda row: row.payee, width=120),
    Column("document", "Beleg", lambda row: row.document_number, width=96),
    Column("account", "Sachkonto", lambda row: row.account, width=80, tip=lambda row: row.account_name or ""),
    Column("order", "Innenauftrag", lambda row: row.internal_order, width=96, hidden=True),
    Column("budget", "Budget", lambda row: row.budget_number or row.why_unassigned, width=92),
    Column("item", "Position", lambda row: row.plan_item, width=110, hidden=True, tip=item_tip),
    Column("commitment", "Bindung", lambda row: row.commitment_number, width=72),
    Column("source", "Herkunft", source_of, Kind.PILL, 108),
    Column("assigned", "Zugeordnet durch", lambda row: row.assigned_by and row.assigned_by.word, hidden=True),
    Column("note", "Notiz", lambda row: row.note, hidden=True),
    Column("amount", "Ist", spent, Kind.AMOUNT, 92, total=True, strong=True),
    Column("income", "Einnahme", received, Kind.AMOUNT, 88, total=True),
)


class BookingsList(QWidget):
    """Shows bookings of budgets or of no budget. `tools` belong beside the tabs."""

    def __init__(self, context: Context, assign: Callable[[list[int]], object]) -> None:
        super().__init__()
        self._context = context
        self._assign = assign
        self._budget_ids: tuple[int, ...] = ()
        self.table: Table[BudgetBooking] = Table(
            "budget_bookings",
            COLUMNS,
            title="Buchungen",
            totals=True,
            empty=EmptyState(
                "receipt",
                "Keine Buchungen",
                "Liste der Finanzabteilung einlesen",
                lambda: context.open("imports"),
            ),
        )
        change = FieldChange[BudgetBooking](
            ("Buchung von Hand", "Buchungen von Hand"),
            ("text", "payee", "day", "document_number", "account", "note"),  # none that could overspend
            lambda: BookingForm(context, ManualBookingInput(None, 0, None), is_new=True),
            manual_bookings.load,
            manual_bookings.save,
            lambda row: row.text or row.document_number or german(row.day),
        )
        self.table.set_actions(
            [
                RowAction("Budget zuordnen …", self._assign_rows, "link"),
                RowAction("Regel daraus machen …", self._make_rule, "rules"),
                RowAction("Buchung von Hand ändern …", self._edit, "edit", _one_manual),
                change.action(context, self, _all_manual),
                RowAction("Als Mittelabruf der Förderung übernehmen", self._take_payout, "grants", _income),
                RowAction("Als sonstige Einnahme der Förderung", self._take_income, "euro", _income),
            ]
        )
        self.table.opened.connect(self._open)
        Removal(context, self.table, self._remove)
        self.assign = self.table.action_button(RowAction("Zuordnen …", self._assign_rows, "link"), "quiet")
        self.tools = [self.assign, button("Buchung von Hand", self.add, icon="plus", role="quiet")]
        column(self.table, on=self)

    def show_budgets(self, budget_ids: Collection[int]) -> int:
        """Show what is booked on these budgets; how many bookings there are."""
        self._budget_ids = tuple(budget_ids)
        return self._show(self._context.ask(budget_bookings.rows, budget_ids=budget_ids))

    def show_unassigned(self, year: int) -> int:
        """Show what has no budget yet."""
        self._budget_ids = ()
        return self._show(self._context.ask(budget_bookings.rows, unassigned_year=year))

    def show_income(self, year: int) -> int:
        """Show all that came in, with a budget or without."""
        self._budget_ids = ()
        return self._show(self._context.ask(budget_bookings.rows, income_year=year))

    def _show(self, rows: list[BudgetBooking]) -> int:
        self.table.set_rows(rows)
        return len(rows)

    def add(self) -> None:
        """A booking by hand, on the budget shown if there is only one."""
        only = self._budget_ids[0] if len(self._budget_ids) == 1 else None
        open_booking_form(self._context, self.window(), None, only)

    def _assign_rows(self, rows: list[BudgetBooking]) -> None:
        self._assign(_ids(rows))

    def _make_rule(self, rows: list[BudgetBooking]) -> None:
        open_rule_from(self._context, self.window(), _ids(rows))

    def _open(self, row: BudgetBooking) -> None:
        chosen = self.table.selected()
        several = len(chosen) > 1 and row in chosen
        if row.source is BookingSource.MANUAL and not several:
            self._edit([row])
        else:
            self._assign_rows(chosen if several else [row])

    def _edit(self, rows: list[BudgetBooking]) -> None:
        open_booking_form(self._context, self.window(), rows[0].id)

    def _take_payout(self, rows: list[BudgetBooking]) -> None:
        self._context.do("Einnahme als Mittelabruf übernommen", grant_income.take_as_payouts, _ids(rows))

    def _take_income(self, rows: list[BudgetBooking]) -> None:
        self._context.do("Einnahme der Förderung angerechnet", grant_income.take_as_other_income, _ids(rows))

    def _remove(self, rows: list[BudgetBooking]) -> None:
        label = "Buchung von Hand" if len(rows) == 1 else f"{len(rows)} Buchungen von Hand"
        self._context.do(f"{label} gelöscht", manual_bookings.remove, *_ids(rows))


def _ids(rows: list[BudgetBooking]) -> list[int]:
    return [row.id for row in rows]


def _one_manual(rows: list[BudgetBooking]) -> bool:
    return len(rows) == 1 and rows[0].source is BookingSource.MANUAL


def _all_manual(rows: list[BudgetBooking]) -> bool:
    return bool(rows) and all(row.source is BookingSource.MANUAL for row in rows)


def _income(rows: list[BudgetBooking]) -> bool:
    return bool(rows) and all(row.is_income for row in rows)
