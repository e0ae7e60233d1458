"""The form of a budget."""

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.services.assignment import booking_assignment
from app.services.budgets import budget_choices, budgets
from app.services.budgets.budgets import BudgetInput
from app.ui.context import Context
from app.ui.kit.editors import (
    AmountEditor,
    ChoiceEditor,
    MultilineEditor,
    SuggestEditor,
    TextEditor,
    WholeEditor,
)
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.overspending import Overspending


class BudgetForm(FormBody):
    """Number, purpose, money, and how finance and the funder know it."""

    def __init__(self, context: Context, budget_id: int | None, values: BudgetInput) -> None:
        super().__init__()
        choices = context.ask(budget_choices.load)
        self._context = context
        self._budget_id = budget_id
        self._values = values
        self._items = choices.plan_items
        self.row(
            Field("number", "Nummer", TextEditor("B26-DOE"), required=True),
            Field("title", "Bezeichnung", required=True, stretch=2),
        )
        self.row(
            Field("year", "Haushaltsjahr", WholeEditor(least=1990, most=2100), required=True),
            Field("planned_cents", "Ansatz", AmountEditor(negative=False), required=True),
            Field("kind", "Art", SuggestEditor(choices.kinds)),
        )
        self.row(Field("quarter_id", "Quartier", ChoiceEditor(choices.quarters, empty="ohne Quartier")))
        self.overspending = Overspending(self, self._overspent)
        self.section("Finanzabteilung", "Buchungen mit diesem Innenauftrag finden das Budget von selbst.")
        self.row(Field("internal_order", "Innenauftrag"), Field("cost_centre", "Kostenstelle"))
        self.section("Förderung")
        self._grant = ChoiceEditor(choices.grants, empty="keine Förderung")
        self._item = ChoiceEditor(choices.plan_items.get(values.grant_id or 0, ()), empty="ohne Position")
        self.row(
            Field("grant_id", "Förderung", self._grant),
            Field("plan_item_id", "Position im Finanzierungsplan", self._item),
        )
        self.row(Field("notes", "Notiz", MultilineEditor(lines=2)))
        self._grant.changed.connect(self._offer_items)

    def _offer_items(self) -> None:
        self._item.set_options(self._items.get(self._grant.value() or 0, ()))

    def _overspent(self) -> tuple[str, int] | None:
        if self._budget_id is None:
            return None
        entered = self.readable(self._values)
        less = self._values.planned_cents - (entered.planned_cents or 0)
        return entered.number, self._context.ask(budgets.overspent_after, self._budget_id, less)


def open_budget_form(context: Context, parent: QWidget, budget_id: int | None, year: int) -> None:
    """Create (`budget_id` None) or change a budget."""
    values = BudgetInput("", "", year, 0) if budget_id is None else context.ask(budgets.load, budget_id)
    body = BudgetForm(context, budget_id, values)

    def save(changed: BudgetInput) -> int:
        word = "angelegt" if budget_id is None else "gespeichert"
        return context.do(f"Budget {changed.number} {word}", save_budget, budget_id, changed)

    title = "Budget anlegen" if budget_id is None else f"Budget {values.number}"
    FormDialog(title, body, values, save, parent=parent).open()


def save_budget(session: Session, budget_id: int | None, values: BudgetInput) -> int:
    """Bookings that waited for a budget with this order find it in the same step."""
    saved = budgets.save(session, budget_id, values)
    booking_assignment.assign_waiting(session)
    return saved
