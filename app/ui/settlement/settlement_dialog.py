"""Mittelbindungen abgleichen: which commitment a booking settles, agreed to or declined singly or together."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.domain.counting import counted
from app.domain.money import euro
from app.domain.settlement.settlement import SettlementKind, Strength
from app.services.budgets import budgets
from app.services.settlement import settlement_declined, settlement_proposals
from app.services.settlement.settlement_proposals import Acceptance, Overspent, ProposalRow
from app.ui.budgets.commitment_form import open_commitment_form
from app.ui.context import Context
from app.ui.kit.actions import bind, with_keys
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow, row
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button
from app.ui.overspending import OverspendingReason
from app.ui.settlement.settlement_lines import COLUMNS, SettlementLine, lines
from app.ui.settlement.settlement_pane import SettlementPane
from app.ui.undo_line import UndoLine

_KIND = next(position for position, column in enumerate(COLUMNS) if column.key == "kind")


class SettlementDialog(Dialog):
    """The proposals of a budget year. Nothing changes before she agrees; each agreement is one step of undo."""

    def __init__(self, context: Context, parent: QWidget, year: int) -> None:
        super().__init__(parent, "Mittelbindungen abgleichen", size=(1200, 720))
        self._context = context.own(self)
        self._year = year
        self._rows: list[ProposalRow] = []
        self._kinds: dict[int, SettlementKind] = {}  # hers, where they differ
        self._over: list[Overspent] = []
        self.table: Table[SettlementLine] = Table(
            "budget_settlement",
            COLUMNS,
            title="Mittelbindungen abgleichen",
            totals=True,
            empty=EmptyState(
                "success",
                "Nichts abzugleichen",
                hint="Keine Buchung ohne Mittelbindung passt zu einer offenen Mittelbindung.",
            ),
        )
        self.pane = SettlementPane(self._choose_kind)
        self.overspending = OverspendingReason("übernommen")
        self.line = UndoLine(self._context)
        self.again = button("", self._propose_again, icon="refresh", role="link")
        self.decline_button = button("Ablehnen", self.decline, icon="x")
        self.sure_button = button("", self.accept_sure, icon="success")
        self.accept_button = button("Übernehmen", self.accept_selected, icon="check", role="primary")
        self._lay_out()
        self._connect()
        self.refresh()
        if self._rows:
            self.table.select_position(0)
        self.table.setFocus()

    # --- what is shown -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Propose anew; what she has chosen stays chosen."""
        self._rows = self._context.ask(settlement_proposals.rows, self._year)
        declined = self._context.ask(settlement_declined.count, self._year)
        self._show_rows()
        sure = sum(row.strength is Strength.SURE for row in self._rows)
        self.say(self._sentence(sure))
        self.sure_button.setText(f"Alle sicheren übernehmen ({sure})")
        self.sure_button.setVisible(sure > 0)
        self.again.setText(f"Abgelehnte wieder vorschlagen ({declined})")
        self.again.setVisible(declined > 0)
        self.pane.setVisible(bool(self._rows))

    def _sentence(self, sure: int) -> str:
        count = len(self._rows)
        if not count:
            return f"Haushaltsjahr {self._year}: kein Vorschlag offen."
        words = counted(count, "Vorschlag", "Vorschläge")
        certain = f", davon {sure} sicher" if sure else ""
        return (
            f"Haushaltsjahr {self._year}: {words}{certain}. "
            "Links die Buchung, rechts die Mittelbindung, die sie vermutlich erfüllt."
        )

    def _show_rows(self) -> None:
        self.table.set_rows(lines(self._rows, self._kinds))
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self.table.selected()
        self.pane.show_lines(chosen)
        count = len(chosen)
        self.accept_button.setEnabled(count > 0)
        self.accept_button.setText("Übernehmen" if count < 2 else f"{count} übernehmen")
        self.decline_button.setEnabled(count > 0)
        pairs = [(line.row, line.kind) for line in chosen]
        self._over = self._context.ask(settlement_proposals.overspent_by, pairs)
        named = " und ".join(f"{one.number} um {euro(one.cents)}" for one in self._over)
        self.overspending.say(f"Damit wird überzogen: {named}." if self._over else "")

    # --- commands ----------------------------------------------------------------------------------------------

    def accept_selected(self) -> None:
        """Put the selected bookings on their commitments."""
        self._accept(self.table.selected())

    def accept_sure(self) -> None:
        """The same for all that are sure; where a budget is overspent they are only selected, so that she sees it."""
        self._select_sure()
        if not self._over or self.overspending.reason:
            self.accept_selected()
        else:
            self.overspending.field.editor.setFocus()

    def _select_sure(self) -> None:
        model, last = self.table.model, len(COLUMNS) - 1
        sure = QItemSelection()
        for position, line in enumerate(model.shown_rows()):
            if line.row.strength is Strength.SURE:
                sure.select(model.index(position, 0), model.index(position, last))
        self.table.grid.selectionModel().select(sure, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _accept(self, chosen: list[SettlementLine]) -> None:
        if not chosen:
            return
        accepted = [Acceptance(line.id, line.row.commitment_id, line.kind) for line in chosen]
        on, over, reason = self._context.today(), self._over, self.overspending.reason

        def accept(session: Session) -> None:
            settlement_proposals.accept(session, accepted, on)
            for one in over:
                budgets.give_reason(session, one.budget_id, reason)

        self._context.do(_label(chosen), accept)
        self.overspending.field.editor.set_value(None)

    def decline(self) -> None:
        """Do not propose the selected ones again."""
        chosen = self.table.selected()
        if not chosen:
            return
        words = counted(len(chosen), "Vorschlag", "Vorschläge")
        pairs = [(line.id, line.row.commitment_id) for line in chosen]
        self._context.do(f"{words} abgelehnt", settlement_declined.decline, pairs)

    def _propose_again(self) -> None:
        label = "Abgelehnte Vorschläge wieder aufgenommen"
        self._context.do(label, settlement_declined.undo, self._year)

    def _choose_kind(self, kind: SettlementKind) -> None:
        """For the selected bookings; a credit note has no kind, and what is closed stays closed."""
        for line in self.table.selected():
            if line.row.amount_cents > 0 and not line.row.is_closed:
                self._kinds[line.id] = kind
        self._show_rows()

    def _click(self, index: QModelIndex) -> None:
        """A click on the kind turns it."""
        if index.column() == _KIND:
            line = self.table.model.row_at(index.row())
            partly = line.kind is SettlementKind.FINAL
            self._choose_kind(SettlementKind.PARTIAL if partly else SettlementKind.FINAL)

    # --- making ------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.table.selection_changed.connect(lambda _: self._show_choice())
        self.table.opened.connect(self._open)
        self.table.remove_requested.connect(lambda _: self.decline())
        self.table.grid.clicked.connect(self._click)
        self.table.set_actions(
            [
                RowAction("Übernehmen", lambda _: self.accept_selected(), "check"),
                RowAction(
                    "Als Teilzahlung", lambda _: self._choose_kind(SettlementKind.PARTIAL), "half-circle"
                ),
                RowAction("Als Schlussrechnung", lambda _: self._choose_kind(SettlementKind.FINAL), "lock"),
            ]
        )
        bind(self.table.grid, "settle.partial", lambda: self._choose_kind(SettlementKind.PARTIAL))
        bind(self.table.grid, "settle.final", lambda: self._choose_kind(SettlementKind.FINAL))
        self._context.outdated.connect(self.refresh)

    def _open(self, line: SettlementLine) -> None:
        open_commitment_form(self._context, self, line.row.commitment_id)

    def _lay_out(self) -> None:
        self.decline_button.setToolTip(with_keys("Nicht wieder vorschlagen", "settle.decline"))
        self.accept_button.setToolTip(with_keys("Ausgewählte übernehmen", "settle.accept"))
        self.build(
            grow(self.table),
            self.pane,
            self.overspending.note,
            self.overspending.field,
            foot=(
                self.decline_button,
                self.line,
                STRETCH,
                self.close_button("Schließen"),
                self.sure_button,
                self.accept_button,
            ),
            tools=row(self.again, self.table.tools, spacing=16),
        )


def _label(chosen: list[SettlementLine]) -> str:
    numbers = list(dict.fromkeys(line.row.number for line in chosen))
    where = numbers[0] if len(numbers) == 1 else f"{len(numbers)} Mittelbindungen"
    if len(chosen) > 1:
        return f"{len(chosen)} Buchungen auf {where} zugeordnet"
    finally_ = "abschließend " if chosen[0].kind is SettlementKind.FINAL else ""
    return f"Buchung über {euro(chosen[0].row.amount_cents)} auf {where} {finally_}zugeordnet"
