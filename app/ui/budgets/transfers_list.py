"""The transfers behind a figure."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from app.domain.budgets.budgets import TransferKind
from app.services.budgets import transfers
from app.services.budgets.transfers import TransferRow
from app.ui.budgets.transfer_form import open_transfer_form
from app.ui.context import Context
from app.ui.kit.layout import column
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button
from app.ui.removal import Removal


def kind_of(row: TransferRow) -> Pill:
    """The kind; a carry-over says from which year."""
    if row.kind is TransferKind.CARRY_OVER:
        return Pill(f"{row.kind.word} aus {row.origin_year}", Tone.INFO, "calendar")
    return Pill(row.kind.word, Tone.NEUTRAL, "transfer")


class TransfersList(QWidget):
    """Shows what came to and went from some budgets. `tools` belong beside the tabs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._budget_ids: frozenset[int] = frozenset()
        columns: tuple[Column[TransferRow], ...] = (
            Column("number", "Nummer", lambda row: row.number, width=90, strong=True),
            Column("kind", "Art", kind_of, Kind.PILL, 160),
            Column("day", "Datum", lambda row: row.day, Kind.DATE),
            Column("from", "Von", lambda row: row.from_number, width=120),
            Column("to", "Nach", lambda row: row.to_number, width=120),
            Column("reason", "Grund", lambda row: row.reason, stretch=True),
            Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT),
            Column("effect", "Wirkung", self._effect, Kind.AMOUNT, total=True, strong=True),
        )
        self.table: Table[TransferRow] = Table(
            "budget_transfers",
            columns,
            title="Umschichtungen",
            totals=True,
            empty=EmptyState("transfer", "Keine Umschichtungen", "Umschichten", self.add),
        )
        self.table.opened.connect(lambda row: open_transfer_form(context, self.window(), row.id))
        Removal(context, self.table, self._remove)
        self.tools = [button("Umschichten", self.add, icon="transfer", role="quiet")]
        column(self.table, on=self)

    def show_budgets(self, budget_ids: Collection[int]) -> int:
        """Show the transfers of these budgets; how many there are."""
        self._budget_ids = frozenset(budget_ids)
        rows = self._context.ask(transfers.rows, budget_ids=self._budget_ids)
        self.table.set_rows(rows)
        return len(rows)

    def add(self) -> None:
        """A new transfer, from the budget shown if there is only one."""
        only = next(iter(self._budget_ids)) if len(self._budget_ids) == 1 else None
        open_transfer_form(self._context, self.window(), None, only)

    def _effect(self, row: TransferRow) -> int:
        """What it brings to the budgets shown, in cents; between two of them nothing."""
        came = row.amount_cents if row.to_budget_id in self._budget_ids else 0
        went = row.amount_cents if row.from_budget_id in self._budget_ids else 0
        return came - went

    def _remove(self, rows: list[TransferRow]) -> None:
        label = f"Umschichtung {rows[0].number}" if len(rows) == 1 else f"{len(rows)} Umschichtungen"
        self._context.do(f"{label} gelöscht", transfers.remove, *(row.id for row in rows))
