"""A paper with its pages, to look at, to save and to print; every dialog that shows one is made of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, Item, column, grow
from app.ui.kit.questions import choose_target
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button
from app.ui.papers.printing import ask_and_print
from app.ui.papers.view import PaperView
from app.ui.undo_line import UndoLine
from app.workflows.files import write_file

PDF = "PDF-Datei (*.pdf)"


class PaperDialog(Dialog):
    """Makes `paper`, `save_button` and `print_button`; `name` is what is said to be printed.

    A kind of paper says with `show_paper` what is seen, and overrides `save_to` where more happens than writing.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        title: str,
        sentence: str = "",
        *,
        printing_ends: bool = False,
    ) -> None:
        super().__init__(parent, title, sentence)
        self.context = context
        self.name = title
        self.file_name = ""
        self.pdf = b""
        self.paper = PaperView()
        self.note = Note()
        self.note.hide()
        self.save_button = button("Als PDF speichern …", self.save, icon="save")
        self.print_button = button(
            "Drucken", self.print, icon="print", role="primary" if printing_ends else ""
        )
        self.outputs = [self.save_button, self.print_button]

    def build_paper(
        self,
        *left: Item,
        right: Item = None,
        by_title: Item = None,
        before: Sequence[Item] = (),
        more: Sequence[Item] = (),
    ) -> None:
        """The paper between what stands `left` and `right` of it; buttons `before` saving, and `more` at the end."""
        self.build_form(
            *left,
            grow(self.paper),
            right,
            foot=(self.close_button("Schließen"), STRETCH, *before, *self.outputs, *more),
            above_foot=column(self.note, UndoLine(self.context), spacing=8),
            by_title=by_title,
        )

    def allow_output(self, allowed: bool) -> None:
        """Whether the paper may leave the dialog by one of the buttons `outputs`."""
        for one in self.outputs:
            one.setEnabled(allowed)

    def show_paper(self, pdf: bytes, file_name: str = "") -> None:
        """Show these pages; `file_name` is proposed when they are saved."""
        self.pdf = pdf
        self.file_name = file_name or self.file_name
        self.paper.show_pdf(pdf)

    def save(self) -> None:
        """Ask where the PDF shall go."""
        choose_target(self, "Als PDF speichern", PDF, self.file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the PDF that is shown. Raises OutputError."""
        write_file(path, self.pdf)
        self.context.tell_saved(path)

    def print_shown(self) -> None:
        """As the button does, while it may be pressed."""
        self.print_button.click()

    def print(self) -> None:
        """The system's print dialog for what is shown."""
        ask_and_print(self.paper.document, self.name, self, self.printed)

    def printed(self) -> None:
        """All pages are with the printer."""
        self.context.say(f"{self.name} an den Drucker gegeben")
