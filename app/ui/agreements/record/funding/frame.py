"""The form of what is agreed on money: amount, budget, decision."""

from PySide6.QtWidgets import QWidget

from app.domain.money import euro
from app.services.agreements import agreement_funding
from app.services.agreements.agreement_funding import FrameInput, Funding
from app.services.budgets import budget_choices, budgets
from app.ui.agreements.commitment_offer import budget_options, left_words
from app.ui.agreements.corrections import AgreedForm
from app.ui.context import Context
from app.ui.kit.editors import AmountEditor, RecordEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.text import label


def open_frame(context: Context, funding: Funding, parent: QWidget) -> FormDialog[FrameInput]:
    """Edit amount, budget and decision of an agreement; what the budget has left is said while choosing."""
    offered = context.ask(budget_choices.load).budgets
    body = FormBody()
    body.row(Field("amount_cents", "Betrag", AmountEditor(negative=False)))
    body.row(Field("budget_id", "Budget", RecordEditor(budget_options(offered))))
    after = label("", "muted", wrap=True)
    body.add(after)
    hint = "Beschluss des Steuerungsbeirats, wie er in der Vereinbarung genannt wird"
    body.row(Field("decision", "Beschluss", TextEditor("Sitzung vom 12.03.2026, TOP 4"), hint=hint))

    agreed = AgreedForm(context, funding.agreement_id)
    agreed.hold(body, "agreement")

    def show_after(now: FrameInput) -> None:
        words = ""
        if now.budget_id is not None:
            available = context.ask(budgets.available, now.budget_id)
            rest = max(0, (now.amount_cents or 0) - funding.committed_cents)
            words = f"Verfügbar {euro(available)}; nach dieser Vereinbarung {left_words(available - rest)}."
        after.setText(words)

    def save(entered: FrameInput) -> None:
        label = f"{funding.number}: Betrag und Budget gespeichert"
        today = context.today()
        agreed.do(label, agreement_funding.save_frame, funding.agreement_id, entered, today)

    title = f"Geld von {funding.number}"
    return FormDialog(title, body, funding.frame, save, parent=parent, watch=show_after).shown()
