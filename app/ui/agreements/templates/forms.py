"""The form of a template: what it is called, what it is for, and whether agreements begin with it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import AgreementKind
from app.services.agreements import clause_uses, clauses
from app.services.agreements.clauses import TemplateInput
from app.ui.context import Context
from app.ui.kit.editors import CheckEditor, ChoiceEditor, MultilineEditor, TextEditor, words_of
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog


def open_template_form(
    context: Context, parent: QWidget, template_id: int | None, saved: Callable[[int], object]
) -> FormDialog[TemplateInput]:
    """Change a template, or make one that begins with the obligatory clauses of its kind, which then stays."""
    new = template_id is None
    kind = ChoiceEditor(words_of(AgreementKind))
    kind.set_read_only(not new)
    body = FormBody()
    body.row(Field("name", "Name", TextEditor("zum Beispiel Zielvereinbarung (Umbau)"), required=True))
    body.row(Field("kind", "Art", kind, required=True))
    body.row(Field("is_default", "Standard", CheckEditor("Standard für neue Vereinbarungen dieser Art")))
    body.row(Field("note", "Hinweis", MultilineEditor("Wofür diese Vorlage gedacht ist", lines=3)))
    values = TemplateInput("", AgreementKind.TARGET)
    if template_id is not None:
        values = context.ask(clauses.load_template, template_id)

    def save(changed: TemplateInput) -> int:
        label = f"Vorlage „{changed.name}“ {'angelegt' if new else 'gespeichert'}"
        if template_id is None:
            return context.do(label, clause_uses.begin_template, changed, context.today())
        return context.do(label, clauses.save_template, template_id, changed, context.today())

    title = "Vorlage anlegen" if new else "Vorlage bearbeiten"
    sentence = "Sie beginnt mit den Pflichtklauseln ihrer Art." if new else ""
    return FormDialog(title, body, values, save, parent=parent, sentence=sentence, saved=saved).shown()
