"""Gives the draft of an agreement out as a file; the words it says are kept with the agreement."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.kit.questions import choose_target
from app.workflows.agreements.drafts import DraftFormat, draft_file_name, give_out

KINDS = {DraftFormat.PDF: "PDF-Datei (*.pdf)", DraftFormat.WORD: "Word-Datei (*.docx)"}


def ask_and_give_out(context: Context, agreement_id: int, kind: DraftFormat, parent: QWidget) -> None:
    """Ask where the file shall go."""
    name = context.ask(draft_file_name, agreement_id, kind, context.today())
    write = partial(give_out_to, context, agreement_id, kind)
    choose_target(parent, "Entwurf speichern", KINDS[kind], name, write)


def give_out_to(context: Context, agreement_id: int, kind: DraftFormat, target: Path) -> None:
    """Write the file beside the window: a draft of 80 pages takes some seconds."""
    at = context.now()
    context.do_later(
        "Entwurf",
        lambda _progress: give_out(context.database, agreement_id, target, kind, at),
        lambda given: context.tell_saved(
            given.file, f"Gespeichert: {given.file} (als Entwurf {given.draft.number} festgehalten)"
        ),
    )
