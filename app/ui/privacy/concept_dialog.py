"""The record of processing activities and the deletion concept, to be looked at, saved as PDF and as a Word file."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.reports.glyphs import unprintable_sentence
from app.reports.privacy.paper import PrivacyPaper, paper_docx, paper_pdf
from app.ui.context import Context
from app.ui.kit.questions import choose_target
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.text import button
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.files import write_file
from app.workflows.privacy.papers import file_name

WORD = "Word-Datei (*.docx)"
MISSING = "Es fehlen noch Angaben zum Büro (gelb): Einstellungen – Büro – Bearbeiten."


class ConceptDialog(PaperDialog):
    """One of the two papers, as it is true today."""

    def __init__(self, context: Context, paper: PrivacyPaper, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, paper.kind)
        self._sheet = paper
        self.word_button = button("Als Word-Datei …", self.save_word, icon="document")
        self.outputs.append(self.word_button)
        self.build_paper()
        office = paper.office
        gaps = MISSING if not (office.authority and office.name and office.data_protection_officer) else ""
        self.note.say(" ".join(filter(None, (gaps, unprintable_sentence(paper.blocks)))), Tone.WARNING)
        self.show_paper(paper_pdf(paper), file_name(paper.kind, paper.day, ".pdf"))

    def save_word(self) -> None:
        """Ask where the Word file shall go."""
        name = file_name(self._sheet.kind, self._sheet.day, ".docx")
        choose_target(self, "Als Word-Datei speichern", WORD, name, self.save_word_to)

    def save_word_to(self, path: Path) -> None:
        """Write the Word file. Raises OutputError."""
        write_file(path, paper_docx(self._sheet))
        self.context.tell_saved(path)
