"""The form of a booking she enters herself."""

from PySide6.QtWidgets import QWidget

from app.domain.money import euro
from app.services.bookings import manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budget_choices, budgets, commitments
from app.ui.context import Context
from app.ui.kit.editors import (
    AmountEditor,
    CheckEditor,
    ChoiceEditor,
    DateEditor,
    MultilineEditor,
    Option,
    RecordEditor,
)
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.overspending import Overspending, overspent


class BookingForm(FormBody):
    """Day, amount, budget, what for and to whom; perhaps the commitment it settles."""

    def __init__(self, context: Context, values: ManualBookingInput, *, is_new: bool) -> None:
        super().__init__()
        self._context = context
        self._values = values
        self._is_new = is_new
        self._budget = RecordEditor(context.ask(budget_choices.load).named_budgets)
        self._commitment = ChoiceEditor(self._promised(values.budget_id), empty="keine")
        self.row(
            Field("day", "Buchungsdatum", DateEditor(), required=True),
            Field("amount_cents", "Betrag", AmountEditor(), required=True, hint="Gutschrift mit Minus"),
        )
        self.row(Field("budget_id", "Budget", self._budget, required=True))
        self.overspending = Overspending(self, self._overspent)
        self.row(Field("commitment_id", "Mittelbindung", self._commitment))
        self.row(Field("text", "Buchungstext"), Field("payee", "Empfänger"))
        self.row(Field("document_number", "Belegnummer"), Field("account", "Sachkonto"))
        self.row(Field("is_income", "", CheckEditor("Einnahme (zählt nicht zum Ist)")))
        self.row(Field("note", "Notiz", MultilineEditor(lines=2)))
        self._budget.finished.connect(self._offer_commitments)

    def _offer_commitments(self) -> None:
        self._commitment.set_options(self._promised(self.readable(self._values).budget_id))

    def _promised(self, budget_id: int | None) -> list[Option]:
        if budget_id is None:
            return []
        rows = self._context.ask(commitments.rows, budget_ids=[budget_id], open_only=True)
        return [(row.id, f"{row.number} · {row.title} (offen {euro(row.open_cents)})") for row in rows]

    def _overspent(self) -> tuple[str, int] | None:
        entered = self.readable(self._values)
        if entered.budget_id is None or entered.is_income:
            return None
        more = entered.amount_cents or 0
        if not self._is_new and entered.budget_id == self._values.budget_id:
            more -= self._values.amount_cents
        elif entered.commitment_id is not None:
            promised = self._context.ask(budgets.open_amount, entered.commitment_id)
            more -= min(promised, max(more, 0))
        return overspent(self._context, entered.budget_id, more)


def open_booking_form(
    context: Context, parent: QWidget, booking_id: int | None, budget_id: int | None = None
) -> FormDialog[ManualBookingInput]:
    """Create (`booking_id` None) or change a manual booking."""
    if booking_id is None:
        values = ManualBookingInput(context.today(), 0, budget_id)
    else:
        values = context.ask(manual_bookings.load, booking_id)
    body = BookingForm(context, values, is_new=booking_id is None)

    def save(changed: ManualBookingInput) -> int:
        label = f"Buchung über {euro(changed.amount_cents)} gespeichert"
        return context.do(label, manual_bookings.save, booking_id, changed)

    title = "Buchung von Hand" if booking_id is None else "Buchung von Hand ändern"
    sentence = "Kommt die Buchung später von der Finanzabteilung, fragt der Import, ob es dieselbe ist."
    return FormDialog(title, body, values, save, parent=parent, sentence=sentence).shown()
