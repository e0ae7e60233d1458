"""Giving bookings to a budget: several at once, and on wish from now on by a rule."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.domain.counting import counted
from app.services.assignment import booking_assignment
from app.services.bookings import budget_bookings
from app.services.bookings.budget_bookings import BudgetBooking
from app.services.budgets import budget_choices, budgets
from app.ui.assignment.dialog import RulesDialog
from app.ui.assignment.form import open_rule_from
from app.ui.bookings.bookings_list import source_of
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, RecordEditor
from app.ui.kit.form import Field
from app.ui.kit.layout import STRETCH, grow, row
from app.ui.kit.plain import CheckBox
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button
from app.ui.overspending import OverspendingReason, overspending_words, overspent

COLUMNS: tuple[Column[BudgetBooking], ...] = (
    Column("day", "Datum", lambda row: row.day, Kind.DATE, 90),
    Column("text", "Text", lambda row: row.text, width=130, stretch=True),
    Column("payee", "Empfänger", lambda row: row.payee, width=140),
    Column("order", "Innenauftrag", lambda row: row.internal_order, width=96),
    Column("why", "Bisher", lambda row: row.budget_number or row.why_unassigned, width=190),
    Column("source", "Herkunft", source_of, Kind.PILL, 110, hidden=True),
    Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT, 96, total=True, strong=True),
)


class AssignDialog(Dialog):
    """Shows what has no budget in a year, or certain bookings; stays open while there is something left."""

    def __init__(
        self, context: Context, parent: QWidget, year: int, booking_ids: Collection[int] | None = None
    ) -> None:
        super().__init__(
            parent,
            "Buchungen zuordnen",
            "Mit Strg oder Umschalt lassen sich mehrere Buchungen auswählen und gemeinsam zuordnen.",
            size=(940, 700),
        )
        self._context = context
        self._window = parent
        self._year = year
        self._ids = None if booking_ids is None else frozenset(booking_ids)
        self._choices = context.ask(budget_choices.load)
        self._numbers = {budget.id: budget.number for budget in self._choices.budgets}
        of_year_first = sorted(self._choices.budgets, key=lambda budget: budget.year != year)
        options = [(budget.id, budget.words) for budget in of_year_first]
        self.table: Table[BudgetBooking] = Table(
            "budget_assign",
            COLUMNS,
            title="Buchungen ohne Budget",
            totals=True,
            empty=EmptyState("success", "Alle Buchungen haben ein Budget"),
        )
        self.budget = Field("budget", "Budget", RecordEditor(options), required=True)
        self._item = ChoiceEditor(empty="wie das Budget")
        self.item = Field("item", "Position im Finanzierungsplan", self._item)
        self.always = CheckBox()
        self.overspending = OverspendingReason("zugeordnet")
        self.assign_button = button("Zuordnen", self.assign, icon="link", role="primary")
        making = "Zuordnen und Regel daraus machen …"
        self.rule_button = button(making, self.assign_and_make_rule, icon="rules")
        self.rules_button = button("Zuordnungsregeln …", self._open_rules, icon="rules", role="link")
        self.release_button = button("Budget wegnehmen", self._release, icon="unlink", role="quiet")
        self._lay_out()
        self._read()
        self.table.grid.selectAll()
        self.table.selection_changed.connect(lambda _: self._show_choice())
        self.budget.editor.changed.connect(self._show_choice)
        self._show_choice()
        self.budget.editor.setFocus()

    def assign(self) -> None:
        """Give the selected bookings to the chosen budget; problems are said at the field."""
        if self._assign(always=self.always.isChecked()) is not None:
            self._go_on()

    def assign_and_make_rule(self) -> None:
        """The same, and then a rule from what these bookings have in common, to be looked at before it is saved."""
        ids = self._assign(always=False)
        if ids is None:
            return
        window = self if self._ids is None else self._window
        form = open_rule_from(self._context, window, ids, self.budget.editor.value(), self._item.value())
        if self._ids is not None:
            self.accept()
        else:
            form.finished.connect(self._go_on)

    def _assign(self, *, always: bool) -> list[int] | None:
        """The ids of the bookings that were assigned; None if something is wrong with the budget."""
        try:
            budget_id = self.budget.read()
        except ValueError as error:
            self.budget.set_problem(str(error))
            self.budget.editor.setFocus()
            return None
        ids = [row.id for row in self.table.selected()]
        item, reason = self._item.value(), self.overspending.reason

        def assign(session: Session) -> None:
            booking_assignment.assign(session, ids, budget_id, plan_item_id=item, always=always)
            budgets.give_reason(session, budget_id, reason)

        label = f"{counted(len(ids), 'Buchung', 'Buchungen')} {self._numbers[budget_id]} zugeordnet"
        self._context.do(label, assign)
        return ids

    def _open_rules(self) -> None:
        RulesDialog(self._context, self, self._year).shown().finished.connect(self._read_again)

    def _release(self) -> None:
        ids = [row.id for row in self.table.selected()]
        label = f"{counted(len(ids), 'Buchung', 'Buchungen')} ohne Budget"
        self._context.do(label, booking_assignment.assign, ids, None)
        self._go_on()

    def _go_on(self) -> None:
        if self._ids is not None:
            self.accept()
            return
        self.budget.editor.set_value(None)
        self.always.setChecked(False)
        self._read_again()
        if not self.table.rows():
            self.accept()

    def _read_again(self) -> None:
        """Some of what was shown may have a budget now."""
        self._read()
        self._show_choice()

    def _read(self) -> None:
        year = self._year if self._ids is None else None
        rows = self._context.ask(budget_bookings.rows, unassigned_year=year, booking_ids=self._ids)
        self.table.set_rows(rows)

    def _show_choice(self) -> None:
        rows = self.table.selected()
        self.assign_button.setEnabled(bool(rows))
        self.rule_button.setEnabled(bool(rows))
        self.assign_button.setText(
            f"{counted(len(rows), 'Buchung', 'Buchungen')} zuordnen" if rows else "Zuordnen"
        )
        self.release_button.setVisible(any(row.budget_id is not None for row in rows))
        orders = sorted({row.internal_order for row in rows if row.internal_order})
        self.always.setVisible(bool(orders))
        named = f"den Innenauftrag {orders[0]}" if len(orders) == 1 else f"diese {len(orders)} Innenaufträge"
        self.always.setText(f"Immer für {named}, auch bei künftigen Importen")
        try:
            budget_id = self.budget.editor.value()
        except ValueError:
            budget_id = None  # half-typed; it is said when she assigns
        self._offer_items(budget_id)
        self._warn(budget_id, rows)

    def _offer_items(self, budget_id: int | None) -> None:
        """Where the budget belongs to a grant, single bookings may count for another position of its plan."""
        items, own = self._choices.items_of(budget_id), self._choices.own_item(budget_id)
        self._item.set_options(items)
        self.item.set_hint(f"Das Budget selbst: {own}" if own else "")
        self.item.setVisible(bool(items))

    def _warn(self, budget_id: int | None, rows: list[BudgetBooking]) -> None:
        more = sum(row.amount_cents for row in rows if not row.is_income and row.budget_id != budget_id)
        if budget_id is None or more <= 0:
            self.overspending.say("")
        else:
            self.overspending.say(overspending_words(*overspent(self._context, budget_id, more)))

    def _lay_out(self) -> None:
        self.build(
            grow(self.table),
            row(grow(self.budget, 3), grow(self.item, 2), spacing=12),
            self.always,
            self.overspending.note,
            self.overspending.field,
            foot=(
                self.release_button,
                STRETCH,
                self.close_button("Schließen"),
                self.rule_button,
                self.assign_button,
            ),
            tools=self.rules_button,
        )
