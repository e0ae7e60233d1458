"""Gives the draft of an agreement out as a file; the words it says are kept with the agreement."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.ui.context import Context
from app.ui.kit.editors import CheckEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.questions import choose_target
from app.workflows.agreements.drafts import DraftFormat, draft_file_name, give_out, open_comments

KINDS = {DraftFormat.PDF: "PDF-Datei (*.pdf)", DraftFormat.WORD: "Word-Datei (*.docx)"}
OWN_REMARKS = (
    "Die Kommentare aus der Abstimmung sind für das Büro gedacht. In der Word-Datei stehen sie am Rand, und wer die "
    "Datei bekommt, kann sie lesen."
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a Word file carries besides the text."""

    comments: bool = False


def ask_and_give_out(context: Context, agreement_id: int, kind: DraftFormat, parent: QWidget) -> None:
    """Ask where the file shall go, and before that of open remarks whether they go with it."""

    def choose(contents: Contents) -> None:
        name = context.ask(draft_file_name, agreement_id, kind, context.today())
        write = partial(give_out_to, context, agreement_id, kind, comments=contents.comments)
        choose_target(parent, "Entwurf speichern", KINDS[kind], name, write)

    remarks = context.ask(open_comments, agreement_id) if kind is DraftFormat.WORD else []
    if not remarks:
        choose(Contents())
        return
    body = FormBody()
    said = counted(len(remarks), "offenen Kommentar", "offene Kommentare")
    body.row(Field("comments", "Kommentare", CheckEditor(f"{said} in die Datei schreiben")))
    FormDialog(
        "Entwurf als Word-Datei",
        body,
        Contents(),
        choose,
        parent=parent,
        sentence=OWN_REMARKS,
        save_text="Weiter …",
        chooses=True,
    ).open()


def give_out_to(
    context: Context, agreement_id: int, kind: DraftFormat, target: Path, *, comments: bool = False
) -> None:
    """Write the file beside the window: a draft of 80 pages takes some seconds."""
    at = context.now()
    context.do_later(
        "Entwurf",
        lambda _progress: give_out(context.database, agreement_id, target, kind, at, comments=comments),
        lambda given: context.tell_saved(
            given.file, f"Gespeichert: {given.file} (als Entwurf {given.draft.number} festgehalten)"
        ),
        owner=context,
    )
