"""The sheet for a yearly talk before it is printed: pages, with or without fields to sign, saving and printing."""

from PySide6.QtWidgets import QWidget

from app.reports.agreements.yearly_talk import unprintable_of, yearly_talk_pdf
from app.ui.context import Context
from app.ui.kit.plain import CheckBox
from app.ui.kit.tokens import Tone
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.agreements.print_yearly_talk import talk_name, talk_sheet


class TalkSheetDialog(PaperDialog):
    """As it stands today; nothing of it is kept, since it is filled in by hand."""

    def __init__(self, context: Context, agreement_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, "Bogen zum Jahresgespräch", printing_ends=True)
        self._agreement_id = agreement_id
        self.file_name = context.ask(talk_name, agreement_id, context.today())
        self.signatures = CheckBox("Mit Feldern für Unterschriften")
        self.signatures.setChecked(True)
        self.signatures.toggled.connect(self.refresh)
        self.build_paper(by_title=self.signatures)
        self.refresh()

    def refresh(self) -> None:
        """Set the sheet again."""
        signatures, today = self.signatures.isChecked(), self.context.today()
        sheet = self.context.ask(talk_sheet, self._agreement_id, today, signatures=signatures)
        self.note.say(unprintable_of(sheet), Tone.WARNING)
        self.show_paper(yearly_talk_pdf(sheet))
