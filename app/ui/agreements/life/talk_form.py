"""Asks what came out of a yearly talk that was held."""

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.agreements import yearly_talks
from app.services.agreements.yearly_talks import TalkInput
from app.ui.context import Context
from app.ui.kit.editors import DateEditor, MultilineEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog


def open_talk(
    context: Context, agreement_id: int, number: str, parent: QWidget, talk_id: int | None = None
) -> FormDialog[TalkInput]:
    """Open the form of a talk, or of a new one today."""
    body = FormBody()
    body.row(
        Field("day", "Geführt am", DateEditor(), required=True),
        Field("participants", "Beteiligte", TextEditor("Namen oder Stellen"), stretch=2),
    )
    body.row(Field("result", "Ergebnis", MultilineEditor("Was wurde verabredet?", lines=6)))
    due = context.ask(yearly_talks.next_due, agreement_id, context.today())
    values = TalkInput(context.today()) if talk_id is None else context.ask(yearly_talks.load, talk_id)

    def save(entered: TalkInput) -> int:
        label = f"{number}: Jahresgespräch eingetragen"
        return context.do(label, yearly_talks.save, agreement_id, talk_id, entered, context.today())

    title = "Jahresgespräch eintragen" if talk_id is None else "Jahresgespräch ändern"
    sentence = f"Das nächste Gespräch ist am {german(due)} fällig." if due else ""
    return FormDialog(title, body, values, save, parent=parent, sentence=sentence).shown()
