"""The form of a transfer between two budgets, with what both have left while she types."""

from PySide6.QtWidgets import QWidget

from app.domain.money import euro
from app.services.budgets import budget_choices, budgets, transfers
from app.services.budgets.transfers import TransferInput
from app.ui.context import Context
from app.ui.kit.editors import AmountEditor, DateEditor, RecordEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.overspending import Overspending, overspent


class TransferForm(FormBody):
    """From, to, how much, when and why."""

    def __init__(self, context: Context, values: TransferInput, *, is_new: bool) -> None:
        super().__init__()
        self._context = context
        self._values = values
        self._is_new = is_new
        options = context.ask(budget_choices.load).named_budgets
        self._giver = Field("from_budget_id", "Von Budget", RecordEditor(options), required=True)
        self._taker = Field("to_budget_id", "Nach Budget", RecordEditor(options), required=True)
        self.row(self._giver)
        self.row(self._taker)
        self.row(
            Field("amount_cents", "Betrag", AmountEditor(negative=False), required=True),
            Field("day", "Datum", DateEditor()),
        )
        self.overspending = Overspending(self, self._overspent)
        self.row(Field("reason", "Grund"))
        self.row(
            Field("number", "Nummer", TextEditor("wird vergeben"), hint="Leer: die nächste laufende Nummer")
        )
        self.changed.connect(self._show_left)
        self.filled.connect(self._show_left)

    def _show_left(self) -> None:
        entered = self.readable(self._values)
        for field, budget_id in ((self._giver, entered.from_budget_id), (self._taker, entered.to_budget_id)):
            field.set_hint(f"verfügbar {euro(self._left(budget_id))}" if budget_id is not None else "")

    def _left(self, budget_id: int) -> int:
        return self._context.ask(budgets.available, budget_id)

    def _overspent(self) -> tuple[str, int] | None:
        entered = self.readable(self._values)
        if entered.from_budget_id is None:
            return None
        same = not self._is_new and entered.from_budget_id == self._values.from_budget_id
        more = (entered.amount_cents or 0) - (self._values.amount_cents if same else 0)
        return overspent(self._context, entered.from_budget_id, more) if more > 0 else None


def open_transfer_form(
    context: Context, parent: QWidget, transfer_id: int | None, giver_id: int | None = None
) -> None:
    """Create (`transfer_id` None) or change a transfer."""
    if transfer_id is None:
        values = TransferInput(giver_id, None, 0, context.today())
    else:
        values = context.ask(transfers.load, transfer_id)
    body = TransferForm(context, values, is_new=transfer_id is None)

    def save(changed: TransferInput) -> int:
        label = f"{euro(changed.amount_cents)} umgeschichtet"
        return context.do(label, transfers.save, transfer_id, changed)

    title = "Umschichten" if transfer_id is None else f"Umschichtung {values.number}"
    sentence = "In ein Budget des Folgejahres ist es eine Übertragung und behält ihr Herkunftsjahr."
    FormDialog(title, body, values, save, parent=parent, sentence=sentence).open()
