"""The form of a commitment."""

from PySide6.QtWidgets import QWidget

from app.domain.budgets.budgets import open_commitment
from app.domain.money import euro
from app.services.budgets import budget_choices, commitments
from app.services.budgets.commitments import CommitmentInput
from app.ui.context import Context
from app.ui.kit.editors import (
    AmountEditor,
    ChoiceEditor,
    DateEditor,
    MultilineEditor,
    RecordEditor,
    TextEditor,
    WholeEditor,
)
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.overspending import Overspending, overspent


class CommitmentForm(FormBody):
    """What is promised to whom, from which budget, until when, and by which agreement or decision."""

    def __init__(self, context: Context, commitment_id: int | None, values: CommitmentInput) -> None:
        super().__init__()
        choices = context.ask(budget_choices.load)
        self._context = context
        self._values = values
        settled = [] if commitment_id is None else context.ask(commitments.settled_by, commitment_id)
        self._booked = sum(row.amount_cents for row in settled)
        self.row(Field("title", "Bezeichnung", required=True))
        self.row(Field("budget_id", "Budget", RecordEditor(choices.named_budgets), required=True))
        booked = f"davon gebucht {euro(self._booked)}" if settled else ""
        self.row(
            Field("amount_cents", "Betrag", AmountEditor(negative=False), required=True, hint=booked),
            Field("day", "Datum", DateEditor()),
            Field("closed_on", "Geschlossen am", DateEditor(), hint="Leer: offen"),
        )
        self.overspending = Overspending(self, self._overspent)
        self.row(Field("recipient", "Empfänger"), Field("decision", "Beschluss"))
        self.row(Field("agreement_id", "Vereinbarung", ChoiceEditor(choices.agreements, empty="keine")))
        until, later = WholeEditor(least=1990, most=2100), "Später als das Budget: Verpflichtungsermächtigung"
        self.row(
            Field("until_year", "Reicht bis Haushaltsjahr", until, hint=later),
            Field("number", "Nummer", TextEditor("wird vergeben"), hint="Leer: die nächste laufende Nummer"),
        )
        self.row(Field("notes", "Notiz", MultilineEditor(lines=2)))

    def _overspent(self) -> tuple[str, int] | None:
        entered = self.readable(self._values)
        if entered.budget_id is None:
            return None
        more = self._open(entered)
        if entered.budget_id == self._values.budget_id:
            more -= self._open(self._values)
        return overspent(self._context, entered.budget_id, more)

    def _open(self, values: CommitmentInput) -> int:
        closed = values.closed_on is not None
        return open_commitment(values.amount_cents or 0, self._booked, closed=closed)


def open_commitment_form(
    context: Context, parent: QWidget, commitment_id: int | None, budget_id: int | None = None
) -> None:
    """Create (`commitment_id` None) or change a commitment."""
    if commitment_id is None:
        values = CommitmentInput(budget_id, "", 0, day=context.today())
    else:
        values = context.ask(commitments.load, commitment_id)
    body = CommitmentForm(context, commitment_id, values)

    def save(changed: CommitmentInput) -> int:
        word = "angelegt" if commitment_id is None else "gespeichert"
        return context.do(f"Mittelbindung „{changed.title}“ {word}", commitments.save, commitment_id, changed)

    title = "Mittelbindung anlegen" if commitment_id is None else f"Mittelbindung {values.number}"
    FormDialog(title, body, values, save, parent=parent).open()
