"""The commitments behind a figure: list, open and close, edit, settle with bookings."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.services.budgets import commitments
from app.services.budgets.commitments import CommitmentInput, CommitmentRow
from app.ui.budgets.commitment_form import CommitmentForm, open_commitment_form
from app.ui.context import Context
from app.ui.kit.change_field import FieldChange
from app.ui.kit.layout import column
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, icon_button
from app.ui.removal import Removal
from app.ui.settlement.settle_dialog import SettleDialog


def state_of(row: CommitmentRow) -> Pill:
    """Open, used up or closed; open into later years says until when."""
    if row.closed_on is not None:
        return Pill("geschlossen", Tone.NEUTRAL, "lock", 2)
    if row.later_years:
        return Pill(f"offen bis {row.until_year}", Tone.INFO, "commitment", 0)
    if row.open_cents == 0:
        return Pill("ausgeschöpft", Tone.SUCCESS, "check", 1)
    return Pill("offen", Tone.ACCENT, "commitment", 0)


COLUMNS: tuple[Column[CommitmentRow], ...] = (
    Column("number", "Nummer", lambda row: row.number, width=76, strong=True),
    Column("title", "Bezeichnung", lambda row: row.title, width=140, stretch=True),
    Column("budget", "Budget", lambda row: row.budget_number, width=84),
    Column("state", "Stand", state_of, Kind.PILL, 134),
    Column("day", "Datum", lambda row: row.day, Kind.DATE),
    Column("recipient", "Empfänger", lambda row: row.recipient, width=100),
    Column("agreement", "Vereinbarung", lambda row: row.agreement_number, width=106),
    Column("decision", "Beschluss", lambda row: row.decision, width=110, hidden=True),
    Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT, 88, total=True),
    Column("booked", "Gebucht", lambda row: row.booked_cents, Kind.AMOUNT, 88, total=True),
    Column("open", "Offen", lambda row: row.open_cents, Kind.AMOUNT, 88, total=True, strong=True),
)


class CommitmentsList(QWidget):
    """Shows the commitments of some budgets. `tools` belong beside the tabs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._budget_ids: tuple[int, ...] = ()
        self.table: Table[CommitmentRow] = Table(
            "budget_commitments",
            COLUMNS,
            title="Mittelbindungen",
            totals=True,
            pale=lambda row: row.closed_on is not None,
            empty=EmptyState("commitment", "Keine Mittelbindungen", "Mittelbindung anlegen", self.add),
        )
        change = FieldChange[CommitmentRow](
            ("Mittelbindung", "Mittelbindungen"),
            (
                "recipient",
                "day",
                "decision",
                "agreement_id",
                "until_year",
                "notes",
            ),  # none that could overspend
            lambda: CommitmentForm(context, None, CommitmentInput(None, "", 0)),
            commitments.load,
            commitments.save,
            lambda row: row.number,
        )
        settle = RowAction("Buchungen zuordnen …", self._settle, "link", one)
        self.table.set_actions(
            [
                settle,
                change.action(context, self),
                RowAction("Schließen (Rest freigeben)", self._close, "lock", _all_open),
                RowAction("Wieder öffnen", self._reopen, "unlock", _all_closed),
                RowAction("Vereinbarung öffnen", self._open_agreement, "agreements", _has_agreement),
            ]
        )
        self.table.opened.connect(lambda row: open_commitment_form(context, self.window(), row.id))
        Removal(context, self.table, self._remove)
        self.settle = self.table.action_button(replace(settle, text="Buchungen …"), "quiet")
        self.close_open = icon_button(
            "lock", "Schließen (Rest freigeben)", lambda: self._close(self.table.selected())
        )
        self.tools = [
            self.settle,
            self.close_open,
            button("Anlegen", self.add, icon="plus", role="quiet", tip="Mittelbindung anlegen"),
        ]
        self.close_open.setEnabled(False)
        self.table.selection_changed.connect(lambda rows: self.close_open.setEnabled(_all_open(rows)))
        column(self.table, on=self)

    def show_budgets(self, budget_ids: Collection[int]) -> int:
        """Show what these budgets have promised; how many commitments there are."""
        self._budget_ids = tuple(budget_ids)
        rows = self._context.ask(commitments.rows, budget_ids=self._budget_ids)
        self.table.set_rows(rows)
        return len(rows)

    def add(self) -> None:
        """A new commitment, of the budget shown if there is only one."""
        only = self._budget_ids[0] if len(self._budget_ids) == 1 else None
        open_commitment_form(self._context, self.window(), None, only)

    def _settle(self, rows: list[CommitmentRow]) -> None:
        SettleDialog(self._context, rows[0], self.window()).open()

    def _close(self, rows: list[CommitmentRow]) -> None:
        ids = [row.id for row in rows]
        self._context.do(f"{_named(rows)} geschlossen", commitments.close, ids, self._context.today())

    def _reopen(self, rows: list[CommitmentRow]) -> None:
        self._context.do(f"{_named(rows)} wieder geöffnet", commitments.reopen, [row.id for row in rows])

    def _open_agreement(self, rows: list[CommitmentRow]) -> None:
        self._context.open("agreements", rows[0].agreement_id)

    def _remove(self, rows: list[CommitmentRow]) -> None:
        self._context.do(f"{_named(rows)} gelöscht", commitments.remove, *(row.id for row in rows))


def _named(rows: list[CommitmentRow]) -> str:
    return f"Mittelbindung {rows[0].number}" if len(rows) == 1 else f"{len(rows)} Mittelbindungen"


def _all_open(rows: list[CommitmentRow]) -> bool:
    return bool(rows) and all(row.closed_on is None for row in rows)


def _all_closed(rows: list[CommitmentRow]) -> bool:
    return bool(rows) and all(row.closed_on is not None for row in rows)


def _has_agreement(rows: list[CommitmentRow]) -> bool:
    return len(rows) == 1 and rows[0].agreement_id is not None
