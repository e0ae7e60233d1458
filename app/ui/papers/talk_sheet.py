"""The sheet for a yearly talk before it is printed: pages, with or without fields to sign, saving and printing."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.kit.questions import choose_target
from app.ui.kit.widgets.text import button, label
from app.ui.papers.preview import PDF
from app.ui.papers.printing import ask_and_print
from app.ui.papers.view import PaperView


def open_talk_sheet(context: Context, agreement_id: int, parent: QWidget) -> "TalkSheetDialog":
    """Show the sheet of an agreement as it stands today."""
    dialog = TalkSheetDialog(context, agreement_id, parent)
    dialog.open()
    return dialog


class TalkSheetDialog(QDialog):
    """Made anew at each opening; nothing of it is kept, since it is filled in by hand."""

    def __init__(self, context: Context, agreement_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from app.workflows.agreements.print_yearly_talk import talk_name  # the PDF library loads with it

        self._context = context
        self._agreement_id = agreement_id
        self._name = context.ask(talk_name, agreement_id, context.today())
        self.pdf = b""
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Bogen zum Jahresgespräch")
        self.paper = PaperView()
        self.signatures = QCheckBox("Mit Feldern für Unterschriften")
        self.signatures.setChecked(True)
        self.signatures.toggled.connect(self.refresh)
        self._lay_out()
        self.resize(self.screen().availableSize() * 0.92)
        self.refresh()

    def refresh(self) -> None:
        """Set the sheet again."""
        from app.workflows.agreements.print_yearly_talk import talk_pdf

        signatures = self.signatures.isChecked()
        self.pdf = self._context.ask(
            talk_pdf, self._agreement_id, self._context.today(), signatures=signatures
        )
        self.paper.show_pdf(self.pdf)

    def save(self) -> None:
        """Ask where the PDF shall go."""
        choose_target(self, "Als PDF speichern", PDF, self._name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the PDF that is shown. Raises OutputError."""
        from app.workflows.files import write_file

        write_file(path, self.pdf)
        self._context.say(f"Gespeichert: {path}")

    def print(self) -> None:
        """The system's print dialog for what is shown."""
        said = "Bogen zum Jahresgespräch"
        ask_and_print(
            self.paper.document, said, self, lambda: self._context.say(f"{said} an den Drucker gegeben")
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.setSpacing(12)
        head.addWidget(label("Bogen zum Jahresgespräch", "title"))
        head.addStretch(1)
        head.addWidget(self.signatures)
        surface = QFrame()
        surface.setProperty("role", "surface")
        middle = QHBoxLayout(surface)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.paper, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(button("Schließen", self.close))
        foot.addStretch(1)
        foot.addWidget(button("Als PDF speichern", self.save, icon="save"))
        foot.addWidget(button("Drucken", self.print, icon="print", role="primary"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(surface, 1)
        layout.addLayout(foot)
