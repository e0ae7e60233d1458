"""What is signed is agreed: forms show it read-only, a correction asks for its reason first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES
from app.domain.agreements.what_is_signed import agreed_since, is_agreed
from app.services.agreements import agreed, agreements, corrections, signed
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.context import Context
from app.ui.kit.editors import MultilineEditor, RowsEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note

P = ParamSpec("P")
T = TypeVar("T")

KEPT = (
    "Der Grund wird mit dem Tag, dem alten und dem neuen Wert bei der unterschriebenen Fassung festgehalten."
)
OUT = "Eine Fassung ist zur Unterschrift gedruckt. Was hier geändert wird, steht in ihr nicht."
UNCHANGED = "An dem, was vereinbart ist, wurde nichts geändert; der Grund wurde nicht festgehalten."
TABLES = {"parties": "party", "goals": "goal", "instalments": "instalment"}
"""Field of a form with rows -> the table of the rows."""


@dataclass(frozen=True, slots=True)
class _Given:
    reason: str | None = None


def ask_reason(
    parent: QWidget, title: str, sentence: str, given: Callable[[str], object], save_text: str = "Korrigieren"
) -> FormDialog[_Given]:
    """Ask why something signed is corrected; `given` gets the reason and may raise Invalid."""
    body = FormBody()
    hint = "zum Beispiel: Zahlendreher, im Papier steht 24.000 €"
    body.row(Field("reason", "Grund", MultilineEditor(hint, lines=3), required=True))

    def save(entered: _Given) -> None:
        given(entered.reason or "")

    return FormDialog(
        title, body, _Given(), save, parent=parent, sentence=sentence, save_text=save_text
    ).shown()


def do_agreed(
    context: Context,
    agreement_id: int,
    parent: QWidget,
    label: str,
    command: Callable[Concatenate[Session, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Do it; where something is signed already, as a correction whose reason is asked first."""
    if not context.ask(signed.is_signed, agreement_id):
        context.do(label, command, *args, **kwargs)
        return

    def given(reason: str) -> None:
        correct(context, agreement_id, reason, label, command, *args, **kwargs)

    ask_reason(parent, "Korrigieren", f"{label}? {KEPT}", given)


def correct(
    context: Context,
    agreement_id: int,
    reason: str,
    label: str,
    command: Callable[Concatenate[Session, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Do it as a correction with this reason; where it has changed nothing that is agreed, say so."""
    before = context.ask(corrections.rows, agreement_id)
    on = context.today()
    result = context.do(
        f"Korrektur: {label}", corrections.correct, agreement_id, reason, on, command, *args, **kwargs
    )
    if context.ask(corrections.rows, agreement_id) == before:
        context.say(UNCHANGED)
    return result


def ask_replacement(context: Context, paper: PaperRow, parent: QWidget) -> None:
    """Ask why a signed version counts no more; both stay, and a new one can be printed while no amendment acts."""

    def given(reason: str) -> None:
        from app.workflows.agreements.print_agreement import withdraw  # the PDF library loads with it

        withdraw(context.database, paper, context.now(), reason)

    acting = context.ask(agreed.acting_of, paper.agreement_id, context.today())
    then = (
        "Eine neue lässt sich nicht drucken, weil ein Nachtrag gilt."
        if acting.amendments and paper.amendment_id is None
        else "Danach lässt sich eine berichtigte drucken."
    )
    sentence = f"{paper.file_name} ist unterschrieben. Die Fassung bleibt mit dem Grund lesbar. {then}"
    ask_reason(parent, "Unterschriebene Fassung ersetzen", sentence, given, "Ersetzen")


class AgreedForm:
    """Holds the form of something that belongs to an agreement to what is signed; does nothing before that."""

    def __init__(self, context: Context, agreement_id: int | None) -> None:
        self._context, self._agreement_id = context, agreement_id or 0
        self.is_signed = agreement_id is not None and context.ask(signed.is_signed, agreement_id)
        self.reason = ""
        self.line: AgreedLine | None = None

    def hold(
        self, body: FormBody, table: str, lock_more: Callable[[bool], object] = lambda locked: None
    ) -> None:
        """Show what is agreed read-only, with a line above it that says so and what can be done; before the first
        signature say that a version is out.

        `table`: whose columns the fields are. `lock_more`: what else of the form is locked and unlocked with them.
        """
        if not self.is_signed:
            if self._context.ask(papers.valid, self._agreement_id) is not None:
                body.add_first(Note(OUT, Tone.WARNING))
            return

        def lock() -> None:
            _lock(body, table, locked=True)
            lock_more(True)

        def unlock(reason: str) -> None:
            self.reason = reason
            _lock(body, table, locked=False)
            lock_more(False)
            body.focus_first()  # the button that asked for the reason goes

        self.line = AgreedLine(self._context, self._agreement_id, unlock)
        body.add_first(self.line)
        body.filled.connect(lock)

    def do(
        self, label: str, command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Save, as a correction if a reason was given."""
        if not self.reason:
            return self._context.do(label, command, *args, **kwargs)
        return correct(self._context, self._agreement_id, self.reason, label, command, *args, **kwargs)


class AgreedLine(Note):
    """Says since when the fields are agreed, with the ways to change them: an amendment, or a correction."""

    def __init__(self, context: Context, agreement_id: int, unlock: Callable[[str], object]) -> None:
        super().__init__(agreed_since(context.ask(signed.since, agreement_id)), Tone.INFO)
        self._context, self._agreement_id, self._unlock = context, agreement_id, unlock
        self.amend = self.add_action("Nachtrag …", self._open_amendment, "plus")
        self.correct = self.add_action("Korrigieren …", self.ask, "edit")
        binds = context.ask(agreements.load, agreement_id).stage in BINDING_STAGES
        self.amend.setVisible(binds)

    def ask(self) -> None:
        """Ask for the reason of a correction; then the fields can be edited."""
        ask_reason(
            self.window(), "Korrigieren", f"Was soll berichtigt werden, und warum? {KEPT}", self._given
        )

    def _given(self, reason: str) -> None:
        self._unlock(reason)
        self.say(f"Korrektur: {reason}", Tone.WARNING)
        self.amend.hide()
        self.correct.hide()

    def _open_amendment(self) -> None:
        """The form of an amendment in place of this one, once that is closed."""
        from app.ui.agreements.life.amendment_form import open_amendment  # which shares fields with this form

        dialog, context, agreement_id = self.window(), self._context, self._agreement_id
        parent = dialog.parentWidget()
        if isinstance(dialog, FormDialog) and parent is not None:
            clean = not dialog.body.dirty  # else it asks whether that is to be lost
            dialog.reject()
            if clean:
                open_amendment(context, agreement_id, None, parent)


def _lock(body: FormBody, table: str, *, locked: bool) -> None:
    for name, field in body.fields.items():
        editor = field.editor
        if isinstance(editor, RowsEditor) and name in TABLES:
            of = TABLES[name]
            editor.lock(partial(_is_fixed, of) if locked else None)
        elif not locked:
            editor.set_read_only(False)
        elif is_agreed(table, name, was_empty=editor.state() in (None, "")):
            editor.set_read_only(True)


def _is_fixed(table: str, of: object, name: str) -> bool:
    return is_agreed(table, name, was_empty=getattr(of, name) is None)
