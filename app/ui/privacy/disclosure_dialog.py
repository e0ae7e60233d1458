"""What is told to a person who asks (Art. 15 GDPR), to be looked at, saved as PDF and as a workbook."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.privacy.findings import Finding
from app.domain.privacy.people import Person
from app.reports.glyphs import unprintable_sentence
from app.reports.privacy.disclosure import disclosure_paper
from app.reports.privacy.paper import paper_pdf
from app.services.privacy.disclosure import disclosure
from app.sheets.privacy.disclosure import disclosure_workbook
from app.ui.context import Context
from app.ui.kit.questions import EXCEL, choose_target
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.text import button
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.files import write_file
from app.workflows.privacy.papers import file_name

CHECK = "Vor der Weitergabe bitte durchsehen: Texte können auch andere Personen nennen."


class DisclosureDialog(PaperDialog):
    """The paper of the chosen places; the workbook has the same rows."""

    def __init__(
        self, context: Context, person: Person, meant: Sequence[Finding], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent, f"Auskunft an {person.name}")
        day = context.today()
        self.told = context.ask(disclosure, person, meant, day)
        self.excel_button = button("Als Excel speichern …", self.save_excel, icon="spreadsheet")
        self.outputs.append(self.excel_button)
        self._excel_name = file_name(f"Auskunft {person.name}", day, ".xlsx")
        self.save_button.setProperty("role", "primary")
        self.build_paper()
        paper = disclosure_paper(self.told)
        self.note.say(" ".join(filter(None, (CHECK, unprintable_sentence(paper.blocks)))), Tone.WARNING)
        self.show_paper(paper_pdf(paper), file_name(f"Auskunft {person.name}", day, ".pdf"))

    def save_excel(self) -> None:
        """Ask where the workbook shall go."""
        choose_target(self, "Als Excel speichern", EXCEL, self._excel_name, self.save_excel_to)

    def save_excel_to(self, path: Path) -> None:
        """Write the workbook. Raises OutputError."""
        write_file(path, disclosure_workbook(self.told))
        self.context.tell_saved(path)
