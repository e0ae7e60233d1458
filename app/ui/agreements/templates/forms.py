"""The forms of the view: a clause of the library, and the name and kind of a template."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import AgreementKind
from app.services.agreements import clause_uses, clauses
from app.services.agreements.clauses import ClauseInput, TemplateInput
from app.ui.agreements.clauses.form import SIZE, LibraryBody, Trial
from app.ui.context import Context
from app.ui.kit.editors import CheckEditor, ChoiceEditor, MultilineEditor, Option, TextEditor, words_of
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.workflows.agreements.clause_preview import ClauseSample


class TemplateBody(FormBody):
    """Name, kind, default, note. The kind of a template that has clauses stays."""

    def __init__(self, fixed_kind: bool) -> None:
        super().__init__()
        self.row(Field("name", "Name", TextEditor("zum Beispiel Zielvereinbarung (Umbau)"), required=True))
        kind = ChoiceEditor(words_of(AgreementKind))
        self.row(Field("kind", "Art", kind, required=True))
        kind.set_read_only(fixed_kind)
        self.row(Field("is_default", "Standard", CheckEditor("Standard für neue Vereinbarungen dieser Art")))
        self.row(Field("note", "Hinweis", MultilineEditor("Wofür diese Vorlage gedacht ist", lines=3)))


def open_template_form(
    context: Context, parent: QWidget, template_id: int | None, saved: Callable[[int], object]
) -> FormDialog[TemplateInput]:
    """Change a template, or make one that begins with the obligatory clauses of its kind."""
    new = template_id is None
    values = (
        TemplateInput("", AgreementKind.TARGET)
        if template_id is None
        else context.ask(clauses.load_template, template_id)
    )

    def save(changed: TemplateInput) -> int:
        label = f"Vorlage „{changed.name}“ {'angelegt' if new else 'gespeichert'}"
        if template_id is None:
            return context.do(label, clause_uses.begin_template, changed, context.today())
        return context.do(label, clauses.save_template, template_id, changed, context.today())

    return FormDialog(
        "Neue Vorlage" if new else "Vorlage bearbeiten",
        TemplateBody(fixed_kind=not new),
        values,
        save,
        parent=parent,
        sentence="Sie beginnt mit den Pflichtklauseln ihrer Art." if new else "",
        saved=saved,
    ).shown()


def open_clause_form(
    context: Context,
    parent: QWidget,
    clause_id: int | None,
    values: ClauseInput,
    sample: ClauseSample,
    samples: Sequence[Option],
    chosen: int | None,
    load: Callable[[int | None], ClauseSample],
    saved: Callable[[int], object],
) -> FormDialog[ClauseInput]:
    """Change a clause of the library, or add one; tried on `sample`, or on another that is chosen and loaded."""
    titles = context.ask(clause_uses.clause_titles)
    body = LibraryBody(Trial(sample, clause_id, titles, samples, chosen, load))

    def save(changed: ClauseInput) -> int:
        label = f"Klausel „{changed.title}“ {'angelegt' if clause_id is None else 'gespeichert'}"
        return context.do(label, clauses.save, clause_id, changed, context.today())

    version = "Ein anderer Wortlaut wird eine neue Fassung. Bestehende Vereinbarungen behalten ihre."
    return FormDialog(
        "Neue Klausel" if clause_id is None else "Klausel bearbeiten",
        body,
        values,
        save,
        parent=parent,
        side=body.view,
        size=SIZE,
        sentence="" if clause_id is None else version,
        saved=saved,
    ).shown()
